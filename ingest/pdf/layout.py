"""Lines on pages to blocks: which lines make one paragraph, heading, table or footnote, across page breaks too."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.blocks import Block
from ingest.joining import Vocabulary, join, vocabulary
from ingest.lines import INDENT, Line, Measure, Page, measure_of
from ingest.numbering import heading_label, is_numbered, paragraph_number
from ingest.pdf.captioned import captioned, is_caption
from ingest.pdf.columns import in_reading_order
from ingest.pdf.footnotes import split_notes
from ingest.pdf.groups import BLOCK_ENDS, Group
from vectorstore.paragraph import Kind

_GAP = 1.35
_OTHER_SIZE = 1.5
_HEADING_LINES = 2
_HEADING_CHARACTERS = 300
_SENTENCE_ENDS = (".", ";", ",", ":", "。", "；", "，", "：")
_LIST_START = re.compile(
    r"^(?:[•●▪■–—*·-]\s|[(（]?(?:[a-zа-яأ-ي]|[ivx]{1,5}|\d{1,2}|[٠-٩]{1,2})[)）]\s*|\(?[一二三四五六七八九十]+[)）]\s*|[㈠-㈩]\s*)"
)
_BULLET = re.compile(r"^[•●▪■]\s")
# A footnote's mark that stands alone because the text around it was set apart.
_STRAY_MARK = re.compile(r"^\d{1,3}$")
_STRAY = 0.8
_COMMA = (",", "，", "،")


def blocks_of(pages: Sequence[Page]) -> tuple[Block, ...]:
    """The blocks of the pages in order, footnotes after what their page ends with."""
    pages = [in_reading_order(page) for page in pages]
    measure = measure_of(pages)
    words = vocabulary(line.text for page in pages for line in page.lines)
    groups = _continued(captioned(list(_groups(pages, measure)), measure), measure)
    return tuple(_block(group, words) for group in groups)


def _block(group: Group, words: Vocabulary) -> Block:
    """The group as one block; a table keeps the marks that its notes begin with in its text."""
    table, note = group.kind == "table", group.kind == "footnote"
    first, *rest = group.lines
    texts = [f"{line.raised} {line.text.lstrip()}" if table and line.raised else line.text for line in group.lines]
    starts = group.starts or range(len(texts))
    rows = [texts[start:end] for start, end in pairwise((*starts, len(texts)))]
    inner = [mark for line in rest for mark in (line.raised, *line.marks)]
    return Block(
        text="\n".join(join(row, words) for row in rows) if table else join(texts, words),
        kind=group.kind,
        page=first.page,
        style=group.style,
        marks=tuple(filter(None, ("" if note else first.raised, *first.marks, *inner))),
        mark=(first.raised or None) if note else None,
    )


def _groups(pages: Sequence[Page], measure: Measure) -> Iterator[Group]:
    for page in pages:
        body, notes = split_notes(page.lines, measure)
        yield from _page_groups(body, measure)
        yield from (Group(tuple(note), "footnote") for note in notes)


def _page_groups(lines: Sequence[Line], measure: Measure) -> Iterator[Group]:
    group: list[Line] = []
    for line in lines:
        if _STRAY_MARK.match(line.text.strip()) and line.style.size < _STRAY * measure.size:
            continue
        if group and _begins(line, group, measure):
            yield Group(tuple(group), _kind(group, measure))
            group = []
        group.append(line)
    if group:
        yield Group(tuple(group), _kind(group, measure))


def _begins(line: Line, group: Sequence[Line], measure: Measure) -> bool:
    """Whether a line begins another block than the lines before it."""
    last = group[-1]
    if line.table is not None or last.table is not None:
        return line.table != last.table
    small = measure.is_small(line)
    if small or measure.is_small(last):
        return small != measure.is_small(last) or is_caption(line)
    if _is_apart(line, group, measure):
        return True
    if line.style.bold and line.style.size > measure.size + 1:
        return heading_label(line.text.strip()) is not None
    return _text_begins(line, group, measure)


def _is_apart(line: Line, group: Sequence[Line], measure: Measure) -> bool:
    """Whether white space, another size or another face parts a line from those before it."""
    last = group[-1]
    step = last.bottom - line.bottom
    if step < -1 or step > _GAP * measure.leading * max(1.0, line.style.size / measure.size):
        return True
    return abs(line.style.size - last.style.size) > _OTHER_SIZE or _face_changes(line, group, measure)


def _face_changes(line: Line, group: Sequence[Line], measure: Measure) -> bool:
    """Whether bold begins or ends with the line, and not in the middle of a sentence."""
    was = all(each.style.bold for each in group)
    last = group[-1]
    return was != line.style.bold and (last.text.rstrip().endswith(BLOCK_ENDS) or measure.is_short(last))


def _text_begins(line: Line, group: Sequence[Line], measure: Measure) -> bool:
    last, text = group[-1], line.text.strip()
    ended = last.text.rstrip().endswith(BLOCK_ENDS)
    short = measure.is_short(last)
    if _BULLET.match(text):
        return True
    if is_numbered(text):
        return ended or short or line.left > last.left + INDENT or _is_numbered_heading(group[0])
    if _LIST_START.match(text):
        return ended or short
    if line.left > last.left + INDENT and len(group) > 1:
        return ended
    return ended and short


def _is_numbered_heading(line: Line) -> bool:
    label = heading_label(line.text.strip())
    return label is not None and label[0] != "arabic"


def _kind(group: Sequence[Line], measure: Measure) -> Kind:
    if group[0].table is not None or measure.is_small(group[0]):
        return "table"
    whole = Group(tuple(group), "text")
    text, style = whole.text, whole.style
    larger = style.size > measure.size + 1
    if style.bold and larger:
        return "heading"
    if _reads_as_text(whole, measure):
        return "text"
    if style.bold or style.italic or larger:
        return "heading"
    return "heading" if heading_label(text) and len(group) <= _HEADING_LINES and not _LIST_START.match(text) else "text"


def _reads_as_text(group: Group, measure: Measure) -> bool:
    """Whether the words and the place of a group are those of text, whatever its face."""
    text, style = group.text, group.style
    if text[:1].islower() or len(text) > _HEADING_CHARACTERS or text.endswith(_SENTENCE_ENDS):
        return True
    if paragraph_number(text) and not style.bold:
        return True
    # Whom a decision was adopted by, or who signed, stands in italics at the right.
    return style.italic and not style.bold and group.lines[0].left > (measure.left + measure.right) / 2


def _continued(groups: list[Group], measure: Measure) -> list[Group]:
    """The groups with those that go on over a page's end made whole, footnotes and tables between them passed over."""
    result: list[Group] = []
    for group in groups:
        rest = _is_rest_of_note(group)
        before = _last_note(result) if rest else _last_text(result)
        if before is not None and (
            rest or _continues(result[before], group, measure, next_to=before == len(result) - 1)
        ):
            result[before] = Group(result[before].lines + group.lines, result[before].kind)
        else:
            result.append(group)
    return result


