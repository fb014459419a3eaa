"""How well passages match the words of a question, some of which may stand for one another."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# As SQLite's FTS5 has them; Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
# Foundations and Trends in Information Retrieval 3(4), 2009.
_K1 = 1.2
_B = 0.75


@dataclass(frozen=True)
class Phrase:
    """One way to say something: tokens that must all be there, and from 0 to 1 how surely they say it.

    What is `exact`, a name, a figure, a date or a symbol, says it and nothing else.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    exact: bool = False


# One idea of a question: the ways to say it, of which the best in a passage counts.
Idea = Sequence[Phrase]


@dataclass(frozen=True)
class Statistics:
    """Of a shelf: its passages, their mean length in tokens, and in how many passages each token stands."""

    passages: int
    length: float
    frequencies: Mapping[str, int]

    def rarity(self, token: str) -> float:
        """The token's inverse document frequency."""
        count = self.frequencies.get(token, 0)
        return math.log1p((self.passages - count + 0.5) / (count + 0.5))


@dataclass(frozen=True)
class Match:
    """A passage's BM25 score, and the share of the question, by rarity, that it says, and that it says exactly."""

    score: float = 0.0
    coverage: float = 0.0
    exact: float = 0.0


def tokens_of(ideas: Iterable[Idea]) -> frozenset[str]:
    """Every token that says something of the question."""
    return frozenset(token for idea in ideas for phrase in idea for token in phrase.tokens)


def match(ideas: Sequence[Idea], passage: Sequence[str], statistics: Statistics) -> Match:
    """The match of a passage, given as its tokens."""
    counts = Counter(passage)
    shorter = _K1 * (1 - _B + _B * len(passage) / max(statistics.length, 1.0))

    def said(token: str) -> float:
        return statistics.rarity(token) * counts[token] * (_K1 + 1) / (counts[token] + shorter)

    score = covered = exact = 0.0
    for idea in ideas:
        held = [phrase for phrase in idea if all(token in counts for token in phrase.tokens)]
        if held:
            score += max(phrase.weight * sum(map(said, phrase.tokens)) for phrase in held)
            covered += weight_of(idea, statistics)
            exact += weight_of(idea, statistics) * any(phrase.exact for phrase in held)
    total = sum(weight_of(idea, statistics) for idea in ideas) or 1.0
    return Match(score, covered / total, exact / total)


def weight_of(idea: Idea, statistics: Statistics) -> float:
    """How rare an idea is by its surest phrase."""
    return max((w.weight * sum(map(statistics.rarity, w.tokens)) for w in idea), default=0.0)
