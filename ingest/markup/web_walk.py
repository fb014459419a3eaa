"""The tree of a web page to blocks: headings, paragraphs, list items with their numbers, tables, footnotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ingest.blocks import Block, Style
from ingest.joining import tidy
from ingest.markup.web_notes import Notes
from ingest.number_forms import formatted
from ingest.rows import Grid, table_text

# fmt: off
_LEFT_OUT = {
    "button", "footer", "head", "iframe", "math", "nav", "noscript", "script", "select", "style", "svg", "template",
    "textarea",
}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
# fmt: on
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s?:\s?none", re.IGNORECASE)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s?:\s?(none|(?:lower|upper)-(?:alpha|latin|roman))", re.IGNORECASE)
_STYLED = {"alpha": "Letter", "latin": "Letter", "roman": "Roman"}
_WHOLE = re.compile(r"-?\d{1,6}")
_NUMBERED = re.compile(r"[(（]?(?:\d{1,4}|[a-zA-Z]|[ivxIVX]{1,5})[.．、)）]")
_BREAK = "\u2028"
_SPACES = re.compile(r"[ \t\r\n\f]+")
_EMPTY_LINE = re.compile(f"{_BREAK} ?{_BREAK}[{_BREAK} ]*")


@dataclass
class _List:
    form: str
    next: int


class Walk:
    """Goes through a page once."""

    def __init__(self, root: Any) -> None:
        self._notes = Notes(root)
        self._root = _main(root)
        self._done: list[Block] = []
        self._texts: list[str] = []
        self._marks: list[Any] = []
        self._lists: list[_List] = []
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
        if _is_left_out(element) or element in self._notes.held or element in self._notes.back_links:
            return False
        if element in self._notes.marks:
            self._marks.append(element)
            return False
        if tag in _BLOCKS or tag in _HEADINGS:
            self._flush()
        if tag == "table" and _is_data(element):
            self._table(element)
            return False
        if tag == "br":
            self._texts.append(_BREAK)
        self._preformatted += tag == "pre"
        self._list(element)
        self._add(element.text)
        return True

    def _list(self, element: Any) -> None:
        if element.tag in ("ol", "ul"):
            self._lists.append(_List(_form(element), _whole(element.get("start"), 1)))
        elif element.tag == "li":
            counted = self._lists[-1] if self._lists else _List("bullet", 1)
            number = _whole(element.get("value"), counted.next)
            counted.next = number + 1
            self._label = _label(number, counted.form)

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._flush(level=_HEADINGS[tag])
        elif tag in _BLOCKS:
            self._flush()
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        self._preformatted -= tag == "pre"

    def _add(self, text: str | None) -> None:
        if text:
            self._texts.append(text.replace("\n", _BREAK) if self._preformatted else text)

    def _flush(self, *, level: int | None = None) -> None:
        """Makes a block of the text so far, one for each paragraph that empty lines part."""
        pieces = _EMPTY_LINE.split(_SPACES.sub(" ", "".join(self._texts)))
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
        for link in links:
            holder, mark = self._notes.holders.pop(link, None), self._notes.marks[link]
            text = "" if holder is None else _without(mark, self._inside(holder)[0])
            self._done += [Block(text, "footnote", mark=mark)] if text else []

    def _table(self, table: Any) -> None:
        grid, marked = Grid(), list[Any]()
        for caption in table.iter("caption"):
            text, links = self._inside(caption)
            marked += links
            self._done += [Block(text)] if text else []
        for row in table.iter("tr"):
            grid.begin_row()
            for cell in row.iter("td", "th"):
                text, links = self._inside(cell)
                marked += links
                grid.add(text, columns=_whole(cell.get("colspan"), 1), rows=_whole(cell.get("rowspan"), 1))
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
                texts += [" " if inner.tag in _BLOCKS or inner.tag == "br" else "", inner.tail or ""]
            elif inner in self._notes.marks or inner in self._notes.back_links or _is_left_out(inner):
                links += [inner] if inner in self._notes.marks else []
                walk.skip_subtree()
            else:
                texts.append(inner.text or "")
        return tidy(_SPACES.sub(" ", "".join(texts))), links


def _main(root: Any) -> Any:
    """The part of a page that is its text, where the page says so."""
    found = [element for element in root.iter() if element.tag == "main" or element.get("role") == "main"]
    return found[0] if len(found) == 1 and "".join(found[0].itertext()).strip() else root


def _is_left_out(element: Any) -> bool:
    if element.tag == "header":
        return element.find(".//h1") is None and not any(True for _ in element.iterancestors("main", "article"))
    hidden = element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
    return element.tag in _LEFT_OUT or hidden


def _is_data(table: Any) -> bool:
    """Whether a table is one: not a frame for the page's layout."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return False
    return sum(1 for _ in _first_cells(table)) > 1


def _first_cells(table: Any) -> Iterator[Any]:
    return (cell for _, cell in zip(range(2), table.iter("td", "th"), strict=False))


def _form(element: Any) -> str:
    """How the items of a list are numbered."""
    styled = _LIST_STYLE.search(element.get("style") or "")
    if styled:
        case, _, script = styled[1].lower().partition("-")
        return "none" if case == "none" else f"{case}{_STYLED[script]}"
    return "bullet" if element.tag == "ul" else _FORMS.get(element.get("type") or "", "decimal")


def _label(number: int, form: str) -> str:
    if form in ("none", "bullet"):
        return "" if form == "none" else "•"
    return f"{formatted(number, form)}."


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and _WHOLE.fullmatch(text) else default


def _without(mark: str, text: str) -> str:
    """A note without the mark that it begins with."""
    for form in (f"[{mark}]", f"({mark})", f"{mark}."):
        if text.startswith(form):
            return text.removeprefix(form).lstrip()
    return text.removeprefix(f"{mark} ").lstrip()
