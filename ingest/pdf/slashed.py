"""Footnotes as documents before 1996 mark them: "1/" on the line in the text, and "1/" before the note."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.lines import Line, Page

_NOTE = re.compile(r"^\s*(\d{1,3})/\s+(?=\S)")
_MARK = re.compile(r"(?<=[\w.,;:)\]\"”])\s(\d{1,3})/(?=\s|$|[.,;:)])")
_NOTES = 2
# Notes stand apart from the text above them by more than the usual distance of lines, and are read as small type.
_GAP = 1.5
_SIZE = 0.7


def with_slashed_notes(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with such marks taken out of the text; where a document has fewer than two such notes, as they are."""
    if sum(bool(_NOTE.match(line.text)) for page in pages for line in page.lines) < _NOTES:
        return tuple(pages)
    return tuple(replace(page, lines=tuple(_marked(page.lines))) for page in pages)


def _marked(lines: Sequence[Line]) -> Iterator[Line]:
    start = next((index for index in range(len(lines)) if _begins_notes(lines, index)), len(lines))
    yield from map(_without_marks, lines[:start])
    yield from map(_as_note, lines[start:])


def _begins_notes(lines: Sequence[Line], index: int) -> bool:
    if not _NOTE.match(lines[index].text):
        return False
    above = lines[index - 1] if index else None
    return above is None or above.bottom - lines[index].bottom > _GAP * lines[index].style.size


def _without_marks(line: Line) -> Line:
    if not _MARK.search(line.text):
        return line
    return line.of(
        [
            replace(part, text=_MARK.sub("", part.text), marks=(*part.marks, *_MARK.findall(part.text)))
            for part in line.parts
        ]
    )


def _as_note(line: Line) -> Line:
    found = _NOTE.match(line.text)
    small = replace(line, style=replace(line.style, size=_SIZE * line.style.size))
    return replace(small, text=line.text[found.end() :], raised=found[1], pieces=()) if found else small
