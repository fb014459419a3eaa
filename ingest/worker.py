"""The worker that carries out refreshes one after another, beside whoever serves readers."""

import queue
import threading

from ingest.runs import Run, begin_run, end_interrupted_runs, failed_run, find_run, save_run
from ingest.sync import Change, Refresher
from vectorstore.catalogue import Catalogue

_STOPPED = "The service was stopped before this refresh began; start it again."


class RefreshWorker:
    """A thread with a queue of changes; to be started by the one process that owns the index."""

    def __init__(self, catalogue: Catalogue, refresher: Refresher) -> None:
        self._catalogue = catalogue
        self._refresher = refresher
        self._queue: queue.Queue[tuple[Run, Change] | None] = queue.Queue()
        self._progress: dict[str, Run] = {}
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
        return self._progress.get(run_id) or find_run(self._catalogue, run_id)

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            run, change = item
            self._refresher.refresh(run, change, progress=self._note)
            self._progress.clear()
            self._queue.task_done()
        while not self._queue.empty():
            left = self._queue.get()
            if left:
                save_run(self._catalogue, failed_run(left[0], _STOPPED))

    def _note(self, run: Run) -> None:
        self._progress[run.run_id] = run
