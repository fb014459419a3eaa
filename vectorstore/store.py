"""Generations: folders with the Chroma collections and the lexical index, written once and then only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from vectorstore.catalogue import KeptGeneration
from vectorstore.fingerprint import IndexDamagedError
from vectorstore.lexical import LexicalIndex
from vectorstore.records import DocumentRecord, Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client

# The signals: the embedding model that the operator chose, and the second one that crosses languages.
DENSE = "dense"
SECOND = "second"
SIGNALS = (DENSE, SECOND)
# What lies in the folder of a generation.
CHROMA = "chroma"
LEXICAL = "lexical.sqlite"

Records = Mapping[str, DocumentRecord]


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


def shelf_of(record: DocumentRecord) -> Shelf:
    """Where a document stands."""
    return Shelf(record.language, record.audience, superseded=record.superseded_by is not None)


class Generation:
    """One generation, open for reading; `made_at` is when its documents became current.

    Raises IndexDamagedError where its folder does not open.
    """

    def __init__(self, folder: Path, kept: KeptGeneration, records: Records) -> None:
        from chromadb.errors import ChromaError

        self.folder = folder
        self.kept = kept
        self.generation_id = kept.generation_id
        self.made_at = kept.made_at
        self.records = records
        self.shelves = frozenset(map(shelf_of, records.values()))
        self._open_to: dict[frozenset[str], Records] = {}
        self.lexical = LexicalIndex(folder / LEXICAL)
        try:
            self._client = open_chroma(folder)
            self._collections = {c.name: c for c in self._client.list_collections()}
        except ChromaError as error:
            raise IndexDamagedError(f"The index in {folder} does not open: {error}") from error

    def close(self) -> None:
        """Lets go of the folder."""
        self.lexical.close()
        self._client.close()

    def open_to(self, audiences: frozenset[str]) -> Records:
        """The documents that somebody of these audiences may read."""
        if audiences not in self._open_to:
            self._open_to[audiences] = {key: one for key, one in self.records.items() if one.audience in audiences}
        return self._open_to[audiences]

    def nearest(self, shelf: Shelf, signal: str, vector: Vector, *, limit: int) -> Mapping[str, float]:
        """The passages nearest to a vector with their cosines, best first."""
        collection = self._collections.get(shelf.collection(signal))
        if collection is None:  # none of its documents has any text
            return {}
        result = collection.query(query_embeddings=vector[np.newaxis, :], n_results=limit, include=["distances"])
        distances = (result["distances"] or [[]])[0]
        return {key: 1 - distance for key, distance in zip(result["ids"][0], distances, strict=True)}


def open_chroma(folder: Path) -> "Client":
    """The Chroma database of a generation, to be closed; a folder without one gets it."""
    import chromadb  # takes a second to import, which the command line should not pay for nothing
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder / CHROMA), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # it says ClientAPI, which lacks close()
