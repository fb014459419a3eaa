"""What changed from one edition to the next: figures, dates and commitments, paragraph by paragraph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from ingest.aligning import align
from ingest.counterparts import counterparts, differences
from ingest.findings import ChangedValue, Difference, findings, kinds_in, said_in
from ingest.statements import Sentence
from vectorstore.labels import anchor, label
from vectorstore.paragraph import Paragraph

ChangeKind = Literal["added", "removed", "figure", "date", "commitment", "wording"]
_KINDS: tuple[ChangeKind, ...] = ("added", "removed", "figure", "date", "commitment", "wording")


class Cited(Protocol):
    """What is asked of a document to cite its paragraphs; a Document and a DocumentRecord both have it."""

    @property
    def document_id(self) -> str: ...
    @property
    def symbol(self) -> str | None: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Edition:
    """A document with its paragraphs, in order."""

    record: Cited
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Place:
    """A citation of one edition; `quote` stands there word for word, and is empty where the paragraph said nothing."""

    document_id: str
    paragraph: str | None
    position: int
    label: str
    anchor: str
    quote: str


@dataclass(frozen=True)
class ParagraphChange:
    """What changed between a paragraph and the one that it was before.

    `kinds` says which of figures, dates and commitments `values` has, or "wording" where none of them changed. For a
    whole paragraph it begins with "added" or "removed" and says which of them the paragraph holds; then the other
    place is None, and the quote is the paragraph's first sentence.
    """

    kinds: tuple[ChangeKind, ...]
    before: Place | None
    after: Place | None
    values: tuple[ChangedValue, ...] = ()

    @property
    def matters(self) -> bool:
        """Whether figures, dates or commitments are in it."""
        return any(kind in ("figure", "date", "commitment") for kind in self.kinds)

    @property
    def rewords(self) -> bool:
        """Whether nothing but the wording changed."""
        return self.kinds == ("wording",)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ParagraphChange":
        """The change as it was before `dataclasses.asdict` and JSON made it mappings and lists."""
        before, after = (Place(**kept[side]) if kept[side] else None for side in ("before", "after"))
        return cls(tuple(kept["kinds"]), before, after, tuple(ChangedValue(**value) for value in kept["values"]))


Order = tuple[int, int, int]


def edition_changes(before: Edition, after: Edition) -> tuple[ParagraphChange, ...]:
    """What changed from one edition of a work to the next in the same language, in the order of the newer one.

    A paragraph is known again by what it says, so that one that moved, was renumbered, split or joined is no change;
    nor are white space, hyphens, footnote marks, numbers that point at other paragraphs, and a value written otherwise.
    """
    changes = sorted(_Comparison(before, after).changes(), key=lambda each: each[0])
    return tuple(change for _, change in changes)


class _Comparison:
    """Two editions with what was found to be the same in them."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self._before, self._after = before, after
        self._found = align(before.paragraphs, after.paragraphs, after.record.language)
        self._counter = counterparts(self._found)

    def changes(self) -> Iterator[tuple[Order, ParagraphChange]]:
        """Each change with its place in the newer edition; a removed paragraph comes after the one that it followed."""
        for (one, other), difference in differences(self._found, self._counter).items():
            if one is None and other is not None:
                yield (other, 0, 0), self._added(other, difference.new)
            elif one is not None and other is None:
                followed = max((now for then, now in self._counter.now.items() if then < one), default=-1)
                yield (followed, 1, one), self._removed(one, difference.gone)
            elif one is not None and other is not None:
                yield (other, 0, one), self._changed(one, other, difference)

    def _added(self, other: int, new: Sequence[Sentence]) -> ParagraphChange:
        return ParagraphChange(_kinds("added", *kinds_in(new)), None, _place(self._after, other, new[:1]))

    def _removed(self, one: int, gone: Sequence[Sentence]) -> ParagraphChange:
        return ParagraphChange(_kinds("removed", *kinds_in(gone)), _place(self._before, one, gone[:1]), None)

    def _changed(self, one: int, other: int, difference: Difference) -> ParagraphChange:
        counter, found = self._counter, self._found
        old = {one, *(then for then, now in counter.now.items() if now == other)}
        new = {other, *(now for now, then in counter.then.items() if then == one)}
        told = findings(
            difference,
            said_in(sentence for sentence in found.before if sentence.paragraph in old),
            said_in(sentence for sentence in found.after if sentence.paragraph in new),
        )
        kinds = _kinds(*(each.value.kind for each in told)) or ("wording",)
        before = [each.before for each in told if each.before] if told else difference.before
        after = [each.after for each in told if each.after] if told else difference.after
        values = tuple(each.value for each in told)
        return ParagraphChange(kinds, _place(self._before, one, before), _place(self._after, other, after), values)


def _kinds(*kinds: ChangeKind) -> tuple[ChangeKind, ...]:
    """The kinds, each once, in the order that they are told in."""
    return tuple(kind for kind in _KINDS if kind in kinds)


def _place(edition: Edition, position: int, sentences: Sequence[Sentence]) -> Place:
    """The citation of a paragraph, with its words from the first of the sentences to the last."""
    paragraph = edition.paragraphs[position]
    start = min((sentence.start for sentence in sentences), default=0)
    end = max((sentence.end for sentence in sentences), default=0)
    return Place(
        document_id=edition.record.document_id,
        paragraph=paragraph.number,
        position=position,
        label=label(edition.record, paragraph),
        anchor=anchor(paragraph, position),
        quote=paragraph.text[start:end].strip(),
    )
