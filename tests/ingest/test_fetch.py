"""Symbols and addresses in, files out, from a server on this machine that behaves as well or as badly as it likes."""

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from ingest.fetch import Fetcher, FetchError, FetchLimits
from ingest.fetch_list import Listed
from ingest.sources import SourceFile
from tests.ingest.document_server import (
    PDF,
    PDF_TYPE,
    Answer,
    DocumentServer,
    declaring,
    document,
    dripping,
    redirect,
    silent,
    status,
    stopping,
    until_closed,
)
from tests.ingest.files import numbered_docx
from vectorstore.settings import IndexSettings

UN_HOSTS = IndexSettings().fetch_hosts
UN_TEMPLATE = IndexSettings().fetch_address
LIMITS = FetchLimits(size=100_000, seconds=5, silence=2)
NEWER = PDF.replace(b"1 0 obj", b"2 0 obj")
REPORT = Listed("A/80/74")
REPORT_PATH = "/en/A/80/74"
PAGE = b"<!DOCTYPE html><html><body><p>No document was found.</p></body></html>"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def _proxies_of_this_machine_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


class Clock:
    """Time that passes only while one sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer().running() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(tmp_path: Path, server: DocumentServer, clock: Clock) -> Fetcher:
    return build(tmp_path, server, clock)


def build(tmp_path: Path, server: DocumentServer, clock: Clock, limits: FetchLimits = LIMITS) -> Fetcher:
    return Fetcher(
        tmp_path / "downloads",
        allowed=[server.origin],
        limits=limits,
        template=server.origin + "/{language}/{symbol}",
        sleep=clock.sleep,
        clock=clock,
    )


def at(server: DocumentServer, path: str) -> Listed:
    return Listed(server.origin + path)


def refused(fetcher: Fetcher, listed: Listed = REPORT) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(listed)
    return caught.value


def test_symbol_is_asked_for_in_its_language_and_its_document_kept(fetcher: Fetcher, server: DocumentServer) -> None:
    server.on("/fr/S/RES/2771%20(2025)", document())
    file = fetcher.fetch(Listed("S/RES/2771 (2025)", "fr"))
    assert file == SourceFile("symbol:/S_RES_2771(2025).fr", file.path)
    assert (file.path.suffix, file.path.read_bytes()) == (".pdf", PDF)


def test_request_names_us_and_carries_nothing_of_the_environment(
    server: DocumentServer, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("default login someone password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    server.on(REPORT_PATH, status(302, Location="/there", Set_Cookie="session=1; Path=/"))
    server.on("/there", document())
    build(tmp_path, server, clock).fetch(REPORT)
    for _, headers in server.requests:
        assert headers["User-Agent"].startswith("Reformbot")
        assert not {"Cookie", "Authorization", "Proxy-Authorization", "Referer"} & headers.keys()


def test_proxy_of_the_environment_is_used_for_hosts_elsewhere(
    server: DocumentServer, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.origin)
    server.on("documents.un.org:443", status(403))
    error = refused(
        Fetcher(tmp_path, allowed=UN_HOSTS, limits=LIMITS, template=UN_TEMPLATE, sleep=clock.sleep, clock=clock)
    )
    assert server.paths == ["documents.un.org:443"] * 3
    assert "proxy" in str(error)


def test_proxy_that_cannot_be_used_is_told(
    server: DocumentServer, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example")
    assert "proxy" in str(refused(build(tmp_path, server, clock)))


def test_redirects_to_allowed_hosts_are_followed(fetcher: Fetcher, server: DocumentServer) -> None:
    server.on(REPORT_PATH, redirect("/first", 301))
    server.on("/first", redirect(server.origin + "/second", 307))
    server.on("/second", document())
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/A/80/74",
        "http://localhost:{port}/aside",
        "http://127.0.0.1.:{port}/aside",
        "http://127.1:{port}/aside",
        "http://2130706433:{port}/aside",
        "http://127.0.0.2:{port}/aside",
        "http://[::1]:{port}/aside",
        "http://[::ffff:127.0.0.1]:{port}/aside",
        "http://127.0.0.1:1/aside",
        "https://127.0.0.1:{port}/aside",
        "http://someone:secret@127.0.0.1:{port}/aside",
        "http://127.0.0.1:{port}@elsewhere.example/aside",
        "http://127.0.0.1:{port}\\@elsewhere.example/aside",
        "//elsewhere.example/aside",
        "https://１２７.0.0.1/aside",
        "https://xn--zzzzzzzzzzzz.example/aside",
        "https://[/aside",
        "file:///etc/passwd",
        "ftp://127.0.0.1:{port}/aside",
        "data:text/html,<p>aside",
        "javascript:aside()",
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_redirect_to_what_is_not_allowed_is_not_asked(fetcher: Fetcher, server: DocumentServer, target: str) -> None:
    server.on(REPORT_PATH, redirect(target.format(port=server.port).encode().decode("latin-1")))
    server.on("/aside", document())
    error = refused(fetcher)
    assert server.paths == [REPORT_PATH]
    assert not error.transient
    assert "secret" not in str(error)


@pytest.mark.parametrize("target", [REPORT_PATH, "/round"])
def test_redirects_in_a_circle_end(fetcher: Fetcher, server: DocumentServer, target: str) -> None:
    server.on(REPORT_PATH, redirect(target))
    server.on("/round", redirect(REPORT_PATH))
    assert not refused(fetcher).transient
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("code", "transient", "tries", "words"),
    [
        (404, False, 1, "check the symbol"),
        (410, False, 1, "check the symbol"),
        (401, False, 1, "refuses"),
        (403, False, 1, "refuses"),
        (202, False, 1, "gives no"),
        (204, False, 1, "gives no"),
        (206, False, 1, "gives no"),
        (304, False, 1, "gives no"),
        (418, False, 1, "gives no"),
        (500, True, 3, "again later"),
        (502, True, 3, "again later"),
        (503, True, 3, "again later"),
        (504, True, 3, "again later"),
        (429, True, 3, "again later"),
    ],
)
def test_status_tells_whether_to_try_again(
    fetcher: Fetcher, server: DocumentServer, *, code: int, transient: bool, tries: int, words: str
) -> None:
    server.on(REPORT_PATH, status(code))
    error = refused(fetcher)
    assert (error.transient, len(server.requests)) == (transient, tries)
    assert words in str(error)
    assert "A/80/74 (en)" in str(error)


def test_failure_that_passes_is_tried_again_after_longer_and_longer(
    fetcher: Fetcher, server: DocumentServer, clock: Clock
) -> None:
    server.on(REPORT_PATH, status(500), status(503), document())
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF
    assert len(server.requests) == 3
    first, second = clock.slept
    assert 1 <= first <= 2 <= second <= 3


@pytest.mark.parametrize(("asked", "seconds"), [("2", 2), ("0", 0), ("60", 60)])
def test_server_that_asks_for_a_while_gets_it(
    fetcher: Fetcher, server: DocumentServer, clock: Clock, asked: str, seconds: float
) -> None:
    server.on(REPORT_PATH, status(429, Retry_After=asked), document())
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF
    assert sum(clock.slept) == max(seconds, LIMITS.pause)


def test_retry_after_a_date_counts_from_the_servers_own_clock(
    fetcher: Fetcher, server: DocumentServer, clock: Clock
) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    server.on(REPORT_PATH, status(429, Retry_After=until), document())
    fetcher.fetch(REPORT)
    assert sum(clock.slept) == pytest.approx(30, abs=2)


@pytest.mark.parametrize("asked", ["61", "999999999", "Fri, 31 Dec 2100 23:59:59 GMT"])
@pytest.mark.parametrize("code", [429, 503])
def test_server_that_asks_for_too_long_is_left_for_later(
    fetcher: Fetcher, server: DocumentServer, clock: Clock, asked: str, code: int
) -> None:
    server.on(REPORT_PATH, status(code, Retry_After=asked))
    assert refused(fetcher).transient
    assert (len(server.requests), clock.slept) == (1, [])


@pytest.mark.parametrize("asked", ["soon", "-5", "9" * 30, "1.5", "٣", "Fri, 99 Foo 2100", ""])
def test_retry_after_that_says_nothing_is_passed_over(fetcher: Fetcher, server: DocumentServer, asked: str) -> None:
    server.on(REPORT_PATH, status(429, Retry_After=asked.encode().decode("latin-1")), document())
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF


@pytest.mark.parametrize("part", ["headers", "body"])
def test_server_that_drips_is_given_up(tmp_path: Path, server: DocumentServer, clock: Clock, part: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nX-Long: " + b"x" * 500
    drip = dripping(head if part == "headers" else head[:15] + b"\r\n\r\n" + PDF * 9, server.stopped)
    server.on(REPORT_PATH, drip)
    began = time.monotonic()
    error = refused(build(tmp_path, server, clock, replace(LIMITS, seconds=0.4)))
    assert time.monotonic() - began < 2
    assert error.transient
    assert "too slow" in str(error)


def test_server_that_says_nothing_is_tried_again(tmp_path: Path, server: DocumentServer, clock: Clock) -> None:
    server.on(REPORT_PATH, silent(0.4), document())
    fetcher = build(tmp_path, server, clock, replace(LIMITS, silence=0.2))
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF


def test_server_that_is_not_there_is_a_failure_that_passes(tmp_path: Path, clock: Clock) -> None:
    with DocumentServer().running() as gone:
        fetcher = build(tmp_path, gone, clock)
    error = refused(fetcher)
    assert error.transient
    assert len(clock.slept) == 2


@pytest.mark.parametrize(
    "answer",
    [
        declaring(len(PDF) + 10, PDF),
        declaring(len(PDF) - 10, PDF),
        until_closed(PDF[:-10]),
        status(200, gzip.compress(PDF * 9)[:60], Content_Type=PDF_TYPE, Content_Encoding="gzip"),
        status(200, b"this is no gzip", Content_Type=PDF_TYPE, Content_Encoding="gzip"),
        status(200, PDF[:9], Transfer_Encoding="chunked"),
    ],
    ids=["longer declared", "shorter declared", "closed early", "gzip cut", "no gzip", "no chunks"],
)
def test_document_that_came_cut_short_is_fetched_again(
    fetcher: Fetcher, server: DocumentServer, answer: Answer
) -> None:
    server.on(REPORT_PATH, answer, document())
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF
    server.on(REPORT_PATH, answer)
    assert refused(fetcher).transient


def test_document_without_a_length_is_taken(fetcher: Fetcher, server: DocumentServer) -> None:
    server.on(REPORT_PATH, until_closed(PDF))
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF


def test_packed_document_is_unpacked(fetcher: Fetcher, server: DocumentServer) -> None:
    server.on(REPORT_PATH, document(gzip.compress(PDF), Content_Encoding="gzip"))
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF


@pytest.mark.parametrize(
    "answer",
    [
        document(PDF + b" " * LIMITS.size),
        declaring(10**12, PDF),
        until_closed(*[PDF * 200] * 200),
        document(gzip.compress(PDF + bytes(50_000_000)), Content_Encoding="gzip"),
        document(gzip.compress(gzip.compress(bytes(50_000_000))), Content_Encoding="gzip, gzip"),
        document(PDF, Content_Encoding="br"),
    ],
    ids=[
        "too long",
        "declared too long",
        "no length",
        "gzip bomb",
        "bomb in a bomb",
        "unknown packing",
    ],
)
def test_body_beyond_the_limit_is_refused(
    fetcher: Fetcher, server: DocumentServer, tmp_path: Path, answer: Answer
) -> None:
    server.on(REPORT_PATH, answer)
    assert not refused(fetcher).transient
    assert len(server.requests) == 1
    assert not list((tmp_path / "downloads").iterdir())


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (PAGE, "text/html"),
        (PAGE, PDF_TYPE),
        (b"  \n" + PAGE, "application/octet-stream"),
        (PAGE.replace(b"No document", b"%PDF-1.7"), "text/html"),
        (b"<div>moved</div>", "text/html; charset=utf-8"),
        (b"Not found", "text/plain"),
        (b'{"error": 1}', "application/json"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "application/msword"),
        (b"", PDF_TYPE),
        (b" \n", PDF_TYPE),
    ],
)
@pytest.mark.parametrize("by", ["symbol", "address of a PDF"])
def test_what_is_no_document_is_not_taken_for_one(
    fetcher: Fetcher, server: DocumentServer, body: bytes, content_type: str, by: str
) -> None:
    server.on(REPORT_PATH, document(body, content_type))
    server.on("/report.PDF?download=1", document(body, content_type))
    error = refused(fetcher, REPORT if by == "symbol" else at(server, "/report.PDF?download=1"))
    assert not error.transient
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("path", "body", "content_type", "suffix"),
    [
        ("/report", PDF, "application/octet-stream", ".pdf"),
        ("/report", b"\n" + PDF, "text/html", ".pdf"),
        ("/report", PAGE, "text/html; charset=utf-8", ".html"),
        ("/report", PAGE, "", ".html"),
        ("/report.txt", b"\xef\xbb\xbf" + PAGE, "text/plain", ".html"),
        ("/note", b"# Note\n\nWords.", "text/markdown", ".md"),
        ("/note.md", b"# Note\n\nWords.", "text/plain; charset=utf-8", ".md"),
        ("/note.txt", "تقرير\n".encode(), "text/plain", ".txt"),
        ("/note.txt", "报告\n".encode("utf-16"), "application/octet-stream", ".txt"),
        ("/letter", b"From: a@example.org\n\nWords.", "message/rfc822", ".eml"),
    ],
)
def test_kinds_that_are_read_are_taken_from_an_address(
    fetcher: Fetcher, server: DocumentServer, *, path: str, body: bytes, content_type: str, suffix: str
) -> None:
    server.on(path, document(body, content_type))
    file = fetcher.fetch(at(server, path))
    assert (file.source, file.path.suffix, file.path.read_bytes()) == (server.origin + path, suffix, body)


@pytest.mark.parametrize(
    ("path", "body", "content_type"),
    [
        ("/data", b'{"a": 1}', "application/json"),
        ("/script.js", b"let a", "text/javascript"),
        ("/list.xml", b"<?xml version='1.0'?><a/>", "application/xml"),
        ("/unnamed", b"words", "application/octet-stream"),
        ("/note.txt", b"MZ\x00\x00", "text/plain"),
        ("/page", b"\x00" * 90, "text/html"),
    ],
)
def test_kinds_that_are_not_read_are_refused(
    fetcher: Fetcher, server: DocumentServer, path: str, body: bytes, content_type: str
) -> None:
    server.on(path, document(body, content_type))
    assert not refused(fetcher, at(server, path)).transient


def test_word_file_is_taken_for_a_symbol(fetcher: Fetcher, server: DocumentServer, tmp_path: Path) -> None:
    body = numbered_docx(tmp_path / "report.docx").read_bytes()
    server.on(REPORT_PATH, document(body, DOCX_TYPE))
    assert fetcher.fetch(REPORT).path.suffix == ".docx"


def test_unchanged_document_is_not_sent_again(fetcher: Fetcher, server: DocumentServer) -> None:
    since = "Tue, 04 Mar 2031 10:00:00 GMT"
    server.on(REPORT_PATH, document(ETag='W/"7"', Last_Modified=since), status(304), document(NEWER))
    first = fetcher.fetch(REPORT)
    assert fetcher.fetch(REPORT) == first
    assert first.path.read_bytes() == PDF
    (_, before), (_, after) = server.requests
    assert "If-None-Match" not in before
    assert (after["If-None-Match"], after["If-Modified-Since"]) == ('W/"7"', since)
    assert fetcher.fetch(REPORT).path.read_bytes() == NEWER


def test_marks_of_a_version_are_sent_only_where_they_came_from(fetcher: Fetcher, server: DocumentServer) -> None:
    server.on(REPORT_PATH, redirect("/old.pdf"), redirect("/old.pdf"), redirect("/new.pdf"))
    server.on("/old.pdf", document(ETag='"1"'), status(304))
    server.on("/new.pdf", document(NEWER, ETag='"1"'))
    fetcher.fetch(REPORT)
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF
    assert fetcher.fetch(REPORT).path.read_bytes() == NEWER
    asked = [(path, headers.get("If-None-Match")) for path, headers in server.requests]
    assert asked[2:] == [(REPORT_PATH, None), ("/old.pdf", '"1"'), (REPORT_PATH, None), ("/new.pdf", None)]


@pytest.mark.parametrize("damage", ["file gone", "file cut", "note cut", "note by another"])
def test_kept_file_that_was_damaged_is_fetched_anew(
    fetcher: Fetcher, server: DocumentServer, tmp_path: Path, damage: str
) -> None:
    server.on(REPORT_PATH, document(ETag='"1"'))
    kept = fetcher.fetch(REPORT).path
    note = kept.with_suffix(".json")
    if damage == "file gone":
        kept.unlink()
    elif damage == "file cut":
        kept.write_bytes(PDF[:10])
    else:
        note.write_text(note.read_text()[:20] if damage == "note cut" else '{"suffix": "/../../x"}')
    assert fetcher.fetch(REPORT).path.read_bytes() == PDF
    assert "If-None-Match" not in server.requests[-1][1]


@pytest.mark.parametrize("etag", ['"' + "x" * 9000 + '"', '"é"'])
def test_mark_that_cannot_be_sent_back_is_left_out(fetcher: Fetcher, server: DocumentServer, etag: str) -> None:
    server.on(REPORT_PATH, document(ETag=etag))
    fetcher.fetch(REPORT)
    fetcher.fetch(REPORT)
    assert "If-None-Match" not in server.requests[-1][1]


@pytest.mark.parametrize(
    "answer", [status(500), status(404), document(PAGE, "text/html"), declaring(999, PDF), document(PDF * 9000)]
)
def test_what_was_fetched_before_stays_when_a_later_fetch_fails(
    fetcher: Fetcher, server: DocumentServer, tmp_path: Path, answer: Answer
) -> None:
    server.on(REPORT_PATH, document(ETag='"1"'), answer)
    kept = fetcher.fetch(REPORT).path
    refused(fetcher)
    assert kept.read_bytes() == PDF
    server.on(REPORT_PATH, status(304))
    assert fetcher.fetch(REPORT).path == kept
    assert len(list((tmp_path / "downloads").iterdir())) == 2


def test_document_that_changes_its_kind_leaves_no_old_file(
    fetcher: Fetcher, server: DocumentServer, tmp_path: Path
) -> None:
    server.on("/note", document(), document(PAGE, "text/html"))
    fetcher.fetch(at(server, "/note"))
    fetcher.fetch(at(server, "/note"))
    assert sorted(path.suffix for path in (tmp_path / "downloads").iterdir()) == [".html", ".json"]


def test_killed_while_a_document_comes_leaves_the_old_one(server: DocumentServer, tmp_path: Path, clock: Clock) -> None:
    server.on(REPORT_PATH, document(ETag='"1"'))
    fetcher = build(tmp_path, server, clock)
    kept = fetcher.fetch(REPORT).path
    server.on(REPORT_PATH, stopping(NEWER * 1000, server.stopped))
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path / "downloads"), server.origin])
    part = kept.with_suffix(".part")
    while not (part.exists() and part.stat().st_size):
        assert child.poll() is None
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert kept.read_bytes() == PDF
    server.on(REPORT_PATH, status(304))
    assert fetcher.fetch(REPORT).path == kept
    assert not part.exists()


CHILD = """
import sys
from pathlib import Path
from ingest.fetch import Fetcher, FetchLimits
from ingest.fetch_list import Listed
template = sys.argv[2] + "/{language}/{symbol}"
Fetcher(Path(sys.argv[1]), allowed=[sys.argv[2]], limits=FetchLimits(), template=template).fetch(Listed("A/80/74"))
"""


def test_file_names_come_from_no_address(fetcher: Fetcher, server: DocumentServer, tmp_path: Path) -> None:
    for path in ("/..%2f..%2fescape.pdf", "/%00.pdf", "/" + "x" * 3000, "/?../../escape.pdf"):
        server.on(path, document(Content_Disposition='attachment; filename="../../escape.pdf"'))
        assert fetcher.fetch(at(server, path)).path.parent == tmp_path / "downloads"
    assert not list(tmp_path.rglob("escape*"))


def test_folder_that_cannot_be_written_is_a_failure_of_its_own(
    server: DocumentServer, tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "downloads").write_text("a file where the folder should be")
    server.on(REPORT_PATH, document())
    error = refused(build(tmp_path, server, clock))
    assert error.transient
    assert "cannot be kept" in str(error)


def test_host_is_asked_one_thing_at_a_time_with_a_pause_between(
    fetcher: Fetcher, server: DocumentServer, clock: Clock
) -> None:
    for number in range(8):
        server.on(f"/en/A/80/{number}", redirect(f"/{number}.pdf"))
        server.on(f"/{number}.pdf", document())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fetcher.fetch, [Listed(f"A/80/{number}") for number in range(8)]))
    assert len(server.requests) == 16
    assert server.most_at_once == 1
    assert clock.slept == [1.0] * 15


def test_address_on_a_host_that_is_not_allowed_is_not_asked(fetcher: Fetcher) -> None:
    for address in ("https://elsewhere.example/a.pdf", "https://127.0.0.1/a.pdf", "http://127.0.0.1:9/a.pdf"):
        assert "not among the allowed hosts" in str(refused(fetcher, Listed(address)))


@pytest.mark.parametrize(
    ("allowed", "address"),
    [
        ("undocs.org", "https://UNDOCS.org:443/A/80/74"),
        ("UNDOCS.ORG", "https://undocs.org/A/80/74"),
        ("mirror.example:8443", "https://mirror.example:8443/A/80/74"),
        ("https://mirror.example/", "https://mirror.example/A/80/74"),
        ("bücher.example", "https://xn--bcher-kva.example/A/80/74"),
    ],
)
def test_host_is_known_by_each_of_its_spellings(tmp_path: Path, allowed: str, address: str) -> None:
    Fetcher(tmp_path, allowed=[allowed], limits=LIMITS, template=address.replace("A/80/74", "{symbol}"))


@pytest.mark.parametrize(
    "address",
    [
        "https://undocs.org./{symbol}",
        "https://www.undocs.org/{symbol}",
        "https://undocs.org:8443/{symbol}",
        "https://undocs.org.elsewhere.example/{symbol}",
        "https://undocs.org@elsewhere.example/{symbol}",
        "https://someone@undocs.org/{symbol}",
        "https://undocs%2eorg/{symbol}",
        "https://undосs.org/{symbol}",
        "http://undocs.org/{symbol}",
        "https://undocs.org/A/80/74",
    ],
)
def test_template_must_lead_to_an_allowed_host(tmp_path: Path, address: str) -> None:
    with pytest.raises(FetchError):
        Fetcher(tmp_path, allowed=["undocs.org"], limits=LIMITS, template=address)


@pytest.mark.parametrize(
    "entry",
    ["", "*.un.org", "*", "http://mirror.example", "undocs.org/en", "https://me@undocs.org", "ftp://undocs.org", "::1"],
)
def test_host_to_allow_must_be_one(tmp_path: Path, entry: str) -> None:
    with pytest.raises(FetchError, match="no host to allow"):
        Fetcher(tmp_path, allowed=[*UN_HOSTS, entry], limits=LIMITS, template=UN_TEMPLATE)


def test_symbols_are_asked_for_where_the_un_keeps_its_documents(tmp_path: Path) -> None:
    Fetcher(tmp_path, allowed=UN_HOSTS, limits=FetchLimits(), template=UN_TEMPLATE)
