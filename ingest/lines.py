"""Lines with their place and style on a page, and what is usual among those of a document."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import Style

_SAME_BASELINE = 0.45
_SMALLER = 0.7
# The text behind a scan has a size for every line.
_SMALL_IN_SCAN = 0.5
INDENT = 8.0
_SHORT = 0.75
# The distance of lines inside a paragraph is among the smallest twentieth; those between paragraphs are larger.
_SMALLEST = 20


@dataclass(frozen=True)
class Line:
    """A line as set: its text, left and right edge and bottom in points from the page's lower left, and its style."""

    text: str
    left: float
    right: float
    bottom: float
    style: Style
    page: int | None = None
    raised_start: bool = False

    def continues_in(self, other: "Line") -> bool:
        """Whether the other stands to the right of this one on the same baseline."""
        same = abs(self.bottom - other.bottom) < _SAME_BASELINE * max(self.style.size, other.style.size)
        return same and other.left >= self.right - 2

    def joined(self, other: "Line") -> "Line":
        """Both as one line."""
        style = self.style if len(self.text) >= len(other.text) else other.style
        text = f"{self.text.rstrip()} {other.text.lstrip()}"
        return replace(self, text=text, right=other.right, style=style)


@dataclass(frozen=True)
class Page:
    """A page's lines in reading order."""

    number: int | None
    width: float
    height: float
    lines: tuple[Line, ...]


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
        return line.right - self.left < _SHORT * (self.right - self.left)


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
        small=size - _SMALLER if len(body) > len(lines) / 2 else _SMALL_IN_SCAN * size,
        leading=sorted(steps)[len(steps) // _SMALLEST] if steps else 1.2 * size,
        left=left,
        right=max(line.right for line in body),
        indents=indented > len(body) / 60,
    )


def _pairs(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    return ((a, b) for a, b in pairwise(lines) if a.page == b.page)
