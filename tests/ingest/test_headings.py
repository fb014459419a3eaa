"""What stands above the text of a PDF: its title, its contents, underlined headings, the preamble of a resolution."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ingest.files import numbered, read
from tests.ingest.headings_files import (
    agenda_pdf,
    contents_pdf,
    letter_pdf,
    parted_title_pdf,
    preamble_pdf,
    same_size_title_pdf,
    underlined_pdf,
)
from tests.ingest.layout_files import PROSE

TEXT = " ".join(PROSE)


TITLES: list[tuple[str, Callable[[Path], Path], str]] = [
    (
        "of a letter that names an agenda item",
        letter_pdf,
        "Letter dated 3 March 2031 from the Permanent Representative of Atlantis",
    ),
    ("of an agenda", agenda_pdf, "Provisional agenda"),
    (
        "in two parts",
        parted_title_pdf,
        "Operational activities: Shared offices in the year 2030, their rent and their staff",
    ),
    ("as large as the text", same_size_title_pdf, "SHARED OFFICES IN THE YEAR 2030: Report of the Secretary-General"),
]


@pytest.mark.parametrize(("make", "title"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES])
def test_title_is_found_below_masthead_and_agenda_item(
    make: Callable[[Path], Path], title: str, tmp_path: Path
) -> None:
    assert read(make(tmp_path / "a.pdf")).title == title


def test_whose_report_it_is_makes_no_section(tmp_path: Path) -> None:
    document = read(parted_title_pdf(tmp_path / "a.pdf"))
    assert [(each.number, each.section, each.text) for each in document.paragraphs] == [("1", (), TEXT)]


def test_contents_without_dots_are_left_out(tmp_path: Path) -> None:
    document = read(contents_pdf(tmp_path / "a.pdf"))
    assert [(each.number, each.section, each.page, each.text) for each in document.paragraphs] == [
        ("1", ("I. Findings",), 2, TEXT),
        ("2", ("II. Next",), 2, "Rent fell."),
    ]


def test_underlined_line_that_stands_apart_above_text_is_a_heading(tmp_path: Path) -> None:
    document = read(underlined_pdf(tmp_path / "a.pdf"))
    heading = "What the offices that share a building pay for rent, for power and for staff"
    assert {each.number: each.section for each in document.paragraphs} == {
        "1": ("I. Findings",),
        "2": ("I. Findings", heading),
        "3": ("I. Findings", heading),
    }


def test_underlined_line_above_a_list_stays_in_its_paragraph(tmp_path: Path) -> None:
    texts = numbered(read(underlined_pdf(tmp_path / "a.pdf")))
    items = "(a) pay in time;\n(b) write down who repairs."
    assert texts["2"] == f"The offices should:\nThose in the north\n{items}\nThose in the south\n{items}"
    assert texts["3"] == "Rent fell, as was noted in The Annual Accounts, which were drawn up in the spring."


def test_indented_line_on_a_new_page_begins_another_preambular_paragraph(tmp_path: Path) -> None:
    texts = numbered(read(preamble_pdf(tmp_path / "a.pdf")))
    assert [text.split()[0] for text in texts.values()] == ["Recalling", "Noting", "Welcoming", "Asks", "Asks"]
    assert texts["PP 3"].endswith("of the Council of the United Nations,")
