"""Markers to citations: what a paragraph is called in UN form, and which of its words support a claim."""

import re
from collections.abc import Iterable

from bot.answer import Citation
from bot.items import item_of
from bot.verify import stands_in
from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord
from vectorstore.search import Found

_MARKER = re.compile(r"\s*\[(\d+(?:\s*[,;]\s*\d+)*)\]")
_ANCHOR = re.compile(r"[^\w.-]+")


def label(record: DocumentRecord, paragraph: Paragraph, item: str | None = None) -> str:
    """The paragraph, or a sub-item of it, in UN form.

    "A/80/74, para. 34 (b)", "A/80/74, annex II, para. 4", "S/RES/2771 (2025), OP 3", "A/80/74, para. 12, footnote 3".
    """
    parts = [record.symbol or record.title]
    number = paragraph.number or paragraph.bearer
    if number:
        parts.append(" ".join(filter(None, (_printed(number), item))))
    if paragraph.mark:
        parts.append(f"footnote {paragraph.mark}" if paragraph.kind == "footnote" else _lowered(paragraph.mark))
    if len(parts) == 1 and paragraph.page is not None:
        parts.append(f"p. {paragraph.page}")
    return ", ".join(parts)


def _printed(number: str) -> str:
    """A paragraph's number in UN form: "annex II, para. 4" for "Annex II, 4"; OP and PP stay."""
    *above, last = number.split(", ")
    return ", ".join([*map(_lowered, above), f"para. {last}" if last[0].isdecimal() else _lowered(last)])


def _lowered(name: str) -> str:
    """The name of a part with its word in small letters: "annex II", "recommendation 3", "OP 3"."""
    word, _, rest = name.partition(" ")
    return name if word.isupper() else f"{word.lower()} {rest}".strip()


def anchor(paragraph: Paragraph, position: int) -> str:
    """The paragraph's place on its document's page."""
    return f"para-{_ANCHOR.sub('-', paragraph.number)}" if paragraph.number else f"block-{position}"


def cite(found: Found, quote: str, *, marker: int | None = None) -> Citation:
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
