"""A disk that is full in the middle of a refresh: answers go on, the refresh says why it failed, and later succeeds."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree

import pytest
from fastapi.testclient import TestClient
from langchain_core.embeddings import Embeddings

from bot.service import build_service
from bot.settings import BotSettings
from ingest.embedding import Embedder
from tests.conftest import api_client
from tests.faults.server import ROOT
from tests.vectorstore.stock import document, found, opened, stock, switch
from vectorstore.disk import RESERVE, DiskFullError
from vectorstore.library import Library
from vectorstore.paragraph import Passage
from vectorstore.rebuild import IndexUnavailableError
from vectorstore.records import EmbeddedPassage
from vectorstore.settings import IndexSettings

QUESTION = "How many ports did the harbour pilot begin with?"
REPORT = """# Report on the {name} pilot

## I. Background

1. The {name} pilot began in 2019 with {count} ports and a budget of 12 million dollars.

2. The steering group meets every month and is chaired by the {name} master.
"""
_DISK_BYTES = 64_000_000
_BLOCK = 4096
_IN_A_NAMESPACE = ("unshare", "--map-root-user", "--mount")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_BYTES}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can make a small disk; test_without_root does it in a namespace")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_without_root(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("as root the tests below run as they are")
    if subprocess.run([*_IN_A_NAMESPACE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody but root make a small disk")
    apart = ["-p", "no:cacheprovider", "--basetemp", str(tmp_path / "inside")]
    command = [*_IN_A_NAMESPACE, sys.executable, "-m", "pytest", *apart, __file__]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout


def fill(disk: Path, *, leave: int) -> None:
    """Takes the room on a disk but for so many bytes."""
    with (disk / "filler").open("ab", buffering=0) as filler:
        while (free := room(disk)) > leave:
            filler.write(bytes(min(free - leave, 1_000_000)))


def room(disk: Path) -> int:
    status = os.statvfs(disk)
    return status.f_bavail * status.f_bsize


def make_room(disk: Path) -> None:
    (disk / "filler").unlink()


def reports(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for place, name in enumerate(names):
        (folder / f"{name}.md").write_text(REPORT.format(name=name, count=4 + place), encoding="utf-8")
    return folder


@pytest.fixture
def served(disk: Path, tmp_path: Path, models_path: Path) -> Iterator[TestClient]:
    """The HTTP API of a service on the small disk, with one report."""
    service = build_service(IndexSettings(path=disk / "data", models_path=models_path), BotSettings())
    with api_client(service, owner=True) as client:
        assert refreshed(client, reports(tmp_path / "in", "harbour"))["state"] == "done"
        yield client
    service.close()


def refreshed(client: TestClient, folder: Path) -> dict[str, object]:
    run_id = client.post("/v1/refresh", json={"paths": [str(folder)]}).json()["run_id"]
    while (run := dict(client.get(f"/v1/refresh/{run_id}").json()))["state"] == "running":
        time.sleep(0.05)
    return run


def check_answers(client: TestClient) -> str:
    """Asks a question, and what follows from it; the first answer's id."""
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert "4 ports" in answer["answer"], answer
    assert client.get(f"/v1/answers/{answer['answer_id']}").json()["answer"] == answer["answer"]
    follow_up = {"question": "And who chairs it?", "conversation_id": answer["conversation_id"]}
    assert client.post("/v1/ask", json=follow_up).status_code == 200
    return str(answer["answer_id"])


@pytest.mark.parametrize("left", [0, 100_000, 2_000_000, 7_000_000])
def test_answers_go_on_and_the_refresh_succeeds_after_room_is_made(
    left: int, served: TestClient, disk: Path, tmp_path: Path
) -> None:
    fill(disk, leave=left)
    folder = reports(tmp_path / "in", "harbour", "airport", "station")
    refused = served.post("/v1/refresh", json={"paths": [str(folder)]})
    if refused.status_code == 202:
        run = refreshed(served, folder)
        assert run["state"] == "failed"
        told = run["digest"]
    else:
        assert refused.status_code == 507
        told = refused.json()["detail"]
    assert "make room" in str(told)
    answers = [check_answers(served) for _ in range(5)]
    assert served.get("/readyz").status_code == 200
    make_room(disk)
    run = refreshed(served, folder)
    assert (run["state"], run["new"]) == ("done", 2)
    answers.append(check_answers(served))
    assert all(served.get(f"/v1/answers/{answer_id}").status_code == 200 for answer_id in answers)


def fill_in_the_middle(library: Library, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the disk filled when the first vectors of the next generation are about to be written."""
    vectors = library.catalogue.embedded_passages

    def filled(signal: str, documents: Sequence[str]) -> Iterator[EmbeddedPassage]:
        fill(disk, leave=0)
        yield from vectors(signal, documents)

    monkeypatch.setattr(library.catalogue, "embedded_passages", filled)


def test_the_disk_is_filled_while_a_generation_is_written(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = document("one", passages=50), document("other", passages=600)
    with opened(disk / "data") as library:
        stock(library.catalogue, [one, other])
        switch(library, [one])
        fill_in_the_middle(library, disk, monkeypatch)
        with pytest.raises(DiskFullError, match=r"no room left .* make room"):
            switch(library, [one, other])
        monkeypatch.undo()
        assert len(list((disk / "data" / "generations").iterdir())) == 1
        assert found(library, one.paragraphs[0].text) == [one.document_id] * 3
        make_room(disk)
        switch(library, [one, other])
        assert found(library, other.paragraphs[0].text)[0] == other.document_id


def test_an_index_opens_and_answers_on_a_full_disk(disk: Path) -> None:
    one = document("one", passages=50)
    with opened(disk / "data") as library:
        stock(library.catalogue, [one])
        switch(library, [one])
        fill(disk, leave=0)
        with opened(disk / "data") as second:
            assert second.is_open
            assert found(second, one.paragraphs[0].text) == [one.document_id] * 3


def test_a_damaged_index_is_rebuilt_once_there_is_room(disk: Path) -> None:
    one = document("one", passages=50)
    with opened(disk / "data") as library:
        stock(library.catalogue, [one])
        switch(library, [one])
    rmtree(disk / "data" / "generations")
    fill(disk, leave=1_000_000)
    with opened(disk / "data") as library:
        with pytest.raises(IndexUnavailableError, match=r"rebuild from the catalogue failed\. The disk .* make room"):
            library.wait_until_open()
        make_room(disk)
        library.wait_until_open()
        assert found(library, one.paragraphs[0].text) == [one.document_id] * 3


class Wide(Embeddings):
    """A model whose vectors take much room."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(len(text))] * 10_000 for text in texts]

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError


def test_vectors_that_do_not_fit_are_refused_before_they_are_written(disk: Path) -> None:
    one = document("one", passages=50)
    passages = [Passage(one.document_id, place, 0, each.text) for place, each in enumerate(one.paragraphs)]
    with opened(disk / "data") as library:
        embedder = Embedder(library.catalogue, {"dense": Wide()}, folder=disk, pause_seconds=0)
        fill(disk, leave=RESERVE + 1_000_000)
        with pytest.raises(DiskFullError, match="make room"):
            list(embedder.embed([(one, passages)]))
        assert room(disk) > RESERVE
        assert not library.catalogue.vectors.has_any()
        make_room(disk)
        assert sum(new for new, _ in embedder.embed([(one, passages)])) == 50
