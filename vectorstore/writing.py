"""Writes generations: a copy of the one before with the difference, or all of it, from the catalogue's vectors."""

import shutil
import sqlite3
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.disk import full_disk_told, require_room
from vectorstore.fingerprint import IndexDamagedError, fingerprint, size_told
from vectorstore.lexical import LexicalWriter
from vectorstore.records import DocumentRecord, EmbeddedPassage
from vectorstore.stages import stage
from vectorstore.store import CHROMA, LEXICAL, SIGNALS, Generation, Records, Shelf, open_chroma, shelf_of
from vectorstore.tokens import tokenise
from vectorstore.values import place_tokens, value_tokens

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

# Chroma keeps back what is fewer than sync_threshold, and then every reader writes it into the index files.
_CONFIGURATION: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine", "ef_search": 200, "sync_threshold": 2}}
_AT_ONCE = 1000  # passages; Chroma takes 5,461 a call, fewer tell sooner how far it is
# Whoever opens Chroma adds a row to this table, which needs room on the disk and changes the file:
# https://github.com/chroma-core/chroma/blob/1.5.9/rust/sqlite/src/db.rs
_SEAL = "CREATE TRIGGER IF NOT EXISTS sealed BEFORE INSERT ON acquire_write BEGIN SELECT RAISE(IGNORE); END"
# The bytes that an index takes while it is written: to begin with, and for each byte of its vectors. Measured: all in
# all 3.1 for each byte of 1,000 passages, 1.4 of 100,000.
_LEAST = 6_000_000
_SHARE = 2

STEPS = (*SIGNALS, LEXICAL)

Shelves = Mapping[Shelf, Sequence[str]]
Tell = Callable[[int], None]


