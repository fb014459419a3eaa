"""Scores of different signals, and of reports in different languages, made comparable and put together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

import numpy as np

_RUNNERS_UP = 20
# Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods",
# SIGIR 2009.
_RECIPROCAL_RANK = 60


def best_of(rankings: Iterable[Iterable[str]], *, limit: int) -> Sequence[str]:
    """What several rankings, each best first, put first between them: at most `limit`, best first."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for place, key in enumerate(ranking, start=1):
            scores[key] += 1 / (_RECIPROCAL_RANK + place)
    return nlargest(limit, scores, key=scores.__getitem__)


def standardise(scores: Mapping[str, float]) -> Mapping[str, float]:
    """Scores as distances from their mean in standard deviations, so that different signals can be added."""
    values = np.fromiter(scores.values(), dtype=np.float64)
    mean, spread = float(values.mean()), float(values.std()) or 1.0
    return {key: (score - mean) / spread for key, score in scores.items()}


def fuse(signals: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> Mapping[str, float]:
    """The weighted sum of the standardised signals; each must hold the same keys."""
    standard = {name: standardise(signals[name]) for name in weights}
    keys = next(iter(standard.values()))
    return {key: sum(weights[name] * scores[key] for name, scores in standard.items()) for key in keys}


def outstanding(scores: Mapping[str, float]) -> Mapping[str, float]:
    """Scores as distances from the best ones, the first twenty, in their standard deviations.

    It tells a language that has one paragraph far ahead of all others from one that has twenty of a kind.
    """
    best = sorted(scores.values(), reverse=True)[:_RUNNERS_UP]
    mean, spread = float(np.mean(best)), float(np.std(best)) or 1.0
    return {key: (score - mean) / spread for key, score in scores.items()}
