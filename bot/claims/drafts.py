"""A draft that staff wrote, taken apart into claims with the paragraphs that they cite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.language import language_of
from vectorstore.sentences import sentences
from vectorstore.wording.references import names_in, parts_in

# A heading, a rule, a fence of code and a table's line of dashes state nothing.
_MARKDOWN = re.compile(r"^\s*(?:#{1,6}\s.*|[-*_=]{3,}\s*|```.*|\|[\s:|-]+\|)$")
_BULLET = re.compile(r"^\s*(?:[-*+>•]\s+|\d+[.)]\s+)+")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_WORDS = re.compile(r"\w")
_NUMBERS = re.compile(r"\d+(?:\s?\([a-z]{1,4}\))?")
_NEAR = 30  # characters between a symbol and the number of a paragraph of it: "A/80/74, annex, para. 4"
_CITES = re.compile(r"\s*[(\[](?:[^()\[\]]|\([^()]*\))*[)\]]\s*")


@dataclass(frozen=True)
class Place:
    """A paragraph as somebody names it, by the document's id or its symbol."""

    paragraph: str
    symbol: str | None = None
    document_id: str | None = None


@dataclass(frozen=True)
class Claim:
    """A sentence, and the paragraphs that it cites."""

    text: str
    places: tuple[Place, ...] = ()


def claims_in(draft: str) -> tuple[Claim, ...]:
    """The sentences of a text or Markdown file, each with the paragraphs that it cites: "(A/80/74, para. 34)".

    What only cites belongs to the sentence before it.
    """
    language = language_of(draft)
    claims: list[Claim] = []
    for line in filter(None, map(_bare, draft.splitlines())):
        for sentence in sentences(line, language):
            places = tuple(_places(sentence, language))
            if claims and places and not _WORDS.search(_CITES.sub("", sentence)):
                claims[-1] = Claim(f"{claims[-1].text} {sentence.strip()}", (*claims[-1].places, *places))
            elif _WORDS.search(sentence):
                claims.append(Claim(sentence.strip(), places))
    return tuple(claims)


def _bare(line: str) -> str:
    """A line without the marks of Markdown; empty where it states nothing."""
    return "" if _MARKDOWN.match(line) else _EMPHASIS.sub(r"\2", _BULLET.sub("", line)).strip()


def _places(sentence: str, language: str) -> Iterator[Place]:
    symbols = [(start, end) for start, end in names_in(sentence, language) if "/" in sentence[start:end]]
    for start, end in parts_in(sentence, language):
        before = [span for span in symbols if span[1] <= start and start - span[1] <= _NEAR]
        after = [span for span in symbols if span[0] >= end and span[0] - end <= _NEAR]
        for symbol in before[-1:] or after[:1]:
            for number in _NUMBERS.findall(sentence[start:end]):
                yield Place(number, symbol=sentence[slice(*symbol)])
