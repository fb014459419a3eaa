"""Tables, figures and boxes made one with their captions, and kept out of the paragraphs around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.captions import BOXES, CAPTIONED, TABLES, caption_label
from ingest.lines import Line, Measure
from ingest.numbering import heading_label, paragraph_number
from ingest.pdf.groups import BLOCK_ENDS, Group

_BARE = re.compile(rf"^{CAPTIONED}$")
_BOX = re.compile(rf"^(?:{BOXES})")
_TABLE = re.compile(rf"^(?:{TABLES})")
_TITLED = re.compile(r"^\s*[.．:：—–]\s*\S")
_CAPTION_LINES = 3
_BULLET = re.compile(r"^[•●▪■–—-]\s")
_LABEL_WORDS = 8


@dataclass(frozen=True)
class _Open:
    """A caption whose table, figure or box is still to come or goes on: what it is, and whether its title was there."""

    what: str
    titled: bool
    page: int | None
    interrupted: bool

    def takes(self, group: Group, measure: Measure) -> bool:
        """Whether a group belongs to what stands under the caption."""
        if group.lines[0].page != self.page and self.what != "table":
            return False
        if group.kind == "table":
            return True
        if group.kind == "heading":
            return self._takes_heading(group)
        if group.kind != "text" or self._goes_on(group):
            return False
        if not self.titled and len(group.lines) <= _CAPTION_LINES and not group.text.endswith(BLOCK_ENDS):
            return True
        return self.what == "box" or (self.what == "figure" and all(_is_label(line, measure) for line in group.lines))

    def _takes_heading(self, group: Group) -> bool:
        label = heading_label(group.text)
        if label and label[0] != "bracketed":
            return False
        return not self.titled or group.text.startswith(("(", "（")) or (self.what == "box" and not label)

    def _goes_on(self, group: Group) -> bool:
        """Whether the text is that of the paragraph that the box interrupts, or of the next."""
        return paragraph_number(group.text) is not None or (self.interrupted and group.text[:1].islower())


def captioned(groups: Sequence[Group], measure: Measure) -> list[Group]:
    """The groups with each caption, the title beside or below it and what stands under them made one table.

    A figure ends with its page, and so does a box, or where a numbered paragraph begins.
    """
    result: list[Group] = []
    opened: _Open | None = None
    for group, after in zip_longest(groups, groups[1:]):
        what = _captions(group, after)
        if what:
            opened = _Open(what, _has_title(group), group.lines[0].page, _is_interrupted(result))
            result.append(Group(group.lines, "table", _starts(group, what)))
        elif opened and opened.takes(group, measure):
            result[-1] = _with(result[-1], group, opened)
            opened = _after(opened, group, after)
        else:
            opened = None
            result.append(group)
    return result


def is_caption(line: Line) -> bool:
    """Whether a line, or its part before wide white space, is nothing but "Table 1", "Figure II" or "Box"."""
    text = line.parts[0].text.strip()
    return bool(_BARE.match(text)) or caption_label(text) == text


def _captions(group: Group, after: Group | None) -> str:
    """What a group is the caption of: "table", "figure" or "box", or "" where it is none."""
    text = group.lines[0].parts[0].text.strip()
    label = caption_label(text) or ""
    titled = bool(label) and bool(_TITLED.match(text[len(label) :])) and _may_caption(group, after)
    if not titled and not is_caption(group.lines[0]):
        return ""
    return "box" if _BOX.match(text) else "table" if _TABLE.match(text) else "figure"


def _may_caption(group: Group, after: Group | None) -> bool:
    opens = group.kind == "heading" or (after is not None and after.kind == "table")
    return opens and len(group.lines) <= _CAPTION_LINES


def _has_title(group: Group) -> bool:
    return len(group.lines) > 1 or caption_label(group.text) != group.text


def _is_interrupted(groups: Sequence[Group]) -> bool:
    """Whether the last text before a caption ends in the middle of a sentence."""
    last = next((group for group in reversed(groups) if group.kind in ("text", "heading")), None)
    return last is not None and last.kind == "text" and not last.text.endswith(BLOCK_ENDS)


def _is_label(line: Line, measure: Measure) -> bool:
    """Whether a line of the text's own size may be a label inside a chart, or the note below it."""
    short = measure.is_short(line) and len(line.text.split()) <= _LABEL_WORDS
    return short and not line.text.rstrip().endswith(BLOCK_ENDS)


def _after(opened: _Open, group: Group, after: Group | None) -> _Open | None:
    """What is still open: a table until its rows came, the unit of its figures aside; figures and boxes go on."""
    if opened.what != "table":
        return _Open(opened.what, True, opened.page, opened.interrupted)
    is_unit = group.lines[0].table is None and after is not None and after.lines[0].table is not None
    if group.kind == "heading" or is_unit:
        return _Open("table", True, opened.page, opened.interrupted)
    return None


def _with(whole: Group, part: Group, opened: _Open) -> Group:
    starts = tuple(len(whole.lines) + start for start in _starts(part, opened.what))
    return Group(whole.lines + part.lines, "table", whole.starts + starts)


def _starts(group: Group, what: str) -> tuple[int, ...]:
    """The lines at which the paragraphs of a box begin; the rows of tables and figures are lines."""
    if what != "box" or group.lines[0].table is not None:
        return tuple(range(len(group.lines)))
    if group.kind != "table":
        return (0, 1) if is_caption(group.lines[0]) and len(group.lines) > 1 else (0,)
    right = max(line.right for line in group.lines)
    left = min(line.left for line in group.lines)
    starts = [0]
    for index, (last, line) in enumerate(zip(group.lines, group.lines[1:], strict=False), 1):
        short = last.right - left < 0.9 * (right - left)
        if _BULLET.match(line.text.strip()) or (short and last.text.rstrip().endswith(BLOCK_ENDS)):
            starts.append(index)
    return tuple(starts)
