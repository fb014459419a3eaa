"""Tables on the pages of a PDF: the lines of each as rows of cells, in one piece where it goes on over pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from ingest.joining import Vocabulary, vocabulary
from ingest.lines import Line, Page
from ingest.pdf.cells import Row, rows_of, sentences
from ingest.pdf.entries import FIGURE
from ingest.pdf.frames import Frame, trimmed
from ingest.rows import table_text

_SAME_PLACE = 6.0
_NEAR = 3.0
_TIGHT = 1.5
_NOTE = re.compile(
    r"^(?:Sources?|Notes?|Abbreviations?|Key|Remarques?|Abréviations?|Fuentes?|Notas?|Abreviaturas?|Siglas"
    r"|Источник[и]?|Примечани[ея]|Сокращени[ея]|资料来源|来源|注|说明|缩写|简称|المصدر|المصادر|ملاحظة|ملاحظات|المختصرات)"
    r"\s*[:：]",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"^(?:\([a-z]\)|\*{1,3})\s*\S")
_FOOTNOTE = re.compile(r"^\d+$")
_CONTINUED = re.compile(r"\((?:continued|cont[’']?d\.?|suite|continuación|продолжение|续|تابع)\)\s*$", re.IGNORECASE)


@dataclass
class _Table:
    lines: list[Line]
    frame: Frame
    rows: list[Row]
    notes: list[Line] = field(default_factory=list)


def with_tables(pages: Sequence[Page], frames: Sequence[Sequence[Frame]]) -> tuple[Page, ...]:
    """The pages, the lines in the frames of each made rows whose `table` is the table's number in the document."""
    if not any(frames):
        return tuple(pages)
    words = vocabulary(line.text for page in pages for line in page.lines)
    parts = [list(_parts(page, held, words)) for page, held in zip(pages, frames, strict=True)]
    _join_over_pages(parts)
    numbers = count(1)
    return tuple(
        replace(page, lines=tuple(line for part in held for line in _lines(part, numbers)))
        for page, held in zip(pages, parts, strict=True)
    )


def _parts(page: Page, frames: Sequence[Frame], words: Vocabulary) -> Iterator[Line | _Table]:
    """The lines of a page that stand outside its tables, and its tables in their places."""
    tables = [table for frame in frames if (table := _table(frame, page.lines, words))]
    owner = {id(line): table for table in tables for line in table.lines}
    done: set[int] = set()
    for line in page.lines:
        table = owner.get(id(line))
        if table is None:
            yield replace(line, table=None)
        elif id(table) not in done:
            done.add(id(table))
            yield table


def _table(frame: Frame, lines: Sequence[Line], words: Vocabulary) -> _Table | None:
    table = _framed(trimmed(frame, lines), lines, words)
    if frame.open and not (table and _is_table(table)):
        # The two rules may stand above and below the whole table, not above and below its header.
        return _framed(replace(frame, bottom=frame.head, head=frame.top, open=False), lines, words)
    return table


def _framed(frame: Frame, lines: Sequence[Line], words: Vocabulary) -> _Table | None:
    held = [line for line in lines if frame.holds(line)]
    rows = rows_of(frame, held, words)
    notes = _notes(frame, lines)
    return _Table([*held, *notes], frame, rows, notes) if rows else None


def _is_table(table: _Table) -> bool:
    """Whether there are several cells in more than one row: a box with text beside its title is no table."""
    return sum(sum(bool(cell) for cell in row.cells) > 1 for row in table.rows) > 1


def _notes(frame: Frame, lines: Sequence[Line]) -> list[Line]:
    """The sources and notes right below a table."""
    notes: list[Line] = []
    height = frame.bottom
    for line in sorted(lines, key=lambda line: -line.bottom):
        step = height - line.bottom
        if step <= 0 or line.left < frame.left - _SAME_PLACE:
            continue
        goes_on = notes and line.style.size == notes[-1].style.size and step < _TIGHT * line.style.size
        if step > _NEAR * line.style.size or not (_is_note(line) or (goes_on and not _FOOTNOTE.match(line.raised))):
            break
        notes.append(line)
        height = line.bottom
    return notes


def _is_note(line: Line) -> bool:
    text = line.text.strip()
    marked = bool(line.raised) and not _FOOTNOTE.match(line.raised)
    return marked or bool(_NOTE.match(text) or _NOTE_MARK.match(text))


