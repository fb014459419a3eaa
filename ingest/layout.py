"""Lines on pages to blocks: which lines make one paragraph, heading, table or footnote, across page breaks too."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.blocks import Block, Kind, Style
from ingest.joining import join, vocabulary
from ingest.lines import INDENT, Line, Measure, Page, measure_of
from ingest.numbering import heading_label, paragraph_number

_GAP = 1.35
_OTHER_SIZE = 1.5
_HEADING_LINES = 2
_HEADING_CHARACTERS = 300
_TERMINAL = tuple('.!?:;。！？：；؟؛”"»…')
_LIST_START = re.compile(r"^(?:[•●▪■–—*·-]\s|\(?(?:[a-zа-я]|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]+)[)）]\s*)")
_BULLET = re.compile(r"^[•●▪■]\s")
_CAPTIONED = (
    r"^(?:Table|Figure|Box|Chart|Map|Tableau|Encadré|Cuadro|Gráfico|Recuadro|Таблица|Диаграмма|Вставка"
    r"|表|图|插文|الجدول|الشكل)\s*"
)
_CAPTION = re.compile(_CAPTIONED + r"(?:\d+|[IVXL]+|[一二三四五六七八九十]+)?$")
_TITLED_CAPTION = re.compile(_CAPTIONED + r"(?:\d+|[IVXL]+|[一二三四五六七八九十]+)\s*[.．:：—–]\s*\S")
_CAPTION_LINES = 3
# A footnote's mark that stands alone because the text around it was set apart.
_STRAY_MARK = re.compile(r"^\d{1,3}$")
_STRAY = 0.8
_RULE = re.compile(r"^_{6,}$")


def blocks_of(pages: Sequence[Page]) -> tuple[tuple[Block, ...], int]:
    """The blocks of the pages in order, footnotes after what their page ends with, and how many tables."""
    measure = measure_of(pages)
    words = vocabulary(line.text for page in pages for line in page.lines)
    groups = _continued(list(_groups(pages, measure)), measure)
    blocks = tuple(_block(group, words) for group in _captioned(groups))
    return blocks, sum(block.kind == "table" for block in blocks)


def _block(group: "_Group", words: frozenset[str]) -> Block:
    texts = [line.text for line in group.lines]
    text = "\n".join(join([row], words) for row in texts) if group.kind == "table" else join(texts, words)
    return Block(text=text, kind=group.kind, page=group.lines[0].page, style=group.style)


def _captioned(groups: Sequence["_Group"]) -> list["_Group"]:
    """The groups with "Table 1", the title beside or below it and the table itself made one."""
    result: list[_Group] = []
    open_caption = False
    for group, after in zip_longest(groups, groups[1:]):
        if open_caption and group.kind in ("heading", "table") and not _is_caption(group, after):
            result[-1] = _Group(result[-1].lines + group.lines, "table")
            open_caption = group.kind == "heading"
            continue
        open_caption = _is_caption(group, after)
        result.append(_Group(group.lines, "table") if open_caption else group)
    return result


def _is_caption(group: "_Group", after: "_Group | None") -> bool:
    first = group.lines[0].text.strip()
    if _CAPTION.match(first):
        return True
    opens = group.kind == "heading" or (after is not None and after.kind == "table")
    return opens and len(group.lines) <= _CAPTION_LINES and bool(_TITLED_CAPTION.match(first))


@dataclass(frozen=True)
class _Group:
    lines: tuple[Line, ...]
    kind: Kind

    @property
    def style(self) -> Style:
        sizes = Counter(line.style.size for line in self.lines)
        return Style(
            size=sizes.most_common(1)[0][0],
            bold=all(line.style.bold for line in self.lines),
            italic=all(line.style.italic for line in self.lines),
        )


def _groups(pages: Sequence[Page], measure: Measure) -> Iterator[_Group]:
    for page in pages:
        body, notes = _without_notes(page.lines, measure)
        yield from _page_groups(body, measure)
        yield from (_Group(tuple(note), "footnote") for note in notes)


def _without_notes(lines: Sequence[Line], measure: Measure) -> tuple[list[Line], list[list[Line]]]:
    """The lines above the footnotes, and the footnotes."""
    start = _notes_start(lines, measure)
    notes: list[list[Line]] = []
    for line in lines[start:]:
        if _RULE.match(line.text.strip()):
            continue
        if not notes or line.raised_start or line.text.lstrip().startswith("*"):
            notes.append([])
        notes[-1].append(line)
    return [line for line in lines[:start] if not _RULE.match(line.text.strip())], notes


def _notes_start(lines: Sequence[Line], measure: Measure) -> int:
    """Where the footnotes begin: after a rule, or at the first small line with a raised mark that only small follow."""
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if _RULE.match(line.text.strip()):
            return index
        if not measure.is_small(line):
            break
        if line.raised_start or line.text.lstrip().startswith("*"):
            start = index
    return start


def _page_groups(lines: Sequence[Line], measure: Measure) -> Iterator[_Group]:
    group: list[Line] = []
    for line in lines:
        if _STRAY_MARK.match(line.text.strip()) and line.style.size < _STRAY * measure.size:
            continue
        if group and _begins(line, group, measure):
            yield _Group(tuple(group), _kind(group, measure))
            group = []
        group.append(line)
    if group:
        yield _Group(tuple(group), _kind(group, measure))


def _begins(line: Line, group: Sequence[Line], measure: Measure) -> bool:
    """Whether a line begins another block than the lines before it."""
    last = group[-1]
    small = measure.is_small(line)
    if small != measure.is_small(last):
        return True
    if small:
        return bool(_CAPTION.match(line.text.strip()))
    step = last.bottom - line.bottom
    if step < -1 or step > _GAP * measure.leading * max(1.0, line.style.size / measure.size):
        return True
    if abs(line.style.size - last.style.size) > _OTHER_SIZE or _face_changes(line, group, measure):
        return True
    if line.style.bold and line.style.size > measure.size + 1:
        return heading_label(line.text.strip()) is not None
    return _text_begins(line, group, measure)


def _face_changes(line: Line, group: Sequence[Line], measure: Measure) -> bool:
    """Whether bold begins or ends with the line, and not in the middle of a sentence."""
    was = all(each.style.bold for each in group)
    last = group[-1]
    return was != line.style.bold and (last.text.rstrip().endswith(_TERMINAL) or measure.is_short(last))


def _text_begins(line: Line, group: Sequence[Line], measure: Measure) -> bool:
    last, text = group[-1], line.text.strip()
    ended = last.text.rstrip().endswith(_TERMINAL)
    short = measure.is_short(last)
    if _BULLET.match(text):
        return True
    if paragraph_number(text) or heading_label(text):
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
    if measure.is_small(group[0]):
        return "table"
    text = " ".join(line.text.strip() for line in group)
    style = _Group(tuple(group), "text").style
    if style.bold and style.size > measure.size + 1:
        return "heading"
    if (
        text[:1].islower()
        or len(text) > _HEADING_CHARACTERS
        or text.endswith((".", ";", ",", ":", "。", "；", "，", "："))
    ):
        return "text"
    if paragraph_number(text) and not all(line.style.bold for line in group):
        return "text"
    if style.bold or style.italic or style.size > measure.size + 1:
        return "heading"
    return "heading" if heading_label(text) and len(group) <= _HEADING_LINES and not _LIST_START.match(text) else "text"


def _continued(groups: list[_Group], measure: Measure) -> list[_Group]:
    """The groups with those that go on over a page's end made whole, footnotes and tables between them passed over."""
    result: list[_Group] = []
    for group in groups:
        before = _last_text(result)
        if before is not None and _continues(result[before], group, measure):
            result[before] = _Group(result[before].lines + group.lines, "text")
        else:
            result.append(group)
    return result


def _last_text(groups: Sequence[_Group]) -> int | None:
    for index in range(len(groups) - 1, max(-1, len(groups) - 12), -1):
        if groups[index].kind == "text":
            return index
        if groups[index].kind == "heading":
            return None
    return None


def _continues(before: _Group, group: _Group, measure: Measure) -> bool:
    last, first = before.lines[-1], group.lines[0]
    if group.kind != "text" or last.page == first.page or last.page is None:
        return False
    text = first.text.lstrip()
    if paragraph_number(text) or _LIST_START.match(text) or heading_label(text):
        return False
    if not last.text.rstrip().endswith(_TERMINAL) or text[:1].islower():
        return True
    return not measure.is_short(last) and measure.indents and first.left <= measure.left + 2
