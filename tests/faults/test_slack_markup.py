"""A thousand strings through everything said in Slack; `make faults` puts ten thousand."""

from collections.abc import Callable

import pytest

from bot.slack.messages.markup import escaped
from tests.faults.slack_markup import problems, strings


def test_nothing_that_is_not_ours_is_acted_on_and_all_is_within_limits() -> None:
    assert [problem for number, text in enumerate(strings(1000)) for problem in problems(text, number)] == []


@pytest.mark.parametrize(
    ("wrong", "found"),
    [(str, "Slack would act on"), (lambda text: escaped(escaped(text)), "escaped twice")],
    ids=["not escaped", "escaped twice"],
)
@pytest.mark.parametrize(
    "module",
    [
        "home.tab",
        "interactions.said",
        "interactions.windows",
        "messages.cited",
        "messages.message",
        "messages.unfinished",
        "refreshing.outcome",
    ],
)
def test_it_finds_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, module: str, wrong: Callable[[str], str], found: str
) -> None:
    monkeypatch.setattr(f"bot.slack.{module}.escaped", wrong)
    assert any(found in problem for problem in problems("<!channel>", 1))
