"""Footnotes of a web page: which elements are marks, where their notes stand, and which links lead back."""

import re
from collections.abc import Iterator
from typing import Any

from ingest.markup.web_marks import LONGEST, marks_in
from ingest.markup.web_shown import start_of
from ingest.markup.web_sightings import Sightings
from ingest.markup.web_unlinked import unlinked

_MARK = re.compile(r"^[\[(]?\s?(\d{1,3}|[a-z]|[*†‡§]{1,4})\s?[\])]?$")
_NOTE_NAME = re.compile(r"^_?(?:fn|ftn|foot|note|cite_note|edn|endn|en-?\d)", re.IGNORECASE)
_AROUND_MARK = re.compile(r"[\s\[\](),;，、]+")
_HOLDERS = ("li", "p", "dd", "tr", "div", "aside")
_NEAR = 2
_FEW = 50


class Notes:
    """The footnotes of a page, found by the links to them, or where there is no link by the marks they begin with.

    `marks` are those of the elements that are marks, `holders` the elements that hold their notes, `held` all of these;
    those that are `bare` hold only the note, any other its mark too. `back_links` lead from a note to its mark. The
    page's tree is changed: footnotes without links get elements of their own.
    """

    def __init__(self, root: Any) -> None:
        self._named = {name: element for element in root.iter() for name in _names(element)}
        self.marks: dict[Any, str] = {}
        self.holders: dict[Any, Any] = {}
        self.back_links: set[Any] = set()
        self._references: set[str] = set()
        self._passed: set[str] = set()
        for element in root.iter():
            if element.tag == "a":
                self._take(element)
            self._passed.update(_names(element))
        linked = set(self.holders.values())
        found = unlinked(Sightings(root, known=self.marks.keys() | self.back_links, held=linked).found())
        _clear_around(self.marks)
        self.marks.update(found.marks)
        self.holders.update(found.holders)
        self.bare = set(found.holders.values())
        self.held = linked | self.bare

    def _take(self, link: Any) -> None:
        name = (link.get("href") or "").removeprefix("#")
        if not name or not (link.get("href") or "").startswith("#"):
            return
        if name in self._references:
            self.back_links.add(link)
            return
        mark = _MARK.match("".join(text for _, text in zip(range(_FEW), link.itertext(), strict=False)).strip())
        if mark is None or not (_is_raised(link) or _NOTE_NAME.match(name)):
            return
        if name in self._passed and _is_mark(self._named[name], mark[1]):
            return  # a note's way back to a mark that is no link
        self.marks[link] = mark[1]
        self._references.update(_names_near(link))
        holder = _holder(self._named.get(name))
        if holder is not None and link not in set(holder.iter("a")):
            self.holders[link] = holder


def _names(element: Any) -> Iterator[str]:
    for attribute in ("id", "name"):
        if element.get(attribute):
            yield element.get(attribute)


def _names_near(link: Any) -> Iterator[str]:
    """The names by which a note's link back may call this link: its own, and of what is around and in it."""
    around = [element for _, element in zip(range(_NEAR), link.iterancestors("sup", "span"), strict=False)]
    inside = [element for _, element in zip(range(_FEW), link.iter(), strict=False)]
    for element in (*around, *inside):
        yield from _names(element)


def _is_raised(link: Any) -> bool:
    return link.find(".//sup") is not None or any(True for _ in link.iterancestors("sup"))


def _is_mark(target: Any, mark: str) -> bool:
    raised = target.tag == "sup" or target.getparent().tag == "sup"
    return raised and mark in marks_in(start_of(target, LONGEST))


def _holder(target: Any) -> Any | None:
    if target is None or target.tag in _HOLDERS:
        return target
    return next(target.iterancestors(*_HOLDERS), None)


def _clear_around(marks: dict[Any, str]) -> None:
    """Takes away the brackets and commas that are raised with links."""
    for around in {link.getparent() for link in marks if link.getparent().tag == "sup"}:
        if _AROUND_MARK.fullmatch(around.text or ""):
            around.text = None
        for child in around:
            if _AROUND_MARK.fullmatch(child.tail or ""):
                child.tail = None