def _is_rest_of_note(group: Group) -> bool:
    return group.kind == "footnote" and not group.lines[0].raised


def _last_note(groups: Sequence[Group]) -> int | None:
    """The last footnote, where nothing but the next page's text stands after it."""
    return next((i for i in range(len(groups) - 1, -1, -1) if groups[i].kind == "footnote"), None)


def _last_text(groups: Sequence[Group]) -> int | None:
    for index in range(len(groups) - 1, max(-1, len(groups) - 12), -1):
        if groups[index].kind == "text":
            return index
        if groups[index].kind == "heading":
            return None
    return None


def _continues(before: Group, group: Group, measure: Measure, *, next_to: bool) -> bool:
    """Whether a text goes on after a page's or a column's end, or after what stands between when not `next_to` it."""
    last, first = before.lines[-1], group.lines[0]
    text = first.text.lstrip()
    if group.kind != "text" or is_numbered(text) or _LIST_START.match(text):
        return False
    ended = last.text.rstrip().endswith(BLOCK_ENDS)
    if (last.page, last.column) == (first.page, first.column):
        return not next_to and not ended and not text[:1].isupper()
    if text[:1].isupper() and _is_indented(before, first, measure):
        return False
    if not ended or text[:1].islower():
        return True
    left = first.column[0] if first.column else measure.left
    return not measure.is_short(last) and measure.indents and first.left <= left + 2


def _is_indented(before: Group, first: Line, measure: Measure) -> bool:
    """Whether a line on a new page is the indented first of a preambular paragraph: those before it end in commas."""
    last = before.lines[-1]
    comma = last.text.rstrip().endswith(_COMMA)
    left = first.column[0] if first.column else measure.left
    hangs = first.left <= last.left + INDENT and len(before.lines) > 1
    return measure.indents and comma and first.left > left + INDENT and not hangs
