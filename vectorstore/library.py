"""The library as one process owns it: the current generation, open for readers, and the switch to the next."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from sqlalchemy.orm import Session

from vectorstore.catalogue import Catalogue, add_generation
from vectorstore.editions import superseded_ids
from vectorstore.store import Generation, IndexDamagedError, Records, check_generation, write_generation
from vectorstore.tables import now

EMBEDDING_MODEL = "embedding_model"
_KEPT = 2  # the current generation, and the one before for readers that are still at it


class OtherModelError(Exception):
    """The index was made with another embedding model; the message says how to go on."""


@dataclass
class _Lease:
    generation: Generation
    readers: int = 0
    retired: bool = False


class Library:
    """Generations of one index folder: readers see a whole one, a refresh makes the next beside it.

    Raises OtherModelError where the index was made with another embedding model than `model`.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, model: str) -> None:
        self.catalogue = catalogue
        self._folder = folder / "generations"
        self._lock = threading.Lock()
        self._lease: _Lease | None = None
        self.is_open = True
        self._claim(model)
        self._open_current()

    def close(self) -> None:
        """Lets go of the index; a reader still at work keeps its generation until it is done."""
        with self._lock:
            self.is_open = False
            self._retire(None)

    @contextmanager
    def reading(self) -> Iterator[Generation | None]:
        """The current generation, which stays open and unchanged within the block; None before the first refresh."""
        with self._lock:
            lease = self._lease
            if lease:
                lease.readers += 1
        try:
            yield lease.generation if lease else None
        finally:
            if lease:
                with self._lock:
                    lease.readers -= 1
                    self._close_if_done(lease)

    def records(self) -> Records:
        """The documents of the current generation by their ids."""
        with self._lock:
            return self._lease.generation.records if self._lease else {}

    @contextmanager
    def next_generation(self, document_ids: frozenset[str]) -> Iterator[tuple[Session, str]]:
        """Makes and checks a generation of exactly these documents, and switches readers to it.

        The block is given the transaction that makes the generation current, to commit its own words with it, and
        the generation's id.
        """
        generation_id = uuid4().hex[:12]
        records, made_at = self._marked(document_ids), now()
        opened = self._make(generation_id, records, made_at)
        with self.catalogue.begin() as session:
            add_generation(session, generation_id, made_at, {key: r.superseded_by for key, r in records.items()})
            yield session, generation_id
            session.commit()
        with self._lock:
            self._retire(_Lease(opened))
        self._tidy()

    def _claim(self, model: str) -> None:
        kept = self.catalogue.fact(EMBEDDING_MODEL)
        if kept is None or not self.catalogue.has_vectors():
            self.catalogue.remember(EMBEDDING_MODEL, model)
        elif kept != model:
            raise OtherModelError(
                f"This index was made with the embedding model {kept}, and the settings ask for {model}. Set "
                f"INDEX_EMBEDDING_MODEL back, or set INDEX_PATH to a new folder and ingest the reports there."
            )

    def _open_current(self) -> None:
        generation_id = self.catalogue.current_generation
        if generation_id is None:
            return
        folder = self._folder / generation_id
        records = {record.document_id: record for record in self.catalogue.documents(generation_id)}
        try:
            check_generation(self.catalogue, folder, records)
        except IndexDamagedError:
            write_generation(self.catalogue, folder, base=None, records=records)
        self._lease = _Lease(Generation(folder, generation_id, records, self.catalogue.made_at(generation_id)))
        self._tidy()

    def _make(self, generation_id: str, records: Records, made_at: str) -> Generation:
        folder = self._folder / generation_id
        try:
            write_generation(self.catalogue, folder, base=self._base(), records=records)
            check_generation(self.catalogue, folder, records)
            return Generation(folder, generation_id, records, made_at)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _base(self) -> tuple[Path, Records] | None:
        generation_id = self.catalogue.current_generation
        return (self._folder / generation_id, self.records()) if generation_id else None

    def _marked(self, document_ids: frozenset[str]) -> Records:
        """The records of a generation to come, superseded editions marked."""
        known = self.records()
        missing = self.catalogue.read_documents(document_ids - known.keys())
        records = {key: known[key] for key in document_ids & known.keys()} | {r.document_id: r for r in missing}
        newer = superseded_ids(records.values())
        return {key: replace(record, superseded_by=newer.get(key)) for key, record in sorted(records.items())}

    def _retire(self, successor: _Lease | None) -> None:
        lease, self._lease = self._lease, successor
        if lease:
            lease.retired = True
            self._close_if_done(lease)

    @staticmethod
    def _close_if_done(lease: _Lease) -> None:
        if lease.retired and not lease.readers:
            lease.generation.close()

    def _tidy(self) -> None:
        """Deletes the folders of crashed refreshes and of all but the last two generations."""
        kept = self.catalogue.latest_generations(_KEPT)
        for folder in self._folder.iterdir() if self._folder.exists() else ():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
