"""A document among the other versions of its work: its revision, whether it is whole, what it can stand for."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from vectorstore.paragraph import IngestReport
from vectorstore.series import year_in
from vectorstore.tokens import tokenise

# A whole report is told from a sheet of corrections, and two readings of one report from two reports, by how many
# paragraphs they have: readings of different files of one report differ by a few, and more in tables and notes.
_SHARE = 0.75
_SHARE_OF_ALL = 0.5
_ALIKE = 0.6  # share of the words of two titles that stand in both


class Edition(Protocol):
    """What is asked of a document to tell it from the other editions of its work and of its series."""

    @property
    def document_id(self) -> str: ...
    @property
    def work_id(self) -> str: ...
    @property
    def symbol(self) -> str | None: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def date(self) -> str | None: ...
    @property
    def body(self) -> str | None: ...
    @property
    def edition(self) -> str | None: ...
    @property
    def audience(self) -> str: ...
    @property
    def report(self) -> IngestReport: ...
    @property
    def added_at(self) -> str: ...
    @property
    def paragraph_count(self) -> int: ...
    @property
    def numbered_count(self) -> int: ...


def revision(document: Edition) -> int:
    """The number of the revision, 0 for the unrevised text."""
    return _numbered("Rev", document)


def correction(document: Edition) -> int:
    """The number of the corrigendum, 0 for a document that is none."""
    return _numbered("Corr", document)


def _numbered(kind: str, document: Edition) -> int:
    """The number of a revision or corrigendum, by the symbol or by what is said of the edition; 0 for none."""
    found = re.search(rf"/{kind}\.(\d+)", f"{document.symbol}/{document.edition}", re.IGNORECASE)
    return int(found[1]) if found else 0


def dated(document: Edition) -> str | None:
    """When the document is from, as an ISO date or a part of one: by its date, or else by the year in its symbol."""
    return document.date or year_in(document.symbol)


def reports(versions: Sequence[Edition]) -> Sequence[Edition]:
    """The versions of a work that are whole: not its sheets of corrections."""
    return [document for document in versions if not is_sheet(document, versions)]


def is_sheet(document: Edition, versions: Sequence[Edition]) -> bool:
    """Whether a corrigendum lists corrections only, or cannot be told from such a list for want of the original."""
    if not correction(document):
        return False
    corrected = [d for d in versions if revision(d) == revision(document) and not correction(d)]
    same = [d for d in corrected if d.language == document.language]
    return not corrected or not all(_carries(document, original) for original in same or corrected)


def says_the_same(new: Edition, old: Edition) -> bool:
    """Whether the newer file can stand for the older: the same title, and nothing of the older left out."""
    if not _carries(new, old):
        return False
    words, others = (set(tokenise(d.title, d.language)) for d in (new, old))
    alike = len(words & others) >= _ALIKE * len(words | others)
    return words == others or (alike and _carries(old, new))


def _carries(new: Edition, old: Edition) -> bool:
    """Whether a document has about as many paragraphs as another, or more: the numbered ones where there are any."""
    if old.numbered_count:
        is_numbered = new.numbered_count >= _SHARE * old.numbered_count
        return is_numbered and new.paragraph_count >= _SHARE_OF_ALL * old.paragraph_count
    return new.paragraph_count >= _SHARE * old.paragraph_count


def oldest_first(same: Iterable[Edition]) -> Sequence[Edition]:
    """The documents by date where all have one, else by when they were added."""
    files = sorted(same, key=lambda d: (d.added_at, d.numbered_count, d.document_id))
    return sorted(files, key=lambda d: d.date or "") if all(d.date for d in files) else files
