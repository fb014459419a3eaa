"""PPTX to blocks, by python-pptx: a slide is a page and a section under its title, with its notes."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn

from ingest.blocks import Block, Reading, ReadingError, Style
from ingest.joining import tidy
from ingest.number_forms import formatted
from ingest.numbering import paragraph_number
from ingest.rows import Grid, table_text

_BROKEN = "The file is broken: download it again, or save it anew from its application."
# What python-pptx lets through of a broken file; lxml raises SyntaxError.
_FAILURES = (PythonPptxError, SyntaxError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError)
_FURNITURE = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER}
_LISTS = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT}
_FORMS = {"arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman"} | {
    "romanUc": "upperRoman",
    "ea1Chs": "chineseCounting",
    "ea1Cht": "chineseCounting",
}
_SHAPES = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}"}
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"


def read_pptx(path: Path) -> Reading:
    """The blocks of a presentation; its title is the first slide's. Raises ReadingError for a broken one."""
    try:
        presentation = Presentation(str(path))
        unique = {slide.part.partname: slide for slide in presentation.slides}
        slides = list(enumerate(unique.values(), 1))
        hidden = [number for number, slide in slides if slide._element.get("show") in ("0", "false")]
        pages = {number: tuple(_slide(slide, number)) for number, slide in slides if number not in hidden}
    except _FAILURES as error:
        raise ReadingError(_BROKEN) from error
    first = next(iter(pages.values()), ())
    named = bool(first) and first[0].text != _untitled(first[0].page)
    return Reading(
        blocks=tuple(block for blocks in pages.values() for block in blocks),
        front="\n".join(block.text for block in first),
        title=first[0].text if named else None,
        pages=len(slides),
        warnings=tuple(f"Slide {number} is hidden and was not read." for number in hidden),
    )


def _slide(slide: Any, number: int) -> Iterator[Block]:
    """A slide's blocks, none where it shows no text."""
    title = slide.shapes.title
    name = tidy(title.text_frame.text.replace("\v", " ").replace("\n", " ")) if title is not None else ""
    others = [shape for shape in _flat(slide.shapes) if title is None or shape.shape_id != title.shape_id]
    blocks = [block for shape in others for block in _shape(shape, number)] + list(_notes(slide, number))
    if name or blocks:
        yield Block(name or _untitled(number), "heading", page=number, level=1, style=Style(size=19.0, bold=True))
    yield from blocks


def _untitled(number: int | None) -> str:
    return f"Slide {number}"


def _notes(slide: Any, number: int) -> Iterator[Block]:
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    texts = list(_paragraphs(notes, listed=False)) if notes is not None else []
    if texts:
        yield Block("Notes", "heading", page=number, level=2, style=Style(size=18.0, bold=True))
        yield from (Block(text, page=number) for text in texts)


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes, those of groups too."""
    ahead = list(reversed(list(shapes)))
    while ahead:
        shape = ahead.pop()
        if hasattr(shape, "shapes"):
            ahead.extend(reversed(list(shape.shapes)))
        else:
            yield shape


def _shape(shape: Any, number: int) -> Iterator[Block]:
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind in _FURNITURE:
        return
    if shape.has_text_frame:
        yield from (Block(text, page=number) for text in _paragraphs(shape.text_frame, listed=kind in _LISTS))
    elif getattr(shape, "has_table", False):
        if text := _table(shape.table):
            yield Block(text, "table", page=number)
    elif getattr(shape, "has_chart", False):
        if text := _chart(shape.chart):
            yield Block(text, "table", page=number)
    else:
        yield from (Block(text, page=number) for text in _diagram(shape))


def _paragraphs(frame: Any, *, listed: bool) -> Iterator[str]:
    """The paragraphs of a text frame with their automatic numbers; those of a list have a bullet."""
    counts: dict[int, int] = {}
    for paragraph in frame.paragraphs:
        text = tidy(paragraph.text.replace("\v", " ").replace("\t", " "))
        if not text:
            continue
        counts = {level: count for level, count in counts.items() if level <= paragraph.level}
        label = _label(paragraph, counts)
        if label is None:
            counts.pop(paragraph.level, None)
            label = "•" if _has_bullet(paragraph, listed=listed) and paragraph_number(text) is None else ""
        yield f"{label} {text}".strip()


def _label(paragraph: Any, counts: dict[int, int]) -> str | None:
    """The number that PowerPoint prints before a paragraph, or None; `counts` are those of each level so far."""
    automatic = paragraph._p.find(f"{qn('a:pPr')}/{qn('a:buAutoNum')}")
    if automatic is None:
        return None
    level = paragraph.level
    counts[level] = counts[level] + 1 if level in counts else int(automatic.get("startAt") or 1)
    kind = str(automatic.get("type"))
    shape = next((shape for end, shape in _SHAPES.items() if kind.endswith(end)), "{}")
    form = next((form for start, form in _FORMS.items() if kind.startswith(start)), "decimal")
    return shape.format(formatted(counts[level], form))


def _has_bullet(paragraph: Any, *, listed: bool) -> bool:
    """Whether a paragraph is set as a list's: by itself, or by the layout that `listed` says it takes from."""
    own = paragraph._p.find(qn("a:pPr"))
    if own is not None and own.find(qn("a:buNone")) is not None:
        return False
    return listed or (own is not None and own.find(qn("a:buChar")) is not None)


def _table(table: Any) -> str:
    grid = Grid()
    for row in table.rows:
        grid.begin_row()
        for cell in row.cells:
            grid.add("" if cell.is_spanned else cell.text_frame.text)
    return table_text(grid.rows)


def _chart(chart: Any) -> str:
    """A chart's numbers: a row for each category, a column for each series."""
    plots = list(chart.plots)
    series = [each for plot in plots for each in plot.series]
    names = [str(label) for label in plots[0].categories] if plots else []
    rows = [["", *(each.name for each in series)]]
    for place, name in enumerate(names):
        values = [each.values[place] if place < len(each.values) else None for each in series]
        rows.append([name, *("" if value is None else f"{value:.10g}" for value in values)])
    return table_text(rows) if series else ""


def _diagram(shape: Any) -> Iterator[str]:
    """The texts of a diagram (SmartArt), which lie in a part of their own."""
    place = shape._element.find(f".//{{{_DIAGRAM}}}relIds")
    if place is None or place.get(_RELATION) not in shape.part.rels:
        return
    root = etree.fromstring(
        shape.part.related_part(place.get(_RELATION)).blob, etree.XMLParser(resolve_entities=False, no_network=True)
    )
    for paragraph in root.iter(qn("a:p")):
        if text := tidy("".join(each.text or "" for each in paragraph.iter(qn("a:t")))):
            yield text
