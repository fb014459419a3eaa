"""Refreshes as Slack's event loop sees them: asked for, and waited for until they have ended."""

import asyncio

from ingest.plan import Change
from ingest.runs import Run
from ingest.worker import RefreshWorker


class Refreshes:
    """Has changes carried out by the worker. Make it where the event loop runs, and tell it of each run that ended."""

    def __init__(self, worker: RefreshWorker) -> None:
        self._worker = worker
        self._waiting: dict[str, asyncio.Future[Run]] = {}

    async def submit(self, change: Change) -> str:
        """The id of the run that the change will be."""
        return (await asyncio.to_thread(self._worker.submit, change)).run_id

    async def ended(self, run_id: str) -> Run | None:
        """A run, once it has ended; None where there never was one of this id."""
        future = self._waiting.setdefault(run_id, asyncio.get_running_loop().create_future())
        try:
            run = await asyncio.to_thread(self._worker.find, run_id)
            return run if run is None or run.state != "running" else await future
        finally:
            self._waiting.pop(run_id, None)

    def note(self, run: Run) -> None:
        """Notes that a run has ended."""
        future = self._waiting.get(run.run_id)
        if future and not future.done():
            future.set_result(run)
