"""What lies in an index folder, looked at in a copy and apart from the code that wrote it.

`python -m tests.faults.contents COPY` prints a sentence for each thing that is wrong. It runs in a process of its own,
because a damaged Chroma folder can end the process that opens it.
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.faults.server import ROOT
from vectorstore.catalogue import Catalogue
from vectorstore.store import SIGNALS

if TYPE_CHECKING:
    from chromadb import Collection

_SECONDS = 300
_AT_ONCE = 5000
_ASKED = 20  # vectors of each collection that must find themselves
_CATALOGUE = "catalogue.sqlite"


def copied(index: Path, copy: Path, *, generation: bool) -> Path:
    """A copy of the catalogue as it lies there, on request with the generation that readers see."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for path in index.glob(f"{_CATALOGUE}*"):
        shutil.copy(path, copy)
    if generation:
        with closing(catalogue_of(copy)) as catalogue:
            if current := catalogue.current_generation:
                shutil.copytree(index / "generations" / current, copy / "generations" / current)
    return copy


def catalogue_of(copy: Path) -> Catalogue:
    """The catalogue of a copied index."""
    return Catalogue(f"sqlite:///{copy / _CATALOGUE}")


def wrong_contents(copy: Path) -> list[str]:
    """What is wrong in a copied index, each in a sentence."""
    command = [sys.executable, "-m", "tests.faults.contents", str(copy)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=_SECONDS)
    if ended.returncode:
        return [f"The index cannot be opened ({ended.returncode}): {ended.stderr.strip()[-500:]}"]
    return ended.stdout.splitlines()


def _look(copy: Path) -> Iterator[str]:
    with closing(catalogue_of(copy)) as catalogue:
        current = catalogue.current_generation
        if current is None:
            return
        folder = copy / "generations" / current
        documents = [record.document_id for record in catalogue.documents(current)]
        vectors = {signal: _vectors(catalogue, signal, documents) for signal in SIGNALS}
    for path in (copy / _CATALOGUE, folder / "lexical.sqlite", folder / "chroma" / "chroma.sqlite3"):
        yield from _wrong_database(path)
    yield from _wrong_lexical(folder / "lexical.sqlite", set(vectors[SIGNALS[0]]))
    for signal, expected in vectors.items():
        yield from _wrong_chroma(folder / "chroma", signal, expected)


def _vectors(catalogue: Catalogue, signal: str, documents: list[str]) -> dict[str, np.ndarray]:
    return {each.passage.passage_id: each.vector for each in catalogue.embedded_passages(signal, documents)}


def _wrong_database(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as connection:
        told = connection.execute("PRAGMA integrity_check").fetchall()
    if told != [("ok",)]:
        yield f"{path.name} is damaged: {told[:3]}."


def _wrong_lexical(path: Path, expected: set[str]) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as connection:
        places = connection.execute("SELECT shelf, passage_id FROM places").fetchall()
        for shelf in {shelf for shelf, _ in places}:
            connection.execute(f'INSERT INTO "{shelf}" ("{shelf}") VALUES (\'integrity-check\')')
            rows = connection.execute(f'SELECT count(*) FROM "{shelf}"').fetchone()[0]
            if rows != sum(place[0] == shelf for place in places):
                yield f"The shelf {shelf} has {rows} rows, not those of its places."
    yield from _different("The lexical index", [passage for _, passage in places], expected)


def _wrong_chroma(folder: Path, signal: str, expected: dict[str, np.ndarray]) -> Iterator[str]:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    found: list[str] = []
    for collection in client.list_collections():
        if collection.name.endswith(f"-{signal}") and collection.count():
            ids = [key for at in range(0, collection.count(), _AT_ONCE) for key in _page(collection, at)]
            found += ids
            yield from _not_nearest_to_itself(collection, ids[:: max(1, len(ids) // _ASKED)], expected)
    yield from _different(f"Chroma ({signal})", found, set(expected))


def _page(collection: "Collection", start: int) -> list[str]:
    return list(collection.get(limit=_AT_ONCE, offset=start, include=[])["ids"])


def _not_nearest_to_itself(collection: "Collection", ids: list[str], expected: dict[str, np.ndarray]) -> Iterator[str]:
    asked = [key for key in ids if key in expected]
    told = collection.query(query_embeddings=[expected[key] for key in asked], n_results=1, include=["distances"])
    for key, distances in zip(asked, told["distances"] or [], strict=True):
        if not distances or distances[0] > 1e-3:
            yield f"{collection.name} does not find the vector of {key}."


def _different(what: str, found: list[str], expected: set[str]) -> Iterator[str]:
    if len(found) != len(set(found)):
        yield f"{what} holds passages twice."
    if lost := expected - set(found):
        yield f"{what} lacks {len(lost)} of {len(expected)} passages, such as {min(lost)}."
    if more := set(found) - expected:
        yield f"{what} holds {len(more)} passages that no document has, such as {min(more)}."


if __name__ == "__main__":
    for problem in _look(Path(sys.argv[1])):
        print(problem)  # noqa: T201
