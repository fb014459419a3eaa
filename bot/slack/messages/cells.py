"""Rows of a table as lines that can be read where there are no columns."""

import re
from collections.abc import Sequence

from ingest.rows import BETWEEN_CELLS

_BETWEEN = " · "
_PARTING = re.compile(r"\s*\|\s*")  # empty cells leave nothing between two bars
_FIGURE = re.compile(r"[\W\d_]*\d[\W\d_]*")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\W(?:19|20)?\d\d)?")


def legible(words: str, paragraph: str) -> str:
    """Words of a paragraph, of a table the rows with the names of their columns: "Africa — held: 5 · attended: 4"."""
    lines = words.split("\n")
    if not any(BETWEEN_CELLS in line for line in lines):
        return words
    table = [line.strip() for line in paragraph.split("\n")]
    head = next((line for line in table if BETWEEN_CELLS in line), "")
    below = [line for line in lines if line.strip() != head]
    shown = below if any(BETWEEN_CELLS in line for line in below) else lines
    return "\n".join(_row(line, _columns(head) if line.strip() in table else ()) for line in shown)


def _columns(head: str) -> Sequence[str]:
    """The names of a table's columns; none where its first row does not name them."""
    names = _PARTING.split(head)
    return () if any(_FIGURE.fullmatch(name) and not _YEARS.fullmatch(name.strip()) for name in names[1:]) else names


def _row(line: str, columns: Sequence[str]) -> str:
    if BETWEEN_CELLS not in line:
        return line
    first, *cells = _PARTING.split(line.strip())
    names = columns[1 : len(cells) + 1]
    if len(names) < len(cells) or first == columns[0]:
        return _BETWEEN.join([first, *cells])
    told = [f"{name}: {cell}" for name, cell in zip(names, cells, strict=True) if cell.strip()]
    return f"{first} — {_BETWEEN.join(told)}"
