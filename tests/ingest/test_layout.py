"""How pages are laid out: footnotes, captions and boxes, columns, and what belongs to the page and not to the text."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.ingest.files import numbered, read
from tests.ingest.layout_files import (
    COLUMN_LINES,
    PROSE,
    box_pdf,
    columns_pdf,
    figure_pdf,
    furniture_pdf,
    large_marks_pdf,
    line_numbers_pdf,
    masthead_pdf,
    notes_pdf,
    summary_pdf,
)
from vectorstore.paragraph import Document, Paragraph

TEXT = " ".join(PROSE)


def of_kind(document: Document, kind: str) -> list[Paragraph]:
    return [paragraph for paragraph in document.paragraphs if paragraph.kind == kind]


def test_each_footnote_is_one_paragraph_with_its_mark_and_its_bearer(tmp_path: Path) -> None:
    document = read(notes_pdf(tmp_path / "a.pdf"))
    assert [(note.mark, note.bearer, note.page, note.text) for note in of_kind(document, "footnote")] == [
        ("*", None, 1, "The report was submitted late so that it has the latest figures."),
        ("1", "1", 1, "Those of the first year."),
        (
            "2",
            "1",
            1,
            "General Assembly resolution 70/1, of which the annex is meant here, and with it the list of 3 targets "
            "that it holds.",
        ),
        ("3", "1", 1, "A/80/74."),
        ("4", "1", 1, "Most of them in writing, some of them by telephone."),
        ("5", None, 2, "A note that nothing bears."),
    ]


def test_text_is_free_of_marks_and_keeps_its_numbers(tmp_path: Path) -> None:
    document = read(notes_pdf(tmp_path / "a.pdf"))
    assert document.title == "Shared offices in the year 2030"
    assert numbered(document) == {
        "1": "Nine offices with 40 m2 each were seen, see resolution 70/1, para. 3, and each of them answered. "
        f"The 5th of May was the last day.\n{TEXT}",
        "2": "Rent fell.",
    }


def test_mark_that_is_hardly_smaller_than_its_text_is_one(tmp_path: Path) -> None:
    document = read(large_marks_pdf(tmp_path / "a.pdf"))
    assert [(note.mark, note.bearer, note.text) for note in of_kind(document, "footnote")] == [
        ("1", "1", "Those of the first year, as they were named in the accounts.")
    ]
    assert numbered(document) == {"1": "Nine offices were seen in the year 2030. Each of them answered.", "2": TEXT}
    assert of_kind(document, "table") == []


def test_lettered_notes_are_footnotes_below_text_and_part_of_a_table_below_it(tmp_path: Path) -> None:
    document = read(summary_pdf(tmp_path / "a.pdf"))
    assert [(note.mark, note.text) for note in of_kind(document, "footnote")] == [
        ("a", "They are named in the annex, which also says what each of them cost and who paid for it.")
    ]
    (table,) = of_kind(document, "table")
    assert table.text.endswith("Source: accounts of the offices.\nb Without islands.")
    assert numbered(document) == {"1": TEXT, "2": "Rent fell."}


def test_figure_and_box_are_whole_and_break_no_paragraph(tmp_path: Path) -> None:
    document = read(figure_pdf(tmp_path / "a.pdf"))
    assert [(table.mark, table.page, table.text.split("\n")) for table in of_kind(document, "table")] == [
        ("Figure II", 2, ["Figure II", "Offices by year", "2028 2029 2030", "Source: accounts of the offices."]),
        (
            "Box 1",
            2,
            [
                "Box 1",
                "How one town did it",
                "Five entities took one floor each. They had met for a year before that, and they had one landlord.",
                "• Rent is paid by the square metre.",
            ],
        ),
    ]
    assert numbered(document) == {
        "1": TEXT,
        "2": f"{' '.join(PROSE[:3])} others do, and that this holds in every region.",
        "3": "Rent fell.",
    }


def test_box_as_large_as_the_text_is_no_part_of_the_paragraphs_around_it(tmp_path: Path) -> None:
    document = read(box_pdf(tmp_path / "a.pdf"))
    (box,) = of_kind(document, "table")
    assert box.text.split("\n") == ["Box 1", "How one town did it", TEXT, "They had one landlord."]
    assert numbered(document) == {
        "1": "Shared offices cost less, see box 1.",
        "2": "Rent fell.\nTable 1 says by how much.",
    }


@pytest.mark.parametrize("by_row", [True, False], ids=["row by row", "column by column"])
def test_columns_are_read_one_after_the_other(by_row: bool, tmp_path: Path) -> None:
    document = read(columns_pdf(tmp_path / "a.pdf", by_row=by_row))
    text = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert text == " ".join(
        [*COLUMN_LINES, "The meeting rose when all of this had been said, and the record was sent to the members."]
    )


def test_cells_of_a_masthead_make_no_columns(tmp_path: Path) -> None:
    document = read(masthead_pdf(tmp_path / "a.pdf"))
    assert (document.title, document.date) == ("Lessons from shared offices", "2031-03-04")
    assert numbered(document) == {"1": TEXT, "2": "Rent fell."}


FURNITURE: list[tuple[str, Callable[[Path], Path], dict[str, str]]] = [
    (
        "running heads, job numbers, bar codes and recycling",
        furniture_pdf,
        {"1": TEXT, "2": f"{TEXT}\nThey were, in order:\n7 9 4", "3": TEXT, "4": TEXT},
    ),
    ("numbers of lines", line_numbers_pdf, dict.fromkeys("1234", TEXT)),
]


@pytest.mark.parametrize(("make", "expected"), [row[1:] for row in FURNITURE], ids=[row[0] for row in FURNITURE])
def test_what_belongs_to_the_page_is_left_out(
    make: Callable[[Path], Path], expected: dict[str, str], tmp_path: Path
) -> None:
    document = read(make(tmp_path / "a.pdf"))
    assert numbered(document) == expected
    assert [paragraph for paragraph in document.paragraphs if not paragraph.number] == []


@pytest.mark.parametrize("make", [notes_pdf, summary_pdf, figure_pdf, box_pdf, partial(columns_pdf, by_row=True)])
def test_numbering_has_no_gaps(make: Callable[[Path], Path], tmp_path: Path) -> None:
    report = read(make(tmp_path / "a.pdf")).report
    assert (report.numbering_gaps, report.numbering_repeats) == ((), ())
