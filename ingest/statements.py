"""The sentences of an edition by what they say, however they are printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from vectorstore.paragraph import Paragraph
from vectorstore.sentences import sentences
from vectorstore.tokens import tokenise
from vectorstore.wording.mentions import Mention, mentions_in, plain
from vectorstore.wording.references import marks_in, parts_in

# "(b)", "iv)", "(12)", "3.", "•", "㈡".
_ITEM_MARK = re.compile(
    r"(?:[(（]?(?:[^\W\d_]{1,4}|\d{1,2})[)）]\s*|(?:[^\W\d_]|\d{1,2})\.\s+|[•●▪■–—-]\s+|[㈠-㈩①-⑳])(?=\S)"
)
_NOT_SAID = re.compile(r"[\W_\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff]+")
_WORD = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011\u00ad](?=\w)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of an edition with single spaces: the index of its paragraph, and where in its text it stands."""

    paragraph: int
    start: int
    end: int
    text: str
    language: str

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Its figures and dates; the number that it has in a list is none."""
        return tuple(each for each in mentions_in(self.text, self.language) if each.start >= self._begin)

    @cached_property
    def key(self) -> str:
        """What it says, the same however it is printed: without spaces, signs, marks and numbers that only point."""
        return "".join(piece if spoken else f"·{piece}·" for spoken, piece in self._pieces())

    @cached_property
    def shape(self) -> str:
        """What it says but for figures and dates."""
        return "".join(piece if spoken else "·" for spoken, piece in self._pieces())

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words as they are looked for, without numbers."""
        joined = _HYPHEN.sub("", " ".join(self._words()))
        found = (_tokens(word, self.language) for word in _WORD.findall(joined))
        return frozenset(token for tokens in found for token in tokens)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Its words, and the values of its figures and dates."""
        return self.words | {f"·{mention.value}" for mention in self.mentions}

    @cached_property
    def _begin(self) -> int:
        """Where it begins after the mark that it has in a list."""
        mark = _ITEM_MARK.match(plain(self.text))
        return mark.end() if mark else 0

    def _pieces(self) -> Iterator[tuple[bool, str]]:
        """What it says, piece by piece: words, and between them values."""
        for spoken, piece in self._parts():
            yield spoken, _NOT_SAID.sub("", piece.casefold()) if spoken else piece

    def _words(self) -> Iterator[str]:
        yield from (piece for spoken, piece in self._parts() if spoken)

    def _parts(self) -> Iterator[tuple[bool, str]]:
        text, at = plain(self.text), self._begin
        unsaid = [(start, end, "") for start, end in marks_in(text, self.language)]
        unsaid += [(start, end, "§") for start, end in parts_in(text, self.language)]
        for start, end, value in sorted([*((m.start, m.end, m.value) for m in self.mentions), *unsaid]):
            yield True, text[at:start]
            if value:
                yield False, value
            at = max(at, end)
        yield True, text[at:]


def sentences_of(paragraphs: Sequence[Paragraph], language: str) -> Iterator[Sentence]:
    """The sentences of all paragraphs but headings, without those that say nothing, such as a rule of dashes."""
    for index, paragraph in enumerate(paragraphs):
        start = 0
        for text in sentences(paragraph.text, language) if paragraph.kind != "heading" else ():
            if any(map(str.isalnum, text)):
                yield Sentence(index, start, start + len(text), " ".join(text.split()), language)
            start += len(text)


@lru_cache(maxsize=50_000)
def _tokens(word: str, language: str) -> tuple[str, ...]:
    return tuple(tokenise(word, language))
