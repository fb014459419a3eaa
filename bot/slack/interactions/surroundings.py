"""A cited paragraph among its neighbours, as they stood when it was cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answer import Citation
from vectorstore.catalogue import Catalogue
from vectorstore.labels import label
from vectorstore.library import Library
from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord

# What has become of the report: answers come from it, a newer edition has taken its place, or it is gone.
Fate = Literal["current", "superseded", "gone"]


@dataclass(frozen=True)
class Neighbour:
    """A paragraph beside the one that is cited."""

    label: str
    text: str


@dataclass(frozen=True)
class Surroundings:
    """What stands around a cited paragraph; no neighbours where the report cannot be shown."""

    citation: Citation
    fate: Fate
    before: Neighbour | None = None
    after: Neighbour | None = None


def surroundings(citation: Citation, catalogue: Catalogue, library: Library, audiences: frozenset[str]) -> Surroundings:
    """A kept citation among its neighbours, in its own version of the report, which the catalogue keeps.

    The neighbours are for somebody of these audiences.
    """
    record = library.records().get(citation.document_id)
    fate = _fate(record)
    known = [record] if record else catalogue.read_documents([citation.document_id])
    if not known or known[0].audience not in audiences:
        return Surroundings(citation, fate)
    paragraphs = catalogue.paragraphs(citation.document_id)
    place = next((place for place, each in enumerate(paragraphs) if _is_cited(each, citation)), None)
    if place is None:
        return Surroundings(citation, fate)
    before, after = _first(paragraphs[:place][::-1], known[0]), _first(paragraphs[place + 1 :], known[0])
    return Surroundings(citation, fate, before, after)


def _fate(record: DocumentRecord | None) -> Fate:
    if record is None:
        return "gone"
    return "superseded" if record.superseded_by else "current"


def _is_cited(paragraph: Paragraph, citation: Citation) -> bool:
    return paragraph.number == citation.paragraph and paragraph.text == citation.text


def _first(paragraphs: Sequence[Paragraph], record: DocumentRecord) -> Neighbour | None:
    """The first of the paragraphs that is no footnote."""
    found = next((each for each in paragraphs if each.kind != "footnote"), None)
    return Neighbour(label(record, found), found.text) if found else None
