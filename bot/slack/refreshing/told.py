"""What a channel has been told of refreshes, kept so that nothing is told twice and nothing is left out."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import select

from ingest.runs import Run
from vectorstore.catalogue import Catalogue
from vectorstore.paragraph import digest
from vectorstore.tables import RunRow, now

_TOLD = "slack_digest"


@dataclass(frozen=True)
class Told:
    """What a channel has been told: all that ended before `at`, and of what ended in that second, `runs`.

    Of the run `partly` only the first `parts` messages were posted. `complaints` are the failures that it knows of.
    """

    at: str
    runs: tuple[str, ...] = ()
    partly: str = ""
    parts: int = 0
    complaints: frozenset[str] = frozenset()

    def has_news(self, run: Run) -> bool:
        """Whether a run changed the index, or complains of what the channel does not know of."""
        if run.dry_run:
            return False
        changed = run.new or run.changed or run.moved or run.removed or run.restored
        return bool(run.state == "done" and changed) or not _complaints(run) <= self.complaints

    def after(self, run: Run, still_failing: frozenset[str]) -> "Told":
        """The same once a run has been told of; a failure is news again when it was mended in between."""
        at = run.finished_at or self.at
        runs = (*self.runs, run.run_id) if at == self.at else (run.run_id,)
        if run.dry_run:
            return replace(self, at=at, runs=runs)
        lasting = {known for known in self.complaints if known.partition(":")[0] in still_failing}
        return Told(at=at, runs=runs, complaints=_complaints(run) | lasting)


def failing(sources: Sequence[str]) -> frozenset[str]:
    """Sources that fail, in the form that complaints name them in."""
    return frozenset(map(digest, sources))


def _complaints(run: Run) -> frozenset[str]:
    """What a run complains of; the counts and seconds in it are no news."""
    failed = {f"{digest(one.source)}:{_gist(one.reason)}" for one in run.failed}
    whole = set() if run.state == "done" else {f":{_gist(run.digest)}"}
    return frozenset(failed | whole)


def _gist(reason: str) -> str:
    return digest(re.sub(r"\d+", "", reason))


def read_told(catalogue: Catalogue) -> Told:
    """What the channel has been told; where nothing is known of it, it is told of what ends from now on."""
    kept = catalogue.fact(_TOLD)
    if kept is None:
        told = Told(at=now())
        keep_told(catalogue, told)
        return told
    fields = json.loads(kept)
    return Told(**fields | {"runs": tuple(fields["runs"]), "complaints": frozenset(fields["complaints"])})


def keep_told(catalogue: Catalogue, told: Told) -> None:
    """Keeps what the channel has been told."""
    catalogue.remember(_TOLD, json.dumps(asdict(told) | {"complaints": sorted(told.complaints)}))


def untold_runs(catalogue: Catalogue, told: Told, order: Sequence[str]) -> list[str]:
    """The ids of the runs that ended since, as they ended; `order` tells which came first within one second."""
    places = {run_id: place for place, run_id in enumerate(order)}
    query = (
        select(RunRow.run_id, RunRow.finished_at)
        .where(RunRow.finished_at >= told.at, RunRow.run_id.not_in(told.runs))
        .order_by(RunRow.finished_at, RunRow.started_at)
    )
    with catalogue.begin() as session:
        found = [(run_id, at) for run_id, at in session.execute(query)]
    return [run_id for run_id, at in sorted(found, key=lambda each: (each[1], places.get(each[0], -1)))]
