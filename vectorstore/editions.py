"""Which documents are versions of one work, and which edition is the newest."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from vectorstore.paragraph import digest

_REVISION = re.compile(r"/Rev\.(\d+)", re.IGNORECASE)


class Edition(Protocol):
    """What is asked of a document to tell its work and edition."""

    @property
    def document_id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def symbol(self) -> str | None: ...
    @property
    def language(self) -> str: ...


def work_id(document: Edition) -> str:
    """Names the work: its symbol without the revision, or else its own source."""
    if document.symbol is None:
        return digest("source", document.source)
    return digest("symbol", _REVISION.sub("", document.symbol).upper())


def superseded_ids(documents: Iterable[Edition]) -> Mapping[str, str]:
    """The superseded documents' ids, each with the newest edition's id, in the same language where there is one."""
    works: dict[str, list[Edition]] = defaultdict(list)
    for document in documents:
        works[work_id(document)].append(document)
    return {old: new for versions in works.values() for old, new in _pairs(versions)}


def _pairs(versions: list[Edition]) -> Iterator[tuple[str, str]]:
    newest = max(map(_revision, versions))
    current = sorted((d for d in versions if _revision(d) == newest), key=lambda d: d.document_id)
    for document in versions:
        if _revision(document) < newest:
            same = [d for d in current if d.language == document.language]
            yield document.document_id, (same or current)[0].document_id


def _revision(document: Edition) -> int:
    match = _REVISION.search(document.symbol or "")
    return int(match[1]) if match else 0
