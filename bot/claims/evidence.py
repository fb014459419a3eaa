"""The paragraphs that are to support a claim, and what it says otherwise."""

from dataclasses import dataclass
from typing import Literal

from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord

Kind = Literal["number", "date", "symbol", "body", "quote", "strength", "negation", "absent"]


@dataclass(frozen=True)
class Problem:
    """What a claim says otherwise than its paragraphs: its words, and what stands there in their place."""

    kind: Kind
    text: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """A text that a claim cites, and the paragraph of the report that it is from.

    `about` is what the report is called and who issued it: "the Board decides" where its resolution says "Decides".
    """

    text: str
    language: str
    symbol: str | None = None
    number: str | None = None
    about: str = ""


def evidence_of(record: DocumentRecord, paragraph: Paragraph) -> Evidence:
    """A paragraph of a report as evidence."""
    about = " ".join(filter(None, (record.title, record.body)))
    return Evidence(paragraph.text, record.language, record.symbol, paragraph.number, about)
