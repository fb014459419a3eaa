"""XLSX to blocks, by openpyxl: a sheet is a section, its rows are tables."""

import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ingest.blocks import Block, Reading, ReadingError, Style
from ingest.office.number_format import shown
from ingest.rows import table_text

_BROKEN = "The file is broken: download it again, or save it anew from its application."
# What openpyxl lets through of a broken file; expat raises SyntaxError.
_FAILURES = (InvalidFileException, SyntaxError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError)
# Those of a sheet; a file may name a row far below and has openpyxl make all rows above it.
_MOST_ROWS = 1_048_576
_ROWS = 40
_FRONT_BLOCKS = 5


def read_xlsx(path: Path) -> Reading:
    """The blocks of a workbook, formulas as their last results. Raises ReadingError for a broken one."""
    try:
        with path.open("rb") as file:  # of a path openpyxl would look at the suffix
            workbook = load_workbook(file, read_only=True, data_only=True)
            sheets = workbook.worksheets
            hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
            blocks = [block for sheet in sheets if sheet.sheet_state == "visible" for block in _sheet(sheet)]
            title = workbook.properties.title
    except ReadingError:
        raise
    except _FAILURES as error:
        raise ReadingError(_BROKEN) from error
    return Reading(
        blocks=tuple(blocks),
        front="\n".join(block.text for block in blocks[:_FRONT_BLOCKS] if block.kind == "text"),
        title=title or None,
        warnings=tuple(f"The sheet {name} is hidden and was not read." for name in hidden),
    )


def _sheet(sheet: Any) -> Iterator[Block]:
    sheet.reset_dimensions()  # what a file says of them is often wrong
    rows = [row for cells in islice(sheet.iter_rows(), _MOST_ROWS) if any(row := _texts(cells))]
    if not rows:
        return
    yield Block(sheet.title, "heading", level=1, style=Style(size=19.0, bold=True))
    start = next((place for place, row in enumerate(rows) if _count(row) > 1), len(rows))
    for row in rows[:start]:
        yield Block(" ".join(text for text in row if text))
    header, body = rows[start : start + 1], rows[start + 1 :]
    for place in range(0, max(len(body), len(header)), _ROWS):
        yield Block(table_text([*header, *body[place : place + _ROWS]]), "table")


def _texts(cells: Sequence[Any]) -> list[str]:
    return [
        shown(cell.value, cell.number_format or "General").strip() if cell.value is not None else "" for cell in cells
    ]


def _count(row: Sequence[str]) -> int:
    return sum(bool(text) for text in row)
