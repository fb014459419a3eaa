"""A few questions asked during refreshes; `make faults` asks thousands."""

from pathlib import Path

from tests.faults.questions import ask_while_refreshing, summary
from tests.faults.server import Setup


def test_answers_during_refreshes_cite_what_their_version_of_the_index_held(tmp_path: Path, models_path: Path) -> None:
    asked = ask_while_refreshing(Setup(tmp_path / "index", models_path, tmp_path), questions=40)
    assert not asked.problems, summary(asked)
    assert len(asked.versions) > 2
    assert any(reply.answer["citations"] for reply in asked.replies)