def _join_over_pages(parts: list[list[Line | _Table]]) -> None:
    """Puts the rows of a table that goes on over pages where it begins."""
    last: _Table | None = None
    for page in parts:
        if last is not None:
            first = _first(page, last.frame)
            if isinstance(first, _Table) and _goes_on(last, first):
                last.rows = _with_rows(last.rows, _without_header(first.rows, last.rows))
                last.notes += first.notes
                page[:] = [part for part in page[page.index(first) + 1 :] if not _is_beside(part, last.frame)]
                if not page:
                    continue
        last = _last(page)


def _without_header(rows: Sequence[Row], before: Sequence[Row]) -> Sequence[Row]:
    """The rows without those at their beginning that the part of the table before begins with too."""
    return [row for index, row in enumerate(rows) if _differ(rows[: index + 1], before)]


def _with_rows(rows: list[Row], further: Sequence[Row]) -> list[Row]:
    """The rows with those from the next page, the first of which may be the rest of the last row."""
    if not further or not _is_rest(rows[-1], further[0]):
        return [*rows, *further]
    pairs = zip(rows[-1].cells, further[0].cells, strict=True)
    cells = tuple(sentences(filter(None, pair)) for pair in pairs)
    return [*rows[:-1], Row(cells, (*rows[-1].lines, *further[0].lines)), *further[1:]]


def _is_rest(row: Row, further: Row) -> bool:
    """Whether a row without its first cell goes on with the cells of the row above; figures are never gone on with."""
    if further.cells[0] or len(row.cells) != len(further.cells):
        return False
    both = zip(row.cells, further.cells, strict=True)
    figures = any(FIGURE.match(cell) for cell in (*row.cells, *further.cells))
    return not figures and all(above for above, below in both if below)


def _differ(rows: Sequence[Row], before: Sequence[Row]) -> bool:
    return any(row.cells != other.cells for row, other in zip(rows, before, strict=False))


def _first(page: Sequence[Line | _Table], frame: Frame) -> Line | _Table | None:
    """What a page begins with, the caption of a table that goes on and what stands beside it passed over."""
    for part in page:
        if isinstance(part, _Table) or not (_CONTINUED.search(part.text) or _is_beside(part, frame)):
            return part
    return None


def _is_beside(part: Line | _Table, frame: Frame) -> bool:
    return isinstance(part, Line) and (part.right < frame.left or part.left > frame.right)


def _last(page: Sequence[Line | _Table]) -> _Table | None:
    """The table that a page ends with, footnotes below it passed over."""
    for part in reversed(page):
        if isinstance(part, _Table):
            return None if part.notes else part
        beside = any(_is_beside(part, other.frame) for other in page if isinstance(other, _Table))
        if not (beside or part.raised or part.text.startswith("____")):
            return None
    return None


def _goes_on(table: _Table, other: _Table) -> bool:
    if table.rows[0].cells == other.rows[0].cells:
        return True
    places = zip(table.frame.borders, other.frame.borders, strict=False)
    same = len(table.frame.borders) == len(other.frame.borders) > 0
    return same and all(abs(a - b) < _SAME_PLACE for a, b in places)


def _lines(part: Line | _Table, numbers: Iterator[int]) -> Iterator[Line]:
    if isinstance(part, Line):
        yield part
        return
    if not _is_table(part):
        yield from (replace(line, table=None) for line in part.lines)
        return
    number, page = next(numbers), part.rows[0].lines[0].page
    # Rows from further pages stand below those of the first, and all of them above what follows there.
    heights = (part.frame.bottom - index / 1000 for index in count())
    for row in part.rows:
        yield replace(_row_line(row, part.frame), table=number, page=page, bottom=next(heights))
    yield from (replace(note, table=number, page=page, bottom=next(heights)) for note in part.notes)


def _row_line(row: Row, frame: Frame) -> Line:
    first = row.lines[0]
    marks = tuple(mark for line in row.lines for mark in (line.raised, *line.marks) if mark)
    return replace(
        first,
        text=table_text([row.cells]),
        left=frame.left,
        right=frame.right,
        pieces=(),
        raised="",
        marks=marks,
    )
