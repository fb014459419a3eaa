"""The footnotes of a page: where they begin, and which lines make one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line, Measure

_RULE = re.compile(r"^_{6,}$")
_STARS = re.compile(r"^\s*(\*{1,3})\s*(?=\S)")
_NUMBER = re.compile(r"^\s*(\d{1,3})[.)]?\s+(?=\S)")


def is_rule(line: Line) -> bool:
    """Whether the line is the row of underscores above the footnotes."""
    return bool(_RULE.match(line.text.strip()))


def split_notes(lines: Sequence[Line], measure: Measure) -> tuple[list[Line], list[list[Line]]]:
    """The lines of the text in order, and those of each footnote, the first of which has its mark in `raised`.

    The first may have none where it goes on from the page before.
    """
    body: list[Line] = []
    notes: list[list[Line]] = []
    at = 0
    while at < len(lines):
        end = _end_of_notes(lines, at, measure)
        if end > at:
            notes += _parted(lines[at:end])
        elif not is_rule(lines[at]):
            body.append(lines[at])
        at = max(end, at + 1)
    return body, notes


def _end_of_notes(lines: Sequence[Line], start: int, measure: Measure) -> int:
    """The end of the footnotes that begin at a line; the line itself where none do."""
    ruled = is_rule(lines[start]) and start + 1 < len(lines)
    first = start + 1 if ruled else start
    if (
        lines[first].table is not None
        or not measure.is_small(lines[first])
        or not (ruled or _opens(lines, first, measure))
    ):
        return start
    end = first + 1
    while end < len(lines) and _goes_on(lines[end - 1], lines[end], measure):
        end += 1
    return end


def _goes_on(last: Line, line: Line, measure: Measure) -> bool:
    small = line.table is None and measure.is_small(line)
    return small and line.bottom < last.bottom and not is_rule(line)


def _opens(lines: Sequence[Line], at: int, measure: Measure) -> bool:
    """Whether a line opens footnotes without a rule: it begins with a mark, and no small text is right above.

    What stands below a table's small lines is the table's. Numbers are no marks of tables.
    """
    mark = _mark(lines[at])
    if not mark:
        return False
    below_small = at > 0 and measure.is_small(lines[at - 1])
    return not below_small or (mark.isdigit() and bool(lines[at].raised))


def _mark(line: Line) -> str:
    stars = _STARS.match(line.text)
    return line.raised or (stars[1] if stars else "")


def _parted(lines: Sequence[Line]) -> list[list[Line]]:
    notes: list[list[Line]] = []
    raised = any(line.raised.isdigit() for line in lines)
    last = ""
    for line in lines:
        if is_rule(line):
            continue
        first = _unmarked(line, "" if raised else _next(last))
        if first.raised or not notes:
            notes.append([])
            last = first.raised
        notes[-1].append(first)
    return notes


def _next(mark: str) -> str:
    return str(int(mark) + 1) if mark.isdigit() else "1"


def _unmarked(line: Line, expected: str) -> Line:
    """The line with its own mark in `raised`: one that is raised, stars, or the expected number on the base line."""
    if line.raised:
        return line
    stars, number = _STARS.match(line.text), _NUMBER.match(line.text)
    if stars:
        return replace(line, text=line.text[stars.end() :], raised=stars[1])
    if number and number[1] == expected:
        return replace(line, text=line.text[number.end() :], raised=number[1])
    return line
