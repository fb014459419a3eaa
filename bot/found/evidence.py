"""Whether the paragraphs that were found hold an answer, and whether the question is one for these reports at all."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any, Literal

from bot.found.reading import Read
from vectorstore.candidates import Query
from vectorstore.search import Found

# What to do: answer; answer, unless a chat model says that the paragraphs do not; show the nearest paragraphs; or say
# that the reports are about something else.
Verdict = Literal["answered", "doubtful", "silent", "off_subject"]

_MANY = 14
_ORDINARY = 4.0  # a prominence that speaks neither for an answer nor against one
_HALF = 0.5  # and such a coverage
_NAMED = 1.5  # what it is worth that the paragraphs are of the report that the question names


@dataclass(frozen=True)
class Signs:
    """What speaks for an answer in the paragraphs that were found for a question, the first of them above all.

    `prominence` is how far that one stands out from others, `exact` the share of the question's names, figures, dates
    and symbols that it holds. The others are those of the best sentences: `meaning` and `nearness` their cosines with
    the question, of the second model and of the embedding model, `coverage` the share of the question, by how rare its
    words are, that one says. Among few paragraphs neither what stands out nor what is rare tells much.
    """

    prominence: float
    meaning: float
    nearness: float
    coverage: float
    exact: float


@dataclass(frozen=True)
class Calibration:
    """What the signs are worth, measured by bench/abstention.py, for questions in the language of a report or another.

    `weights` are those of the signs in their order, `offsets` those of pairs of languages ("zh-en": a question in
    Chinese, a report in English). Strength is told in the logarithm of odds. Answers need `enough`, are `sure` from
    there on, and below `kin` a question is about another subject.
    """

    weights: Sequence[float]
    constant: float
    enough: float
    sure: float
    kin: float
    offsets: Mapping[str, float] = field(default_factory=dict)

    def strength(self, signs: Signs, pair: str) -> float:
        """How much speaks for an answer."""
        values: tuple[float, ...] = astuple(signs)
        weighed = sum(weight * sign for weight, sign in zip(self.weights, values, strict=True))
        return self.constant + self.offsets.get(pair, 0.0) + weighed

    def verdict(self, strength: float) -> Verdict:
        """What to do on so much."""
        if strength >= self.enough:
            return "answered" if strength >= self.sure else "doubtful"
        return "silent" if strength >= self.kin else "off_subject"


def verdict(query: Query, read: Sequence[Read], *, is_named: bool = False) -> Verdict:
    """What to do with a question for which these paragraphs were found, best first.

    `is_named` tells that the best is of a report that the question names.
    """
    found_in = read[0].found.found_in
    calibration = calibrations()["within" if found_in == query.language else "across"]
    strength = calibration.strength(signs(read), f"{query.language}-{found_in}")
    return calibration.verdict(strength + _NAMED * is_named)


def signs(read: Sequence[Read]) -> Signs:
    """What speaks for an answer in these paragraphs, best first.

    Footnotes are so short that they come near to anything, and do not speak; nor do paragraphs that were found in
    another language than the best, as neither cosines nor words compare with those of another.
    """
    best = read[0].found
    spoken = [sentence for one in read if _speaks(one.found, best.found_in) for sentence in one.sentences]
    room = _room(best.rivals)
    return Signs(
        prominence=best.prominence + (1 - room) * _ORDINARY,
        meaning=max((sentence.second for sentence in spoken), default=0.0),
        nearness=max((sentence.dense for sentence in spoken), default=0.0),
        coverage=room * max((sentence.coverage for sentence in spoken), default=0.0) + (1 - room) * _HALF,
        exact=best.exact,
    )


def _speaks(found: Found, found_in: str) -> bool:
    return found.found_in == found_in and found.paragraph.kind != "footnote"


def _room(rivals: int) -> float:
    """The share, up to 1, of the needed distance that a paragraph among so many can have from their mean.

    One of n values lies at most sqrt(n - 1) standard deviations from their mean (Samuelson, "How deviant can you be?",
    Journal of the American Statistical Association 63, 1968).
    """
    return min(1.0, sqrt((rivals - 1) / (_MANY - 1)))


@cache
def calibrations() -> Mapping[str, Calibration]:
    """Those that are kept: "within" for questions in the language of the report, "across" for others."""
    kept: dict[str, Any] = tomllib.loads(files("bot.found").joinpath("calibration.toml").read_text(encoding="utf-8"))
    return {name: Calibration(**table) for name, table in kept.items()}
