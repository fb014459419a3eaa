"""Rows of the catalogue's tables to values and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.editions import work_id
from vectorstore.paragraph import Document, IngestReport, Paragraph, Passage
from vectorstore.tables import DocumentRow, MembershipRow, ParagraphRow, PassageRow, now

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class DocumentRecord:
    """A document of a generation without its paragraphs; `superseded_by` is the newer edition's id, if any.

    `sources` are the names that it goes by, each with the path of the file that it came from, and `source` is the
    first of them by the alphabet. `numbered_count` is how many of its paragraphs have a number.
    """

    document_id: str
    work_id: str
    source: str
    content_hash: str
    symbol: str | None
    title: str
    language: str
    date: str | None
    body: str | None
    edition: str | None
    audience: str
    pages: int | None
    report: IngestReport
    added_at: str
    superseded_by: str | None
    sources: Mapping[str, str]
    paragraph_count: int
    numbered_count: int


@dataclass(frozen=True)
class FoundPassage:
    """A passage with its paragraph and the place of it in its document."""

    passage_id: str
    text: str
    document_id: str
    position: int
    paragraph: Paragraph


@dataclass(frozen=True)
class EmbeddedPassage:
    """A passage with one signal's vector of it."""

    passage: Passage
    vector: Vector


def document_row(document: Document) -> DocumentRow:
    """The row of a document."""
    return DocumentRow(
        document_id=document.document_id,
        work_id=work_id(document),
        source=document.source,
        content_hash=document.content_hash,
        symbol=document.symbol,
        title=document.title,
        language=document.language,
        date=document.date,
        body=document.body,
        edition=document.edition,
        audience=document.audience,
        pages=document.pages,
        report=asdict(document.report),
        added_at=now(),
    )


def paragraph_row(document_id: str, position: int, paragraph: Paragraph) -> ParagraphRow:
    """The row of a paragraph, by its place in its document."""
    return ParagraphRow(
        document_id=document_id,
        position=position,
        number=paragraph.number,
        section=list(paragraph.section),
        page=paragraph.page,
        kind=paragraph.kind,
        mark=paragraph.mark,
        bearer=paragraph.bearer,
        text=paragraph.text,
    )


def passage_row(passage: Passage) -> PassageRow:
    """The row of a passage."""
    return PassageRow(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        position=passage.position,
        window=passage.window,
        text=passage.text,
        text_hash=passage.text_hash,
    )


def passage_of(row: PassageRow) -> Passage:
    """The passage in a row."""
    return Passage(row.document_id, row.position, row.window, row.text)


def found_passage(row: Any) -> FoundPassage:
    """The passage in a row of its id and text, the latter named `passage`, and the columns of its paragraph."""
    return FoundPassage(row.passage_id, row.passage, row.document_id, row.position, paragraph_of(row))


def paragraph_of(row: Any) -> Paragraph:
    """The paragraph in a row of its columns."""
    return Paragraph(
        number=row.number,
        section=tuple(row.section),
        page=row.page,
        text=row.text,
        kind=row.kind,
        mark=row.mark,
        bearer=row.bearer,
    )


def record_of(row: DocumentRow, member: MembershipRow | None, paragraphs: int, numbered: int) -> DocumentRecord:
    """The document in a row, with its place in a generation, if it has one, and what is counted of it elsewhere."""
    kept: dict[str, Any] = {
        name: getattr(row, name) for name in DocumentRecord.__dataclass_fields__ if hasattr(row, name)
    }
    sources = member.sources if member else {row.source: row.source}
    more = {
        "report": IngestReport.from_json(row.report),
        "superseded_by": member.superseded_by if member else None,
        "sources": sources,
        "source": min(sources),
        "paragraph_count": paragraphs,
        "numbered_count": numbered,
    }
    return DocumentRecord(**kept | more)
