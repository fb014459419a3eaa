"""Where the rules of a page frame a table: grids, and tables with bars alone above and below their header."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.captions import caption_label
from ingest.lines import Line, Piece
from ingest.pdf.rules import Rule, Rules

# How far rules that meet may miss each other, and the text of a table stand out of its frame, in points.
_MEET = 4.0
_OUT = 8.0
_NARROWEST = 100.0
_SHORTEST = 20.0
_FEWEST = 3
_FULL = 0.9
_WIDE = 0.75
_SPANNING = 0.2
# Text crosses a border when it stands out on both sides by more than this.
_CROSSING = 12.0
_EDGE = 1.0
_HEADER_HEIGHT = 100.0
_HEAVIER = 1.3


@dataclass(frozen=True)
class Frame:
    """The place of a table on its page in points, and the rules in it.

    `head` is the height at which its header ends. `borders` are the places between its columns, where the rules tell.
    `bottom` of an open frame is not drawn: the table goes on as far as its text does.
    """

    top: float
    bottom: float
    left: float
    right: float
    head: float
    bars: tuple[Rule, ...] = ()
    uprights: tuple[Rule, ...] = ()
    borders: tuple[float, ...] = ()
    open: bool = False

    def holds(self, line: Line) -> bool:
        """Whether a line stands in the frame."""
        middle = line.bottom + line.style.size / 4
        inside = self.bottom < middle < self.top
        return inside and self.left - _OUT <= line.left and line.right <= self.right + _OUT

    def heads(self, line: Line) -> bool:
        """Whether a line stands in the header."""
        return self.holds(line) and line.bottom > self.head

    def parts(self, height: float, right: float, left: float) -> bool:
        """Whether a border stands between what ends at `right` and what begins at `left`, at this height."""
        if not self.bottom < height < self.top:
            return False
        borders = (self.left - _EDGE, *self.borders_at(height, (left + right) / 2), self.right + _EDGE)
        return any(right - 2 <= border <= left + 2 for border in borders)

    def is_between(self, line: Line, other: Line) -> bool:
        """Whether a border stands between two lines on one baseline."""
        return self.parts(line.bottom + line.style.size / 4, line.right, other.left)

    def borders_at(self, height: float, place: float) -> tuple[float, ...]:
        """The borders of the cells of the row at this height, around a place in it."""
        if self.uprights:
            return tuple(upright.at for upright in self.uprights if upright.covers(height, 0.0))
        if height < self.head:
            return self.borders
        above = (bar for bar in reversed(self.bars) if bar.at > height and bar.covers(place))
        return next(((bar.start, *bar.joints, bar.end) for bar in above if bar.joints), ())

    def columns(self, height: float, left: float, right: float, borders: Sequence[float]) -> tuple[int, int]:
        """The first and the last column, as `borders` part them, of the cell with text between left and right."""
        middle = (left + right) / 2
        first = last = bisect(borders, middle if not _crossed(left, right, borders) else left + 2)
        nearest = self.borders_at(height, middle)
        around = (self.left, *nearest, self.right)
        index = bisect(around, middle)
        if not nearest or not (self.uprights or height > self.head) or not 0 < index < len(around):
            return first, last
        start, end = around[index - 1 : index + 1]
        inside = [column for column, centre in enumerate(_centres(self, borders)) if start < centre < end]
        return (inside[0], inside[-1]) if inside else (first, last)


def with_headers(lines: Sequence[Line], frames: Sequence[Frame]) -> list[Line]:
    """The lines, those of headers with 0 as their `table`: at the head of a page they are no running heads."""
    return [replace(line, table=0) if any(frame.heads(line) for frame in frames) else line for line in lines]


def frames_of(rules: Rules, lines: Sequence[Line]) -> tuple[Frame, ...]:
    """The frames of the tables that may stand on a page, from top to bottom."""
    grids = list(_grids(rules))
    free = [bar for bar in rules.bars if bar.length >= _SHORTEST and not any(_touches(grid, bar) for grid in grids)]
    return tuple(sorted([*grids, *_ruled(free, lines)], key=lambda frame: -frame.top))


def _centres(frame: Frame, borders: Sequence[float]) -> list[float]:
    edges = (frame.left, *borders, frame.right)
    return [(a + b) / 2 for a, b in pairwise(edges)]


def _crossed(left: float, right: float, borders: Sequence[float]) -> bool:
    return any(left + _CROSSING < border < right - _CROSSING for border in borders)


def _touches(frame: Frame, bar: Rule) -> bool:
    return frame.bottom - 2 <= bar.at <= frame.top + 2 and bar.start < frame.right and frame.left < bar.end


def _grids(rules: Rules) -> Iterator[Frame]:
    """Frames with uprights between their columns and bars between their rows."""
    for uprights in _meeting(rules.uprights, rules.bars):
        left, right = uprights[0].at, uprights[-1].at
        low, high = min(each.start for each in uprights), max(each.end for each in uprights)
        ends = [upright.at for upright in uprights]
        bars = [bar for bar in rules.bars if low - _MEET <= bar.at <= high + _MEET and _joins(bar, ends)]
        full = [bar for bar in bars if bar.length >= _FULL * (right - left)]
        inner = [each for each in uprights if left + _OUT < each.at < right - _OUT]
        if inner and len(full) > 1:
            borders = _distinct([each.at for each in inner])
            # One row alone may be the rest of a table; it has no header.
            head = full[1].at if len(full) >= _FEWEST else full[0].at
            yield Frame(full[0].at, full[-1].at, left, right, head, tuple(bars), tuple(uprights), borders)


def _meeting(uprights: Sequence[Rule], bars: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The uprights in groups that bars join."""
    groups: list[list[Rule]] = []
    for bar in bars:
        met = [each for each in uprights if each.covers(bar.at, _MEET) and bar.covers(each.at, _MEET)]
        touched = [group for group in groups if any(each in group for each in met)]
        groups = [group for group in groups if group not in touched]
        groups.append(list({id(each): each for group in (met, *touched) for each in group}.values()))
    yield from (sorted(group, key=lambda each: each.at) for group in groups if len(group) >= _FEWEST)


