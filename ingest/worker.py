"""The worker that carries out refreshes one after another, beside whoever serves readers."""

import logging
import queue
import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from ingest.plan import Change
from ingest.runs import Run, begin_run, end_interrupted_runs, ended_run, find_run, save_run
from ingest.sync import Refresher
from vectorstore.catalogue import Catalogue

_log = logging.getLogger(__name__)
_STOPPED = "The service was stopped before this refresh began; start it again."


class RefreshWorker:
    """A thread with a queue of changes; to be started by the one process that owns the index."""

    def __init__(self, catalogue: Catalogue, refresher: Refresher) -> None:
        self._catalogue = catalogue
        self._refresher = refresher
        self._queue: queue.Queue[tuple[Run, Change] | None] = queue.Queue()
        self._latest: Run | None = None  # as far as it has come, or as it ended even where that could not be kept
        self._listeners: list[Callable[[Run], None]] = []
        self._thread = threading.Thread(target=self._work, name="refresh", daemon=True)

    def start(self) -> None:
        """Begins to work; what an earlier process left undone is marked as failed."""
        end_interrupted_runs(self._catalogue)
        self._thread.start()

    def stop(self) -> None:
        """Ends after the refresh under way; those still waiting are marked as failed."""
        self._queue.put(None)
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        """Whether it takes changes."""
        return self._thread.is_alive()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way or waiting."""
        return self._queue.unfinished_tasks == 0

    @property
    def waiting(self) -> int:
        """How many changes wait for their turn."""
        return self._queue.qsize()

    def submit(self, change: Change) -> Run:
        """Takes a change; the run that it will be."""
        run = begin_run(self._catalogue)
        self._queue.put((run, change))
        return run

    def wait(self) -> None:
        """Returns when all that was submitted has been carried out."""
        self._queue.join()

    def find(self, run_id: str) -> Run | None:
        """A run as far as it has come, or None."""
        latest = self._latest
        return latest if latest and latest.run_id == run_id else find_run(self._catalogue, run_id)

    def subscribe(self, listener: Callable[[Run], None]) -> None:
        """Calls the listener, in the worker's thread, with every run that has ended."""
        self._listeners.append(listener)

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            run, change = item
            self._latest = self._refresher.refresh(run, change, progress=self._note)
            self._tell(self._latest)
            self._queue.task_done()
        while not self._queue.empty():
            left = self._queue.get()
            if left:
                self._give_up(left[0])

    def _note(self, run: Run) -> None:
        self._latest = run

    def _tell(self, run: Run) -> None:
        for listener in self._listeners:
            try:
                listener(run)
            except Exception:  # what is told of a refresh must not end the worker
                _log.exception("A listener failed on refresh %s", run.run_id)

    def _give_up(self, run: Run) -> None:
        try:
            save_run(self._catalogue, ended_run(run, "failed", _STOPPED))
        except SQLAlchemyError:
            _log.exception("Refresh %s cannot be marked as not begun", run.run_id)