def write_generation(
    catalogue: Catalogue,
    folder: Path,
    *,
    base: Generation | None,
    records: Records,
    tell: Tell = lambda _: None,
) -> str:
    """Makes in `folder` the generation that holds exactly these documents, from the catalogue; its fingerprint.

    `base` is an earlier generation: it is copied, and only the difference is written. `tell` is given the number of
    passages just written, each passage once in each of the STEPS. From then on nobody changes a byte of the folder,
    not even by reading it. Whatever fails leaves nothing behind.

    Raises DiskFullError where there is too little room, told before anything is written if it can be foreseen, and
    IndexDamagedError where what was written is not what the catalogue says.
    """
    before = base.records if base else {}
    stale = _by_shelf(r for r in before.values() if not _stays(r, records))
    fresh = _by_shelf(r for r in records.values() if not _stays(r, before))
    delete(folder)
    require_room(folder.parent, _room(catalogue, base, fresh))
    try:
        with full_disk_told(folder.parent):
            with stage("write_index"):
                _begin(folder, base)
                _write_dense(catalogue, folder, stale, fresh, tell)
                _write_lexical(catalogue, folder, stale, fresh, records, tell=tell)
            with stage("check"):
                _check(catalogue, folder, records)
                return fingerprint(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def delete(folder: Path) -> None:
    """Deletes a generation, or what lies in its place. Raises OSError where it cannot."""
    if folder.is_symlink() or not folder.is_dir():
        folder.unlink(missing_ok=True)
        return
    try:
        shutil.rmtree(folder)
    except PermissionError:
        _permit(folder)
        shutil.rmtree(folder)


def _permit(folder: Path) -> None:
    """Gives its owner every right to a folder and the folders in it."""
    folder.chmod(stat.S_IRWXU)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            _permit(path)


def _begin(folder: Path, base: Generation | None) -> None:
    if base:
        shutil.copytree(base.folder, folder)
    else:
        folder.mkdir(parents=True)


def _by_shelf(records: Iterable[DocumentRecord]) -> Shelves:
    shelves: dict[Shelf, list[str]] = defaultdict(list)
    for record in records:
        shelves[shelf_of(record)].append(record.document_id)
    return shelves


def _stays(record: DocumentRecord, others: Records) -> bool:
    other = others.get(record.document_id)
    return other is not None and shelf_of(other) == shelf_of(record)


def _room(catalogue: Catalogue, base: Generation | None, fresh: Shelves) -> int:
    """The bytes that a generation will take, about."""
    vectors = catalogue.vector_bytes([document for documents in fresh.values() for document in documents])
    return (size_told(base.kept.fingerprint) if base else 0) + _LEAST + _SHARE * vectors


def _write_dense(catalogue: Catalogue, folder: Path, stale: Shelves, fresh: Shelves, tell: Tell) -> None:
    with closing(open_chroma(folder)) as client:
        for signal in SIGNALS:
            for shelf in {**stale, **fresh}:
                collection = client.get_or_create_collection(
                    shelf.collection(signal), embedding_function=None, configuration=_CONFIGURATION
                )
                for passages in _batches(catalogue.embedded_passages(signal, fresh.get(shelf, ()))):
                    _add(collection, passages)
                    tell(len(passages))
                for passages in _batches(catalogue.embedded_passages(signal, stale.get(shelf, ()))):
                    collection.delete(ids=[e.passage.passage_id for e in passages])
                _settle(client, collection)
    with closing(sqlite3.connect(folder / CHROMA / "chroma.sqlite3")) as connection:
        connection.execute(_SEAL)


def _add(collection: "Collection", passages: Sequence[EmbeddedPassage]) -> None:
    collection.upsert(
        ids=[e.passage.passage_id for e in passages],
        embeddings=np.stack([e.vector for e in passages]),
        metadatas=[{"document_id": e.passage.document_id} for e in passages],
    )


def _settle(client: "Client", collection: "Collection") -> None:
    """Leaves nothing for readers to write: two changes reach sync_threshold, and an empty collection is none."""
    one = collection.get(limit=1, include=["embeddings", "metadatas"])
    if not one["ids"]:
        client.delete_collection(collection.name)
        return
    for _ in range(2):
        collection.upsert(ids=one["ids"], embeddings=one["embeddings"], metadatas=one["metadatas"])


def _write_lexical(
    catalogue: Catalogue, folder: Path, stale: Shelves, fresh: Shelves, records: Records, *, tell: Tell
) -> None:
    with closing(LexicalWriter(folder / LEXICAL)) as lexical:
        for shelf, documents in stale.items():
            lexical.remove(shelf.name, documents)
        for shelf, documents in fresh.items():
            lexical.add(shelf.name, _tokenised(catalogue, documents, records, shelf.language, tell))
        lexical.commit()


def _tokenised(
    catalogue: Catalogue, documents: Sequence[str], records: Records, language: str, tell: Tell
) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The passages of documents with their tokens, those of symbol, place, figures and dates among them."""
    for document_id, passages in groupby(catalogue.passages_of(documents), key=lambda passage: passage.document_id):
        symbol, paragraphs = records[document_id].symbol, catalogue.paragraphs(document_id)
        for passage in passages:
            place = place_tokens(symbol, paragraphs[passage.position].number)
            words = tokenise(f"{symbol or ''} {passage.text}", language)
            tokens = [*words, *sorted(place), *value_tokens(passage.text, language)]
            yield passage.passage_id, document_id, tokens
            tell(1)


def _check(catalogue: Catalogue, folder: Path, records: Records) -> None:
    """Opens a generation and counts what it holds."""
    counts = catalogue.passage_counts(list(records))
    expected: dict[str, int] = {}
    for shelf, documents in _by_shelf(records.values()).items():
        if passages := sum(counts.get(document, 0) for document in documents):
            expected |= dict.fromkeys([shelf.name, *map(shelf.collection, SIGNALS)], passages)
    found = _count(folder)
    if found != expected:
        raise IndexDamagedError(f"The index in {folder} holds {found} passages where the catalogue has {expected}.")


def _count(folder: Path) -> Mapping[str, int]:
    with closing(open_chroma(folder)) as client:
        dense = {c.name: c.count() for c in client.list_collections()}
    with closing(LexicalWriter(folder / LEXICAL)) as lexical:
        counts = dense | dict(lexical.counts())
    return {name: count for name, count in counts.items() if count}


def _batches(passages: Iterable[EmbeddedPassage]) -> Iterator[Sequence[EmbeddedPassage]]:
    rows = iter(passages)
    while some := list(islice(rows, _AT_ONCE)):
        yield some
