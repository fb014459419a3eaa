"""The lines of a page in reading order: column after column, and what is drawn out of its place put back."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.lines import Line, Page

# Columns of running text: this many lines or more in each, most of them nearly as wide as the column, the columns
# of like width, few lines across. Tables of two columns have cells of unlike width that do not fill them.
_LINES = 6
_FULL = 0.8
_LIKE = 0.85
_CROSSING = 0.25
_WIDE = 0.6
_NEAR = 1.1
_STEP = 2.0
_MIDDLE = (0.35, 0.65)
_COLUMNS = ("left", "right")


def in_reading_order(page: Page) -> Page:
    """The page with its columns one after the other, from the side where lines begin; lines across stay between."""
    gutter = _gutter(page)
    if gutter is None:
        return replace(page, lines=_in_place(page.lines))
    return replace(page, lines=tuple(_bands(_sides(page.lines, gutter))))


def _in_place(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines from top to bottom, where none stands beside another and some are drawn out of turn."""
    if any(line.table is not None for line in lines) or all(b.bottom <= a.bottom for a, b in pairwise(lines)):
        return tuple(lines)
    ordered = sorted(lines, key=lambda line: -line.bottom)
    return tuple(lines if any(_beside(a, b) for a, b in pairwise(ordered)) else ordered)


def _beside(upper: Line, lower: Line) -> bool:
    near = upper.bottom - lower.bottom < _NEAR * max(upper.style.size, lower.style.size)
    return near and (upper.right < lower.left or lower.right < upper.left)


def _gutter(page: Page) -> float | None:
    """The middle of the white space between two columns, or None where there is but one column."""
    lines = [line for line in page.lines if line.table is None]
    parts = [part for line in lines for part in line.parts]
    if not page.width or len(lines) < _LINES:
        return None
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    wide = sum(part.right - part.left > _WIDE * (right - left) for part in parts)
    if wide > _CROSSING * len(lines):
        return None
    start, end = (left + share * (right - left) for share in _MIDDLE)
    places = [start + _STEP * step for step in range(int((end - start) / _STEP) + 1)]
    crossings = [sum(part.left < at < part.right for part in parts) for at in places]
    fewest = min(crossings)
    best = [at for at, crossing in zip(places, crossings, strict=True) if crossing == fewest]
    gutter = best[len(best) // 2]
    return gutter if fewest <= _CROSSING * len(lines) and _are_columns(lines, gutter) else None


def _are_columns(lines: Sequence[Line], gutter: float) -> bool:
    sides = _sides(lines, gutter)
    columns = [[line for side, line in sides if side == name] for name in _COLUMNS]
    if min(len(column) for column in columns) < _LINES:
        return False
    edges = [_edges(column) for column in columns]
    widths = [right - left for left, right in edges]
    filled = all(
        median(line.right - line.left for line in column) >= _FULL * width
        for column, width in zip(columns, widths, strict=True)
    )
    return filled and min(widths) >= _LIKE * max(widths)


def _sides(lines: Sequence[Line], gutter: float) -> list[tuple[str, Line]]:
    """Each line, taken apart at the gutter, with the side that it stands on: left, right or across."""
    sides: list[tuple[str, Line]] = []
    for line in lines:
        left = [part for part in line.parts if part.right <= gutter]
        right = [part for part in line.parts if part.left >= gutter]
        if line.table is not None or len(left) + len(right) < len(line.parts):
            sides.append(("across", line))
        elif not left or not right:
            sides.append(("left" if left else "right", line))
        else:
            sides += [("left", line.of(left)), ("right", line.of(right))]
    return sides


def _bands(sides: Sequence[tuple[str, Line]]) -> list[Line]:
    """From top to bottom: the columns down to a line across, that line, the columns below it."""
    edges = {side: _edges([line for name, line in sides if name == side]) for side in _COLUMNS}
    cuts = [*sorted({line.bottom for side, line in sides if side == "across"}, reverse=True), float("-inf")]
    result: list[Line] = []
    top = float("inf")
    for cut in cuts:
        for side in _COLUMNS:
            column = [line for name, line in sides if name == side and cut < line.bottom <= top]
            column.sort(key=lambda line: -line.bottom)
            result += [replace(line, column=edges[side]) for line in column]
        result += [line for side, line in sides if side == "across" and line.bottom == cut]
        top = cut
    return result


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    return min(line.left for line in lines), max(line.right for line in lines)
