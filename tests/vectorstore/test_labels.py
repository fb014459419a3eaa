"""What a paragraph is called: in UN form, and on its document's page."""

from dataclasses import replace

import pytest

from vectorstore.labels import anchor, label
from vectorstore.paragraph import Document, Paragraph

DOCUMENT = Document("s", "h", "A title", "en", (), symbol="A/80/74")


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
    assert label(replace(DOCUMENT, symbol=symbol), Paragraph("text", number, page=page)) == expected


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
    assert label(DOCUMENT, paragraph) == expected


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
