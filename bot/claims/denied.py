"""What a claim denies, word by word, and its sentences say: "does not include", where they include it."""

import re
from collections.abc import Iterator

from bot.claims.alignment import Aligned
from bot.claims.clauses import Clause, words_after
from bot.claims.denial import said_no
from bot.claims.evidence import Evidence, Problem
from vectorstore.tokens import stems
from vectorstore.wording.denials import beginnings_in, contrasts_in, negations_in, refusals_in

_HALF = 0.5  # of what the best sentence says of a claim
_DENIED = 2  # words after one that says no: what it is said of
_REACH = 120  # characters around these words in a sentence in which it may say no of them, too
_WORD = re.compile(r"[^\W_]+")


def problems(claim: str, language: str, aligned: Aligned) -> Iterator[Problem]:
    """The denials of a claim of whose words its sentences say some, and no sentence says no near them."""
    near = [one.in_its_list for one in aligned.spoken if one.share >= _HALF]
    for start, end in said_no(claim, language):
        denied = words_after(Clause(claim, language, 0, 0), end)[:_DENIED]
        found = [is_denied for one in near for is_denied in _denied(aligned.carried(denied, one.language), one)]
        if found and not any(found):
            yield Problem("negation", claim[start:end])


def _denied(words: frozenset[str], one: Evidence) -> Iterator[bool]:
    """For each place of some words in a sentence whether it says no there."""
    text, language = one.text, one.language
    sorts = (negations_in, refusals_in, contrasts_in, beginnings_in)
    denials = [start for sort in sorts for start, _ in sort(text, language)]
    for place in _places(words, text, language):
        yield any(abs(denial - place) < _REACH for denial in denials)


def _places(words: frozenset[str], text: str, language: str) -> Iterator[int]:
    if language == "zh":
        yield from (found.start() for word in words for found in re.finditer(re.escape(word), text))
    else:
        yield from (found.start() for found in _WORD.finditer(text) if not words.isdisjoint(stems(found[0], language)))
