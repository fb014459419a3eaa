"""Rows of tables as they are told where there are no columns."""

import pytest

from bot.slack.messages.cells import legible

TABLE = "Table 1\nRegion | Held | Attended\nAfrica | 5 | 4\nArab States | 3\nAll | | 9"
YEARS = "Fund | 2021 | 2022-23\nCore | 5 | 6"
NAMELESS = "Africa | 5 | 4\nArab States | 3 | 3"
ROWS = {
    "words": ("No cells here | ".strip(" |"), TABLE, "No cells here"),
    "a row": ("Africa | 5 | 4", TABLE, "Africa — Held: 5 · Attended: 4"),
    "a row that ends early": ("Arab States | 3", TABLE, "Arab States — Held: 3"),
    "an empty cell": ("All | | 9", TABLE, "All — Attended: 9"),
    "rows below the names": (
        TABLE,
        TABLE,
        "Table 1\nAfrica — Held: 5 · Attended: 4\nArab States — Held: 3\nAll — Attended: 9",
    ),
    "the names alone": ("Region | Held | Attended", TABLE, "Region · Held · Attended"),
    "the caption and the names": ("Table 1\nRegion | Held", "Table 1\nRegion | Held", "Table 1\nRegion · Held"),
    "a part of a row": ("frica | 5", TABLE, "frica · 5"),
    "years": ("Core | 5 | 6", YEARS, "Core — 2021: 5 · 2022-23: 6"),
    "columns without names": ("Arab States | 3 | 3", NAMELESS, "Arab States · 3 · 3"),
}


@pytest.mark.parametrize(("quote", "paragraph", "shown"), ROWS.values(), ids=ROWS.keys())
def test_a_row_is_told_with_the_names_of_its_columns(quote: str, paragraph: str, shown: str) -> None:
    assert legible(quote, paragraph) == shown
