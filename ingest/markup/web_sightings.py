"""Where in a page raised texts stand, and texts that may be footnotes because of where and how they begin."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Literal

from lxml import etree

from ingest.markup.web_lists import BULLET, item_labels
from ingest.markup.web_marks import LONGEST, Raised, lead, marks_in, raised
from ingest.markup.web_shown import BLOCKS, has_text, is_data, is_left_out, main_part, start_of

_SUPER = re.compile(r"vertical-align\s?:\s?super", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:foot|end)note[-_]?ref|^sup(?:er(?:script)?)?$", re.IGNORECASE)
_NOTES = re.compile(r"(?:foot|end)[-_]?notes?|^(?:notes|fns?|fn-?\d+|ftn\d*|edn\d*)$", re.IGNORECASE)
# A line that parts the footnotes from the text as a rule does.
_TITLE = re.compile(
    r"\s*(?:(?:foot|end)?notes|notas|примечания|сноски|注释?|脚注|尾注|الحواشي|حواش|ملاحظات)\s?[:：]?\s*", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_MOST_CELLS = 50


@dataclass(frozen=True)
class Lead:
    """The mark that what may be a footnote begins with, for which another has to stand before the place `since`.

    It is the raised text itself, the number of a list's item, or the first `cut` characters of the element's text or
    of the tail after it.
    """

    mark: str
    since: int
    form: Literal["raised", "item", "text", "tail"]
    cut: int = 0


@dataclass(frozen=True, eq=False)
class Sighting:
    """An element with a raised text, or one that may begin a footnote, or both, with its place in the page's order.

    `shown` is whether it belongs to the page's text.
    """

    element: Any
    place: int
    raised: Raised = field(default_factory=Raised)
    shown: bool = False
    lead: Lead | None = None


class Sightings:
    """Goes through a page once; `known` are the links between marks and notes, `held` the elements with such notes."""

    def __init__(self, root: Any, *, known: Collection[Any], held: Collection[Any]) -> None:
        self._root, self._main, self._known, self._held = root, main_part(root), known, held
        self._labels = item_labels(root)
        self._data = {table for table in root.iter("table") if is_data(table)}
        self._found: list[Sighting] = []
        self._place = 0
        self._before = ""
        self._inside: Counter[str] = Counter()
        self._notes: list[tuple[Any, int]] = []
        self._ruled: int | None = None
        self._item: Any = None

    def found(self) -> list[Sighting]:
        """The sightings in the page's order."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for self._place, (event, element) in enumerate(walk):
            if event == "start":
                self._enter(element)
                if not self._begin(element):
                    walk.skip_subtree()
            else:
                self._leave(element)
                if element is not self._root:
                    self._add(element, element.tail, "tail")
        return self._found

    def _enter(self, element: Any) -> None:
        self._inside.update(self._parts(element))
        if element.tag in BLOCKS or element.tag == "br":
            self._before = ""
        if element.tag in BLOCKS and _is_named(element, _NOTES):
            self._notes.append((element, self._place))
        if element.tag == "hr":
            self._ruled = self._place
        if element.tag == "li":
            self._item = element

    def _leave(self, element: Any) -> None:
        self._inside.subtract(self._parts(element))
        if element.tag in BLOCKS:
            self._before = ""
        if self._notes and self._notes[-1][0] is element:
            self._notes.pop()
        if element.tag == "li":
            self._item = None

    def _parts(self, element: Any) -> Iterator[str]:
        """Which parts of a page the element is."""
        if element is self._main:
            yield "main"
        if element.tag == "footer":
            yield "footer"
        if element in self._held:
            yield "held"
        if element in self._data:
            yield "data"

    def _begin(self, element: Any) -> bool:
        """Whether what is in the element is still to be gone through."""
        if element in self._known or (is_left_out(element) and element.tag != "footer"):
            return False
        if _is_raised(element) and self._see(element):
            return False
        self._add(element, element.text, "text")
        return True

    def _see(self, element: Any) -> bool:
        """Takes down a raised text; False where it is linked, or an element that was never closed."""
        text = start_of(element, LONGEST)
        if not text.strip() or len(text) > LONGEST or any(each in self._known for each in element.iterdescendants()):
            return False
        meant = raised(text.strip(), self._before, element.tail or "", in_cell=self._inside["data"] > 0)
        mark = "" if self._before.strip() else self._mark(element, text)
        shown = self._inside["main"] > 0 and not self._inside["footer"]
        self._found.append(
            Sighting(element, self._place, meant, shown, Lead(mark, self._place, "raised") if mark else None)
        )
        if not meant.marks or meant.sign is not None:
            self._before += (meant.sign or "") + text
        return True

    def _mark(self, element: Any, text: str) -> str:
        """The mark of the footnote that may begin with a raised text."""
        marks, self._item = marks_in(text), None
        alone = not self._inside["data"] or _is_alone(element, text)
        return marks[0] if len(marks) == 1 and alone and not self._inside["held"] else ""

    def _add(self, element: Any, text: str | None, form: Literal["text", "tail"]) -> None:
        if text and text.strip() and not self._before.strip():
            self._open(element, text, form)
        self._before = (self._before + _SPACES.sub(" ", text or ""))[-LONGEST:]

    def _open(self, element: Any, text: str, form: Literal["text", "tail"]) -> None:
        """Takes down a footnote that the text of a block or of a line in it begins."""
        item, self._item = self._item, None
        begun = self._lead(element, text, form)
        if begun is None:
            self._ruled = self._place if _TITLE.fullmatch(text) else None
        if self._inside["held"] or self._inside["footer"]:
            return
        label = self._labels.get(item, "").rstrip(f".{BULLET}")
        if begun:
            self._found.append(Sighting(element, self._place, lead=begun))
        elif label and self._notes:
            self._found.append(Sighting(item, self._place, lead=Lead(label, self._notes[-1][1], "item")))

    def _lead(self, element: Any, text: str, form: Literal["text", "tail"]) -> Lead | None:
        """The mark that a text begins with below a rule or among footnotes; stars and daggers are marks anywhere."""
        if self._inside["data"] and not (self._notes and _is_alone(element, text)):
            return None
        mark, cut = lead(text, "below rule")
        if mark and self._ruled is not None:
            return Lead(mark, self._ruled, form, cut)
        mark, cut = lead(text, "among notes")
        if mark and self._notes:
            return Lead(mark, self._notes[-1][1], form, cut)
        mark, cut = lead(text, "anywhere")
        return Lead(mark, self._place, form, cut) if mark else None


def _is_raised(element: Any) -> bool:
    if element.tag == "sup":
        return True
    styled = bool(_SUPER.search(element.get("style") or "")) or _is_named(element, _REFERENCE)
    return styled and element.tag in ("a", "font", "span")


def _is_named(element: Any, names: re.Pattern[str]) -> bool:
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    return any(names.search(name) for name in called.split())


def _is_alone(element: Any, text: str) -> bool:
    """Whether a text that begins a cell has its row for itself, perhaps with what it begins in the next cell."""
    cell = next((each for each in chain((element,), element.iterancestors()) if each.tag in ("td", "th")), None)
    begun = "" if cell is None else start_of(cell, LONGEST).strip()
    start = _SPACES.sub(" ", text).strip()
    if cell is None or not begun.startswith(start[:LONGEST]):
        return True
    before = (has_text(each) for each in islice(cell.itersiblings(preceding=True), _MOST_CELLS))
    after = (has_text(each) for each in islice(cell.itersiblings(), _MOST_CELLS))
    return not any(before) and sum(after) == (begun == start)
