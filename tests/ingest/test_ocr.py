"""Pages that are pictures of text: scans in, documents out.

Each child process loads the recogniser anew; where nothing depends on the child, this process loads it once for all.
"""

import math
import shutil
import subprocess
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image

from ingest import reading
from ingest.language import language_of
from ingest.ocr import bundled, pages
from ingest.ocr.seen import Sight
from ingest.sandbox import Limits, ReadingError
from ingest.structure import document_from
from tests.ingest.files import blank_pdf, report_pdf
from tests.ingest.files import read as read_in_child
from tests.ingest.scan_files import (
    blank_scan,
    columns_pdf,
    joined,
    map_pdf,
    scan_of,
    scanned,
    starred_pdf,
    tilted,
    with_stamp,
)
from vectorstore.paragraph import Document

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
MOST_WRONG = 0.04


def read(path: Path) -> Document:
    document = document_from(reading.read(path), name=path.name)
    return replace(document, language=language_of("\n".join(each.text for each in document.paragraphs)))


def numbered(document: Document) -> dict[str, str]:
    """Numbers with the text of their paragraphs, white space aside."""
    return {each.number: "".join(each.text.split()) for each in document.paragraphs if each.number}


def sections(document: Document) -> dict[str, tuple[str, ...]]:
    return {each.number: each.section for each in document.paragraphs if each.number}


def wrong(read: str, printed: str) -> float:
    """The share of the printed characters that were read as others, left out or put in."""
    parts = SequenceMatcher(None, read, printed, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in parts if kind != "equal") / len(printed)


