"""Which lines of cells below a table's header make one row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from ingest.pdf.entries import FIGURE, LEVEL, TIGHT, Entry
from ingest.pdf.frames import Frame

_FEW = 3
_MOSTLY = 0.9


def body_rows(frame: Frame, entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The rows from top to bottom, by the rules between them, else by the order and the distance of their lines."""
    bands = [list(band) for _, band in groupby(_by_band(frame, entries), key=lambda entry: _band(frame, entry))]
    split = [_by_columns(band) for band in bands]
    ruled = len(bands) > 1 and sum(len(rows) == 1 for rows in split) >= _MOSTLY * len(bands)
    if ruled or (frame.uprights and len(bands) > 1):
        yield from bands
        return
    whole = [row for band in split for row in band]
    rows = [part for row in whole for part in _by_paragraphs(row, _right_edges(entries), spaced=_are_spaced(whole))]
    yield from _wrapped(rows) if all(_is_level(row) for row in rows) else rows


def _by_band(frame: Frame, entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: -_band(frame, entry))


def _band(frame: Frame, entry: Entry) -> float:
    """The height of the bar above an entry; bars that are no part of a grid count only where they are long."""
    shortest = 0.0 if frame.uprights else 0.9 * (frame.right - frame.left)
    middle = (entry.left + entry.right) / 2
    above = (bar.at for bar in frame.bars if bar.at > entry.height and bar.length >= shortest and bar.covers(middle))
    return round(min(above, default=frame.top) / 3)


def _by_columns(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Rows in the order in which the file gives their cells: a row ends where it goes back to an earlier column."""
    rows: list[list[Entry]] = []
    for entry in entries:
        last = rows[-1][-1] if rows else None
        back = last is None or entry.first < last.first
        if back or (last is not None and entry.first == last.first and _are_figures(last, entry)):
            rows.append([])
        rows[-1].append(entry)
    stacked = [row for row in rows if len(_stacked_figures(row)) >= _FEW]
    return _by_height(entries) if stacked else rows


def _are_figures(entry: Entry, other: Entry) -> bool:
    figures = all(FIGURE.match(each.text) for each in (entry, other))
    return figures and entry.height - other.height > TIGHT * entry.size


def _stacked_figures(row: Sequence[Entry]) -> list[Entry]:
    """The figures of a row that stand below another figure of their column."""
    figures = [entry for entry in row if FIGURE.match(entry.text)]
    return [entry for entry in figures if any(o.first == entry.first and o.height > entry.height + 1 for o in figures)]


def _by_height(entries: Sequence[Entry]) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda entry: -entry.height):
        if not rows or rows[-1][0].height - entry.height > LEVEL * entry.size:
            rows.append([])
        rows[-1].append(entry)
    return [sorted(row, key=lambda entry: entry.left) for row in rows]


def _are_spaced(rows: Sequence[Sequence[Entry]]) -> bool:
    """Whether the rows stand further apart than the lines of a cell."""
    steps = [min(entry.height for entry in row) - after[0].height for row, after in pairwise(rows)]
    return bool(steps) and median(steps) > TIGHT * rows[0][0].size


def _right_edges(entries: Iterable[Entry]) -> dict[int, float]:
    """How far the text of each column goes to the right."""
    edges: dict[int, float] = {}
    for entry in entries:
        edges[entry.first] = max(edges.get(entry.first, 0.0), entry.right)
    return edges


def _by_paragraphs(row: Sequence[Entry], edges: dict[int, float], *, spaced: bool) -> Iterator[list[Entry]]:
    """The row, or several of which only the last has more than one cell."""
    start = 0
    for index, (entry, after) in enumerate(pairwise(row), 1):
        alone = all(each.first == after.first for each in row[start:index])
        if alone and entry.height - after.height > LEVEL * entry.size:
            near = entry.height - after.height <= TIGHT * entry.size
            if not (near and (spaced or after.first or _goes_on(entry, after, edges[after.first]))):
                yield list(row[start:index])
                start = index
    yield list(row[start:])


def _goes_on(entry: Entry, after: Entry, edge: float) -> bool:
    """Whether a text goes on in the next line: near it, and because its next word had no room."""
    step = entry.height - after.height
    if step > TIGHT * entry.size:
        return False
    word = len(after.text.split(" ")[0]) / max(1, len(after.text)) * (after.right - after.left)
    return entry.right + word > edge - 2 or entry.text.endswith(("-", ","))


def _is_level(row: Sequence[Entry]) -> bool:
    heights = [entry.height for entry in row]
    return max(heights) - min(heights) < LEVEL * row[0].size


def _wrapped(rows: list[list[Entry]]) -> Iterator[list[Entry]]:
    """Rows of one line each, those made one whose cells go on in the next line."""
    edges = _right_edges(entry for row in rows for entry in row)
    open_row: list[Entry] = []
    last: list[Entry] = []
    for row in rows:
        if open_row and _continue(last, row, edges):
            open_row += row
        else:
            if open_row:
                yield open_row
            open_row = list(row)
        last = row
    if open_row:
        yield open_row


def _continue(row: Sequence[Entry], after: Sequence[Entry], edges: dict[int, float]) -> bool:
    above = {entry.first: entry for entry in row}
    both = [(above[entry.first], entry) for entry in after if entry.first in above]
    figures = [any(FIGURE.match(entry.text) for entry in each) for each in (row, after)]
    near = row[0].height - after[0].height <= TIGHT * row[0].size
    return near and bool(both) and not all(figures) and all(_goes_on(a, b, edges[a.first]) for a, b in both)
