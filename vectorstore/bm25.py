"""How well passages match the words of a question, some of which may stand for one another."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Matcher:
    """Matches the passages of one shelf with a question: whatever does not depend on the passage is worked out once."""

    def __init__(self, ideas: Sequence[Idea], statistics: Statistics) -> None:
        self._length = max(statistics.length, 1.0)
        self._known = tokens_of(ideas)
        self._rarity = {token: statistics.rarity(token) for token in self._known}
        self._weights = [self._weight(idea) for idea in ideas]
        self._total = sum(self._weights) or 1.0
        self._opened: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)  # by a phrase's first token
        for number, idea in enumerate(ideas):
            for phrase in idea:
                self._opened[phrase.tokens[0]].append((number, phrase))

    def match(self, passage: Sequence[str]) -> Match:
        """The match of a passage, given as its tokens."""
        counts = {token: passage.count(token) for token in sorted(self._known.intersection(passage))}
        shorter = _K1 * (1 - _B + _B * len(passage) / self._length)
        said = {t: self._rarity[t] * n * (_K1 + 1) / (n + shorter) for t, n in counts.items()}
        best: dict[int, float] = {}
        exact: set[int] = set()
        for number, phrase in self._held(said):
            score = phrase.weight * sum(said[token] for token in phrase.tokens)
            best[number] = max(score, best.get(number, 0.0))
            if phrase.exact:
                exact.add(number)
        return Match(sum(best.values()), self._share(best), self._share(exact))

    def _held(self, said: Mapping[str, float]) -> Iterator[tuple[int, Phrase]]:
        """The phrases of which every token is said, each with the number of its idea."""
        for token in said:
            for number, phrase in self._opened.get(token, ()):
                if len(phrase.tokens) == 1 or all(each in said for each in phrase.tokens):
                    yield number, phrase

    def _share(self, ideas: Iterable[int]) -> float:
        return sum(self._weights[number] for number in ideas) / self._total

    def _weight(self, idea: Idea) -> float:
        """How rare an idea is by its surest phrase."""
        return max((w.weight * sum(self._rarity[token] for token in w.tokens) for w in idea), default=0.0)
