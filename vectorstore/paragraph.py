"""Documents and their paragraphs, the units that are indexed, found and cited."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
PUBLIC = "public"
FILE_NAME = "file name"  # where a metadatum was found that the document itself does not print
Kind = Literal["text", "heading", "table", "footnote"]


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that are the same for the same parts, in the same order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as printed; `number` is None for a table, a footnote or an unnumbered block.

    `mark` is the mark of a footnote ("3"), and `bearer` the number of the paragraph that bears it, where it has one;
    `mark` of a table is what its caption calls it ("Table 2", "Figure 1", "Box 3").
    """

    text: str
    number: str | None = None
    section: tuple[str, ...] = ()
    page: int | None = None
    kind: Kind = "text"
    mark: str | None = None
    bearer: str | None = None


@dataclass(frozen=True)
class RecognisedPage:
    """A page whose text was recognised in its picture (OCR); `confidence` of the recogniser is from 0 to 1."""

    page: int
    confidence: float


@dataclass(frozen=True)
class Metadatum:
    """One thing that a document says of itself, and where it was found: ("symbol", "A/80/74", "masthead")."""

    name: str
    value: str
    where: str


@dataclass(frozen=True)
class IngestReport:
    """What reading a document found and missed."""

    pages_without_text: int = 0
    numbering_gaps: tuple[str, ...] = ()
    numbering_repeats: tuple[str, ...] = ()
    tables: int = 0
    recognised: tuple[RecognisedPage, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_flagged(self) -> bool:
        """Whether a person should look at what was read."""
        return bool(
            self.numbering_gaps or self.numbering_repeats or self.pages_without_text or self.recognised or self.warnings
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "IngestReport":
        """The report as it was before JSON made its tuples lists."""
        fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in kept.items()}
        recognised = tuple(RecognisedPage(**each) for each in fields.pop("recognised"))
        metadata = tuple(Metadatum(**each) for each in fields.pop("metadata"))
        return cls(**fields, recognised=recognised, metadata=metadata)


@dataclass(frozen=True)
class Document:
    """One language version of one edition of a report, as read from its source.

    `source` is the path or the bulk identifier that it was first read from, `date` an ISO date or a part of one,
    `edition` what tells this edition from others of its work ("Rev.1", "Corr.1", None), `pages` the number of pages
    where there are any.
    """

    source: str
    content_hash: str
    title: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    symbol: str | None = None
    date: str | None = None
    body: str | None = None
    edition: str | None = None
    audience: str = PUBLIC
    pages: int | None = None
    report: IngestReport = field(default_factory=IngestReport)

    @property
    def document_id(self) -> str:
        """Names this content for ever, wherever it lies: other content is another document.

        So is the same content under a file name that says something else of it.
        """
        return digest(self.content_hash, *(said.value for said in self.report.metadata if said.where == FILE_NAME))


def document_of(passage_id: str) -> str:
    """The id of a passage's document."""
    return passage_id.partition(":")[0]


@dataclass(frozen=True)
class Passage:
    """A window of a paragraph, embedded on its own; it cites its paragraph."""

    document_id: str
    position: int
    window: int
    text: str

    @property
    def passage_id(self) -> str:
        """The same for the same window of the same document."""
        return f"{self.document_id}:{self.position}:{self.window}"

    @property
    def text_hash(self) -> str:
        """The same for the same text anywhere, so that it is embedded once."""
        return digest(self.text)
