"""What a Word document's styles say of its paragraphs: which are headings, and how deep."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"^(?:heading|titre|título|заголовок|标题) ?([1-9])$", re.IGNORECASE)
# The styles of the United Nations' own templates: "_ H_M" is a title, "_ H _Ch_G" a chapter's heading, "_ H_1_G" the
# next below it, "_ H_2/3_G" both that follow.
_UN_HEADING = re.compile(r"^_\s?H\s?_\s?(M|Ch|\d)", re.IGNORECASE)
_UN_LEVELS = {"m": 0, "ch": 1}
_TITLES = ("title", "titre", "título", "название", "标题")
_CONTENTS = re.compile(r"^(?:toc|table of figures|index) ?\d?$", re.IGNORECASE)
_LEVELS = 9
_CHAIN = 20


class Styles:
    """The styles of a document by their id."""

    def __init__(self, document: Any) -> None:
        self._elements = {each.get(qn("w:styleId")): each for each in document.styles.element.findall(qn("w:style"))}

    def level(self, paragraph: Any) -> int | None:
        """A heading's depth, 0 for the title of the document; None for text."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if own is not None:
            return _outline(own)
        for style in self._chain(paragraph):
            named = _named_level(_name(style))
            if named is not None:
                return named
            outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None:
                return _outline(outline)
        return None

    def is_contents(self, paragraph: Any) -> bool:
        """Whether it is a line of a table of contents, which repeats the headings."""
        return any(_CONTENTS.match(_name(style)) for style in self._chain(paragraph))

    def is_bold(self, paragraph: Any) -> bool:
        """Whether the paragraph's style sets it in bold."""
        switches = (style.find(f"{qn('w:rPr')}/{qn('w:b')}") for style in self._chain(paragraph))
        found = next((each for each in switches if each is not None), None)
        return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style, the one that it is based on, and so on."""
        at = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        for _ in range(_CHAIN):
            style = None if at is None else self._elements.get(at.get(qn("w:val")))
            if style is None:
                return
            yield style
            at = style.find(qn("w:basedOn"))


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val")))


def _named_level(name: str) -> int | None:
    if name.lower() in _TITLES:
        return 0
    heading, ours = _HEADING.match(name), _UN_HEADING.match(name)
    if ours:
        return _UN_LEVELS.get(ours[1].lower()) if not ours[1].isdigit() else int(ours[1]) + 1
    return int(heading[1]) if heading else None


def _outline(element: Any) -> int | None:
    """The level that an outline level names, which counts from 0 and is 9 for body text."""
    level = int(element.get(qn("w:val")))
    return level + 1 if level < _LEVELS else None
