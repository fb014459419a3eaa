"""Tables without rules: lines whose parts stand below each other, with figures in them or a caption above them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.captions import caption_label
from ingest.lines import Line, Piece
from ingest.pdf.entries import FIGURE
from ingest.pdf.frames import Frame

_LEADERS = re.compile(r"(?:[.…]\s?){4,}")
_LIST_MARK = re.compile(r"^(?:\W|[(（]?\w{1,4}[.)）])$")
_FEWEST = 3
_APART = 2
_PAIR = 2
_MOSTLY = 0.6
_STEP = 3.2
_ONE_HEIGHT = 3.0
_LONGEST = 70
_CAPTION_LINES = 5
_EDGE = 3.0

_Level = list[Line]


def aligned(lines: Sequence[Line]) -> Iterator[Frame]:
    """The frames of the tables among lines that no rules frame."""
    ordered = sorted(lines, key=lambda line: -round(line.bottom / _ONE_HEIGHT))
    levels = [list(level) for _, level in groupby(ordered, key=lambda line: round(line.bottom / _ONE_HEIGHT))]
    for start, end in _runs(levels):
        run = levels[start:end]
        captioned = any(
            caption_label(line.text.strip())
            for level in levels[max(0, start - _CAPTION_LINES) : start]
            for line in level
        )
        if _is_table(run, captioned=captioned):
            yield _framed(run)


def _pieces(level: _Level) -> list[Piece]:
    return sorted((piece for line in level for piece in line.parts), key=lambda piece: piece.left)


def _runs(levels: Sequence[_Level]) -> Iterator[tuple[int, int]]:
    """Where levels of several parts follow each other, single ones between them at most one at a time."""
    start: int | None = None
    last = 0
    for index, level in enumerate(levels):
        if start is not None and (index - last > _APART or not _near(levels[index - 1], level) or _is_text(level)):
            if last - start + 1 >= _FEWEST:
                yield start, last + 1
            start = None
        if len(_pieces(level)) > 1 and not _is_text(level):
            start, last = (index if start is None else start), index
    if start is not None and last - start + 1 >= _FEWEST:
        yield start, last + 1


def _near(level: _Level, after: _Level) -> bool:
    return level[0].bottom - after[0].bottom < _STEP * max(level[0].style.size, after[0].style.size)


def _is_text(level: _Level) -> bool:
    """Whether a level is running text, an item of a list or a line of a table of contents."""
    pieces = _pieces(level)
    if any(len(piece.text) > _LONGEST or _LEADERS.search(piece.text) for piece in pieces):
        return True
    return len(pieces) == _PAIR and bool(_LIST_MARK.match(pieces[0].text.strip()))


def _is_table(run: Sequence[_Level], *, captioned: bool) -> bool:
    rows = [pieces for level in run if len(pieces := _pieces(level)) > 1]
    named = [row for row in rows if not FIGURE.match(row[0].text.strip())]
    figures = [row for row in rows if all(FIGURE.match(piece.text.strip()) for piece in row[1:])]
    if len(rows) < _FEWEST or len(named) < _MOSTLY * len(rows):
        return False
    return _stand_below(rows) and (captioned or len(figures) >= _MOSTLY * len(rows))


def _stand_below(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether the last parts of most rows begin, end or are centred in one place."""
    places = [[piece.left, piece.right, (piece.left + piece.right) / 2] for piece in (row[-1] for row in rows)]
    shared = [
        sum(abs(a[edge] - b[edge]) < _EDGE for a, b in pairwise(places)) >= _MOSTLY * (len(rows) - 1)
        for edge in range(3)
    ]
    return any(shared)


def _framed(run: Sequence[_Level]) -> Frame:
    pieces = [piece for level in run for piece in _pieces(level)]
    size = run[0][0].style.size
    top = max(line.bottom for line in run[0]) + size
    has_header = not any(FIGURE.match(piece.text.strip()) for piece in _pieces(run[0])[1:]) or _is_set_apart(run)
    head = (min(line.bottom for line in run[0]) if has_header else top) - (0.1 if has_header else 0)
    bottom = min(line.bottom for line in run[-1]) - 1
    return Frame(top, bottom, min(p.left for p in pieces), max(p.right for p in pieces), head)


def _is_set_apart(run: Sequence[_Level]) -> bool:
    """Whether the first level is bold or italic, and the next is not."""
    first, after = (
        (all(line.style.bold for line in level), all(line.style.italic for line in level)) for level in run[:2]
    )
    return any(first) and first != after
