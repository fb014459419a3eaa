"""Rows of cells as the text of a table."""

import re
from collections.abc import Iterable, Sequence

from ingest.joining import tidy

BETWEEN_CELLS = " | "
# Of a cell that spans more columns than any printed table has, the rest is not counted.
_WIDEST_SPAN = 100
_LINES = re.compile(r"[\n\r\v\f\t]+")


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows as lines, their cells parted by " | "; empty rows and the empty cells at a row's end are left out."""
    lines = (_line(row) for row in rows)
    return "\n".join(line for line in lines if line)


def _line(row: Sequence[str]) -> str:
    cells = [tidy(_LINES.sub(" ", cell.strip())) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return BETWEEN_CELLS.join(cells)


class Grid:
    """A table's cells put in their columns: one that spans several columns or rows stands in the first of them."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._reserved: dict[int, int] = {}

    def begin_row(self) -> None:
        """Opens a row, with the places that cells above it take up."""
        self._reserved = {column: left - 1 for column, left in self._reserved.items() if left > 1}
        self.rows.append([])

    def add(self, text: str, *, columns: int = 1, rows: int = 1) -> None:
        """Puts a cell into the next free place of the open row."""
        row = self.rows[-1]
        while len(row) in self._reserved:
            row.append("")
        for place in range(min(max(columns, 1), _WIDEST_SPAN)):
            if rows > 1:
                self._reserved[len(row)] = rows
            row.append("" if place else text)
