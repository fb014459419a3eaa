"""A PDF to lines with their place and style, by pypdfium2, and on to blocks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2

from ingest.blocks import Reading, ReadingError, Style
from ingest.lines import Line, Page, Piece
from ingest.ocr.suspects import Scans, is_suspect
from ingest.pdf.aligned import aligned
from ingest.pdf.frames import Frame, frames_of, with_headers
from ingest.pdf.front import split_front
from ingest.pdf.furniture import without_furniture
from ingest.pdf.glyphs import Glyphs
from ingest.pdf.layout import blocks_of
from ingest.pdf.marks import marked
from ingest.pdf.pictures import is_drawn, is_pictured
from ingest.pdf.right_to_left import ArabicGlyphs, glyphs_of
from ingest.pdf.rules import rules_of
from ingest.pdf.slashed import with_slashed_notes
from ingest.pdf.tables import with_tables
from ingest.pdf.underlined import with_underlined

_PASSWORD = 4
# White space wider than this many times the text's size parts columns and cells.
_APART = 1.0
# Less is enough where the rules of a table show a border in it.
_APART_AT_BORDER = 0.3
# pdfium's sign for a hyphen at a line's end, after which it goes on with the next line.
_BREAK = re.compile("\ufffe(?=.)")
_WORD = re.compile(r"\S+")


def read_pdf(path: Path) -> Reading:
    """The blocks of a PDF; raises ReadingError when it is encrypted or no PDF at all."""
    document = _open(path)
    try:
        read = [_page(document, index) for index in range(len(document))]
        scans = _scans(document, tuple(page for page, _ in read))
    finally:
        document.close()
    body, heads = without_furniture(scans.pages)
    body = with_slashed_notes(body)
    front = split_front(body)
    body = tuple(replace(page, lines=front.rest) if page.number == 1 else page for page in body)
    blocks = blocks_of(with_tables(body, [frames for _, frames in read]))
    return Reading(
        blocks=blocks,
        front=front.text,
        running_heads=heads,
        title=front.title,
        pages=len(scans.pages),
        pages_without_text=sum(not page.lines for page in scans.pages),
        recognised=scans.recognised,
        warnings=scans.warnings,
    )


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ReadingError("The PDF is encrypted: save a copy without a password.") from error
        raise ReadingError("The PDF is broken: download it again, or save it anew from its application.") from error


def _page(document: pypdfium2.PdfDocument, index: int) -> tuple[Page, tuple[Frame, ...]]:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise ReadingError(f"Page {index + 1} of the PDF is broken: download it again, or save it anew.") from error
    try:
        width, height = page.get_size()
        glyphs = glyphs_of(text_page, width)
        lines = _joined(_lines(glyphs, index + 1))
        rules = rules_of(page, mirrored=width if isinstance(glyphs, ArabicGlyphs) else None)
        frames = frames_of(rules, lines)
        frames += tuple(aligned([line for line in lines if not any(frame.holds(line) for frame in frames)]))
        if frames:
            lines = with_headers(_joined(_lines(glyphs, index + 1, frames), frames), frames)
        lines = with_underlined(lines, rules.bars)
        return Page(index + 1, width, height, tuple(lines), is_drawn(page), is_pictured(page)), frames
    finally:
        text_page.close()
        page.close()


def _scans(document: pypdfium2.PdfDocument, pages: tuple[Page, ...]) -> Scans:
    """The pages, those recognised that are scans."""
    if not any(is_suspect(page) for page in pages):
        return Scans(pages)
    from ingest.ocr.pages import read_scans  # numpy and Pillow, which take longer to load than most files to read

    return read_scans(document, pages)


def _lines(glyphs: Glyphs, number: int, frames: Sequence[Frame] = ()) -> Iterator[Line]:
    start = 0
    for raw in glyphs.text().split("\r\n"):
        for offset, part in _parts(glyphs, raw, start):
            if part.strip():
                yield _line(glyphs, part, start + offset, number, frames)
        start += len(raw) + 2


def _parts(glyphs: Glyphs, raw: str, start: int) -> Iterator[tuple[int, str]]:
    """The lines of which pdfium made one because a hyphen ends them, with their place in it."""
    begin = 0
    for found in _BREAK.finditer(raw):
        before, size = glyphs.set(start + found.start() - 1)
        if abs(before - glyphs.set(start + found.end())[0]) > size / 2:
            yield begin, f"{raw[begin : found.start()]}-"
            begin = found.end()
    yield begin, raw[begin:]


def _line(glyphs: Glyphs, raw: str, start: int, number: int, frames: Sequence[Frame]) -> Line:
    words = [word.span() for word in _WORD.finditer(raw)]
    baseline, size = _typical(glyphs, words, start)
    spans = _spans(glyphs, words, start, (baseline, size), frames)
    pieces = [_piece(glyphs, raw, start, span, (baseline, size)) for span in spans]
    first, last = glyphs.face(start + words[0][0]), glyphs.face(start + words[-1][1] - 1)
    style = Style(size=round(size, 1), bold=first[0] and last[0], italic=first[1] and last[1])
    return Line("", 0.0, 0.0, bottom=baseline, style=style, page=number).of(_marked_first(pieces))


def _typical(glyphs: Glyphs, words: Sequence[tuple[int, int]], start: int) -> tuple[float, float]:
    """Baseline and size of a line's text: the larger of two characters from inside it, as one may be a raised mark."""
    middles = [sum(words[len(words) * share // 3]) // 2 for share in (1, 2)]
    return max((glyphs.set(start + middle) for middle in middles), key=lambda each: each[1])


def _spans(
    glyphs: Glyphs, words: Sequence[tuple[int, int]], start: int, usual: tuple[float, float], frames: Sequence[Frame]
) -> Iterator[tuple[int, int]]:
    """Where the parts of a line begin and end that wide white space or a table's border parts."""
    begin = words[0][0]
    for (_, right), (left, _) in pairwise(words):
        if _is_apart(glyphs, start + right - 1, start + left, usual, frames):
            yield begin, right
            begin = left
    yield begin, words[-1][1]


def _is_apart(glyphs: Glyphs, last: int, first: int, usual: tuple[float, float], frames: Sequence[Frame]) -> bool:
    """Whether two characters, the last of a word and the first of the next, stand in different parts of a line."""
    baseline, size = usual
    gap = glyphs.gap(last, first)
    if gap > _APART * size or not frames or gap < _APART_AT_BORDER * size:
        return gap > _APART * size
    edges = sorted((*glyphs.edges(last), *glyphs.edges(first)))
    return any(frame.parts(baseline + size / 4, edges[1], edges[2]) for frame in frames)


def _piece(glyphs: Glyphs, raw: str, start: int, span: tuple[int, int], usual: tuple[float, float]) -> Piece:
    left, right = span
    text = marked(glyphs, raw[left:right], start + left, baseline=usual[0], size=usual[1])
    edges = (*glyphs.edges(start + left), *glyphs.edges(start + right - 1))
    return Piece(text.text, min(edges), max(edges), text.first, text.marks)


def _marked_first(pieces: list[Piece]) -> list[Piece]:
    """The pieces with a mark that is drawn after its line but stands before it, as older documents do, put in front."""
    first, *rest = pieces
    if not rest or rest[-1].text.strip() or rest[-1].right > first.left:
        return pieces
    return [replace(first, raised=rest[-1].raised), *rest[:-1]]


def _joined(lines: Iterable[Line], frames: Sequence[Frame] = ()) -> list[Line]:
    """Lines that pdfium broke at a raised mark, whole again, but for those that a table's border parts."""
    whole: list[Line] = []
    for line in lines:
        if whole and whole[-1].continues_in(line) and not any(frame.is_between(whole[-1], line) for frame in frames):
            whole[-1] = whole[-1].joined(line)
        else:
            whole.append(line)
    return whole
