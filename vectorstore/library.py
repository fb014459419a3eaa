"""The library as one process owns it: the current generation, open for readers, and the switch to the next."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from sqlalchemy.orm import Session

from vectorstore.catalogue import Catalogue, KeptGeneration, add_generation
from vectorstore.disk import full_disk_told
from vectorstore.editions import superseded_ids
from vectorstore.fingerprint import IndexDamagedError, check_fingerprint
from vectorstore.rebuild import Rebuild
from vectorstore.store import Generation, Records
from vectorstore.tables import now
from vectorstore.writing import delete, write_generation

_log = logging.getLogger(__name__)
EMBEDDING_MODEL = "embedding_model"
GENERATIONS = "generations"  # the folder of theirs, in the index folder
_KEPT = 2  # the current generation, and the one before for readers that are still at it


class OtherModelError(Exception):
    """The index was made with another embedding model; the message says how to go on."""


@dataclass
class _Lease:
    generation: Generation
    readers: int = 0
    retired: bool = False


class NextGeneration:
    """A generation made and checked, which readers do not see before `switch`."""

    def __init__(self, generation: Generation, switch: Callable[[Generation, Callable[[Session], None]], None]) -> None:
        self.generation = generation
        self.is_current = False
        self._switch = switch

    def switch(self, also: Callable[[Session], None]) -> None:
        """Makes it current in one transaction, in which `also` keeps the caller's own words; readers see it next."""
        self._switch(self.generation, also)
        self.is_current = True


