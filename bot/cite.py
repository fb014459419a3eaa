"""Markers to citations: which words of a paragraph support a claim."""

import re
from collections.abc import Iterable
from typing import Protocol

from bot.answer import Citation
from bot.found.items import item_of
from bot.verify import stands_in
from vectorstore.labels import anchor, label
from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord

_MARKER = re.compile(r"\s*\[(\d+(?:\s*[,;]\s*\d+)*)\]")
_AFTER_STOP = re.compile(rf"([.。!！?？؟…]+[”’»\"'」』》)）]*)((?:{_MARKER.pattern})+)")


class Placed(Protocol):
    """A paragraph in its document."""

    @property
    def record(self) -> DocumentRecord: ...
    @property
    def paragraph(self) -> Paragraph: ...
    @property
    def position(self) -> int: ...


def cite(found: Placed, quote: str, *, marker: int | None = None) -> Citation:
    """The citation of a paragraph with words from it; verified where they stand there word for word."""
    record, paragraph = found.record, found.paragraph
    item = item_of(paragraph.text, quote) if paragraph.number else None
    return Citation(
        marker=marker,
        document_id=record.document_id,
        symbol=record.symbol,
        title=record.title,
        paragraph=paragraph.number,
        item=item,
        label=label(record, paragraph, item),
        section=paragraph.section,
        page=paragraph.page,
        language=record.language,
        quote=quote,
        url=f"/documents/{record.document_id}#{anchor(paragraph, found.position)}",
        date=record.date,
        verified=stands_in(quote, paragraph.text),
        recognised=any(page.page == paragraph.page for page in record.report.recognised),
        superseded_by=record.superseded_by,
        text=paragraph.text,
    )


def markers(text: str) -> tuple[int, ...]:
    """The numbers of the `[n]` in a text, in order, each once."""
    numbers = (int(n) for group in _MARKER.findall(text) for n in re.findall(r"\d+", group))
    return tuple(dict.fromkeys(numbers))


def without_markers(text: str) -> str:
    """The text without its `[n]`."""
    return _MARKER.sub("", text)


def with_markers_inside(text: str) -> str:
    """The text with each `[n]` that follows a sentence's stop before it, so that it stays with the sentence."""
    return _AFTER_STOP.sub(r"\2\1", text)


def with_markers(text: str, numbers: Iterable[int]) -> str:
    """A sentence with these `[n]` before its final stop, as UN documents place a footnote after the words."""
    bare = without_markers(text).rstrip()
    stop = re.search(r"[.。!！?？؟…]+$", bare)
    body, end = (bare[: stop.start()], bare[stop.start() :]) if stop else (bare, "")
    return f"{body}{''.join(f' [{number}]' for number in numbers)}{end}"
