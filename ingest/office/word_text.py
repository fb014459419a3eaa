"""The text of a Word paragraph as it is printed: insertions in, deletions, comments and field codes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXTS = {qn("w:t"), _MATH_TEXT}
_SPACES = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab")}
_HYPHEN = qn("w:noBreakHyphen")
_REFERENCES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_BOX = qn("w:txbxContent")
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:rt")}
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Reference:
    """A place that bears a note: which kind of note, its id, and its mark where the author chose one ("*")."""

    kind: str
    note: str
    mark: str = ""


@dataclass(frozen=True)
class Written:
    """A paragraph: its text, the notes that it bears, the text boxes anchored in it, whether all of it is bold."""

    text: str
    references: tuple[Reference, ...]
    boxes: tuple[Any, ...]
    bold: bool


def written(paragraph: Any) -> Written:
    """What is printed of a paragraph element (w:p)."""
    texts, references, boxes, weights = list[str](), list[Reference](), list[Any](), set[bool]()
    for leaf in _leaves(paragraph):
        if leaf.tag == _BOX:
            boxes.append(leaf)
        elif leaf.tag in _REFERENCES:
            references.append(_reference(leaf))
        elif not _is_own_mark(leaf):
            texts.append(_text(leaf))
            weights |= {_is_on(_property(leaf, "w:b"))} if texts[-1].strip() else set()
    return Written("".join(texts), tuple(references), tuple(boxes), weights == {True})


def children(element: Any) -> Iterator[Any]:
    """An element's children; of alternatives for older programs only the first."""
    for child in element:
        if child.tag == f"{_COMPATIBILITY}AlternateContent":
            yield from next(iter(child), ())
        elif isinstance(child.tag, str):  # a comment's or an instruction's is a function
            yield child


def _leaves(paragraph: Any) -> Iterator[Any]:
    """What a paragraph prints, in order."""
    ahead = [paragraph]
    while ahead:
        element = ahead.pop()
        if element.tag in _TEXTS | _SPACES | {_HYPHEN, _BOX} or element.tag in _REFERENCES:
            yield element
        elif element.tag not in _LEFT_OUT and not _is_hidden(element):
            ahead.extend(reversed(list(children(element))))


def _is_hidden(element: Any) -> bool:
    return element.tag == qn("w:r") and _is_on(element.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val")) not in _OFF


def _property(leaf: Any, name: str) -> Any:
    return leaf.getparent().find(f"{qn('w:rPr')}/{qn(name)}")


def _text(leaf: Any) -> str:
    if leaf.tag in _TEXTS:
        return leaf.text or ""
    return "-" if leaf.tag == _HYPHEN else " "


def _reference(leaf: Any) -> Reference:
    mark = "".join(each.text or "" for each in leaf.getparent().findall(qn("w:t"))) if _has_own_mark(leaf) else ""
    return Reference(_REFERENCES[leaf.tag], str(leaf.get(qn("w:id"))), mark.strip())


def _has_own_mark(reference: Any) -> bool:
    return reference.get(qn("w:customMarkFollows")) not in (None, *_OFF)


def _is_own_mark(leaf: Any) -> bool:
    """Whether a text is the mark of the note whose reference stands in the same run."""
    return any(_has_own_mark(each) for tag in _REFERENCES for each in leaf.getparent().findall(tag))
