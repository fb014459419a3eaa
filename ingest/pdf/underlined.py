"""Headings underlined, as typewriters and older word processors set them: taken as italic, which took its place."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line
from ingest.pdf.rules import Rule

# How far below the baseline an underline is drawn, in sizes of the type, and how far it may miss the ends of its
# line, in points: less than a comma of typewriter's type is wide, after which the words of a text go on.
_BELOW = 0.35
_MISSES = 4.0
_ADDRESS = re.compile(r"://|www\.|@")
_ITEM = re.compile(r"^(?:[•●▪■–—*-]\s|[(（](?:\w{1,3}|[ivxl]{1,5})[)）])")


def with_underlined(lines: Sequence[Line], bars: Sequence[Rule]) -> list[Line]:
    """The lines of a page, those italic that are underlined from end to end.

    What is underlined above an item of a list ("(a)") names a part of a paragraph and stays as it is.
    """
    under = [bool(bars) and _is_underlined(line, bars) for line in lines]
    for index in range(len(lines) - 1, -1, -1):
        if under[index]:
            under[index] = _is_above_text(index, lines, under)
    return [
        replace(line, style=replace(line.style, italic=True)) if heading else line
        for line, heading in zip(lines, under, strict=True)
    ]


def _is_underlined(line: Line, bars: Sequence[Rule]) -> bool:
    if line.pieces or line.table is not None or _ADDRESS.search(line.text):
        return False
    lowest = line.bottom - _BELOW * line.style.size
    return any(
        lowest < bar.at < line.bottom and abs(bar.start - line.left) < _MISSES and abs(bar.end - line.right) < _MISSES
        for bar in bars
    )


def _is_above_text(index: int, lines: Sequence[Line], under: Sequence[bool]) -> bool:
    """Whether text that is no item of a list follows, or another underlined line that is a heading."""
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is None or after.bottom > lines[index].bottom:
        return False
    return under[index + 1] or not _ITEM.match(after.text.strip())
