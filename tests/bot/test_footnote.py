"""Citations as footnotes, in the form of United Nations documents."""

from dataclasses import replace

import pytest

from bot.texts.footnote import footnote
from tests.bot.slack.test_desk import CITATION

FOOTNOTES = {
    "a report": ("A/80/74", "A/80/74, para. 34", "A/80/74, para. 34."),
    "a sub-item": ("A/80/74", "A/80/74, para. 34 (b) (ii)", "A/80/74, para. 34 (b) (ii)."),
    "an annex": ("A/80/74", "A/80/74, annex II, para. 4", "A/80/74, annex II, para. 4."),
    "a table": ("E/2025/76", "E/2025/76, table 2", "E/2025/76, table 2."),
    "a document whole": ("DP/OPS/2025/3", "DP/OPS/2025/3", "DP/OPS/2025/3."),
    "one of the Assembly": ("A/RES/75/233", "A/RES/75/233, OP 4", "General Assembly resolution 75/233, para. 4."),
    "one with a letter": ("A/RES/57/270 B", "A/RES/57/270 B, OP 4", "General Assembly resolution 57/270 B, para. 4."),
    "one of the Council": (
        "S/RES/2771 (2025)", "S/RES/2771 (2025), OP 3", "Security Council resolution 2771 (2025), para. 3."),
    "a preamble": (
        "E/RES/2022/5", "E/RES/2022/5, PP 2", "Economic and Social Council resolution 2022/5, preambular para. 2."),
    "human rights": ("A/HRC/RES/50/1", "A/HRC/RES/50/1, OP 1", "Human Rights Council resolution 50/1, para. 1."),
    "no symbol": (None, "Guide to the levy, para. 4", "“Guide to the levy”, 12 May 2025, para. 4."),
}  # fmt: skip


@pytest.mark.parametrize(("symbol", "label", "written"), FOOTNOTES.values(), ids=FOOTNOTES.keys())
def test_a_footnote_names_the_source_and_the_place(symbol: str | None, label: str, written: str) -> None:
    cited = replace(CITATION, symbol=symbol, title="Guide to the levy", label=label, date="2025-05-12")
    assert footnote(cited) == written


def test_an_undated_source_without_a_symbol_is_named_by_its_title() -> None:
    assert footnote(replace(CITATION, symbol=None, title="A guide", label="A guide, p. 3")) == "“A guide”, p. 3."
