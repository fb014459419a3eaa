"""The works of the index, each with all its documents: what a list of reports shows."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from vectorstore.records import DocumentRecord

Status = Literal["current", "superseded"]


@dataclass(frozen=True)
class Work:
    """A report with its language versions and editions; current documents come first, then by language."""

    work_id: str
    documents: tuple[DocumentRecord, ...]

    @property
    def place(self) -> tuple[str, str]:
        """What works are put in order by: the newest date of any document, then the id."""
        return max(document.date or "" for document in self.documents), self.work_id


@dataclass(frozen=True)
class Wanted:
    """Which works are asked for: those with a document that is all of this; `words` are in title, symbol or source.

    Dates may be a year or a month, all of which is meant.
    """

    words: str = ""
    language: str | None = None
    status: Status | None = None
    flagged: bool = False
    from_date: str | None = None
    to_date: str | None = None

    def fits(self, document: DocumentRecord) -> bool:
        """Whether a document is what is asked for."""
        return (
            self.language in (None, document.language)
            and self.status in (None, status_of(document))
            and (document.report.is_flagged or not self.flagged)
            and self._is_between(document.date or "")
            and self._names(document)
        )

    def _is_between(self, date: str) -> bool:
        starts, ends = self.from_date or "", self.to_date
        return date >= starts and (ends is None or "" < date[: len(ends)] <= ends)

    def _names(self, document: DocumentRecord) -> bool:
        named = _plain(f"{document.symbol or ''} {document.title} {document.source}")
        return all(word in named for word in _plain(self.words).split())


def status_of(document: DocumentRecord) -> Status:
    """Whether a newer document has taken the place of this one."""
    return "superseded" if document.superseded_by else "current"


def works_of(documents: Iterable[DocumentRecord], wanted: Wanted) -> tuple[Work, ...]:
    """The works asked for, whole, newest first; those without a date come last."""
    return tuple(sorted(_works(documents, wanted), key=lambda work: work.place, reverse=True))


def _works(documents: Iterable[DocumentRecord], wanted: Wanted) -> Iterator[Work]:
    versions: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document in documents:
        versions[document.work_id].append(document)
    for work_id, found in versions.items():
        if any(map(wanted.fits, found)):
            found.sort(key=lambda each: (status_of(each), each.language, each.symbol or "", each.document_id))
            yield Work(work_id, tuple(found))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
