"""What a paragraph is called, and how markers are read and written."""

from dataclasses import replace

import pytest

from bot.cite import anchor, cite, label, markers, with_markers, without_markers
from vectorstore.paragraph import IngestReport, Paragraph, RecognisedPage
from vectorstore.records import DocumentRecord
from vectorstore.search import Found

RECORD = DocumentRecord(
    document_id="d", work_id="w", source="s", content_hash="h", symbol="A/80/74", title="A title", language="en",
    date=None, body=None, edition=None, audience="public", pages=3, report=IngestReport(), added_at="",
    superseded_by=None, paragraph_count=1, numbered_count=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "number", "page", "expected"),
    [
        ("A/80/74", "34", 9, "A/80/74, para. 34"),
        ("A/80/74", "12 (b)", 9, "A/80/74, para. 12 (b)"),
        ("S/RES/2771 (2025)", "OP 3", 1, "S/RES/2771 (2025), OP 3"),
        ("S/RES/2771 (2025)", "PP 2", 1, "S/RES/2771 (2025), PP 2"),
        ("A/80/74", "Annex II, 4", 1, "A/80/74, annex II, para. 4"),
        ("A/80/74", None, 7, "A/80/74, p. 7"),
        ("A/80/74", None, None, "A/80/74"),
        (None, "4", 1, "A title, para. 4"),
        ("A/80/74", "Enclosure, 6", 1, "A/80/74, enclosure, para. 6"),
        ("A/80/74", "Draft resolution I, OP 2", 1, "A/80/74, draft resolution I, OP 2"),
        ("JIU/REP/2025/2", "Recommendation 3", 1, "JIU/REP/2025/2, recommendation 3"),
    ],
)
def test_a_paragraph_is_named_in_un_form(
    symbol: str | None, number: str | None, page: int | None, expected: str
) -> None:
    assert label(replace(RECORD, symbol=symbol), Paragraph("text", number, page=page)) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (Paragraph("text", kind="footnote", mark="3", bearer="12", page=4), "A/80/74, para. 12, footnote 3"),
        (Paragraph("text", kind="footnote", mark="3", page=4), "A/80/74, footnote 3"),
        (Paragraph("text", kind="table", mark="Table 2", page=4), "A/80/74, table 2"),
        (Paragraph("text", kind="table", page=4), "A/80/74, p. 4"),
    ],
)
def test_footnotes_and_tables_are_named_by_their_marks(paragraph: Paragraph, expected: str) -> None:
    assert label(RECORD, paragraph) == expected


def test_a_quote_from_one_sub_item_is_cited_to_it() -> None:
    report = IngestReport(recognised=(RecognisedPage(page=9, confidence=0.9),))
    paragraph = Paragraph("The office will:\n(a) Report;\n(b) Close.", number="12", page=9)
    found = Found(replace(RECORD, report=report), paragraph, 0, paragraph.text, 1.0, 9, 0.9, 0.9)
    citation = cite(found, "(b) Close.", marker=1)
    assert (citation.paragraph, citation.item, citation.label) == ("12", "(b)", "A/80/74, para. 12 (b)")
    assert (citation.verified, citation.recognised) == (True, True)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("4", "para-4"),
        ("12 (b)", "para-12-b-"),
        ("OP 3", "para-OP-3"),
        ("Annex II, 4", "para-Annex-II-4"),
        (None, "block-6"),
    ],
)
def test_an_anchor_is_a_plain_name(number: str | None, expected: str) -> None:
    assert anchor(Paragraph("text", number), 6) == expected


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
