"""Footnotes and endnotes of a Word document, with the marks that Word counts for them."""

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.blocks import Block
from ingest.joining import tidy
from ingest.number_forms import formatted
from ingest.office.word_text import Reference, written

_KINDS = {"footnote": "decimal", "endnote": "lowerRoman"}
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Notes:
    """Gives each note to the paragraph that bears it, in the order of the text."""

    def __init__(self, document: Any) -> None:
        self._elements = {(kind, note): element for kind in _KINDS for note, element in _notes(document, kind)}
        self._settings = {kind: _settings(document, kind) for kind in _KINDS}
        self._counts = dict.fromkeys(_KINDS, 0)

    def take(self, references: Sequence[Reference]) -> tuple[tuple[str, ...], tuple[Block, ...]]:
        """The marks of these references and the notes themselves."""
        found = [reference for reference in references if (reference.kind, reference.note) in self._elements]
        marks = tuple(self._mark(reference) for reference in found)
        texts = (_text(self._elements[reference.kind, reference.note]) for reference in found)
        blocks = (Block(text, kind="footnote", mark=mark) for text, mark in zip(texts, marks, strict=True) if text)
        return marks, tuple(blocks)

    def _mark(self, reference: Reference) -> str:
        if reference.mark:
            return reference.mark
        form, start = self._settings[reference.kind]
        self._counts[reference.kind] += 1
        return formatted(start + self._counts[reference.kind] - 1, form)


def _notes(document: Any, kind: str) -> Iterator[tuple[str, Any]]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}s"):
            for element in parse_xml(relation.target_part.blob).findall(qn(f"w:{kind}")):
                if element.get(qn("w:type")) not in _SEPARATORS:
                    yield str(element.get(qn("w:id"))), element


def _settings(document: Any, kind: str) -> tuple[str, int]:
    """How notes of a kind are numbered: the form of the number, and the first."""
    place = document.settings.element.find(qn(f"w:{kind}Pr"))
    form = None if place is None else place.find(qn("w:numFmt"))
    start = None if place is None else place.find(qn("w:numStart"))
    value = qn("w:val")
    return (
        _KINDS[kind] if form is None else str(form.get(value)),
        1 if start is None else int(start.get(value)),
    )


def _text(note: Any) -> str:
    return tidy(" ".join(written(paragraph).text.strip() for paragraph in note.iter(qn("w:p"))))
