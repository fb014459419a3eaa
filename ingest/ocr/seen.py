"""Lines of text seen in a picture: how well they were read, and in which rows they stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

_SAME_ROW = 0.5
# Only long lines tell how a page is tilted.
_LONG = 10
_ARABIC = ("\u0600", "\u06ff")


@dataclass(frozen=True)
class Seen:
    """A line or a part of one: its middle, width and height in pixels from the upper left, and how it is tilted.

    `angle` is in radians, clockwise. `confidence` is from 0 to 1, and 0 for letters that could not be read, where
    `text` is empty.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    confidence: float
    angle: float = 0.0

    @property
    def left(self) -> float:
        """The left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Sight:
    """What was seen in a picture of this size in pixels, turned upright."""

    width: int
    height: int
    lines: tuple[Seen, ...] = ()

    @property
    def confidence(self) -> float:
        """From 0 to 1: the mean of the lines, each as wide as it is; 0 without any."""
        width = sum(line.width for line in self.lines)
        return sum(line.confidence * line.width for line in self.lines) / width if width else 0.0

    def rows(self) -> list[list[Seen]]:
        """What was read, row by row from the top, the parts of a row in the order of its script."""
        rows: list[list[Seen]] = []
        for line in sorted((line for line in _levelled(self) if line.text), key=lambda line: line.y):
            if rows and line.y - rows[-1][0].y < _SAME_ROW * min(line.height, rows[-1][0].height):
                rows[-1].append(line)
            else:
                rows.append([line])
        return [sorted(row, key=lambda line: line.x, reverse=_is_right_to_left(row)) for row in rows]


def _levelled(sight: Sight) -> list[Seen]:
    """The lines where they stand when the page is turned so that long lines are level."""
    angles = [line.angle for line in sight.lines if line.width > _LONG * line.height]
    tilt = median(angles) if angles else 0.0
    cosine, sine = math.cos(tilt), math.sin(tilt)
    across, down = sight.width / 2, sight.height / 2
    return [
        replace(
            line,
            x=across + (line.x - across) * cosine + (line.y - down) * sine,
            y=down + (line.y - down) * cosine - (line.x - across) * sine,
        )
        for line in sight.lines
    ]


def _is_right_to_left(row: Sequence[Seen]) -> bool:
    letters = [letter for line in row for letter in line.text if letter.isalpha()]
    return sum(_ARABIC[0] <= letter <= _ARABIC[1] for letter in letters) > len(letters) / 2
