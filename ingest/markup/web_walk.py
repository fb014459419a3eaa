"""The tree of a web page to blocks: headings, paragraphs, list items with their numbers, tables, footnotes."""

import re
from collections import deque
from typing import Any

from lxml import etree

from ingest.blocks import Block, Style
from ingest.joining import tidy
from ingest.markup.web_lists import item_labels, whole
from ingest.markup.web_notes import Notes
from ingest.markup.web_shown import BLOCKS, HEADINGS, is_data, is_left_out, main_part
from ingest.rows import Grid, table_text

_NUMBERED = re.compile(r"[(（]?(?:\d{1,4}|[a-zA-Z]|[ivxIVX]{1,5})[.．、)）]")
_BREAK = "\u2028"
_MARKED = "\u2029"
_MARK = re.compile(f" ?{_MARKED}")
_CHINESE = "\u3000-\u9fff\uff00-\uffef"
_MARK_BETWEEN = re.compile(rf"(?<=[^\s(\[“«‘/–—{_CHINESE}-])(?: ?{_MARKED})+(?=\w)(?![{_CHINESE}])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_EMPTY_LINE = re.compile(f"{_BREAK} ?{_BREAK}[{_BREAK} ]*")


class Walk:
    """Goes through a page once."""

    def __init__(self, root: Any) -> None:
        self._notes = Notes(root)
        self._root = main_part(root)
        self._done: list[Block] = []
        self._texts: list[str] = []
        self._marks: list[Any] = []
        self._labels = item_labels(self._root)
        self._taken: set[Any] = set()
        self._label = ""
        self._preformatted = 0

    def blocks(self) -> list[Block]:
        """The page's blocks in order, each footnote after the block that bears it."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if not self._begin(element):
                    walk.skip_subtree()
            else:
                self._end(element)
                if element is not self._root:
                    self._add(element.tail)
        self._flush()
        return self._done

    def _begin(self, element: Any) -> bool:
        """Whether what is in the element is still to be gone through."""
        tag = element.tag
        if is_left_out(element) or element in self._notes.back_links:
            return False
        if element in self._notes.marks:
            self._marks.append(element)
            self._texts.append(_MARKED)
            return False
        if tag in BLOCKS:
            self._flush()
        if element in self._notes.held:
            return False
        if tag == "table" and is_data(element):
            self._table(element)
            return False
        if tag == "br":
            self._texts.append(_BREAK)
        self._preformatted += tag == "pre"
        self._label = self._labels.get(element, self._label)
        self._add(element.text)
        return True

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag in HEADINGS:
            self._flush(level=HEADINGS[tag])
        elif tag in BLOCKS:
            self._flush()
        if tag == "li":
            self._label = ""
        self._preformatted -= tag == "pre"

    def _add(self, text: str | None) -> None:
        if text:
            self._texts.append(text.replace("\n", _BREAK) if self._preformatted else text)

    def _flush(self, *, level: int | None = None) -> None:
        """Makes a block of the text so far, one for each paragraph that empty lines part."""
        pieces = _EMPTY_LINE.split(_joined(self._texts))
        texts = [text for piece in pieces if (text := tidy(piece.replace(_BREAK, " ")))]
        marked, self._texts, self._marks = self._marks, [], []
        for place, text in enumerate(texts):
            marks = self._marks_of(marked) if place == len(texts) - 1 else ()
            self._done.append(self._block(text, level, marks))
        self._take_notes(marked)

    def _block(self, text: str, level: int | None, marks: tuple[str, ...]) -> Block:
        if level is not None:
            return Block(text, "heading", level=level, style=Style(size=20.0 - level, bold=True), marks=marks)
        label, self._label = self._label, ""
        return Block(text if _NUMBERED.match(text) else f"{label} {text}".strip(), marks=marks)

    def _marks_of(self, links: list[Any]) -> tuple[str, ...]:
        return tuple(self._notes.marks[link] for link in links)

    def _take_notes(self, links: list[Any]) -> None:
        """Puts the notes of marks after what bears them, and those of the marks in them after these."""
        waiting = deque((link, False) for link in links)
        while waiting:
            link, in_note = waiting.popleft()
            holder, mark = self._notes.holders.pop(link, None), self._notes.marks[link]
            if holder is None or (in_note and holder in self._taken):
                continue
            self._taken.add(holder)
            inside, inner = self._inside(holder)
            text = inside if holder in self._notes.bare else _without(mark, inside)
            self._done += [Block(text, "footnote", mark=mark, marks=self._marks_of(inner))] if text else []
            waiting.extend((each, True) for each in inner)

    def _table(self, table: Any) -> None:
        grid, marked = Grid(), list[Any]()
        for caption in table.iter("caption"):
            text, links = self._inside(caption)
            marked += links
            self._done += [Block(text)] if text else []
        for row in table.iter("tr"):
            grid.begin_row()
            if row in self._notes.held:
                continue
            for cell in row.iter("td", "th"):
                text, links = self._inside(cell)
                marked += links
                grid.add(text, columns=whole(cell.get("colspan"), 1), rows=whole(cell.get("rowspan"), 1))
        if text := table_text(grid.rows):
            self._done.append(Block(text, "table", marks=self._marks_of(marked)))
        self._take_notes(marked)

    def _inside(self, element: Any) -> tuple[str, list[Any]]:
        """The text in an element and the links in it that are marks."""
        texts, links = [element.text or ""], list[Any]()
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, inner in walk:
            if inner is element:
                continue
            if event == "end":
                texts += [" " if inner.tag in BLOCKS or inner.tag == "br" else "", inner.tail or ""]
            elif inner in self._notes.marks:
                links.append(inner)
                texts.append(_MARKED)
                walk.skip_subtree()
            elif inner in self._notes.back_links or inner in self._notes.held or is_left_out(inner):
                walk.skip_subtree()
            else:
                texts.append(inner.text or "")
        return tidy(_joined(texts)), links


def _joined(texts: list[str]) -> str:
    """The texts as one, what a mark parted still apart."""
    return _MARK.sub("", _MARK_BETWEEN.sub(" ", _SPACES.sub(" ", "".join(texts))))


def _without(mark: str, text: str) -> str:
    """A note without the mark that it begins with."""
    for form in (f"[{mark}]", f"({mark})", f"{mark}."):
        if text.startswith(form):
            return text.removeprefix(form).lstrip()
    return text.removeprefix(f"{mark} ").lstrip()
