"""Files made to harm, and files that broke on the way: each is read or refused within its limits."""

import gc
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ingest.reading import read
from ingest.sandbox import Limits, ReadingError, read_document
from ingest.structure import document_from
from tests.ingest import hostile_office as office
from tests.ingest.files import report_pdf
from tests.ingest.formats_files import message, slides, with_parts, word_report, workbook
from tests.ingest.hostile_office import OFFICE
from tests.ingest.hostile_pdfs import PDFS
from tests.ingest.hostile_texts import RUNS, SECRET_PAGE, TEXTS
from tests.ingest.test_formats import PAGE
from vectorstore.paragraph import Document

MEBIBYTE = 1024 * 1024
LIMITS = Limits(seconds=10, recognition_seconds=2, memory_bytes=600 * MEBIBYTE, output_bytes=8 * MEBIBYTE)
CASES = OFFICE + PDFS + TEXTS
Outcome = Document | ReadingError


def outcome(path: Path) -> Outcome:
    try:
        return read_document(path, source=path.name, content_hash="hash", limits=LIMITS)
    except ReadingError as refused:
        return refused


def text_of(found: Outcome) -> str:
    return str(found) if isinstance(found, ReadingError) else "\n".join(each.text for each in found.paragraphs)


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Outcome], int]:
    """What came of each case, and by how many bytes this process grew over all of them."""
    files = {name: make(tmp_path_factory.mktemp("case")) for name, make, _ in CASES}
    outcome(report_pdf(tmp_path_factory.mktemp("good") / "report.pdf"))  # loads the model that tells languages apart
    gc.collect()
    before = resident() if Path("/proc/self/statm").exists() else 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = dict(zip(files, pool.map(outcome, files.values()), strict=True))
    gc.collect()
    return found, (resident() - before if before else 0)


@pytest.mark.parametrize(("name", "reason"), [(row[0], row[2]) for row in CASES], ids=[row[0] for row in CASES])
def test_file_is_read_or_refused_with_its_reason(
    name: str, reason: str, outcomes: tuple[dict[str, Outcome], int]
) -> None:
    found = outcomes[0][name]
    if not reason:
        assert isinstance(found, Document), found
    elif reason != ".*":
        assert isinstance(found, ReadingError), found
        assert re.search(reason, str(found))
    assert "Traceback" not in text_of(found)


def test_cases_are_sixty_at_least_and_each_has_its_name() -> None:
    assert len({name for name, _, _ in CASES}) == len(CASES) >= 60


def test_service_does_not_grow_by_what_it_refuses(outcomes: tuple[dict[str, Outcome], int]) -> None:
    assert outcomes[1] < 50 * MEBIBYTE


def test_next_good_file_goes_in(outcomes: tuple[dict[str, Outcome], int], tmp_path: Path) -> None:
    found = outcome(report_pdf(tmp_path / "report.pdf"))
    assert isinstance(found, Document)
    assert [each.number for each in found.paragraphs if each.number][:4] == ["1", "2", "3", "4"]


def test_runs_of_signs_take_no_time_without_end(tmp_path: Path) -> None:
    text = "\n\n".join(run * (10_000 // len(run)) for run in RUNS)
    path = tmp_path / "a.md"
    path.write_text(f"1. Rent fell.\n\n{text}\n\n2. Power fell.\n", encoding="utf-8")
    assert isinstance(outcome(path), Document)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server's address and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    web = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_port}/swordfish.dtd", asked
    web.shutdown()
    web.server_close()


def asking(folder: Path, address: str) -> Iterator[Path]:
    """Files that ask for another file, each in its way."""
    xml = office.asking_for(address)
    for make in (
        xml,
        office.asking_for(address, "utf-16"),
        office.asking_by_parameter(address),
        office.late_request(address),
    ):
        yield office.document_of(make)(folder)
    parts = {"xl/sharedStrings.xml": xml.decode()}
    yield with_parts(workbook(folder / "good.xlsx"), folder / "a.xlsx", parts)
    yield with_parts(slides(folder / "good.pptx"), folder / "a.pptx", {"ppt/slides/slide2.xml": xml.decode()})
    page = folder / "a.html"
    page.write_text(SECRET_PAGE.format(address, address))
    yield page
    note = folder / "a.md"
    note.write_text(f"1. See ![picture]({address}) and <iframe src='{address}'></iframe>.")
    yield note


def test_no_file_brings_another_files_content_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    texts = [text_of(outcome(path)) for path in asking(tmp_path, secret.as_uri())]
    assert len(texts) == 8
    assert not any("swordfish" in text for text in texts)


def test_no_file_makes_the_service_call_out(server: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = server
    for path in asking(tmp_path, address):
        outcome(path)
    assert asked == []


def test_reading_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / "temporary"
    left.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(left))
    outcome(word_report(tmp_path / "good.docx"))
    outcome(office.word_bomb(tmp_path))
    assert list(left.iterdir()) == []


def page(path: Path) -> Path:
    path.write_text(PAGE, encoding="utf-8")
    return path


WHOLE = {".docx": word_report, ".pptx": slides, ".xlsx": workbook, ".eml": message, ".html": page}


@pytest.mark.parametrize("suffix", WHOLE)
def test_truncated_file_is_read_as_far_as_it_goes_or_refused(suffix: str, tmp_path: Path) -> None:
    data = WHOLE[suffix](tmp_path / f"whole{suffix}").read_bytes()
    read_so_far = []
    for tenth in range(1, 10):
        path = tmp_path / f"cut{suffix}"
        path.write_bytes(data[: len(data) * tenth // 10])
        with suppress(ReadingError):  # any other error fails the test
            read_so_far.append(len(document_from(read(path), name=path.name).paragraphs))
    assert sorted(read_so_far) == read_so_far
    assert len(read_so_far) >= (5 if suffix in (".eml", ".html") else 0)


def test_truncated_pdf_is_read_or_refused(tmp_path: Path) -> None:
    data = report_pdf(tmp_path / "report.pdf").read_bytes()
    paths = [tmp_path / f"{tenth}.pdf" for tenth in range(1, 10)]
    for tenth, path in enumerate(paths, 1):
        path.write_bytes(data[: len(data) * tenth // 10])
    with ThreadPoolExecutor(max_workers=2) as pool:
        assert all(text_of(found) for found in pool.map(outcome, paths))


NAMES = [
    "\u202etxt.exe.md",
    "a\nb.md",
    "a;rm -rf ~ `id` $(id) %s {0}.md",
    "-h.md",
    "é" * 126 + ".md",
    "..md",
    " .md",
]


@pytest.mark.parametrize("name", NAMES, ids=[ascii(name)[:20] for name in NAMES])
def test_odd_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("1. Rent fell.\n\n2. Power fell.\n")
    found = outcome(path)
    assert isinstance(found, Document)
    assert [each.number for each in found.paragraphs] == ["1", "2"]


@pytest.mark.parametrize("source", ["../../etc/passwd", "a\0b.md", "\udcff.md", "x" * 5000, ""])
def test_odd_source_is_only_a_name(source: str, tmp_path: Path) -> None:
    path = tmp_path / "0.md"
    path.write_text("1. Rent fell.\n\n2. Power fell.\n")
    found = read_document(path, source=source, content_hash="hash", limits=LIMITS)
    assert (found.source, len(found.paragraphs)) == (source, 2)
