"""Generations: folders with the Chroma collections and the lexical index, written once and then only read."""

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.lexical import LexicalIndex, LexicalWriter
from vectorstore.records import DocumentRecord, EmbeddedPassage, Vector
from vectorstore.tokens import tokenise

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.types import QueryResult, Where

# The signals: the embedding model that the operator chose, and the second one that crosses languages.
DENSE = "dense"
SECOND = "second"
SIGNALS = (DENSE, SECOND)
_CONFIGURATION: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine", "ef_search": 200}}
_AT_ONCE = 5000  # Chroma takes 5,461 a call.

Records = Mapping[str, DocumentRecord]


class IndexDamagedError(Exception):
    """A generation does not open or does not hold what the catalogue says; rebuild it from the catalogue."""


@dataclass(frozen=True)
class Shelf:
    """What is searched together and apart from all else: one language, one audience, current or superseded."""

    language: str
    audience: str
    superseded: bool

    @property
    def name(self) -> str:
        """Its name among the collections and the lexical tables."""
        return f"{self.language}-{self.audience}-{'superseded' if self.superseded else 'current'}"

    def collection(self, signal: str) -> str:
        """The name of its collection of one signal's vectors."""
        return f"{self.name}-{signal}"


Shelves = Mapping[Shelf, Sequence[str]]


def shelf_of(record: DocumentRecord) -> Shelf:
    """Where a document stands."""
    return Shelf(record.language, record.audience, superseded=record.superseded_by is not None)


class Generation:
    """One generation, open for reading; `made_at` is when its documents became current."""

    def __init__(self, folder: Path, generation_id: str, records: Records, made_at: str) -> None:
        self.generation_id = generation_id
        self.made_at = made_at
        self.records = records
        self.shelves = frozenset(map(shelf_of, records.values()))
        self.lexical = LexicalIndex(folder / "lexical.sqlite")
        self._client = _open_chroma(folder)
        self._collections = {c.name: c for c in self._client.list_collections()}

    def close(self) -> None:
        """Lets go of the folder."""
        self._client.close()

    def nearest(
        self, shelf: Shelf, signal: str, vector: Vector, *, limit: int, within: Sequence[str] | None = None
    ) -> Mapping[str, float]:
        """The passages nearest to a vector with their cosines, best first; `within` keeps to some documents."""
        return _cosines(
            self._collections[shelf.collection(signal)].query(
                query_embeddings=vector[np.newaxis, :],
                n_results=limit,
                where=None if within is None else cast("Where", {"document_id": {"$in": list(within)}}),
                include=["distances"],
            )
        )

    def cosines(self, shelf: Shelf, signal: str, vector: Vector, passage_ids: Sequence[str]) -> Mapping[str, float]:
        """The cosines of these very passages."""
        if not passage_ids:
            return {}
        collection = self._collections[shelf.collection(signal)]
        return _cosines(
            collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=len(passage_ids),
                ids=list(passage_ids),
                include=["distances"],
            )
        )


def write_generation(
    catalogue: Catalogue, folder: Path, *, base: tuple[Path, Records] | None, records: Records
) -> None:
    """Makes in `folder` the generation that holds exactly these documents, from the catalogue's vectors.

    `base` is an earlier generation's folder with what it holds: it is copied, and only the difference is written.
    """
    shutil.rmtree(folder, ignore_errors=True)
    before: Records = {}
    if base is None:
        folder.mkdir(parents=True)
    else:
        shutil.copytree(base[0], folder)
        before = base[1]
    stale = _by_shelf(r for r in before.values() if not _stays(r, records))
    fresh = _by_shelf(r for r in records.values() if not _stays(r, before))
    _write_dense(catalogue, folder, stale, fresh)
    _write_lexical(catalogue, folder, stale, fresh)


def check_generation(catalogue: Catalogue, folder: Path, records: Records) -> None:
    """Opens a generation and counts what it holds.

    Raises IndexDamagedError where that is not what the catalogue says.
    """
    counts = catalogue.passage_counts(list(records))
    expected: dict[str, int] = {}
    for shelf, documents in _by_shelf(records.values()).items():
        if passages := sum(counts.get(document, 0) for document in documents):
            expected |= dict.fromkeys([shelf.name, *map(shelf.collection, SIGNALS)], passages)
    found = _count(folder)
    if found != expected:
        raise IndexDamagedError(f"The index in {folder} holds {found} passages where the catalogue has {expected}.")


def _by_shelf(records: Iterable[DocumentRecord]) -> Mapping[Shelf, Sequence[str]]:
    shelves: dict[Shelf, list[str]] = defaultdict(list)
    for record in records:
        shelves[shelf_of(record)].append(record.document_id)
    return shelves


def _stays(record: DocumentRecord, others: Records) -> bool:
    other = others.get(record.document_id)
    return other is not None and shelf_of(other) == shelf_of(record)


def _count(folder: Path) -> Mapping[str, int]:
    from chromadb.errors import ChromaError

    try:
        with closing(_open_chroma(folder)) as client:
            dense = {c.name: c.count() for c in client.list_collections()}
        with closing(LexicalWriter(folder / "lexical.sqlite")) as lexical:
            counts = dense | dict(lexical.counts())
    except (ChromaError, sqlite3.Error, OSError) as error:
        raise IndexDamagedError(f"The index in {folder} does not open: {error}") from error
    return {name: count for name, count in counts.items() if count}


def _open_chroma(folder: Path) -> "Client":
    import chromadb  # takes a second to import, which the command line should not pay for nothing
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # it says ClientAPI, which lacks close()


def _write_dense(catalogue: Catalogue, folder: Path, stale: Shelves, fresh: Shelves) -> None:
    with closing(_open_chroma(folder)) as client:
        for signal in SIGNALS:
            for shelf, documents in stale.items():
                collection = client.get_collection(shelf.collection(signal), embedding_function=None)
                for passages in _batches(catalogue.embedded_passages(signal, documents)):
                    collection.delete(ids=[e.passage.passage_id for e in passages])
            for shelf, documents in fresh.items():
                collection = client.get_or_create_collection(
                    shelf.collection(signal), embedding_function=None, configuration=_CONFIGURATION
                )
                for passages in _batches(catalogue.embedded_passages(signal, documents)):
                    collection.upsert(
                        ids=[e.passage.passage_id for e in passages],
                        embeddings=np.stack([e.vector for e in passages]),
                        metadatas=[{"document_id": e.passage.document_id} for e in passages],
                    )


def _write_lexical(catalogue: Catalogue, folder: Path, stale: Shelves, fresh: Shelves) -> None:
    with closing(LexicalWriter(folder / "lexical.sqlite")) as lexical:
        for shelf, documents in stale.items():
            lexical.remove(shelf.name, documents)
        for shelf, documents in fresh.items():
            passages = (e.passage for e in catalogue.embedded_passages(DENSE, documents))
            lexical.add(shelf.name, ((p.passage_id, p.document_id, tokenise(p.text, shelf.language)) for p in passages))
        lexical.commit()


def _cosines(result: "QueryResult") -> Mapping[str, float]:
    distances = (result["distances"] or [[]])[0]
    return {key: 1 - distance for key, distance in zip(result["ids"][0], distances, strict=True)}


def _batches(passages: Iterable[EmbeddedPassage]) -> Iterator[Sequence[EmbeddedPassage]]:
    rows = iter(passages)
    while some := list(islice(rows, _AT_ONCE)):
        yield some
