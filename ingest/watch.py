"""Refreshes that nobody asks for: when files change, every so often, and again for what failed."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from watchfiles import watch

from ingest.failures import SetAside, due
from ingest.fetch_list import Listed, ListError
from ingest.plan import Change
from ingest.sources import SourceFile, files_under
from ingest.worker import RefreshWorker
from vectorstore.catalogue import Catalogue

_log = logging.getLogger(__name__)
_TICK_SECONDS = 5
QUIET_MILLISECONDS = 2000  # without a change, after which files are taken to be copied whole


def mirror_of(folders: Sequence[Path], listed: Sequence[Listed] = (), fetched: Path | None = None) -> Change:
    """The change that makes the index mirror folders and a list; a folder that is not there removes nothing.

    `fetched` is where listed documents are kept.
    """
    there = [folder.resolve() for folder in folders if folder.is_dir()]
    kept = [fetched.resolve()] if fetched else []
    return Change(files=files_under(folders), listed=tuple(listed), mirrored=tuple(map(str, (*there, *kept))))


def again(failed: Sequence[SetAside]) -> Change:
    """The change that tries again what failed."""
    files = tuple(SourceFile(one.source, Path(one.entry["path"])) for one in failed if "path" in one.entry)
    listed = tuple(Listed(**one.entry) for one in failed if "path" not in one.entry)
    return Change(files=files, listed=listed, retry=True)


class Watch:
    """A thread that submits refreshes of the sources that the settings name."""

    def __init__(
        self,
        catalogue: Catalogue,
        worker: RefreshWorker,
        sources: Callable[[], Change],
        *,
        folders: Sequence[Path],
        seconds: float,
    ) -> None:
        self._catalogue = catalogue
        self._worker = worker
        self._sources = sources
        self._folders = folders
        self._seconds = seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begins to watch; the first refresh is asked for at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; a refresh under way goes on."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        for asked in self._ticks():
            try:
                if asked:
                    self._submit(self._sources())
                elif self._worker.is_idle and (failed := due(self._catalogue)):
                    self._worker.submit(again(failed))
            except (SQLAlchemyError, OSError, ListError):
                _log.exception("The sources cannot be refreshed now; the next look is in a while")

    def _submit(self, change: Change) -> None:
        if change.files or change.listed or change.mirrored:
            self._worker.submit(change)

    def _ticks(self) -> Iterator[bool]:
        """Every few seconds, at the start, and when files have changed, whether the sources are to be refreshed."""
        last = time.monotonic()
        yield True
        for changed in self._changes():
            is_time = self._seconds > 0 and time.monotonic() - last >= self._seconds
            if changed or is_time:
                last = time.monotonic()
            yield changed or is_time

    def _changes(self) -> Iterator[bool]:
        """Every few seconds, and when files have changed, whether they have."""
        there = [folder for folder in self._folders if folder.is_dir()]
        if not there:
            while not self._stop.wait(_TICK_SECONDS):
                yield False
            return
        changes = watch(
            *there,
            stop_event=self._stop,
            debounce=QUIET_MILLISECONDS,
            step=QUIET_MILLISECONDS,
            rust_timeout=_TICK_SECONDS * 1000,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for files in changes:
            yield bool(files)
