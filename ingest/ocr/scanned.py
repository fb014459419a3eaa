"""What was seen in the picture of a page, as a page of lines like any other."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean, median

from ingest.blocks import Style
from ingest.lines import Line, Page, Piece
from ingest.ocr.seen import Seen, Sight

# A found line's box is a fifth higher than the type in it, and its middle lies above the baseline by a third.
_TYPE_SHARE = 0.83
_BASELINE_SHARE = 0.3
# From one size of type to the next that can be told from it by the height of its boxes, and the least share of the
# usual size that is not clearly smaller. Boxes of few characters tell nothing.
_NEXT_SIZE = 1.4
_SMALLER = 0.7
_SHORT = 4
# The length of a line tells the size of its type as well as the height of its box does, if it is of so many characters.
_TELLING_CHARACTERS = 16
# Footnotes begin with a number and stand apart at the foot of the page; all together their type looks smaller than
# this share of the usual, and is taken to be of the next.
_NOTE_LOOKS = 0.95
_NOTE_SIZE = 0.85
_NOTE_GAP = 2.0
_FOOT = 0.06
_SMALL_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(rf"^([0-9]{{1,3}}|[{_SMALL_DIGITS}]{{1,3}})\s?(?=[^\W\d_]|[“\"(«《])")
# A star tells a note by itself, at the foot of a page on which a line above it ends with a star.
_STAR_NOTE = re.compile(r"^(\*{1,3})\s*\S")
_LOWER = 0.75
# A raised digit, but for those of square and cubic metres.
_RAISED = re.compile(rf"(?<!\bm)(?<!km)(?<!cm)[{_SMALL_DIGITS}]{{1,3}}")
# What recognition leaves out or takes for another: the space after a number before a year in Chinese, or before a
# heading's words; the 1 of typewriters; the sign that a page goes on.
_MENDED = (
    (re.compile(r"^(\d{1,3})[.．](?=\d{4}\s?年)"), r"\1. "),
    (re.compile(r"^([A-Z]|[IVX]{1,5})\.(?=[A-Z][a-z])"), r"\1. "),
    (re.compile(r"(?<!\w)l(?=\d)"), "1"),
    (re.compile(r"(?<![\w’'])ll(?![\w’'])"), "11"),
    (re.compile(r"^l(?=\.\s)|(?<=^\d)[lI](?=\.\s)|(?<=^\d\d)[lI](?=\.\s)"), "1"),
    (re.compile(r"^[/1lI](?:…|\.\.)[.…]*$"), "/..."),
)


@dataclass(frozen=True)
class Place:
    """A page and what is seen on it."""

    page: Page
    sight: Sight

    @property
    def scale(self) -> float:
        """Points a pixel."""
        return max(self.page.width, self.page.height) / max(self.sight.width, self.sight.height)

    def height(self, line: Seen) -> float:
        """The size of a line's type in points by the height of its box."""
        return _TYPE_SHARE * line.height * self.scale

    def advance(self, line: Seen) -> float:
        """The width in points that a character of the line takes; a Chinese one counts as two."""
        return line.width * self.scale / _characters(line.text)


@dataclass(frozen=True)
class Usual:
    """The size and the advance of type, in points, in the middle of all lines."""

    size: float
    advance: float


def usual_of(places: Sequence[Place]) -> Usual:
    """What is usual in these places."""
    lines = [(place, line) for place in places for line in place.sight.lines if line.text]
    return Usual(
        size=median([place.height(line) for place, line in lines] or [0.0]),
        advance=median([place.advance(line) for place, line in lines] or [0.0]),
    )