class Library:
    """Generations of one index folder: readers see a whole one, a refresh makes the next beside it.

    A generation that is not byte for byte what was written is noticed at the start and rebuilt from the catalogue in
    the background; until then `reading` raises. Raises OtherModelError where the index was made with another embedding
    model than `model`.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, model: str) -> None:
        self.catalogue = catalogue
        self.folder = folder
        self._folder = folder / GENERATIONS
        self._lock = threading.Lock()
        self._lease: _Lease | None = None
        self._retired: set[str] = set()  # generations that readers have not let go of yet
        self.rebuild: Rebuild | None = None  # of the current generation, while it cannot be read
        self._is_closed = False
        self._claim(model)
        self._open_current()

    @property
    def is_open(self) -> bool:
        """Whether readers can read."""
        return not self._is_closed and self.rebuild is None

    def wait_until_open(self) -> None:
        """Returns when readers can read; a rebuild that failed is tried again.

        Raises IndexUnavailableError where it fails once more.
        """
        rebuild = self.rebuild
        if rebuild and rebuild.has_failed and not rebuild.is_stopped:
            rebuild = self._start_rebuild(rebuild.kept, rebuild.records)
        if rebuild:
            rebuild.wait()
        if rebuild and rebuild.has_failed:
            raise rebuild.error()

    def stop_rebuild(self) -> None:
        """Ends the rebuild under way, if any; the next start begins it again."""
        if rebuild := self.rebuild:
            rebuild.stop()

    def close(self) -> None:
        """Lets go of the index; a reader still at work keeps its generation until it is done."""
        self.stop_rebuild()
        with self._lock:
            self._is_closed = True
            self._retire(None)

    @contextmanager
    def reading(self) -> Iterator[Generation | None]:
        """The current generation, which stays open and unchanged within the block; None before the first refresh.

        Raises IndexUnavailableError while a damaged one is rebuilt.
        """
        with self._lock:
            if self.rebuild:
                raise self.rebuild.error()
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
        """The documents of the current generation by their ids, also while it cannot be read."""
        held = self._held()
        return held.records if held else {}

    def current(self) -> KeptGeneration | None:
        """The current generation, also while it cannot be read; None before the first refresh."""
        held = self._held()
        return held.kept if held else None

    def _held(self) -> Generation | Rebuild | None:
        with self._lock:
            return self.rebuild or (self._lease.generation if self._lease else None)

    @contextmanager
    def next_generation(self, sources: Mapping[str, Mapping[str, str]]) -> Iterator["NextGeneration"]:
        """Makes and checks a generation of exactly these documents, given by their ids with the sources of each.

        The block may switch readers to it; else it is deleted when the block ends.
        """
        opened = self._make(uuid4().hex[:12], self._marked(sources), now())
        upcoming = NextGeneration(opened, self._switch)
        try:
            yield upcoming
        finally:
            if not upcoming.is_current:
                opened.close()
                shutil.rmtree(self._folder / opened.generation_id, ignore_errors=True)
        self._tidy()

    def _switch(self, opened: Generation, also: Callable[[Session], None]) -> None:
        with self.catalogue.begin() as session:
            add_generation(session, opened.kept, opened.records.values())
            also(session)
            session.commit()
        with self._lock:
            self._retire(_Lease(opened))

    def _claim(self, model: str) -> None:
        kept = self.catalogue.fact(EMBEDDING_MODEL)
        if kept is None or not self.catalogue.vectors.has_any():
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
        kept = self.catalogue.generation(generation_id)
        records = {record.document_id: record for record in self.catalogue.documents(generation_id)}
        folder = self._folder / generation_id
        try:
            check_fingerprint(folder, kept.fingerprint)
            self._lease = _Lease(Generation(folder, kept, records))
        except IndexDamagedError as error:
            _log.warning("%s It is rebuilt from the catalogue.", error)
            self._start_rebuild(kept, records)
        else:
            self._tidy()

    def _start_rebuild(self, kept: KeptGeneration, records: Records) -> Rebuild:
        passages = sum(self.catalogue.passage_counts(list(records)).values())
        self.rebuild = Rebuild(kept, records, passages=passages, make=self._make_again)
        self.rebuild.start()
        return self.rebuild

    def _make_again(self, rebuild: Rebuild) -> None:
        """Writes a damaged generation anew under its own id, and opens it to readers."""
        kept, records = rebuild.kept, rebuild.records
        folder = self._folder / kept.generation_id
        with full_disk_told(self._folder):
            fingerprint = write_generation(self.catalogue, folder, base=None, records=records, tell=rebuild.tell)
            self.catalogue.keep_fingerprint(kept.generation_id, fingerprint)
        opened = Generation(folder, replace(kept, fingerprint=fingerprint), records)
        with self._lock:
            self._lease, self.rebuild = _Lease(opened), None
        self._tidy()

    def _make(self, generation_id: str, records: Records, made_at: str) -> Generation:
        folder = self._folder / generation_id
        fingerprint = self._write(folder, records)
        return Generation(folder, KeptGeneration(generation_id, made_at, fingerprint), records)

    def _write(self, folder: Path, records: Records) -> str:
        """Writes a generation on top of the current one; where that one is damaged, from nothing. Its fingerprint."""
        try:
            return write_generation(self.catalogue, folder, base=self._base(), records=records)
        except IndexDamagedError as error:
            _log.warning("%s The next one is written from the catalogue alone.", error)
            return write_generation(self.catalogue, folder, base=None, records=records)

    def _base(self) -> Generation | None:
        """The current generation, to be copied; raises IndexDamagedError where it is not what was written."""
        base = self._lease.generation if self._lease else None
        if base:
            check_fingerprint(base.folder, base.kept.fingerprint)
        return base

    def _marked(self, sources: Mapping[str, Mapping[str, str]]) -> Records:
        """The records of a generation to come, superseded editions marked."""
        known = self.records()
        missing = self.catalogue.read_documents(sources.keys() - known.keys())
        records = {**known, **{record.document_id: record for record in missing}}
        placed = {
            key: replace(records[key], source=min(names), sources=names) for key, names in sorted(sources.items())
        }
        newer = superseded_ids(placed.values())
        return {key: replace(record, superseded_by=newer.get(key)) for key, record in placed.items()}

    def _retire(self, successor: _Lease | None) -> None:
        lease, self._lease = self._lease, successor
        if lease:
            lease.retired = True
            self._retired.add(lease.generation.generation_id)
            self._close_if_done(lease)

    def _close_if_done(self, lease: _Lease) -> None:
        if lease.retired and not lease.readers:
            lease.generation.close()
            self._retired.discard(lease.generation.generation_id)

    def _tidy(self) -> None:
        """Deletes the folders of crashed refreshes and of all but the last two generations that nobody reads."""
        with self._lock:
            kept = self.catalogue.latest_generations(_KEPT) | self._retired
        for folder in self._folder.iterdir() if self._folder.exists() else ():
            if folder.name not in kept:
                with suppress(OSError):  # tried again after the next refresh
                    delete(folder)
