"""Generations: nobody changes one that is written, damage is noticed and mended, readers keep what they read."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, rmtree
from types import SimpleNamespace

import pytest

from tests.vectorstore.stock import document, found, opened, stock, switch
from vectorstore.disk import DiskFullError
from vectorstore.fingerprint import fingerprint
from vectorstore.library import Library
from vectorstore.rebuild import IndexUnavailableError

HARBOUR = document("harbour", passages=40)
PORT = document("port", passages=25, language="fr")
EMPTY = document("empty", passages=0, language="es")
ROOT = Path(__file__).parent.parent.parent


def generation_folder(library: Library) -> Path:
    current = library.current()
    assert current
    return library.folder / "generations" / current.generation_id


def is_whole(library: Library) -> bool:
    current = library.current()
    return current is not None and fingerprint(generation_folder(library)) == current.fingerprint


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder that nothing holds open; tests copy it."""
    folder = tmp_path_factory.mktemp("made") / "data"
    with opened(folder) as library:
        stock(library.catalogue, [HARBOUR, PORT, EMPTY])
        switch(library, [HARBOUR, PORT, EMPTY])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(copytree(made, tmp_path / "data"))


@pytest.mark.parametrize("passages", [1, 2, 101, 1000, 1001])
def test_reading_changes_no_byte(passages: int, tmp_path: Path) -> None:
    report = document("report", passages=passages)
    with opened(tmp_path / "data") as library:
        stock(library.catalogue, [report])
        switch(library, [report])
    for _ in range(2):
        with opened(tmp_path / "data") as library:
            assert library.is_open
            assert found(library, report.paragraphs[-1].text)[0] == report.document_id
            assert found(library, "anything", within=report.document_id)
            assert is_whole(library)


def test_reading_changes_no_byte_after_any_change(tmp_path: Path) -> None:
    one, other, single = (document(name, passages=n) for name, n in (("one", 1500), ("other", 7), ("single", 1)))
    french = document("french", passages=3, language="fr")
    states = [
        [one],
        [one, single],
        [one],
        [other, single],
        [single],
        [french],
        [one, other, french],
        [EMPTY],
        [EMPTY, one],
    ]
    with opened(tmp_path / "data") as library:
        stock(library.catalogue, [one, other, single, french, EMPTY])
    for state in states:
        with opened(tmp_path / "data") as library:
            switch(library, state)
        with opened(tmp_path / "data") as library:
            assert library.is_open, state
            for each in state:
                for paragraph in each.paragraphs[-1:]:
                    assert found(library, paragraph.text, each.language)[0] == each.document_id
            assert is_whole(library), state


READER = """
import sys
from pathlib import Path
from tests.vectorstore.stock import found, opened
with opened(Path(sys.argv[1])) as library:
    print("open", flush=True)
    while True:
        found(library, "anything")
"""


def test_a_reader_that_is_killed_harms_nothing(folder: Path) -> None:
    for _ in range(3):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        reader = subprocess.Popen([sys.executable, "-c", READER, str(folder)], stdout=subprocess.PIPE, env=environment)
        assert reader.stdout
        assert reader.stdout.readline() == b"open\n"
        reader.kill()
        reader.communicate()
    with opened(folder) as library:
        assert library.is_open
        assert is_whole(library)


def sparse(path: Path) -> None:
    os.truncate(path, 2 << 40)


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def emptied(path: Path) -> None:
    rmtree(path)
    path.mkdir()


def replaced_by_a_file(path: Path) -> None:
    rmtree(path)
    path.write_text("not an index")


def replaced_by_a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def replaced_by_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def with_a_journal(path: Path) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + bytes(504))


DAMAGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "all generations deleted": ("generations", rmtree),
    "generation deleted": ("generations/*", rmtree),
    "generation emptied": ("generations/*", emptied),
    "generation replaced by a file": ("generations/*", replaced_by_a_file),
    "generation replaced by a link": ("generations/*", replaced_by_a_link),
    "Chroma deleted": ("generations/*/chroma", rmtree),
    "Chroma's database deleted": ("generations/*/chroma/chroma.sqlite3", Path.unlink),
    "Chroma's database emptied": ("generations/*/chroma/chroma.sqlite3", lambda path: os.truncate(path, 0)),
    "Chroma's database cut off": ("generations/*/chroma/chroma.sqlite3", lambda path: os.truncate(path, 50_000)),
    "Chroma's database none": ("generations/*/chroma/chroma.sqlite3", lambda path: path.write_bytes(b"x" * 9000)),
    "Chroma's database with a journal": ("generations/*/chroma/chroma.sqlite3", with_a_journal),
    "one bit of a vector": ("generations/*/chroma/*/data_level0.bin", flipped),
    "vectors cut off": ("generations/*/chroma/*/data_level0.bin", lambda path: os.truncate(path, 1000)),
    "links of two terabytes": ("generations/*/chroma/*/link_lists.bin", sparse),
    "ids no pickle": ("generations/*/chroma/*/index_metadata.pickle", lambda path: path.write_bytes(b"\x80\x04.")),
    "vectors a pipe": ("generations/*/chroma/*/header.bin", replaced_by_a_pipe),
    "lexical index deleted": ("generations/*/lexical.sqlite", Path.unlink),
    "one bit of the lexical index": ("generations/*/lexical.sqlite", flipped),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "damage"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_noticed_and_mended_from_the_catalogue(
    folder: Path, pattern: str, damage: Callable[[Path], object]
) -> None:
    with opened(folder) as library:
        before = library.current()
    damage(next(folder.glob(pattern)))
    with opened(folder) as library:
        assert library.rebuild
        library.wait_until_open()
        for each in (HARBOUR, PORT):
            assert found(library, each.paragraphs[7].text, each.language)[0] == each.document_id
        current = library.current()
        assert before
        assert current
        assert (current.generation_id, current.made_at) == (before.generation_id, before.made_at)
    with opened(folder) as library:
        assert library.is_open
        assert is_whole(library)


def test_what_may_not_be_read_is_damage_too(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    next(folder.glob("generations/*/chroma")).chmod(0)
    with opened(folder) as library:
        assert library.rebuild
        library.wait_until_open()
        assert is_whole(library)


def test_while_it_is_rebuilt_readers_are_told_and_the_documents_are_known(tmp_path: Path) -> None:
    report = document("report", passages=1500)
    folder = tmp_path / "data"
    with opened(folder) as library:
        stock(library.catalogue, [report])
        switch(library, [report])
    rmtree(folder / "generations")
    with opened(folder) as library:
        with (
            pytest.raises(IndexUnavailableError, match=r"being rebuilt.* of 1,500 passages are done"),
            library.reading(),
        ):
            pass
        assert library.rebuild
        assert not library.is_open
        assert library.records().keys() == {report.document_id}
    with opened(folder) as library:  # which was stopped halfway, and begins again
        assert library.rebuild
        library.wait_until_open()
        assert found(library, report.paragraphs[5].text)[0] == report.document_id


def test_a_rebuild_that_fails_says_why_and_is_tried_again(folder: Path) -> None:
    rmtree(folder / "generations")
    (folder / "generations").write_text("in the way")
    with opened(folder) as library:
        with pytest.raises(IndexUnavailableError, match=r"failed.*Not a directory.*generations"):
            library.wait_until_open()
        (folder / "generations").unlink()
        library.wait_until_open()
        assert found(library, HARBOUR.paragraphs[0].text)[0] == HARBOUR.document_id


def test_damage_to_what_is_being_read_does_not_spread_to_the_next(folder: Path) -> None:
    with opened(folder) as library:
        flipped(next(folder.glob("generations/*/chroma/*/data_level0.bin")))
        switch(library, [HARBOUR])
        assert is_whole(library)
        assert found(library, HARBOUR.paragraphs[0].text)[0] == HARBOUR.document_id
    with opened(folder) as library:
        assert library.is_open


def test_a_reader_keeps_its_generation_however_many_come_after(folder: Path) -> None:
    with opened(folder) as library:
        with library.reading() as generation:
            assert generation
            for state in ([HARBOUR], [PORT], [HARBOUR, PORT], [PORT]):
                switch(library, state)
            assert generation.folder.exists()
            assert found(library, PORT.paragraphs[0].text, "fr")[0] == PORT.document_id
        switch(library, [HARBOUR])
        assert not generation.folder.exists()


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with next to nothing left."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3_000_000))


@pytest.mark.usefixtures("full_disk")
def test_too_little_room_is_told_before_anything_is_written(folder: Path) -> None:
    with opened(folder) as library:
        with pytest.raises(DiskFullError, match=r"has 3 MB free and about \d+ MB are needed: make room"):
            switch(library, [HARBOUR])
        assert len(list((folder / "generations").iterdir())) == 1
        assert found(library, PORT.paragraphs[0].text, "fr")[0] == PORT.document_id
