"""The clauses of a report's sentences that a claim speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.claims.alignment import Aligned, Spoken, said_of, tokens_of
from vectorstore.tokens import stems
from vectorstore.wording.small_words import small_words

# Shares of what the best sentence, or clause, says of a claim's words, from which on it is the same matter; and from
# which on what it denies may be what the claim denies.
_SAME_SENTENCE = 0.75
_SAME_CLAUSE = 0.7
_NEAR_CLAUSE = 0.3
_BETWEEN = re.compile(
    r"[;；؛—:：]"
    r"|[,，،]\s*(?=(?:and|but|while|which|what|et|mais|tandis|y|pero|mientras|qué|и|а|но|какие|при этом|و\w|بينما)\b)"
    r"|(?<=，)(?=但|而|并|同时|其)"
)
_REACH = 60  # characters after a word
_WORDS = 3
_SHORTEST = 3  # letters of a word that tells something; of Chinese, two characters


@dataclass(frozen=True)
class Clause:
    """A clause; the first `lead` characters are what opens its list, and it says so much of the claim: `said`."""

    text: str
    language: str
    lead: int
    said: float


@dataclass(frozen=True)
class Clauses:
    """The clauses of which a claim speaks, at least one: the best, those that are the same matter, and all near."""

    best: tuple[Clause, ...]
    same: tuple[Clause, ...]
    near: tuple[Clause, ...]


def clauses_of(aligned: Aligned) -> Clauses | None:
    """The clauses of the sentences that say most of a claim, or None where none says any of it."""
    sentences = (one for one in aligned.spoken if one.share >= _SAME_SENTENCE)
    clauses = [clause for one in sentences for clause in _clauses(one, aligned)]
    most = max((clause.said for clause in clauses), default=0)
    if not clauses:
        return None
    return Clauses(
        best=tuple(clause for clause in clauses if clause.said == most),
        same=tuple(clause for clause in clauses if clause.said >= _SAME_CLAUSE * most),
        near=tuple(clause for clause in clauses if clause.said >= _NEAR_CLAUSE * most),
    )


def is_parted(text: str) -> bool:
    """Whether a text has more than one clause."""
    return bool(_BETWEEN.search(text.rstrip()))


def words_after(clause: Clause, end: int) -> list[str]:
    """The first words after a place in a clause that tell something: what "not" or "will" there is said of."""
    return words_in(clause.text[end : end + _REACH], clause.language)[:_WORDS]


def words_before(clause: Clause, start: int) -> list[str]:
    """The last words before such a place that tell something."""
    return words_in(clause.text[max(0, start - _REACH) : start], clause.language)[-_WORDS:]


def words_around(clause: Clause, start: int, end: int) -> list[str]:
    """The last words before such a place, and the first after it."""
    return [*words_before(clause, start), *words_after(clause, end)]


def words_in(text: str, language: str) -> list[str]:
    """The stems of a text that tell something."""
    shortest = 2 if language == "zh" else _SHORTEST
    small = small_words(language)
    return [token for token in stems(text, language) if len(token) >= shortest and token not in small]


def _clauses(spoken: Spoken, aligned: Aligned) -> Iterator[Clause]:
    language, lead = spoken.sentence.language, f"{spoken.lead} "
    for clause in filter(str.strip, _BETWEEN.split(spoken.sentence.text)):
        said = said_of(aligned.ideas[language], tokens_of(clause, language))
        yield Clause(f"{lead}{clause}", language, len(lead), said)
