"""Documents that were read by eye: their numbered paragraphs, sections, pages, tables and footnotes are found.

Real documents are known by their hash and lie beside the repository; where one is absent or another, it is skipped.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.ingest.files import read
from tests.ingest.gold import TRUTHS, Gold, Score, gold, score, total
from vectorstore.paragraph import Document

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "samples" / "reports"
REAL = ROOT.parent / "shared" / "corpus" / "un2025"
GOLD = {path.stem: gold(path) for path in sorted(TRUTHS.glob("*.json"))}

WHOLE_SET = 0.97
ONE_DOCUMENT = 0.9
RECOGNISED = 0.8  # a letter misread at the end of a paragraph is a wrong boundary


def here(truth: Gold) -> Path | None:
    """The file that a truth is about; None where it is absent or has other content."""
    if truth.sha256 is None:
        return OURS / truth.file
    path = REAL / truth.file
    same = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == truth.sha256
    return path if same else None


@pytest.fixture(scope="module")
def readings() -> Iterator[dict[str, Future[Document]]]:
    """The documents of the gold set that are here, each read once."""
    paths = {name: path for name, truth in GOLD.items() if (path := here(truth))}
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {name: pool.submit(read, path) for name, path in paths.items()}
        pool.shutdown(cancel_futures=True)


@pytest.fixture
def document(name: str, readings: dict[str, Future[Document]]) -> Document:
    if name not in readings:
        pytest.skip("the document is not here")
    return readings[name].result()


@pytest.fixture(scope="module")
def scores(readings: dict[str, Future[Document]]) -> dict[str, Score]:
    return {name: score(GOLD[name], reading.result()) for name, reading in readings.items()}


def test_gold_set_has_documents_in_six_languages_and_four_formats() -> None:
    ours = [Path(truth.file) for truth in GOLD.values() if truth.sha256 is None]
    assert {path.stem.rsplit(".", 1)[1] for path in ours} == {"ar", "en", "es", "fr", "ru", "zh"}
    assert {path.suffix for path in ours} == {".docx", ".html", ".md", ".pdf"}
    assert {path.name for path in ours} == {path.name for path in OURS.iterdir()}


@pytest.mark.parametrize("name", GOLD)
def test_document_has_the_paragraphs_that_are_printed(name: str, document: Document) -> None:
    found = score(GOLD[name], document)
    least = RECOGNISED if document.report.recognised else ONE_DOCUMENT
    assert min(found.precision, found.recall) >= least, f"{name}: {found}"


@pytest.mark.parametrize("name", GOLD)
def test_document_has_the_tables_and_footnotes_that_are_printed(name: str, document: Document) -> None:
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    assert (kinds.count("table"), kinds.count("footnote")) == (GOLD[name].tables, GOLD[name].footnotes)


def test_paragraph_boundaries_of_the_whole_set_are_right(scores: dict[str, Score]) -> None:
    found = total(scores.values())
    assert min(found.precision, found.recall) >= WHOLE_SET, report(scores)


def test_paragraphs_of_the_whole_set_are_in_their_sections_and_on_their_pages(scores: dict[str, Score]) -> None:
    found = total(scores.values())
    assert min(found.sections, found.pages) >= WHOLE_SET * found.right, report(scores)


def report(scores: dict[str, Score]) -> str:
    lines = [f"{name}: {found}" for name, found in scores.items()]
    return "\n".join([f"all: {total(scores.values())}", *lines])
