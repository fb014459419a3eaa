"""The numbers of lines in a page's margin, as drafts and verbatim records have them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.lines import Line, Page

_FEWEST = 6
_STEPS = (1, 5)
_SHARE = 0.9


def without_line_numbers(page: Page) -> Page:
    """The page without the numbers before its lines, where they count them one by one or by fives."""
    numbered = [line for line in page.lines if _number(line) is not None]
    if not _count_lines(numbered, page.lines):
        return page
    gone = {id(line) for line in numbered}
    bare = (line.of(line.parts[1:]) if id(line) in gone and line.pieces else line for line in page.lines)
    return replace(page, lines=tuple(line for line in bare if id(line) not in gone))


def _number(line: Line) -> int | None:
    """The number that stands alone, or alone before wide white space, at a line's start."""
    text = line.parts[0].text.strip()
    return int(text) if line.table is None and text.isdecimal() and len(text) <= len("999") else None


def _count_lines(numbered: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether the numbers stand left of all text, go up in one step, and there are as many as lines to count."""
    if len(numbered) < _FEWEST:
        return False
    ordered = sorted(numbered, key=lambda line: -line.bottom)
    steps = {_after - before for before, _after in pairwise([_number(line) or 0 for line in ordered])}
    edge = max(line.parts[0].right for line in numbered)
    texts = [part for line in lines for part in line.parts if _is_text(part.text)]
    outside = all(part.left >= edge for part in texts)
    heights = {round(line.bottom) for line in lines if any(_is_text(part.text) for part in line.parts)}
    step = next(iter(steps))
    return len(steps) == 1 and step in _STEPS and outside and len(numbered) * step >= _SHARE * len(heights)


def _is_text(text: str) -> bool:
    return not text.strip().isdecimal()
