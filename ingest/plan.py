"""What a refresh is asked to do, and what that comes to: which documents are new, changed, moved, removed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.fetch_list import Listed
from ingest.gate import Golden
from ingest.sources import SourceFile

_REMOVED_SHARE = 0.1
_REMOVED_DOCUMENTS = 5


@dataclass(frozen=True)
class Change:
    """What a refresh is asked to do.

    `listed` are to be fetched. `mirrored` are folders: a document whose file lay in one of them and is not among
    `files` is taken out. `removed` are documents to take out by their ids, `departed` are sources to take out, each
    where it still holds the document of that id. `restored` is an earlier run whose documents are to be the index
    again. `force` removes however many there are, `dry_run` only tells what would be done, `retry` reads again what was
    set aside, and `golden` are questions that must not turn wrong.
    """

    files: tuple[SourceFile, ...] = ()
    listed: tuple[Listed, ...] = ()
    mirrored: tuple[str, ...] = ()
    removed: frozenset[str] = frozenset()
    departed: frozenset[tuple[str, str]] = frozenset()
    restored: str | None = None
    golden: tuple[Golden, ...] = ()
    force: bool = False
    dry_run: bool = False
    retry: bool = False


@dataclass(frozen=True)
class Place:
    """Where a document stands in an index: its id, and the file that it came from."""

    document_id: str
    origin: str


Places = Mapping[str, Place]  # by source


@dataclass(frozen=True)
class Step:
    """One source's part in a refresh; `before` is the document there before, `after` the one there now."""

    change: Literal["new", "changed", "moved", "removed"]
    source: str
    before: str | None
    after: str | None


def steps_between(before: Places, after: Places) -> tuple[Step, ...]:
    """How one index becomes another, in the order of the sources; a document that only lies elsewhere has moved."""
    return tuple(sorted((*_arrivals(before, after), *_departures(before, after)), key=lambda step: step.source))


def _arrivals(before: Places, after: Places) -> Iterator[Step]:
    known = {place.document_id for place in before.values()}
    for source, place in after.items():
        was = before.get(source)
        if was and was.document_id == place.document_id:
            continue
        if place.document_id in known:
            yield Step("moved", source, place.document_id, place.document_id)
        elif was:
            yield Step("changed", source, was.document_id, place.document_id)
        else:
            yield Step("new", source, None, place.document_id)


def _departures(before: Places, after: Places) -> Iterator[Step]:
    """The sources whose document is nowhere any more."""
    held = {place.document_id for place in after.values()}
    for source, place in before.items():
        if source not in after and place.document_id not in held:
            yield Step("removed", source, place.document_id, None)


def removes_too_much(steps: tuple[Step, ...], before: Places) -> bool:
    """Whether so much would go that somebody should be asked first."""
    removed = len({step.before for step in steps if step.change == "removed"})
    documents = len({place.document_id for place in before.values()})
    return removed > _REMOVED_DOCUMENTS and removed > _REMOVED_SHARE * documents
