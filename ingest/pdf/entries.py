"""The lines of a table's cells, each with the columns that it stands in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.pdf.frames import Frame

# Steps between lines, in sizes of their text: within one paragraph, and on one baseline.
TIGHT = 1.5
LEVEL = 0.45
# What a cell of figures holds: a number, a share, or a sign that there is none.
FIGURE = re.compile(r"^(?:[–—-]|n/a|\.{2,3}|…|[($€£+–-]*\d[\d\s.,]*(?:%|\)| per cent)?)$")
_NARROWEST_GAP = 3.0
_SPANNING = 0.5


@dataclass(frozen=True)
class Entry:
    """A line of a cell: its text, the columns that the cell spans, and where it stands, in points."""

    text: str
    first: int
    last: int
    height: float
    left: float
    right: float
    line: Line

    @property
    def size(self) -> float:
        """Size of its text."""
        return self.line.style.size


def entries_of(frame: Frame, line: Line, borders: Sequence[float]) -> Iterator[Entry]:
    """The line taken apart into its cells' lines."""
    height = line.bottom + line.style.size / 4
    for piece in line.parts:
        first, last = frame.columns(height, piece.left, piece.right, borders)
        yield Entry(piece.text.strip(), first, last, height, piece.left, piece.right, line)


def rivers(frame: Frame, lines: Sequence[Line]) -> tuple[float, ...]:
    """The middles of the white strips between the columns; text that is half as wide as the table spans columns."""
    below = [piece for line in lines if line.bottom < frame.head for piece in line.parts]
    pieces = [piece for piece in below if piece.right - piece.left <= _SPANNING * (frame.right - frame.left)]
    found, end = list[float](), frame.right
    for number, piece in enumerate(sorted(pieces, key=lambda piece: piece.left)):
        if number and piece.left > end + _NARROWEST_GAP:
            found.append((end + piece.left) / 2)
        end = max(end, piece.right) if number else piece.right
    return tuple(found)
