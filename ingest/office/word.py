"""DOCX to blocks, by python-docx: paragraphs with Word's automatic numbers, headings, tables, notes, text boxes."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from ingest.blocks import Block, Reading, ReadingError, Style
from ingest.joining import tidy
from ingest.numbering import paragraph_number
from ingest.office.list_numbers import ListNumbers
from ingest.office.word_captions import captioned
from ingest.office.word_notes import Notes
from ingest.office.word_styles import Styles
from ingest.office.word_text import children, written
from ingest.opening import opened
from ingest.rows import Grid, table_text

_BROKEN = "The file is broken: download it again, or save it anew from its application."
# What python-docx lets through of a broken file; lxml raises SyntaxError.
_FAILURES = (OpcError, SyntaxError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError)
_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_LONGEST_HEADING = 250
_SENTENCE_ENDS = (".", ";", ":", ",", "。", "；", "：", "，", "؛", "،")


def read_docx(path: Path) -> Reading:
    """The blocks of a Word document; its headers are the running heads. Raises ReadingError for a broken one."""
    try:
        document = docx.Document(str(path))
        blocks = captioned(_Body(document).blocks(document.element.body))
        first, heads = _headers(document)
    except _FAILURES as error:
        raise ReadingError(_BROKEN) from error
    return opened(blocks, head=first, running_heads=heads)


class _Body:
    """Reads a document from its first paragraph to its last, counting list numbers and notes on the way."""

    def __init__(self, document: Any) -> None:
        self._numbers = ListNumbers(document)
        self._styles = Styles(document)
        self._notes = Notes(document)

    def blocks(self, container: Any) -> Iterator[Block]:
        """The blocks of a body, a text box or a cell."""
        for child in children(container):
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TABLE:
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        label = self._numbers.label(paragraph)
        if self._styles.is_contents(paragraph):
            return
        found = written(paragraph)
        marks, notes = self._notes.take(found.references)
        if found.text.strip():
            text = tidy(f"{label or ''} {found.text}")
            yield self._block(paragraph, text, marks, bold=found.bold or self._styles.is_bold(paragraph))
        for box in found.boxes:
            yield from self.blocks(box)
        yield from notes

    def _block(self, paragraph: Any, text: str, marks: tuple[str, ...], *, bold: bool) -> Block:
        level = self._styles.level(paragraph)
        if len(text) > _LONGEST_HEADING:
            return Block(text, marks=marks)
        if level is not None:
            return Block(text, "heading", level=level, style=Style(size=20.0 - level, bold=True), marks=marks)
        heads = bold and not text.endswith(_SENTENCE_ENDS) and paragraph_number(text) is None
        return Block(text, "heading" if heads else "text", style=Style(bold=bold), marks=marks)

    def _table(self, table: Any) -> Iterator[Block]:
        """A table; one of a single cell is a frame around text."""
        rows = list(_inside(table, _ROW))
        cells = [list(_inside(row, _CELL)) for row in rows]
        if sum(map(len, cells)) == 1:
            yield from self.blocks(cells[0][0])
            return
        grid, inner = Grid(), list[Block]()
        for row in cells:
            grid.begin_row()
            for cell in row:
                blocks = list(self.blocks(cell))
                text = " ".join(block.text for block in blocks if block.kind != "footnote")
                inner += blocks
                grid.add("" if _continues(cell) else text, columns=_span(cell))
        if text := table_text(grid.rows):
            yield Block(text, "table", marks=tuple(mark for block in inner for mark in block.marks))
        yield from (block for block in inner if block.kind == "footnote")


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those wrapped in a control."""
    for child in children(element):
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else int(span.get(qn("w:val")))


def _continues(cell: Any) -> bool:
    """Whether a cell is the lower part of the one above it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _headers(document: Any) -> tuple[list[str], list[str]]:
    """The lines of the first page's own header, which may be the masthead; and those of all other headers."""
    first, others = list[str](), list[str]()
    for section in document.sections:
        if section.different_first_page_header_footer:
            first += _lines(section.first_page_header)
        for header in (section.header, section.even_page_header):
            others += _lines(header)
    return first, others


def _lines(header: Any) -> list[str]:
    if header.is_linked_to_previous:
        return []
    texts = (tidy(written(paragraph).text) for paragraph in header._element.iter(_P))  # public: no text of its tables
    return [text for text in texts if text]
