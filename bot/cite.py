"""Markers to citations: what a paragraph is called in UN form, and which of its words support a claim."""

import re
from collections.abc import Iterable

from bot.answer import Citation
from bot.verify import stands_in
from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord
from vectorstore.search import Found

_MARKER = re.compile(r"\s*\[(\d+(?:\s*[,;]\s*\d+)*)\]")
_ANNEX = re.compile(r"^(Annex(?: [IVXLC]+|\s\d+)?), (.+)$")
_ANCHOR = re.compile(r"[^\w.-]+")


def label(record: DocumentRecord, paragraph: Paragraph) -> str:
    """The paragraph in UN form: "A/80/74, para. 34", "S/RES/2771 (2025), OP 3", "A/80/74, annex II, para. 4"."""
    name = record.symbol or record.title
    if paragraph.number is None:
        return name if paragraph.page is None else f"{name}, p. {paragraph.page}"
    if annex := _ANNEX.match(paragraph.number):
        return f"{name}, {annex[1].replace('Annex', 'annex')}, para. {annex[2]}"
    return f"{name}, {paragraph.number if paragraph.number[0].isalpha() else f'para. {paragraph.number}'}"


def anchor(paragraph: Paragraph, position: int) -> str:
    """The paragraph's place on its document's page."""
    return f"para-{_ANCHOR.sub('-', paragraph.number)}" if paragraph.number else f"block-{position}"


def cite(found: Found, quote: str, *, marker: int | None = None) -> Citation:
    """The citation of a paragraph with words from it; verified where they stand there word for word."""
    record, paragraph = found.record, found.paragraph
    return Citation(
        marker=marker,
        document_id=record.document_id,
        symbol=record.symbol,
        title=record.title,
        paragraph=paragraph.number,
        label=label(record, paragraph),
        section=paragraph.section,
        page=paragraph.page,
        language=record.language,
        quote=quote,
        url=f"/documents/{record.document_id}#{anchor(paragraph, found.position)}",
        date=record.date,
        verified=stands_in(quote, paragraph.text),
        superseded_by=record.superseded_by,
    )


def markers(text: str) -> tuple[int, ...]:
    """The numbers of the `[n]` in a text, in order, each once."""
    numbers = (int(n) for group in _MARKER.findall(text) for n in re.findall(r"\d+", group))
    return tuple(dict.fromkeys(numbers))


def without_markers(text: str) -> str:
    """The text without its `[n]`."""
    return _MARKER.sub("", text)


def with_markers(text: str, numbers: Iterable[int]) -> str:
    """A sentence with these `[n]` before its final stop, as UN documents place a footnote after the words."""
    bare = without_markers(text).rstrip()
    stop = re.search(r"[.。!！?？؟…]+$", bare)
    body, end = (bare[: stop.start()], bare[stop.start() :]) if stop else (bare, "")
    return f"{body}{''.join(f' [{number}]' for number in numbers)}{end}"