def _joins(bar: Rule, ends: Sequence[float]) -> bool:
    """Whether a bar goes from one upright to another, and does not underline a word."""
    return all(any(abs(end - upright) <= _MEET for upright in ends) for end in (bar.start, bar.end))


def _distinct(places: Iterable[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _MEET:
            kept.append(place)
    return tuple(kept)


def _ruled(bars: Sequence[Rule], lines: Sequence[Line]) -> Iterator[Frame]:
    """Frames with bars of one length above and below their header and at their end."""
    floor = float("inf")
    for index, top in enumerate(bars):
        family = [bar for bar in bars[index + 1 :] if _same_extent(top, bar)]
        if top.at >= floor or top.length < _NARROWEST or not family:
            continue
        if _is_header(top, family[0], lines):
            frame = _framed(top, family, bars, lines)
            floor = frame.bottom
            yield frame


def _same_extent(bar: Rule, other: Rule) -> bool:
    return abs(bar.start - other.start) <= _OUT and abs(bar.end - other.end) <= _OUT


def _same_joints(bar: Rule, other: Rule) -> bool:
    same = len(bar.joints) == len(other.joints) > 0
    return same and all(abs(a - b) < _MEET for a, b in zip(bar.joints, other.joints, strict=True))


def _between(top: float, bottom: float, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if bottom < line.bottom + line.style.size / 4 < top]


def _is_header(top: Rule, bottom: Rule, lines: Sequence[Line]) -> bool:
    """Whether the text between two bars can be the header of a table: several short texts side by side."""
    within = _between(top.at, bottom.at, lines)
    pieces = [piece for line in within for piece in line.parts]
    if not pieces:
        return False
    if _same_joints(top, bottom):
        across = sum(_crossed(piece.left, piece.right, top.joints) for piece in pieces)
        return across <= _SPANNING * len(pieces)
    if top.at - bottom.at > _HEADER_HEIGHT:
        return False
    if any(_is_prose(piece, top, bottom.joints) for piece in pieces):
        return False
    return max(piece.left for piece in pieces) > min(piece.right for piece in pieces)


def _is_prose(piece: Piece, bar: Rule, borders: Sequence[float]) -> bool:
    """Whether a text is too wide for a cell."""
    wide = piece.right - piece.left > _WIDE * bar.length
    return wide and (not borders or _crossed(piece.left, piece.right, borders))


def _framed(top: Rule, family: Sequence[Rule], bars: Sequence[Rule], lines: Sequence[Line]) -> Frame:
    head, last, is_open = family[0], family[0], True
    closes_heavily = head.weight > _HEAVIER * top.weight
    for bar in family[1:]:
        if not _is_tabular(_between(last.at, bar.at, lines), top, head.joints):
            break
        last, is_open = bar, closes_heavily and bar.weight < head.weight / _HEAVIER
        if closes_heavily and not is_open:
            break
    bottom = 0.0 if is_open else last.at
    inside = tuple(bar for bar in bars if bottom - 2 <= bar.at <= top.at and top.covers((bar.start + bar.end) / 2))
    start, end = min(top.start, head.start), max(top.end, head.end)
    return Frame(top.at, bottom, start, end, head.at, inside, (), head.joints, is_open)


def _is_tabular(lines: Sequence[Line], bar: Rule, borders: Sequence[float]) -> bool:
    """Whether the lines can be rows of a table: no caption among them, and few that are wider than a cell."""
    prose = [line for line in lines if any(_is_prose(piece, bar, borders) for piece in line.parts)]
    return 2 * len(prose) <= len(lines) and not any(caption_label(line.text.strip()) for line in lines)


def trimmed(frame: Frame, lines: Sequence[Line]) -> Frame:
    """An open frame, ended where text no longer stands in columns."""
    if not frame.open:
        return frame
    bottom = frame.head
    bar = Rule(frame.head, frame.left, frame.right)
    for line in sorted(lines, key=lambda line: -line.bottom):
        if line.bottom >= frame.head or not frame.holds(line):
            continue
        prose = any(_is_prose(piece, bar, frame.borders) for piece in line.parts)
        if prose or line.raised or line.text.startswith("____"):
            break
        bottom = line.bottom - 1
    return replace(frame, bottom=bottom, open=False)
