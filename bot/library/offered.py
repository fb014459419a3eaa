"""The works and series of the index that can be kept to, by a channel or a question."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vectorstore.editions import works_by_series
from vectorstore.records import DocumentRecord
from vectorstore.store import Records

Kind = Literal["series", "work"]
_SHOWN_FIRST = "en"  # of the languages of a report, where it is not in the reader's


@dataclass(frozen=True)
class Offered:
    """A work or a series, chosen by its `id`.

    `ids` are all by which it may have been chosen: a series has one in each language in which its titles tell it, and
    a report stands for those that it has superseded. `names` are the symbol and title in each language, of a series
    those of its newest report; `date` is when that is from.
    """

    id: str
    ids: frozenset[str]
    kind: Kind
    names: Mapping[str, str]
    date: str

    def name(self, language: str) -> str:
        """What it is called, in a language where it can be."""
        return self.names.get(language) or self.names.get(_SHOWN_FIRST) or next(iter(self.names.values()))

    def is_meant(self, words: str) -> bool:
        """Whether all these words stand in a name of it."""
        names = " ".join(self.names.values()).casefold()
        return all(word in names for word in words.casefold().split())


@dataclass(frozen=True)
class _Gathered:
    """What one version of the index holds: the works of each series, and which works others have superseded.

    Of these it is the ids of both, the older first.
    """

    records: Records
    series: Mapping[str, frozenset[str]]
    superseded: frozenset[tuple[str, str]]


class Reports:
    """Tells the works and series of the index as it is; they are gathered once for each version of it."""

    def __init__(self, records: Callable[[], Records]) -> None:
        self._records = records
        self._last = _gathered({})

    def works(self, ids: Iterable[str]) -> frozenset[str]:
        """The works that are chosen by these ids, which stay among them: what is gone is not all reports."""
        chosen, now = frozenset(ids), self._now()
        newer = {newer for older, newer in now.superseded if older in chosen}
        return chosen.union(newer, *(now.series.get(one, ()) for one in chosen))

    def offered(self, audiences: frozenset[str]) -> Sequence[Offered]:
        """The series of several reports and the current works that these audiences may read, the newest first."""
        now = self._now()
        works = _by_work(record for record in now.records.values() if record.audience in audiences)
        ids: dict[frozenset[str], set[str]] = defaultdict(set)
        for series, whole in now.series.items():
            ids[frozenset(whole & works.keys())].add(series)
        older: dict[str, set[str]] = defaultdict(set)
        for before, after in now.superseded:
            older[after].add(before)
        offered = [_offered(one, older[one], "work", versions) for one, versions in works.items()]
        for held, named in ids.items():
            if len(held) > 1:
                offered.append(_offered(min(named), named, "series", [one for work in held for one in works[work]]))
        return sorted(filter(None, offered), key=lambda one: one.date, reverse=True)

    def _now(self) -> _Gathered:
        records = self._records()
        if self._last.records is not records:
            self._last = _gathered(records)
        return self._last


def _gathered(records: Records) -> _Gathered:
    newer = ((record.work_id, records.get(record.superseded_by or "")) for record in records.values())
    superseded = frozenset((older, record.work_id) for older, record in newer if record and record.work_id != older)
    return _Gathered(records, works_by_series(records.values()), superseded)


def _by_work(records: Iterable[DocumentRecord]) -> Mapping[str, Sequence[DocumentRecord]]:
    works: dict[str, list[DocumentRecord]] = defaultdict(list)
    for record in records:
        works[record.work_id].append(record)
    return works


def _offered(name: str, others: Iterable[str], kind: Kind, versions: Iterable[DocumentRecord]) -> Offered | None:
    """By the newest of the documents that no other has superseded; None where there is none."""
    current = [record for record in versions if record.superseded_by is None]
    if not current:
        return None
    newest = max(current, key=lambda record: record.date or "")
    names = _names(record for record in current if record.work_id == newest.work_id)
    return Offered(name, frozenset([name, *others]), kind, dict(names), newest.date or "")


def _names(records: Iterable[DocumentRecord]) -> Iterator[tuple[str, str]]:
    for record in records:
        parts = (record.symbol, record.title if record.title != record.symbol else None)
        yield record.language, " · ".join(part for part in parts if part)
