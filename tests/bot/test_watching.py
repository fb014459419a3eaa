"""What a server and a command do by themselves when files change, and what they fetch."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.commands.client import connect
from bot.settings import BotSettings
from tests.bot.processes import started, until
from tests.ingest.document_server import DocumentServer, document, status
from tests.ingest.files import numbered_docx
from tests.ingest.test_sync import REPORT, write
from vectorstore.settings import IndexSettings

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@contextmanager
def served(settings: IndexSettings, **environment: Any) -> Iterator[httpx.Client]:
    """A caller of `reformbot serve` in a process of its own."""
    process = started("serve", settings=settings, BOT_PORT="0", **environment)
    try:
        until(lambda: (settings.path / "server.json").exists() or process.poll() is not None)
        with connect(settings, BotSettings()) as client:
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
        assert process.returncode == 0, log


def symbols(client: httpx.Client) -> set[str]:
    return {Path(one["source"]).name for one in client.get("/v1/documents").json()["documents"]}


def test_a_report_dropped_into_a_watched_folder_goes_in_and_one_taken_out_goes(
    index_settings: IndexSettings, tmp_path: Path
) -> None:
    folder = write(tmp_path / "in", "first.md", REPORT).parent
    with served(index_settings, INDEX_FOLDERS=str(folder)) as client:
        until(lambda: symbols(client) == {"first.md"})
        write(folder, "second.md", REPORT.replace("harbour", "airport"))
        until(lambda: symbols(client) == {"first.md", "second.md"})
        (folder / "first.md").unlink()
        until(lambda: symbols(client) == {"second.md"})
        assert client.post("/v1/refresh").status_code == 202


def test_listed_documents_are_fetched_and_leave_with_the_list(index_settings: IndexSettings, tmp_path: Path) -> None:
    listed = write(tmp_path, "list.txt", "HSP/EB.2031/6\nHSP/EB.2031/7\n")
    with DocumentServer().running() as server:
        server.on("/en/HSP/EB.2031/6", document(numbered_docx(tmp_path / "a.docx").read_bytes(), DOCX))
        server.on("/en/HSP/EB.2031/7", status(404))
        settings = {
            "INDEX_FETCH_LIST": str(listed),
            "INDEX_FETCH_HOSTS": server.origin,
            "INDEX_FETCH_ADDRESS": server.origin + "/{language}/{symbol}",
        }
        with served(index_settings, **settings) as client:
            until(lambda: symbols(client) == {"HSP_EB.2031_6.en"})
            [failed] = client.get("/v1/failures").json()["failures"]
            assert "HSP/EB.2031/7" in failed["reason"]
            [record] = client.get("/v1/documents").json()["documents"]
            assert record["symbol"] == "HSP/EB.2031/6"
            listed.write_text("", encoding="utf-8")
            client.post("/v1/refresh")
            until(lambda: symbols(client) == set())


def test_watch_command_mirrors_a_folder_until_it_is_interrupted(index_settings: IndexSettings, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", "first.md", REPORT).parent
    process = started("watch", str(folder), settings=index_settings)
    assert process.stdout
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout or ()), daemon=True)
    reader.start()
    until(lambda: any(line.startswith("1\t0\t0") for line in lines))
    write(folder, "second.md", REPORT.replace("harbour", "airport"))
    until(lambda: any(line.startswith("1\t0\t1") for line in lines))
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) in (0, 130)
