"""The gold set: what is printed in documents that were read by eye, and how well a reading agrees with it.

Each file of `gold/` is a document's truth: for every numbered paragraph its number as citations give it, the sheet on
which it begins, how it begins and ends (its sub-items belong to it) and the headings above it. Truths are written from
the rendered pages, never from what our reader makes of them. Of documents that are not ours only digests are kept.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.paragraph import Document, Paragraph, digest

TRUTHS = Path(__file__).parent / "gold"
_LETTERS = 24


@dataclass(frozen=True)
class Boundary:
    """A numbered paragraph: its number as citations give it, and the digests of its first and last letters."""

    number: str
    first: str
    last: str


@dataclass(frozen=True)
class Entry:
    """A numbered paragraph as printed, the sheet on which it begins (None: no sheets), the digest of its headings."""

    boundary: Boundary
    page: int | None
    section: str


@dataclass(frozen=True)
class Gold:
    """What is printed in a file; `sha256` names the file's content where the file is not ours.

    `tables` are tables and whatever else has a caption: figures, boxes. A table of contents is none.
    """

    file: str
    sha256: str | None
    entries: tuple[Entry, ...]
    tables: int
    footnotes: int


@dataclass(frozen=True)
class Score:
    """How many numbered paragraphs were printed, were read, and were read right; and of these, section and page."""

    printed: int = 0
    read: int = 0
    right: int = 0
    sections: int = 0
    pages: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """The part of what was read that is printed so; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The part of what is printed that was read; 1 where nothing is printed."""
        return self.right / self.printed if self.printed else 1.0

    def __str__(self) -> str:
        share = f"precision {self.precision:.3f}, recall {self.recall:.3f} of {self.printed}"
        placed = f"sections {self.sections}/{self.right}, pages {self.pages}/{self.right}"
        return f"{share}; {placed}" + "".join(f"\n    {each}" for each in self.wrong)


def gold(path: Path) -> Gold:
    """The truth that a file of the gold set holds: digests for a document that is not ours, plain text for ours."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    ours = kept["sha256"] is None
    entries = tuple(_entry(each, plain=ours) for each in kept["paragraphs"])
    return Gold(kept["file"], kept["sha256"], entries, kept["tables"], kept["footnotes"])


def _entry(kept: Mapping[str, Any], *, plain: bool) -> Entry:
    first, last, section = kept["first"], kept["last"], kept["section"]
    if plain:
        first, last, section = first_of(first), last_of(last), section_of(section)
    return Entry(Boundary(kept["number"], first, last), kept["page"], section)


def _letters(text: str) -> str:
    """Only the letters: marks of footnotes, hyphens at line ends, quotation marks and spaces differ by extractor."""
    return "".join(filter(str.isalpha, text)).casefold()


def first_of(text: str) -> str:
    """The digest of how a paragraph begins."""
    return digest(_letters(text)[:_LETTERS])


def last_of(text: str) -> str:
    """The digest of how a paragraph ends."""
    return digest(_letters(text)[-_LETTERS:])


def section_of(headings: Sequence[str]) -> str:
    """The digest of the headings from the top, whether a heading and the line below it are read as one or as two."""
    return digest(_letters("".join(headings)))


def score(truth: Gold, document: Document) -> Score:
    """How well a reading of a document agrees with what is printed there."""
    read = [(_boundary(each), each) for each in document.paragraphs if each.number]
    printed = Counter(entry.boundary for entry in truth.entries)
    found = Counter(boundary for boundary, _ in read)
    placed = dict(read)
    pairs = [(entry, placed[entry.boundary]) for entry in truth.entries if entry.boundary in placed]
    return Score(
        printed=printed.total(),
        read=found.total(),
        right=(printed & found).total(),
        sections=sum(entry.section == section_of(paragraph.section) for entry, paragraph in pairs),
        pages=sum(entry.page == paragraph.page for entry, paragraph in pairs),
        wrong=(*_wrong(printed, found), *_misplaced(pairs)),
    )


def total(scores: Iterable[Score]) -> Score:
    """The score of all documents together."""
    each = list(scores)
    return Score(
        printed=sum(one.printed for one in each),
        read=sum(one.read for one in each),
        right=sum(one.right for one in each),
        sections=sum(one.sections for one in each),
        pages=sum(one.pages for one in each),
    )


def _boundary(paragraph: Paragraph) -> Boundary:
    number = str(paragraph.number)
    text = paragraph.text.removeprefix(number)  # the text of a recommendation begins with its name
    return Boundary(number, first_of(text), last_of(text))


def _wrong(printed: Counter[Boundary], found: Counter[Boundary]) -> list[str]:
    missed, more = printed - found, found - printed
    by_number = {boundary.number: boundary for boundary in more}
    lines = [f"{boundary.number}: {_how(boundary, by_number.pop(boundary.number, None))}" for boundary in missed]
    return [*lines, *(f"{number}: read, but not printed" for number in by_number)]


def _how(printed: Boundary, found: Boundary | None) -> str:
    if found is None:
        return "printed, but not read"
    ends = [name for name in ("first", "last") if getattr(printed, name) != getattr(found, name)]
    return f"its {' and '.join(ends)} letters are others"


def _misplaced(pairs: Sequence[tuple[Entry, Paragraph]]) -> list[str]:
    pages = [
        f"{paragraph.number}: page {paragraph.page}, printed on {entry.page}"
        for entry, paragraph in pairs
        if entry.page != paragraph.page
    ]
    elsewhere: dict[tuple[str, ...], list[str]] = {}
    for entry, paragraph in pairs:
        if entry.section != section_of(paragraph.section):
            elsewhere.setdefault(paragraph.section, []).append(str(paragraph.number))
    sections = [f"{'; '.join(numbers)}: section {' > '.join(path)!r}" for path, numbers in elsewhere.items()]
    return pages + sections
