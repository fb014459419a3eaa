"""Where a text says no, in the six UN languages."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from vectorstore.wording.denial_words import CONTRASTS, LACKS, NEGATIONS, REFUSALS
from vectorstore.wording.patterns import whole

Span = tuple[int, int]


def negations_in(text: str, language: str) -> Iterator[Span]:
    """Start and end of each word of a text that says no."""
    return _spans(NEGATIONS, text, language)


def refusals_in(text: str, language: str) -> Iterator[Span]:
    """Start and end of each word of a text that says no by what it does: "lack", "refuse"."""
    return _spans(REFUSALS, text, language)


def lacks_in(text: str, language: str) -> Iterator[Span]:
    """Start and end of each word of a text that may come to a no: "missed", "insufficient"."""
    return _spans(LACKS, text, language)


def contrasts_in(text: str, language: str) -> Iterator[Span]:
    """Start and end of each word of a text that says no to what follows it: "rather than"."""
    return _spans(CONTRASTS, text, language)


def _spans(words: Mapping[str, str], text: str, language: str) -> Iterator[Span]:
    return (found.span() for found in _pattern(words[language], language).finditer(text))


@cache
def _pattern(words: str, language: str) -> re.Pattern[str]:
    return whole(words, language)