def has_tesseract(language: str) -> bool:
    if shutil.which("tesseract") is None:
        return False
    return (
        language
        in subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_pdf(tmp_path_factory.mktemp("report") / "report.pdf")


@pytest.fixture(scope="module")
def scan_of_report(report: Path) -> Path:
    return scanned(report, report.with_name("scan.pdf"))


def test_scanned_report_reads_as_the_printed_one(report: Path, scan_of_report: Path) -> None:
    scan, printed = read_in_child(scan_of_report), read(report)
    assert list(numbered(scan)) == list(numbered(printed))
    assert wrong("".join(numbered(scan).values()), "".join(numbered(printed).values())) <= MOST_WRONG
    assert sections(scan)["4"] == ("II. Findings",)
    assert [(each.text, each.mark) for each in scan.paragraphs if each.kind == "footnote"] == [
        ("See the accounts of the offices, table 3.", "1")
    ]
    assert (scan.symbol, scan.date, scan.language, scan.title) == ("E/2031/7", "2031-03-04", "en", printed.title)
    assert [page.page for page in scan.report.recognised] == [1, 2, 3]
    assert all(0.9 < page.confidence <= 1 for page in scan.report.recognised)
    assert (scan.report.pages_without_text, scan.report.warnings, scan.report.numbering_gaps) == (0, (), ())


def test_chinese_scan_has_its_numbers_and_sections(tmp_path: Path) -> None:
    scan = read(scan_of("SAMPLE_2023_2.zh.png", tmp_path / "scan.pdf"))
    printed = read(ROOT / "samples" / "reports" / "SAMPLE_2023_2.zh.pdf")
    assert list(numbered(scan)) == ["1", "2", "3", "4", "5", "6"]
    assert {number: sections(printed)[number] for number in sections(scan)} == sections(scan)
    whole = ["1", "2", "3", "4"]
    read_text, text = ("".join(numbered(each)[number] for number in whole) for each in (scan, printed))
    assert wrong(read_text, text) <= MOST_WRONG
    assert (scan.language, scan.title, scan.date) == ("zh", printed.title, "2023-06-20")


def test_only_the_scanned_page_of_a_mixed_document_is_recognised(tmp_path: Path) -> None:
    printed = columns_pdf(tmp_path / "printed.pdf")
    scan = scanned(columns_pdf(tmp_path / "page.pdf", first=4), tmp_path / "scan.pdf")
    mixed = read(joined(tmp_path / "mixed.pdf", printed, with_stamp(scan, tmp_path / "stamped.pdf", "25-00001")))
    assert list(numbered(mixed)) == ["1", "2", "3", "4", "5", "6"]
    assert [page.page for page in mixed.report.recognised] == [2]
    assert numbered(mixed)["6"] == numbered(mixed)["3"]


def test_starred_note_of_a_scan_is_no_part_of_the_text(tmp_path: Path) -> None:
    scan = read(scanned(starred_pdf(tmp_path / "page.pdf"), tmp_path / "scan.pdf"))
    assert [(each.mark, each.text) for each in scan.paragraphs if each.kind == "footnote"] == [("*", "A/86/150.")]
    assert numbered(scan)["2"].endswith("wassenttothem.")


def test_page_headed_as_a_map_is_not_recognised(tmp_path: Path) -> None:
    document = read(map_pdf(tmp_path / "a.pdf"))
    assert [each.text.split("\n")[1:] for each in document.paragraphs] == [["Map of the shared offices"]]
    assert document.report.recognised == ()


@pytest.mark.parametrize("turned", [180, 270])
def test_turned_scan_is_read_upright(turned: int, tmp_path: Path) -> None:
    page = columns_pdf(tmp_path / "page.pdf")
    assert list(numbered(read(scanned(page, tmp_path / "scan.pdf", turned=turned)))) == ["1", "2", "3"]


def test_columns_of_a_scan_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = columns_pdf(tmp_path / "page.pdf")
    scan = read(tilted(page, tmp_path / "scan.pdf", degrees=1.0))
    assert "headquartersonamatterthatcannotwait" in numbered(scan)["2"]
    assert numbered(scan)["3"].endswith("withinthemonthoftheirarrival.")


def test_blank_page_stays_a_page_without_text(report: Path, tmp_path: Path) -> None:
    blanks = (blank_pdf(tmp_path / "blank.pdf"), blank_scan(tmp_path / "scan.pdf"))
    document = read(joined(tmp_path / "joined.pdf", report, *blanks))
    assert (document.report.pages_without_text, document.report.recognised) == (2, ())
    assert document.report.warnings == ()


def test_scan_in_a_script_that_nothing_installed_reads_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    scan = scan_of("SAMPLE_2025_2.ru.png", tmp_path / "scan.pdf")
    with pytest.raises(ReadingError, match=r"Page 1 was not read.*apt install tesseract-ocr tesseract-ocr-ara"):
        read_in_child(scan)


@pytest.mark.skipif(not has_tesseract("rus"), reason="tesseract with its Russian data is not installed")
def test_russian_scan_is_read_where_tesseract_is_installed(tmp_path: Path) -> None:
    scan = read(scan_of("SAMPLE_2025_2.ru.png", tmp_path / "scan.pdf"))
    assert list(numbered(scan))[:8] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert sections(scan)["8"] == ("IV. Инициатива «ООН-80»",)
    assert "72/279от31мая2018года" in numbered(scan)["2"]
    assert scan.language == "ru"


def test_pages_for_which_time_is_too_short_are_named(scan_of_report: Path) -> None:
    scan = read_in_child(scan_of_report, Limits(recognition_seconds=1))
    assert [page.page for page in scan.report.recognised] == [1]
    assert scan.report.warnings[0].startswith("Pages 2-3 were not recognised")
    assert scan.report.pages_without_text == 2


def test_first_look_at_text_over_a_picture_is_in_the_time_for_scans(
    report: Path, scan_of_report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    def take_time() -> float:
        happened.append("time is taken")
        return math.inf

    def see(picture: Image.Image) -> Sight:
        happened.append("look")
        return Sight(picture.width, picture.height)

    monkeypatch.setattr(pages, "take_time_for_scans", take_time)
    monkeypatch.setattr(pages, "begin_page", lambda: happened.append("page is begun"))
    monkeypatch.setattr(bundled, "see", see)
    stamped = with_stamp(scan_of_report, tmp_path / "stamped.pdf", "25-00001")
    reading.read(joined(tmp_path / "mixed.pdf", report, stamped))
    assert happened == ["time is taken", *["page is begun", "look"] * 3]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the reports are not here")
def test_seed_scan_has_its_fourteen_paragraphs() -> None:
    scan, printed = read(CORPUS / "formats" / "seed-scan.pdf"), read(CORPUS / "formats" / "seed.md")
    assert list(numbered(scan)) == [str(number) for number in range(1, 15)]
    assert sections(scan) == sections(printed)
    assert wrong("".join(numbered(scan).values()), "".join(numbered(printed).values())) <= MOST_WRONG
