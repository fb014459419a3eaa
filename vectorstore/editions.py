"""Which documents are versions of one work, which edition is the newest, and which it was at an earlier time."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from vectorstore.paragraph import PUBLIC, digest
from vectorstore.series import issue_of
from vectorstore.versions import Edition, correction, dated, is_sheet, oldest_first, reports, revision, says_the_same

_EDITION = re.compile(r"/(?:Rev|Corr)\.\d+", re.IGNORECASE)


class Named(Protocol):
    """What is asked of a document to tell its work."""

    @property
    def source(self) -> str: ...
    @property
    def symbol(self) -> str | None: ...


def work_id(document: Named) -> str:
    """Names the work: its symbol without revision and corrigendum, or else its own source."""
    if document.symbol is None:
        return digest("source", document.source)
    symbol = "".join(unicodedata.normalize("NFKC", document.symbol).split())
    return digest("symbol", _EDITION.sub("", symbol).upper())


def superseded_ids(documents: Iterable[Edition]) -> Mapping[str, str]:
    """The superseded documents' ids, each with the newest edition's id, in the same language where there is one.

    A document is superseded by a revision of its work, by a corrigendum that carries the whole text, by a newer file
    of the same edition, and by the next report of its series. What supersedes it is open to all who may read it.
    """
    known = sorted(documents, key=lambda document: document.document_id)
    newer: dict[str, str] = {}
    for audience in sorted({document.audience for document in known}):
        seen = [document for document in known if document.audience in (PUBLIC, audience)]
        found = _newer(seen)
        newer |= {
            d.document_id: found[d.document_id] for d in seen if d.audience == audience and d.document_id in found
        }
    return {document_id: _newest(document_id, newer) for document_id in newer}


def works_by_series(documents: Iterable[Edition]) -> Mapping[str, frozenset[str]]:
    """The ids of the works of each series, by its id; a series told in several languages has one id in each."""
    works: dict[str, list[Edition]] = defaultdict(list)
    for document in documents:
        works[document.work_id].append(document)
    told = {digest("series", *map(str, key)): set().union(*each.values()) for key, each in _series(works).items()}
    whole: dict[str, frozenset[str]] = {}  # by work, what is of one series with it in any language
    for each in told.values():
        same = frozenset(each).union(*(whole.get(work, ()) for work in each))
        whole |= dict.fromkeys(same, same)
    return {series: whole[next(iter(each))] for series, each in told.items()}


def current_at(documents: Iterable[Edition], moment: str) -> frozenset[str]:
    """The ids of the documents that were the newest editions at a time, an ISO date or a part of one.

    A document without a date counts by the year in its symbol, and does not count where there is none.
    """
    then = [document for document in documents if was_out(document, moment)]
    return frozenset(document.document_id for document in then) - superseded_ids(then).keys()


def was_out(document: Edition, moment: str) -> bool:
    """Whether a document is known to be from that time or before; dates are compared as exactly as `moment` is."""
    day = dated(document)
    return day is not None and day[: len(moment)] <= moment


def is_past(documents: Iterable[Edition], moment: str) -> bool:
    """Whether any of the documents is known to be from after that time."""
    return any(dated(document) and not was_out(document, moment) for document in documents)


def _newest(document_id: str, newer: Mapping[str, str]) -> str:
    found = newer[document_id]
    while found in newer:
        found = newer[found]
    return found


def _newer(documents: Sequence[Edition]) -> Mapping[str, str]:
    """Each superseded document's id with that of a newer one, which may be superseded in its turn."""
    works: dict[str, list[Edition]] = defaultdict(list)
    for document in documents:
        works[document.work_id].append(document)
    newer: dict[str, str] = {}
    for versions in works.values():
        for pairs in (_readings, _corrections, _revisions):
            newer |= pairs(versions)
    return newer | dict(_successions(works, newer.keys()))


def _readings(versions: Sequence[Edition]) -> Mapping[str, str]:
    """Files of one edition in one language, each with the last of those that say the same.

    Only files that say themselves which document they are: ready paragraphs may be parts of one report.
    """
    files = [d for d in versions if any(said.name == "symbol" for said in d.report.metadata)]
    newer: dict[str, str] = {}
    for same in _grouped(files, lambda d: (revision(d), correction(d), d.language)):
        ordered = oldest_first(same)
        for place, old in enumerate(ordered):
            if later := [new for new in ordered[place + 1 :] if says_the_same(new, old)]:
                newer[old.document_id] = later[-1].document_id
    return newer


def _corrections(versions: Sequence[Edition]) -> Mapping[str, str]:
    """Documents with the corrigendum in their language that carries the whole text; a sheet of corrections does not."""
    newer: dict[str, str] = {}
    for same in _grouped(versions, lambda d: (revision(d), d.language)):
        for new in sorted(same, key=correction):
            if not is_sheet(new, versions):
                newer |= {d.document_id: new.document_id for d in same if correction(d) < correction(new)}
    return newer


def _revisions(versions: Sequence[Edition]) -> Mapping[str, str]:
    """Documents with the newest revision of their work."""
    last = max(map(revision, versions))
    current = [d for d in versions if revision(d) == last and not is_sheet(d, versions)]
    return {d.document_id: _in_language(current, d.language) for d in versions if current and revision(d) < last}


def _successions(works: Mapping[str, Sequence[Edition]], superseded: Collection[str]) -> Iterator[tuple[str, str]]:
    """The documents of a report with the one that follows last in the series, where the order is beyond doubt."""
    for earlier, later in _followed(works).items():
        heads = [d for d in reports(works[later]) if d.document_id not in superseded]
        for document in works[earlier]:
            yield document.document_id, _in_language(heads, document.language)


def _followed(works: Mapping[str, Sequence[Edition]]) -> Mapping[str, str]:
    """Each work that a later one of its series follows, with the last of them."""
    last: dict[str, tuple[int, str]] = {}
    for series in _series(works).values():
        periods = sorted(series)
        # Two in one year are parts, or come out more often: which of them would follow which cannot be told.
        if any(len(series[period]) > 1 for period in periods):
            continue
        [newest] = series[periods[-1]]
        for period in periods[:-1]:
            [older] = series[period]
            if _is_dated_before(works[older], works[newest]):
                last[older] = max(last.get(older, (0, "")), (periods[-1], newest))
    return {older: newest for older, (_, newest) in last.items()}


def _series(works: Mapping[str, Sequence[Edition]]) -> Mapping[tuple[str | None, ...], Mapping[int, set[str]]]:
    """For each series, in each language by itself, its works by their years or sessions."""
    found: dict[tuple[str | None, ...], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for work, versions in works.items():
        for document in reports(versions):
            issue = issue_of(_EDITION.sub("", document.symbol or ""), document.title, document.language)
            if issue:
                found[(document.body, *issue.series)][issue.period].add(work)
    return found


def _is_dated_before(older: Sequence[Edition], newer: Sequence[Edition]) -> bool:
    """Whether the dates of two works, where both have any, are in this order."""
    before, after = (max((d.date or "" for d in reports(versions)), default="") for versions in (older, newer))
    return not (before and after) or before < after


def _in_language(documents: Sequence[Edition], language: str) -> str:
    same = [document for document in documents if document.language == language]
    return (same or documents)[0].document_id


def _grouped(documents: Iterable[Edition], key: Callable[[Edition], object]) -> Iterable[list[Edition]]:
    groups: dict[object, list[Edition]] = defaultdict(list)
    for document in documents:
        groups[key(document)].append(document)
    return groups.values()
