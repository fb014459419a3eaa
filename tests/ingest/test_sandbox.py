"""Files in, documents out, through the child process; and files that must not get through."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.sandbox import Limits, ReadingError
from tests.ingest.files import blank_pdf, bomb_pdf, encrypted_pdf, numbered_docx, read, report_pdf, resolution_pdf
from vectorstore.paragraph import Document, Paragraph


def numbers(document: Document) -> list[str]:
    return [paragraph.number for paragraph in document.paragraphs if paragraph.number]


def test_report_is_read_as_printed(tmp_path: Path) -> None:
    document = read(report_pdf(tmp_path / "report.pdf"))
    assert (document.symbol, document.date, document.body) == ("E/2031/7", "2031-03-04", "Economic and Social Council")
    assert document.title == "Lessons from the first year of shared offices"
    assert (document.language, document.pages, document.source) == ("en", 3, "report.pdf")
    introduction, findings = ("I. Introduction",), ("II. Findings",)
    assert document.paragraphs == (
        Paragraph(
            "The Council asked for a report on shared offices in its resolution 2030/4.",
            number="1",
            section=introduction,
            page=1,
        ),
        Paragraph(
            "The secretariat spoke with every office, with host Governments and with staff, and took their settings "
            "into account. What follows rests on the System-wide evaluation of 2030 and on the accounts of 14 offices, "
            "which were asked for figures on rent, power and staff.",
            number="2",
            section=introduction,
            page=1,
        ),
        Paragraph(
            "See the accounts of the offices, table 3.",
            section=introduction,
            page=1,
            kind="footnote",
            mark="1",
            bearer="2",
        ),
        Paragraph(
            "Shared offices cost less:\n(a) Rent fell by 12 per cent;\n(b) Power fell by 5 per cent.",
            number="3",
            section=findings,
            page=2,
        ),
        Paragraph("Staff were content, see para. 3 above and resolution 2030/4.", number="4", section=findings, page=2),
        Paragraph(
            "Nine offices were visited in the year.", number="Annex, 1", section=("Annex", "Offices visited"), page=3
        ),
        Paragraph("Five more answered in writing.", number="Annex, 2", section=("Annex", "Offices visited"), page=3),
    )
    assert document.report.numbering_gaps == ()
    assert document.report.warnings == ()


def test_resolution_numbers_its_preamble_and_its_operative_paragraphs(tmp_path: Path) -> None:
    document = read(resolution_pdf(tmp_path / "resolution.pdf"))
    assert document.symbol == "S/RES/9001 (2031)"
    assert numbers(document) == ["PP 1", "PP 2", "OP 1", "OP 2"]


def test_word_list_numbers_are_read(tmp_path: Path) -> None:
    document = read(numbered_docx(tmp_path / "report.docx"))
    assert document.title == "Progress of the reform"
    assert document.paragraphs == (
        Paragraph("Members agreed on the reform.", number="1", section=("I. Background",)),
        Paragraph("The office reports each year.", number="2", section=("I. Background",)),
        Paragraph("Results were plain.", number="3", section=("II. Results",)),
        Paragraph("Year | Offices\n2024 | 130", section=("II. Results",), kind="table"),
    )
    assert document.report.tables == 1


def test_pdf_is_read_as_pdf_whatever_its_name(tmp_path: Path) -> None:
    assert numbers(read(report_pdf(tmp_path / "report.txt")))[:4] == ["1", "2", "3", "4"]


def write(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


REFUSED: list[tuple[str, Callable[[Path], Path], str]] = [
    ("empty file", write("a.pdf", b""), "empty"),
    ("only white space", write("a.txt", b" \n\n "), "empty"),
    ("broken PDF", write("a.pdf", b"%PDF-1.7\nnothing more"), "PDF is broken"),
    ("text named PDF", write("a.pdf", b"just words"), "PDF is broken"),
    ("encrypted PDF", lambda folder: encrypted_pdf(folder / "a.pdf"), "encrypted"),
    ("PDF without text", lambda folder: blank_pdf(folder / "a.pdf"), "scan"),
    ("broken archive", write("a.docx", b"PK\x03\x04 and no more"), "damaged"),
    ("picture", write("a.gif", b"GIF89a\x00\x01\x00"), "type of file"),
    ("unknown suffix", write("a.xyz", b"some words"), "type of file"),
    ("old Word file", write("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64), "type of file"),
    ("HTML without text", write("a.html", b"<html><body><img src='x'></body></html>"), "no text"),
    ("missing file", lambda folder: folder / "none.pdf", "cannot be opened"),
]


@pytest.mark.parametrize(("make", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_unreadable_file_is_refused_with_its_reason(make: Callable[[Path], Path], reason: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=reason) as refused:
        read(make(tmp_path))
    assert "Traceback" not in str(refused.value)


def test_too_large_a_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = write("a.txt", b"1. Words. " * 1000)(tmp_path)
    with pytest.raises(ReadingError, match="split it"):
        read(path, Limits(input_bytes=1000))


@pytest.fixture(scope="module")
def bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bomb_pdf(tmp_path_factory.mktemp("bomb") / "bomb.pdf")


def test_bomb_is_stopped_at_its_memory(bomb: Path) -> None:
    with pytest.raises(ReadingError, match="MB of memory allowed"):
        read(bomb, Limits(memory_bytes=300 * 1024 * 1024))


def test_bomb_is_stopped_at_its_time(bomb: Path) -> None:
    with pytest.raises(ReadingError, match="more than 2 seconds"):
        read(bomb, Limits(seconds=2, memory_bytes=8 * 1024 * 1024 * 1024))


def test_output_is_limited(tmp_path: Path) -> None:
    path = write("a.md", b"# Title\n\n" + b"1. Many words stand here.\n\n" * 5000)(tmp_path)
    with pytest.raises(ReadingError):
        read(path, Limits(output_bytes=10_000))


def test_next_file_is_read_after_a_bomb(bomb: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadingError):
        read(bomb, Limits(memory_bytes=300 * 1024 * 1024))
    assert numbers(read(report_pdf(tmp_path / "report.pdf")))
