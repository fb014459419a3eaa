"""How strongly something is said, in the six UN languages: must, may, decides, requests, takes note of, plans."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from vectorstore.wording.done_words import AGREED, DONE, RELATIVE, SAID, UNDER_WAY
from vectorstore.wording.mentions import without
from vectorstore.wording.patterns import whole
from vectorstore.wording.strength_nouns import NOUNS
from vectorstore.wording.strength_words import WORDS, Strength

# What something is under, as long as it is not done.
TO_COME: frozenset[Strength] = frozenset(["will", "plans", "should", "must", "proposes"])
_PURPOSE = re.compile(r"чтобы[^,.;:]*|если[^,.;:]*\bбы\b[^,.;:]*")  # Russian says it in the past tense
_NEVER = re.compile(r"(?!)")
_REACH = 30  # characters before a word
_FOLLOWING = re.compile(r"(?:\s*\w+){0,3}")


class Said(NamedTuple):
    """A word that tells how strongly something is said, where it stands, and what it may mean, first the usual."""

    start: int
    end: int
    strengths: tuple[Strength, ...]


@lru_cache(maxsize=4000)
def strengths_in(text: str, language: str) -> tuple[Said, ...]:
    """The words of a text in one of the six languages that tell how strongly it says something."""
    found = _strengths(language).finditer(text)
    return tuple(Said(each.start(), each.end(), WORDS[language][int((each.lastgroup or "")[1:])][0]) for each in found)


@lru_cache(maxsize=4000)
def suggested_in(text: str, language: str) -> frozenset[Strength]:
    """What the nouns and participles of a text may say in place of a verb."""
    return frozenset(strength for strength, words in NOUNS[language] if _nouns(words, language).search(text))


@cache
def _nouns(words: str, language: str) -> re.Pattern[str]:
    return whole(words, language)


def done_in(text: str, language: str) -> tuple[int, int] | None:
    """Start and end of the first word of a text that says something was done, or is; not what follows "will be"."""
    text = without(text, (each.span() for each in _PURPOSE.finditer(text))) if language == "ru" else text
    found = _done(language).search(without(text, (_to_come(said, text) for said in strengths_in(text, language))))
    return found.span() if found else None


def to_come_in(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word of a text that says that something is still to come, or under way."""
    for said in strengths_in(text, language):
        if said.strengths[0] in TO_COME:
            yield said.start, said.end
    yield from (found.span() for found in _under_way(language).finditer(text))


def is_subordinate(text: str, start: int, language: str) -> bool:
    """Whether the word that starts there in a text stands right after "which" or "that": "the data that it may use"."""
    return bool(_relative(language).search(text, max(0, start - _REACH), start))


@cache
def _relative(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{RELATIVE[language]})(?:\s\w+)?\s$", re.IGNORECASE) if language != "zh" else _NEVER


def is_agreed_in(text: str, language: str) -> bool:
    """Whether a text says that somebody agreed to something."""
    return bool(_agreed(language).search(text))


def only_says(text: str, start: int, end: int, language: str) -> bool:
    """Whether what was done in a text, by the words there, is that somebody said something."""
    return any(found.start() < end and start < found.end() for found in _said(language).finditer(text))


@cache
def _said(language: str) -> re.Pattern[str]:
    return whole(SAID[language], language)


@cache
def _agreed(language: str) -> re.Pattern[str]:
    return whole(AGREED[language], language)


@cache
def _under_way(language: str) -> re.Pattern[str]:
    return whole(UNDER_WAY[language], language)


def _to_come(said: Said, text: str) -> tuple[int, int]:
    """Where a word of strength stands, with what it makes to come: "will be finalized"."""
    following = _FOLLOWING.match(text, said.end) if TO_COME.intersection(said.strengths) else None
    return said.start, following.end() if following else said.end


@cache
def _done(language: str) -> re.Pattern[str]:
    return whole(DONE[language], language)


@cache
def _strengths(language: str) -> re.Pattern[str]:
    return whole("|".join(f"(?P<w{at}>{words})" for at, (_, words) in enumerate(WORDS[language])), language)
