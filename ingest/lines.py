"""Lines with their place and style on a page, and what is usual among those of a document."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Style

_SAME_BASELINE = 0.45
_RAISED_BY = 0.6
_RAISED = 0.8
_TOUCHING = 1.0
_LETTER_AND_STOP = 2
_SMALLER = 0.7
# The text behind a scan has a size for every line.
_SMALL_IN_SCAN = 0.5
_WAVER = 0.3
_OTHER_SIZE = 1.6
_OFTEN = 0.2
INDENT = 8.0
_CLOSING = (".", ",", ";", ":", ")", "”")
_MARK = re.compile(r"\d{1,3}(?:\s?,\s?\d{1,3})*$|[a-z]$|\*{1,3}$")
_SHORT = 0.75
# The distance of lines inside a paragraph is among the smallest twentieth; those between paragraphs are larger.
_SMALLEST = 20


@dataclass(frozen=True)
class Piece:
    """A part of a line that wide white space sets apart, its left and right edge in points, its marks as in Line."""

    text: str
    left: float
    right: float
    raised: str = ""
    marks: tuple[str, ...] = ()

    def joined(self, other: "Piece") -> "Piece":
        """Both as one."""
        # On a page with a single line pdfium parts each letter (and its stop) from the next.
        letter = len(other.text.strip()) <= _LETTER_AND_STOP and other.left - self.right < _TOUCHING
        space = "" if letter or other.text.lstrip().startswith(_CLOSING) else " "
        return Piece(
            text=f"{self.text.rstrip()}{space}{other.text.lstrip()}",
            left=min(self.left, other.left),
            right=max(self.right, other.right),
            raised=self.raised,
            marks=(*self.marks, *filter(None, (other.raised,)), *other.marks),
        )


@dataclass(frozen=True)
class Line:
    """A line as set: its text, left and right edge and bottom in points from the page's lower left, and its style.

    `pieces` are its parts where it has more than one. `marks` are the footnote marks taken out of its text, `raised`
    is one that it begins with. `column` is the left and right edge of the column that it stands in, where the page
    has several, `table` the number of the table of which it is a row or a note.
    """

    text: str
    left: float
    right: float
    bottom: float
    style: Style
    page: int | None = None
    pieces: tuple[Piece, ...] = ()
    raised: str = ""
    marks: tuple[str, ...] = ()
    column: tuple[float, float] | None = None
    table: int | None = None

    @property
    def parts(self) -> tuple[Piece, ...]:
        """The pieces, or the whole line as the only one."""
        return self.pieces or (Piece(self.text.strip(), self.left, self.right, self.raised, self.marks),)

    def of(self, pieces: Sequence[Piece]) -> "Line":
        """The line with only these of its pieces."""
        first, *rest = pieces
        return replace(
            self,
            text=" ".join(piece.text for piece in pieces),
            left=min(piece.left for piece in pieces),
            right=max(piece.right for piece in pieces),
            pieces=tuple(pieces) if rest else (),
            raised=first.raised,
            marks=(*first.marks, *(mark for piece in rest for mark in (piece.raised, *piece.marks) if mark)),
        )

    def continues_in(self, other: "Line") -> bool:
        """Whether the other stands to the right of this one on the same baseline."""
        apart = _RAISED_BY if is_mark(self.text) or is_mark(other.text) else _SAME_BASELINE
        same = abs(self.bottom - other.bottom) < apart * max(self.style.size, other.style.size)
        return same and other.left >= self.right - 2

    def joined(self, other: "Line") -> "Line":
        """Both as one line; one that is nothing but a raised mark becomes a mark of the other."""
        if is_mark(self.text) and other.bottom < self.bottom and self.style.size < _RAISED * other.style.size:
            first, *rest = other.parts
            return other.of([replace(first, raised=self.text.strip()), *rest])
        *before, last = self.parts
        if is_mark(other.text) and self.bottom < other.bottom and other.style.size < _RAISED * self.style.size:
            return self.of([*before, replace(last, marks=(*last.marks, other.text.strip()))])
        first, *after = other.parts
        main = self if len(self.text) >= len(other.text) else other
        if first.left - last.right > max(self.style.size, other.style.size):
            return main.of([*before, last, first, *after])
        return main.of([*before, last.joined(first), *after])


@dataclass(frozen=True)
class Page:
    """A page's lines in reading order; whether anything is drawn on it, and whether pictures cover most of it."""

    number: int | None
    width: float
    height: float
    lines: tuple[Line, ...]
    drawn: bool = False
    pictured: bool = False


def is_mark(text: str) -> bool:
    """Whether a text is nothing but what may be a footnote's mark: "3", "13, 14", "a", "**"."""
    return bool(_MARK.match(text.strip()))


@dataclass(frozen=True)
class Measure:
    """What is usual in a document: size of its text, what is smaller, distance of its lines, edges, indents."""

    size: float
    small: float
    leading: float
    left: float
    right: float
    indents: bool

    def is_small(self, line: Line) -> bool:
        """Whether the line is set smaller than the text, as notes and tables are."""
        return line.style.size < self.small

    def is_short(self, line: Line) -> bool:
        """Whether the line ends well before the right edge."""
        left, right = line.column or (self.left, self.right)
        return line.right - left < _SHORT * (right - left)


def body_size(pages: Sequence[Page]) -> float:
    """The size that most of the characters are set in."""
    characters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            characters[round(line.style.size)] += len(line.text)
    return max(characters, key=lambda size: characters[size], default=10.0)


def measure_of(pages: Sequence[Page]) -> Measure:
    """What is usual on these pages."""
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return Measure(10.0, 9.3, 12.0, 0.0, 0.0, False)
    size = body_size(pages)
    body = [line for line in lines if abs(line.style.size - size) <= _SMALLER]
    steps = [a.bottom - b.bottom for a, b in _pairs(body) if size <= a.bottom - b.bottom < 4 * size]
    left = Counter(round(line.left) for line in body).most_common(1)[0][0]
    indented = sum(INDENT < line.left - left < 4 * INDENT for line in body)
    return Measure(
        size=size,
        small=_SMALL_IN_SCAN * size if _is_scan(lines) else size - _SMALLER,
        leading=sorted(steps)[len(steps) // _SMALLEST] if steps else 1.2 * size,
        left=left,
        right=max(line.right for line in body),
        indents=indented > len(body) / 60,
    )


def _is_scan(lines: Sequence[Line]) -> bool:
    """Whether sizes waver from line to line, as those do that text recognition guessed."""
    steps = [abs(a.style.size - b.style.size) for a, b in _pairs(lines)]
    return sum(_WAVER <= step <= _OTHER_SIZE for step in steps) > _OFTEN * len(steps)


def _pairs(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    return ((a, b) for a, b in pairwise(lines) if a.page == b.page)
