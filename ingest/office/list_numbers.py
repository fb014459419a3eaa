"""Word's automatic list numbers, because no parser of DOCX gives them.

Word keeps a paragraph's number out of its text and counts anew at each opening of the file; so it is done here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from ingest.number_forms import formatted

_PLACE = re.compile(r"%(\d)")
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str


class ListNumbers:
    """Counts the paragraphs of each list in a document, from the first to the last."""

    def __init__(self, document: Any) -> None:
        numbering = _numbering_element(document)
        abstract = {} if numbering is None else {_id(each): each for each in numbering.findall(qn("w:abstractNum"))}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        for each in () if numbering is None else numbering.findall(qn("w:num")):
            abstract_id = _value(each.find(qn("w:abstractNumId")))
            key = f"num{_id(each)}" if each.find(qn("w:lvlOverride")) is not None else f"abstract{abstract_id}"
            self._lists[_id(each)] = (key, dict(_levels(abstract.get(abstract_id), each)))
        self._styles = dict(_styles(document))
        self._counts: dict[str, list[int]] = {}

    def label(self, paragraph: Any) -> str | None:
        """The number that Word would print before this paragraph, or None."""
        place = self._place(paragraph)
        if place is None or place[0] not in self._lists:
            return None
        key, levels = self._lists[place[0]]
        depth = place[1]
        if depth not in levels or depth >= _LEVELS:
            return None
        counts = self._counts.setdefault(key, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if levels[depth].form == "bullet":
            return "•"
        return _PLACE.sub(lambda place: _count(levels, counts, int(place[1]) - 1), levels[depth].text).strip() or None

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        own = _numbering_of(properties)
        style = properties.find(qn("w:pStyle"))
        inherited = self._styles.get(_value(style)) if style is not None else None
        number, depth = own or (None, None)
        number = number or (inherited[0] if inherited else None)
        if number is None or number == "0":
            return None
        return number, depth if depth is not None else (inherited[1] or 0 if inherited else 0)


def _numbering_element(document: Any) -> Any:
    relations = document.part.rels.values()
    return next((each.target_part.element for each in relations if each.reltype.endswith("/numbering")), None)


def _id(element: Any) -> str:
    return str(element.get(qn("w:numId")) or element.get(qn("w:abstractNumId")))


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(qn("w:val")))


def _levels(abstract: Any, number: Any) -> Iterator[tuple[int, _Level]]:
    starts = {
        each.get(qn("w:ilvl")): _value(each.find(qn("w:startOverride"))) for each in number.findall(qn("w:lvlOverride"))
    }
    for level in () if abstract is None else abstract.findall(qn("w:lvl")):
        index = level.get(qn("w:ilvl"))
        start = starts.get(index) or _value(level.find(qn("w:start"))) or "1"
        form = _value(level.find(qn("w:numFmt"))) or "decimal"
        yield int(index), _Level(start=int(start), form=form, text=_value(level.find(qn("w:lvlText"))))


def _styles(document: Any) -> Iterator[tuple[str, tuple[str | None, int | None]]]:
    """The list and level that each style gives to its paragraphs, its own or of the style it is based on."""
    elements = {each.get(qn("w:styleId")): each for each in document.styles.element.findall(qn("w:style"))}
    for name in elements:
        seen: set[str] = set()
        at: str = name
        while at in elements and at not in seen:
            seen.add(at)
            properties = elements[at].find(qn("w:pPr"))
            found = None if properties is None else _numbering_of(properties)
            if found:
                yield name, found
                break
            at = _value(elements[at].find(qn("w:basedOn")))


def _numbering_of(properties: Any) -> tuple[str | None, int | None] | None:
    numbering = properties.find(qn("w:numPr"))
    if numbering is None:
        return None
    number, depth = _value(numbering.find(qn("w:numId"))), _value(numbering.find(qn("w:ilvl")))
    return number or None, int(depth) if depth else None


def _count(levels: dict[int, _Level], counts: list[int], depth: int) -> str:
    level = levels.get(depth, _Level(1, "decimal", ""))
    return formatted(counts[depth] or level.start, level.form)
