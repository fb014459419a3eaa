"""Footnotes, columns and page furniture of real reports, where they lie beside the repository."""

from pathlib import Path

import pytest

from tests.ingest.files import read
from vectorstore.paragraph import Document, Paragraph

REPORTS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "un2025"

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the reports are not here")


def notes(document: Document) -> list[Paragraph]:
    return [paragraph for paragraph in document.paragraphs if paragraph.kind == "footnote"]


# A note that an unnumbered paragraph or a heading bears has no numbered bearer.
@pytest.mark.parametrize(
    ("name", "count", "without_bearer"),
    [
        ("E_2025_76.en.pdf", 31, []),
        ("E_2025_8.en.pdf", 43, ["1"]),
        ("E_2025_57.en.pdf", 12, []),
        ("S_2025_72.en.pdf", 9, ["4"]),
    ],
)
def test_each_footnote_is_there_once_with_its_bearer(name: str, count: int, without_bearer: list[str]) -> None:
    found = [note for note in notes(read(REPORTS / name)) if (note.mark or "").isdigit()]
    assert sorted(int(note.mark or "") for note in found) == list(range(1, count + 1))
    assert [note.mark for note in found if note.bearer is None] == without_bearer


def test_lettered_notes_of_a_summary_are_footnotes() -> None:
    assert [note.mark for note in notes(read(REPORTS / "A_80_74.en.pdf"))][:4] == ["*", "a", "b", "c"]


def test_symbol_that_is_all_of_a_footnote_is_no_running_head() -> None:
    assert "ECE/MP.WAT/14." in [note.text for note in notes(read(REPORTS / "E_2025_15_Add.1.en.pdf"))]


def test_hyphen_at_a_lines_end_does_not_break_a_paragraph() -> None:
    texts = [paragraph.text for paragraph in read(REPORTS / "E_2025_15_Add.1.en.pdf").paragraphs if paragraph.page == 2]
    (noting,) = [text for text in texts if text.startswith("Noting the adoption by the Conference")]
    assert "requested the Secretary-General to strengthen" in noting
    assert "pursuant to its realigned programme of work," in noting


def test_columns_of_a_policy_brief_are_read_one_after_the_other() -> None:
    document = read(REPORTS / "UNDoc-4077798.en.pdf")
    (first, *_) = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Increasing numbers")]
    assert first.section[-1] == "Highlights"
    assert first.text.startswith(
        "Increasing numbers of children and adults are displaced or migrating due to the impacts of climate change, "
        "affecting their right to education."
    )
