"""Footnotes that no link joins to their marks: raised marks, and what begins with the same mark further on."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from lxml import etree

from ingest.markup.web_marks import same
from ingest.markup.web_shown import BLOCKS, has_text
from ingest.markup.web_sightings import Sighting

_AFTER_MARK = re.compile(r"\s*[\])）.．:、/]*\s*")
_SEPARATORS = re.compile(r"[\s,;，、،]+")
_PARAGRAPHS = ("p", "div", "dd", "blockquote")


@dataclass(frozen=True)
class Unlinked:
    """The marks in a page's text by the elements that they stand in, and the elements that hold the notes of some."""

    marks: dict[Any, str] = field(default_factory=dict)
    holders: dict[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pairs:
    """Which sightings bear a note, and each note by its mark and the first that bears it."""

    bearers: frozenset[Sighting]
    notes: dict[tuple[Sighting, str], Sighting]


def pairs(sightings: Iterable[Sighting]) -> Pairs:
    """The notes among sightings in a page's order; one belongs to the marks like its own that had none before it."""
    waiting: dict[str, list[Sighting]] = defaultdict(list)
    bearers, notes = set[Sighting](), dict[tuple[Sighting, str], Sighting]()
    for each in sightings:
        found = _bearers(waiting[same(each.lead.mark)], each.lead.since) if each.lead else []
        if each.lead and found:
            bearers.update(found)
            notes[found[0], same(each.lead.mark)] = each
        elif each.shown:
            for mark in each.raised.marks:
                waiting[same(mark)].append(each)
    return Pairs(frozenset(bearers), notes)


def _bearers(waiting: list[Sighting], since: int) -> list[Sighting]:
    """Those that bear a note, the least doubtful ones; all that stand before it wait no longer."""
    before = list(takewhile(lambda each: each.place < since, waiting))
    del waiting[: len(before)]
    least = min((each.raised.doubt for each in before), default=0)
    return [each for each in before if each.raised.doubt == least]


def unlinked(sightings: Sequence[Sighting]) -> Unlinked:
    """The marks and footnotes among sightings, for which the page's tree is changed.

    Each mark stands in an element of its own then, each note without its mark in one too, and no other raised text
    runs into a figure.
    """
    paired, found = pairs(sightings), Unlinked()
    notes = frozenset(paired.notes.values())
    held = _holders(list(notes))
    for each in sightings:
        if each in notes:
            continue
        if each.raised.marks and (each.raised.sign is None or each in paired.bearers):
            for mark, element in _parted(each):
                note = paired.notes.get((each, same(mark)))
                found.marks[element] = mark
                found.holders.update({element: held[note]} if note else {})
        else:
            _set_apart(each, found.marks)
    return found


def _parted(sighting: Sighting) -> Iterator[tuple[str, Any]]:
    """The marks of a raised text, each in an element of its own."""
    _empty(sighting.element)
    for mark in sighting.raised.marks:
        yield mark, etree.SubElement(sighting.element, "span")


def _set_apart(sighting: Sighting, marks: Collection[Any]) -> None:
    """Keeps a raised text that is no mark away from the figures and words that it is not a part of."""
    element, sign = sighting.element, sighting.raised.sign
    if sighting.lead and sighting.lead.form != "raised":
        return
    text, last = "".join(element.itertext()), _last(element)
    tail = last.tail or ""
    if _SEPARATORS.fullmatch(text) and _follows_mark(element, marks):
        _empty(element)
    elif sign:
        element.text = sign + (element.text or "").lstrip()
    if text[-1:].isdecimal() and (tail[:1].isdecimal() or (tail[:1].isupper() and tail[1:2].islower())):
        last.tail = f" {tail}"


def _last(element: Any) -> Any:
    """The outermost element inside a block that ends with this one."""
    while not element.tail and element.getnext() is None and element.getparent().tag not in BLOCKS:
        element = element.getparent()
    return element


def _follows_mark(element: Any, marks: Collection[Any]) -> bool:
    previous = element.getprevious()
    return previous is not None and not previous.tail and any(each in marks for each in previous)


def _holders(notes: Iterable[Sighting]) -> dict[Sighting, Any]:
    """The elements that hold notes, which hold only them and not their marks."""
    starts = {each: _start(each) for each in sorted(notes, key=lambda each: each.place)}
    others = frozenset(starts.values())
    return {each: start if start.tag == "li" else _holder(start, others) for each, start in starts.items()}


def _start(note: Sighting) -> Any:
    """The element that a note begins with, its mark taken off."""
    element, begun = note.element, note.lead
    if begun is None or begun.form == "item":
        return element
    if begun.form == "raised":
        _empty(element)
        element.tail = _AFTER_MARK.sub("", element.tail or "", count=1)
        return _outermost(element)
    rest = etree.Element("span")
    if begun.form == "text":
        rest.text, element.text = element.text[begun.cut :], None
        element.insert(0, rest)
    else:
        rest.text, element.tail = element.tail[begun.cut :], None
        element.addnext(rest)
    return _outermost(rest)


def _outermost(element: Any) -> Any:
    """The outermost element inside a block that begins with this one."""
    while element.getparent().tag not in BLOCKS and _is_first(element):
        element = element.getparent()
    return element


def _is_first(element: Any) -> bool:
    while (previous := element.getprevious()) is not None:
        if previous.tag == "br" or previous.tag in BLOCKS or has_text(previous) or (previous.tail or "").strip():
            return False
        element = previous
    return not (element.getparent().text or "").strip()


def _holder(start: Any, starts: Collection[Any]) -> Any:
    """A new element around a note: from its start to the next one or the end of its line, block or row."""
    holder = etree.Element("div")
    inline = takewhile(lambda each: each not in starts and each.tag not in BLOCKS, start.itersiblings())
    pieces = [start, *inline]
    start.addprevious(holder)
    holder.extend(pieces)
    if has_text(holder):
        return holder
    parent = holder.getparent()
    if parent.tag in ("td", "th"):
        return parent.getparent()
    following = holder.getnext() if holder.getnext() is not None else parent.getnext()
    if following is not None and _is_plain(following, starts):
        holder.append(following)
    return holder


def _is_plain(element: Any, starts: Collection[Any]) -> bool:
    """Whether an element is a paragraph with no other and no note in it."""
    inside = element.iterdescendants()
    return element.tag in _PARAGRAPHS and not any(each in starts or each.tag in BLOCKS for each in inside)


def _empty(element: Any) -> None:
    """Takes out what is in an element, and leaves what is after it."""
    for child in list(element):
        element.remove(child)
    element.text = None
