"""Where a text says no, in the six UN languages."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from vectorstore.wording.denial_words import ALONE, ALREADY, CONTRASTS, JUDGED, LACKS, NEGATIONS, NOT_ONLY, NOT_YET, ONLY, REFUSALS
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


def is_alone_in(text: str, language: str) -> bool:
    """Whether a text may say of something what others say by "only"."""
    return any(_spans(ONLY, text, language)) or any(_spans(ALONE, text, language))


def only_judges(text: str, language: str) -> bool:
    """Whether "only" in a text judges a figure, or says what must come first."""
    return any(_spans(JUDGED, text, language))


def limits_in(text: str, language: str) -> frozenset[str]:
    """What a text says of "only", "not only", "already" and "not yet"."""
    only, not_only = [*_spans(ONLY, text, language)], [*_spans(NOT_ONLY, text, language)]
    said = {
        "only": any(not any(a <= start and end <= b for a, b in not_only) for start, end in only),
        "not only": bool(not_only),
        "already": any(_spans(ALREADY, text, language)),
        "not yet": any(_spans(NOT_YET, text, language)),
    }
    return frozenset(name for name, is_said in said.items() if is_said)


def _spans(words: Mapping[str, str], text: str, language: str) -> Iterator[Span]:
    return (found.span() for found in _pattern(words[language], language).finditer(text))


@cache
def _pattern(words: str, language: str) -> re.Pattern[str]:
    return whole(words, language)
