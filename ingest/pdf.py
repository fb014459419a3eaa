"""A PDF to lines with their place and style, by pypdfium2, and on to blocks."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.blocks import Reading, ReadingError, Style
from ingest.front import split_front
from ingest.furniture import without_furniture
from ingest.layout import blocks_of
from ingest.lines import Line, Page

_PASSWORD = 4
_SUPERSCRIPT = 0.8
_BOLD_WEIGHT = 600
_ITALIC_FLAG = 64
_FONT_NAME_BYTES = 128
# A digit or letter that may be a footnote's mark: after a letter or a stop, with or without a space.
_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:)\]”’\"»。，；：）》」])[  ]?(\d{1,3})(?!\d|[.,]\d|[-/–])")
# pdfium gives the two letters of the one glyph lam-alef the wrong way round. An alef before an alef, and the
# article alone, are no Arabic: there it can be told.
_LAM_ALEF = re.compile("(?<=ا)([اأإآ])ل|\\b(ا)ل\\b")


def read_pdf(path: Path) -> Reading:
    """The blocks of a PDF; raises ReadingError when it is encrypted or no PDF at all."""
    document = _open(path)
    try:
        pages = tuple(_page(document, index) for index in range(len(document)))
    finally:
        document.close()
    empty = sum(not page.lines for page in pages)
    body, heads = without_furniture(pages)
    front = split_front(body)
    blocks, tables = blocks_of([replace(page, lines=front.rest) if page.number == 1 else page for page in body])
    return Reading(
        blocks=blocks,
        front=front.text,
        running_heads=heads,
        title=front.title,
        pages=len(pages),
        pages_without_text=empty,
        tables=tables,
    )


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ReadingError("The PDF is encrypted: save a copy without a password.") from error
        raise ReadingError("The PDF is broken: download it again, or save it anew from its application.") from error


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise ReadingError(f"Page {index + 1} of the PDF is broken: download it again, or save it anew.") from error
    try:
        width, height = page.get_size()
        lines = tuple(_joined(list(_lines(text_page, index + 1))))
        return Page(number=index + 1, width=width, height=height, lines=lines)
    finally:
        text_page.close()
        page.close()


def _lines(text_page: pypdfium2.PdfTextPage, number: int) -> Iterator[Line]:
    """The lines of a page as pdfium breaks them; a word broken by a hyphen at a line's end keeps its U+FFFE."""
    text = text_page.get_text_range()
    if len(text) != text_page.count_chars():  # a character outside the BMP shifts the indexes
        text = "".join(chr(pdfium.FPDFText_GetUnicode(text_page.raw, i)) for i in range(text_page.count_chars()))
    start = 0
    for raw in text.split("\r\n"):
        if raw.strip():
            yield _line(text_page, raw, start, number)
        start += len(raw) + 2


def _line(text_page: pypdfium2.PdfTextPage, raw: str, start: int, number: int) -> Line:
    first = start + len(raw) - len(raw.lstrip())
    last = start + len(raw.rstrip()) - 1
    bottom, size = _typical(text_page, raw, start)
    bold, italic = _face(text_page, first)
    last_bold, last_italic = _face(text_page, last)
    edges = (*_edges(text_page, first), *_edges(text_page, last))
    return Line(
        text=_mended(_without_marks(text_page, raw, start)),
        left=min(edges),
        right=max(edges),
        bottom=bottom,
        style=Style(size=round(size, 1), bold=bold and last_bold, italic=italic and last_italic),
        page=number,
        raised_start=_set(text_page, first)[1] < _SUPERSCRIPT * size,
    )


def _typical(text_page: pypdfium2.PdfTextPage, raw: str, start: int) -> tuple[float, float]:
    """Baseline and size of a character from the middle of a line."""
    inked = [index for index, character in enumerate(raw) if not character.isspace()]
    return _set(text_page, start + inked[len(inked) // 2])


def _set(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """Baseline and size in points of a character as it is drawn: its font's size times the scale of the text."""
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    scaled = pdfium.FPDFText_GetMatrix(text_page.raw, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) if scaled else 1.0
    return y.value, scale * float(pdfium.FPDFText_GetFontSize(text_page.raw, index))


def _edges(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """Left and right of a character's cell."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page.raw, index, box)
    return box.left, box.right


def _face(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[bool, bool]:
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page.raw, index, name, _FONT_NAME_BYTES, flags)
    face = name.value.lower()
    heavy = pdfium.FPDFText_GetFontWeight(text_page.raw, index) >= _BOLD_WEIGHT
    return heavy or b"bold" in face, bool(flags.value & _ITALIC_FLAG) or b"italic" in face


def _without_marks(text_page: pypdfium2.PdfTextPage, raw: str, start: int) -> str:
    """The line without the small raised numbers that point to footnotes."""

    def mark(found: re.Match[str]) -> str:
        return "" if _is_raised(text_page, start + found.start(1), start + found.start() - 1) else found.group()

    return _MARK.sub(mark, raw)


def _is_raised(text_page: pypdfium2.PdfTextPage, index: int, before: int) -> bool:
    baseline, size = _set(text_page, index)
    base, usual = _set(text_page, before)
    return size < _SUPERSCRIPT * usual and baseline > base


def _mended(text: str) -> str:
    return _LAM_ALEF.sub(lambda pair: "ل" + (pair[1] or pair[2]), text) if "ل" in text else text


def _joined(lines: list[Line]) -> list[Line]:
    """Lines that pdfium broke at a raised mark, whole again."""
    whole: list[Line] = []
    for line in lines:
        if whole and whole[-1].continues_in(line):
            whole[-1] = whole[-1].joined(line)
        else:
            whole.append(line)
    return whole
