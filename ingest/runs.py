"""Refresh runs: what each one did, kept in the catalogue while it works and after."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ingest.plan import Step
from vectorstore.catalogue import Catalogue
from vectorstore.tables import RunRow, now

State = Literal["running", "done", "failed", "held"]


@dataclass(frozen=True)
class Failure:
    """A source that could not be read, and why, in a sentence for the operator."""

    source: str
    reason: str


@dataclass(frozen=True)
class Run:
    """A refresh so far: numbers of documents, the failures, how fast it goes, and a digest once it is done.

    `paragraphs` and `passages` count what was read, `passages_embedded` those of the passages that were new.
    `passages_per_second` and `seconds_left` are estimates while it works. `steps` are what was done to each source, or
    in a dry run would be; `editions` are the changes between an edition and the one that takes its place, in JSON;
    `problems` are why a refresh was held, and `change` is what it was to do, in JSON.
    """

    run_id: str
    state: State
    started_at: str
    finished_at: str | None = None
    generation_id: str | None = None
    files: int = 0
    files_done: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()
    paragraphs: int = 0
    passages: int = 0
    passages_embedded: int = 0
    passages_per_second: float | None = None
    seconds_left: float | None = None
    dry_run: bool = False
    restored: str | None = None
    steps: tuple[Step, ...] = ()
    editions: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[str, ...] = ()
    change: Mapping[str, Any] | None = None
    digest: str = ""


def begin_run(catalogue: Catalogue) -> Run:
    """A new run, kept as running."""
    run = Run(run_id=_new_id(), state="running", started_at=now())
    with catalogue.begin() as session:
        session.add(_row(run))
        session.commit()
    return run


def save_run(catalogue: Catalogue, run: Run) -> None:
    """Keeps how far a run has come."""
    with catalogue.begin() as session:
        merge_run(session, run)
        session.commit()


def merge_run(session: Session, run: Run) -> None:
    """Keeps a run within a transaction that its owner commits."""
    session.merge(_row(run))


def find_run(catalogue: Catalogue, run_id: str) -> Run | None:
    """A run by its id, or None."""
    with catalogue.begin() as session:
        row = session.get(RunRow, run_id)
        return _run(row) if row else None


def recent_runs(catalogue: Catalogue, limit: int, *, before: str | None = None) -> tuple[Run, ...]:
    """The last runs, newest first; those before another one, where its id is given."""
    query = select(RunRow).order_by(RunRow.run_id.desc()).limit(limit)
    if before:
        query = query.where(RunRow.run_id < before)
    with catalogue.begin() as session:
        return tuple(map(_run, session.scalars(query)))


def end_interrupted_runs(catalogue: Catalogue) -> None:
    """Marks as failed what an earlier process left running; to be called by whoever now owns the index."""
    ended = {"state": "failed", "finished_at": now()}
    with catalogue.begin() as session:
        session.execute(update(RunRow).where(RunRow.state == "running").values(ended))
        session.commit()


def ended_run(run: Run, state: State, digest: str) -> Run:
    """The run as ended, with what is to be told of it."""
    return replace(run, state=state, finished_at=now(), seconds_left=None, digest=digest)


def _new_id() -> str:
    """An id that sorts after those of earlier milliseconds."""
    return f"{time.time_ns() // 1_000_000:011x}{uuid4().hex[:3]}"


def _row(run: Run) -> RunRow:
    kept = asdict(run)
    columns = {name: kept.pop(name) for name in ("run_id", "state", "started_at", "finished_at", "generation_id")}
    return RunRow(**columns, result=kept)


def _run(row: RunRow) -> Run:
    kept: Mapping[str, Any] = row.result
    fields: dict[str, Any] = {
        **kept,
        "failed": tuple(Failure(**failure) for failure in kept["failed"]),
        "steps": tuple(Step(**step) for step in kept["steps"]),
        "editions": tuple(kept["editions"]),
        "problems": tuple(kept["problems"]),
    }
    return Run(
        run_id=row.run_id,
        state=row.state,  # type: ignore[arg-type]  # only written from a State
        started_at=row.started_at,
        finished_at=row.finished_at,
        generation_id=row.generation_id,
        **fields,
    )
