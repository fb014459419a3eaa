"""The JSON forms of the library over HTTP: documents, how they were read, status."""

from typing import Literal

from pydantic import BaseModel, Field

from bot.endpoints.refresh_schemas import RunOut


class RecognisedPageOut(BaseModel):
    """A page whose text was read from its picture, and how sure the recogniser is, from 0 to 1."""

    page: int
    confidence: float


class MetadatumOut(BaseModel):
    """One thing that the document says of itself, and where."""

    name: str = Field(examples=["symbol"])
    value: str = Field(examples=["A/80/74"])
    where: str = Field(examples=["masthead"])


class ReportOut(BaseModel):
    """What reading the document found and missed."""

    pages_without_text: int
    numbering_gaps: list[str]
    numbering_repeats: list[str]
    tables: int
    ocr_pages: int
    recognised: list[RecognisedPageOut]
    metadata: list[MetadatumOut]
    warnings: list[str]


class DocumentOut(BaseModel):
    """A document of the index."""

    document_id: str
    source: str
    symbol: str | None
    title: str
    language: str
    date: str | None
    body: str | None
    edition: str | None
    status: Literal["current", "superseded"]
    superseded_by: str | None
    audience: str
    pages: int | None
    paragraphs: int
    report: ReportOut


class DocumentsOut(BaseModel):
    """A page of the documents; `next` is what `after` takes for the page that follows."""

    documents: list[DocumentOut]
    next: str | None


class OutlineOut(BaseModel):
    """A paragraph in its document."""

    paragraph: str | None
    kind: Literal["text", "heading", "table", "footnote"]
    mark: str | None = Field(description="The mark of a footnote, or what the caption calls a table.")
    bearer: str | None = Field(description="The paragraph that bears the mark of this footnote.")
    label: str
    footnote: str = Field(description="As UN documents cite it, to be copied.")
    anchor: str
    section: list[str]
    page: int | None
    text: str


class VersionOut(BaseModel):
    """Another language version or edition of the same work."""

    document_id: str
    language: str
    symbol: str | None
    edition: str | None
    status: Literal["current", "superseded"]


class DocumentWithOutline(DocumentOut):
    """A document with every paragraph, in order, and the other versions of its work that the index holds."""

    outline: list[OutlineOut]
    versions: list[VersionOut]


class FlaggedOut(BaseModel):
    """A document that is served but was not read whole: its numbering, pages without text, pages read by OCR."""

    document_id: str
    symbol: str | None
    source: str
    report: ReportOut


class StatusOut(BaseModel):
    """What is in the index and what runs on it; `languages` counts documents."""

    documents: int
    superseded: int
    paragraphs: int
    pages: int
    ocr_pages: int
    tables: int
    languages: dict[str, int]
    embedding_model: str
    model: str
    as_of: str | None
    index_version: str
    last_refresh: RunOut | None
    flagged: list[FlaggedOut]
