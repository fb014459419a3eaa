"""Footnote marks: the small raised numbers, letters and stars in and before a line's text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.lines import is_mark
from ingest.pdf.glyphs import Glyphs

# The last character of what may be a mark; a number is looked at whatever its font, letters only where it is smaller.
_LAST = re.compile(r"\d(?!\d)|[a-h](?![^\W_])|\*(?!\*)")
_STAR = re.compile(r"(?<=[^\W_]|[.,;:)\]”’\"»]) ?\*{1,3}(?=\s|$)")
_BAR_CODE = re.compile(r"^\s*\*\s?\d")
# Square and cubic metres.
_UNIT = re.compile(r"\b[kcmdh]?m$")
_SMALLER = 0.8


@dataclass(frozen=True)
class Marked:
    """A line's text without its marks, the marks in it in order, and the mark that it begins with or ""."""

    text: str
    marks: tuple[str, ...] = ()
    first: str = ""


def marked(glyphs: Glyphs, raw: str, start: int, *, baseline: float, size: float) -> Marked:
    """The line that begins at an index of the page, taken apart; baseline and size are those of its text."""
    text, marks, end = "", list[str](), 0
    first = ""
    for left, right in _runs(glyphs, raw, start, baseline, size):
        found = raw[left:right]
        before = text + raw[end:left]
        if not before.strip():
            first, text = found, ""
        elif _UNIT.search(before.rstrip()) and found in ("2", "3"):
            text = before.rstrip() + found
        else:
            marks += re.split(r"\s?,\s?", found.strip())
            text = _closed(before.rstrip(), raw[right:])
        end = right
    return Marked(text + raw[end:], tuple(marks), first)


def _closed(before: str, after: str) -> str:
    return f"{before} " if after[:1].isalnum() else before


def _runs(glyphs: Glyphs, raw: str, start: int, baseline: float, size: float) -> Iterator[tuple[int, int]]:
    """Where the marks stand in a line, in order."""
    runs = {span for span in _raised_runs(glyphs, raw, start, baseline, size) if is_mark(raw[slice(*span)])}
    if "*" in raw and not _BAR_CODE.match(raw):
        stars = (found.span() for found in _STAR.finditer(raw))
        runs |= {span for span in stars if not any(left < span[1] and span[0] < right for left, right in runs)}
    return iter(sorted(runs))


def _raised_runs(glyphs: Glyphs, raw: str, start: int, baseline: float, size: float) -> Iterator[tuple[int, int]]:
    def above(at: int) -> bool:
        return glyphs.is_above(start + at, baseline, size)

    left = len(raw)
    for found in reversed(list(_LAST.finditer(raw))):
        last = found.start()
        if last >= left or not (found[0].isdigit() or glyphs.font_size(start + last) < _SMALLER * size):
            continue
        if above(last):
            left = last
            while left and (above(left - 1) if not raw[left - 1].isspace() else left > 1 and above(left - 2)):
                left -= 1
            yield left, last + 1
