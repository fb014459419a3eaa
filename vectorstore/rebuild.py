"""The rebuild of a damaged index from the catalogue, beside whoever would read it."""

import logging
import threading
from collections.abc import Callable

from vectorstore.catalogue import KeptGeneration
from vectorstore.disk import DiskFullError
from vectorstore.store import Records
from vectorstore.writing import STEPS

_log = logging.getLogger(__name__)


class IndexUnavailableError(Exception):
    """The index was damaged and cannot be read for now; the message says how far its rebuild is or why it failed.

    `values` are the same to be told otherwise: the passages that are done and all of them, and the reason of the
    failure. `failure` is that reason, None where the rebuild goes on.
    """

    def __init__(self, message: str, *, done: int, passages: int, failure: str | None) -> None:
        super().__init__(message)
        self.failure = failure
        self.values = {"done": done, "passages": passages, "reason": failure}


class _StoppedError(Exception):
    """The rebuild is not wanted any more."""


class Rebuild:
    """A thread that makes a damaged generation of so many passages anew; `make` tells how far it is as it writes."""

    def __init__(
        self, kept: KeptGeneration, records: Records, *, passages: int, make: Callable[["Rebuild"], None]
    ) -> None:
        self.kept = kept
        self.records = records
        self.passages = passages
        self._make = make
        self._told = 0
        self._failure: str | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rebuild", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def wait(self) -> None:
        """Returns when it has ended, well or not."""
        self._thread.join()

    def stop(self) -> None:
        """Ends it where it stands."""
        self._stopping.set()
        self.wait()

    def tell(self, passages: int) -> None:
        """Notes that so many passages have been through one of the steps of writing."""
        if self.is_stopped:
            raise _StoppedError
        self._told += passages

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to end."""
        return self._stopping.is_set()

    @property
    def passages_done(self) -> int:
        """How far it is."""
        return self._told // len(STEPS)

    @property
    def has_failed(self) -> bool:
        """Whether it ended without an index."""
        return self._failure is not None

    @property
    def sentence(self) -> str:
        """What happens, and what to do."""
        if self._failure:
            return f"The index was damaged, and its rebuild from the catalogue failed. {self._failure}"
        return (
            f"The index was damaged and is being rebuilt from the catalogue: {self.passages_done:,} of "
            f"{self.passages:,} passages are done. Try again in a minute."
        )

    def error(self) -> IndexUnavailableError:
        """What whoever would read the index is to get meanwhile."""
        return IndexUnavailableError(
            self.sentence, done=self.passages_done, passages=self.passages, failure=self._failure
        )

    def _run(self) -> None:
        try:
            self._make(self)
        except _StoppedError:
            self._failure = "It was stopped; the next start begins it again."
        except Exception as error:
            _log.exception("The rebuild of the index failed")
            self._failure = _reason(error)


def _reason(error: Exception) -> str:
    if isinstance(error, DiskFullError):
        return str(error)
    told = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) else type(error).__name__
    return f"It stopped ({told}): mend that, then refresh or restart Reformbot."
