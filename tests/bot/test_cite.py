"""What a citation says of its paragraph, and how markers are read and written."""

from dataclasses import replace

import pytest

from bot.cite import cite, markers, with_markers, without_markers
from vectorstore.paragraph import IngestReport, Paragraph, RecognisedPage
from vectorstore.records import DocumentRecord
from vectorstore.search import Found

RECORD = DocumentRecord(
    document_id="d", work_id="w", source="s", content_hash="h", symbol="A/80/74", title="A title", language="en",
    date=None, body=None, edition=None, audience="public", pages=3, report=IngestReport(), added_at="",
    superseded_by=None, sources={"s": "s"}, paragraph_count=1, numbered_count=1,
)  # fmt: skip


def test_a_quote_from_one_sub_item_is_cited_to_it() -> None:
    report = IngestReport(recognised=(RecognisedPage(page=9, confidence=0.9),))
    paragraph = Paragraph("The office will:\n(a) Report;\n(b) Close.", number="12", page=9)
    found = Found(replace(RECORD, report=report), paragraph, 0, paragraph.text, 1.0, 1.0, 9, "en", 0.9, 0.9)
    citation = cite(found, "(b) Close.", marker=1)
    assert (citation.paragraph, citation.item, citation.label) == ("12", "(b)", "A/80/74, para. 12 (b)")
    assert (citation.verified, citation.recognised) == (True, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("It is 25 [1].", (1,)), ("It is 25 [2][1], and 34 [2].", (2, 1)), ("Both [1, 3].", (1, 3)), ("None.", ())],
)
def test_markers_are_read_in_order_each_once(text: str, expected: tuple[int, ...]) -> None:
    assert markers(text) == expected


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("It is 25 [9].", (1, 2), "It is 25 [1] [2]."),
        ("共25项。", (1,), "共25项 [1]。"),
        ("No stop [4]", (1,), "No stop [1]"),
    ],
)
def test_markers_are_put_before_the_stop(text: str, numbers: tuple[int, ...], expected: str) -> None:
    assert with_markers(text, numbers) == expected


def test_markers_are_taken_off() -> None:
    assert without_markers("It is 25 [1], and 34 [2][3].") == "It is 25, and 34."
