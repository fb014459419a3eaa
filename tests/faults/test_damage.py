"""An index that was damaged while nothing ran: the service says so, mends it by itself, and answers as before."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest
from sqlalchemy import func, select

import vectorstore.library
from bot.answer import Question
from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.conftest import SAMPLES, api_client, ingest
from tests.faults.server import ROOT
from vectorstore.settings import IndexSettings
from vectorstore.tables import VectorRow
from vectorstore.writing import write_generation

QUESTION = "How much is the coordination levy?"
# A command whose rebuild goes on when a file says so.
HELD = """
import time
from pathlib import Path
import vectorstore.library as library
write = library.write_generation
def held(*arguments, **more):
    while not Path(GO_ON).exists():
        time.sleep(0.01)
    return write(*arguments, **more)
library.write_generation = held
from bot.cli import main
main()
"""


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory, models_path: Path, sample_index: Path) -> tuple[Path, str]:
    """An index of the sample reports whose Chroma folder was deleted, and what was answered before; tests copy it."""
    folder = Path(copytree(sample_index, tmp_path_factory.mktemp("damaged") / "data"))
    service = build_service(IndexSettings(path=folder, models_path=models_path), BotSettings())
    answer = service.answering.answer(Question(QUESTION)).answer
    service.close()
    rmtree(next(folder.glob("generations/*/chroma")))
    return folder, answer


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """What a rebuild in this process waits for before it begins."""
    go_on = threading.Event()

    def write(*arguments: Any, **more: Any) -> str:
        go_on.wait()
        return write_generation(*arguments, **more)

    monkeypatch.setattr(vectorstore.library, "write_generation", write)
    return go_on


@pytest.fixture
def mending(damaged: tuple[Path, str], held: threading.Event, index_settings: IndexSettings) -> Iterator[Service]:
    """A service just started on the damaged index."""
    copied(damaged, index_settings)
    service = build_service(index_settings, BotSettings())
    yield service
    held.set()
    service.close()


def copied(damaged: tuple[Path, str], settings: IndexSettings) -> Path:
    return Path(copytree(damaged[0], settings.path))


def test_the_service_says_that_it_rebuilds_and_then_answers_as_before(
    damaged: tuple[Path, str], mending: Service, held: threading.Event
) -> None:
    with api_client(mending) as client:
        ready, asked = client.get("/readyz"), client.post("/v1/ask", json={"question": QUESTION})
        streamed = client.post("/v1/ask", json={"question": QUESTION, "stream": True})
        documents = client.get("/v1/documents").json()["documents"]
        status = client.get("/v1/status")
        held.set()
        mending.library.wait_until_open()
        after, answered = client.get("/readyz"), client.post("/v1/ask", json={"question": QUESTION})
    assert (ready.status_code, ready.json()["parts"]["index"]) == (503, False)
    assert "is being rebuilt from the catalogue: 0 of " in ready.json()["detail"]
    assert ready.json()["rebuild"].items() >= {"passages_done": 0, "failed": False}.items()
    for refused in (asked, streamed):
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
        assert "Try again in a minute" in refused.json()["detail"]
    assert len(documents) == status.json()["documents"] == len(list(SAMPLES.iterdir()))
    assert (after.status_code, after.json()["ready"]) == (200, True)
    assert answered.json()["answer"] == damaged[1]


def test_a_refresh_waits_for_the_rebuild_which_embeds_nothing(
    mending: Service, held: threading.Event, tmp_path: Path
) -> None:
    vectors = count_vectors(mending)
    copy = tmp_path / "copy.md"
    copy.write_bytes(next(SAMPLES.glob("*.md")).read_bytes())
    threading.Timer(0.5, held.set).start()
    run = ingest(mending, copy)
    assert (run.state, run.passages_embedded) == ("done", 0)
    assert mending.library.is_open
    assert count_vectors(mending) == vectors


def count_vectors(service: Service) -> int:
    with service.catalogue.begin() as session:
        return session.scalar(select(func.count()).select_from(VectorRow)) or 0


def test_a_service_that_is_stopped_while_it_rebuilds_ends_at_once(mending: Service, held: threading.Event) -> None:
    threading.Timer(0.5, held.set).start()
    mending.close()
    assert mending.library.rebuild
    assert "the next start begins it again" in mending.library.rebuild.sentence


def test_a_command_waits_for_the_rebuild(
    damaged: tuple[Path, str], index_settings: IndexSettings, tmp_path: Path
) -> None:
    folders = {"INDEX_PATH": str(copied(damaged, index_settings)), "INDEX_MODELS_PATH": str(index_settings.models_path)}
    go_on = tmp_path / "go on"
    script = HELD.replace("GO_ON", repr(str(go_on)))
    command = subprocess.Popen(
        [sys.executable, "-c", script, "ask", QUESTION],
        env={**os.environ, **folders, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stderr
    assert "The index was damaged; rebuilding it from the catalogue" in command.stderr.readline()
    go_on.touch()
    answered, complained = command.communicate(timeout=120)
    assert (command.returncode, complained) == (0, "")
    assert " ".join(damaged[1].split()) in " ".join(answered.split())
