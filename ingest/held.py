"""What a refresh that was held was to do: kept with it, so that it can be gone on with once somebody has seen why."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from ingest.plan import Change
from ingest.runs import Run
from ingest.work import Work


def held_back(change: Change, work: Work) -> Mapping[str, Any]:
    """A change in JSON, what it takes out as it stands now: nothing else may go when it is carried out later."""
    settled = replace(change, mirrored=(), removed=frozenset(), departed=work.departed())
    kept: Mapping[str, Any] = _form().dump_python(settled, mode="json")
    return kept


def to_go_on_with(run: Run) -> Change | None:
    """The change that a held refresh was to make, not to be held for the same reason again; None where it has none."""
    if run.state != "held" or run.change is None:
        return None
    change = _form().validate_python(run.change)
    return replace(change, golden=()) if run.problems else replace(change, force=True)


@cache
def _form() -> TypeAdapter[Change]:
    return TypeAdapter(Change)