def page_of(place: Place, usual: Usual) -> Page:
    """The page with the lines that are seen on it, upright; their type is never bold."""
    width, height = place.sight.width * place.scale, place.sight.height * place.scale
    rows = place.sight.rows()
    notes = _notes_start(rows, place, usual)
    lines: list[Line] = []
    for row in rows[:notes]:
        longest = _longest(row)
        size = _evened(usual.size * _looks(longest, place, usual), usual.size)
        if lines and longest.width < _SHORT * longest.height and size < _NEXT_SIZE**2 * lines[-1].style.size:
            size = lines[-1].style.size
        lines.append(_line(row, place, size))
    lines += _marked([_line(row, place, round(_NOTE_SIZE * usual.size, 1)) for row in rows[notes:]])
    return replace(place.page, width=width, height=height, lines=tuple(lines))


def _line(row: Sequence[Seen], place: Place, size: float) -> Line:
    pieces = [_piece(part.text, part.left * place.scale, part.right * place.scale) for part in row]
    bottom = (place.sight.height - _longest(row).y) * place.scale - _BASELINE_SHARE * size
    return Line("", 0.0, 0.0, bottom=bottom, style=Style(size), page=place.page.number).of(pieces)


def _piece(text: str, left: float, right: float) -> Piece:
    """The text mended, its raised digits taken out as marks."""
    for slip, mended in _MENDED:
        text = slip.sub(mended, text)
    marks = [unicodedata.normalize("NFKC", mark) for mark in _RAISED.findall(text)]
    first = marks.pop(0) if _RAISED.match(text) else ""
    return Piece(_RAISED.sub("", text).lstrip(), left, right, first, tuple(marks))


def _longest(row: Sequence[Seen]) -> Seen:
    return max(row, key=lambda line: line.width)


def _evened(size: float, usual: float) -> float:
    """The size without the chance in how much white the box of a line has around it."""
    if size < _SMALLER * usual:
        return round(size, 1)
    steps = max(0, round(math.log(size / usual, _NEXT_SIZE)))
    return round(usual * _NEXT_SIZE**steps, 1)


def _looks(line: Seen, place: Place, usual: Usual) -> float:
    """How large a line's type looks beside the usual."""
    by_height = place.height(line) / usual.size
    if _characters(line.text) < _TELLING_CHARACTERS:
        return by_height
    return math.sqrt(by_height * place.advance(line) / usual.advance)


def _notes_start(rows: Sequence[Sequence[Seen]], place: Place, usual: Usual) -> int:
    """The first row of the footnotes, or the number of rows."""
    for index in range(1, len(rows)):
        gap = (rows[index][0].y - rows[index - 1][0].y) * place.scale
        if gap > _NOTE_GAP * usual.size and _opens_notes(rows, index, place, usual):
            return index
    return len(rows)


def _opens_notes(rows: Sequence[Sequence[Seen]], index: int, place: Place, usual: Usual) -> bool:
    """Whether a row is the first of the footnotes: it begins with a star that stands above it too, or all is small."""
    text = " ".join(seen.text for seen in rows[index])
    if star := _STAR_NOTE.match(text):
        low = rows[index][0].y > _LOWER * place.sight.height
        return low and any(seen.text.rstrip().endswith(star[1]) for row in rows[:index] for seen in row)
    return bool(_NOTE.match(text)) and _are_small(rows[index:], place, usual)


def _are_small(rows: Sequence[Sequence[Seen]], place: Place, usual: Usual) -> bool:
    lines = [line for line in map(_longest, rows) if line.y < (1 - _FOOT) * place.sight.height]
    looks = [_looks(line, place, usual) for line in lines if _characters(line.text) >= _TELLING_CHARACTERS]
    return bool(looks) and mean(looks) < _NOTE_LOOKS


def _marked(lines: Sequence[Line]) -> list[Line]:
    """The lines of footnotes, those that begin with a number one higher than the last with it as their mark."""
    marked: list[Line] = []
    last: int | None = None
    for line in lines:
        first, *rest = line.parts
        found = None if first.raised else _NOTE.match(first.text)
        if found and (last is None or int(found[1]) == last + 1):
            first = replace(first, text=first.text[found.end() :], raised=found[1])
        last = int(first.raised) if first.raised else last
        marked.append(line.of([first, *rest]))
    return marked


def _characters(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
