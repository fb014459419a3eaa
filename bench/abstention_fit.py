"""What the signs of an answer are worth: logistic regression on cases, and the thresholds that follow."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, replace

import numpy as np
import numpy.typing as npt

from bench.abstention_cases import ANSWERABLE, Case
from bot.found.evidence import Calibration, Signs

Floats = npt.NDArray[np.float64]
# Of the answerable questions, each set alike: refused for want of evidence, which tells more within a language; judged
# by a chat model, where there is one; and taken for questions about another subject. Of the questions about reports
# these thresholds refuse one in twenty.
REFUSED_WITHIN, REFUSED_ACROSS, JUDGED, TAKEN_FOR_OTHERS = 0.04, 0.08, 0.20, 0.01
_ROUNDS = 30
_SHRINKING, _SHRINKING_OFFSETS = 0.005, 0.02  # of squared weights, against fitting to chance


def fitted(cases: Sequence[Case]) -> Calibration:
    """The calibration that tells the answerable of these cases best from the others; each set and kind counts alike."""
    pairs = sorted({case.pair for case in cases})
    within = all(case.asked_in == case.found_in for case in cases)
    signs = np.array([astuple(_known(case, within=within)) for case in cases])
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    of_pair = np.array([[float(case.pair == pair) for pair in pairs] for case in cases])
    columns = np.hstack([(signs - mean) / spread, of_pair, np.ones((len(cases), 1))])
    shrinking = np.array([_SHRINKING] * len(mean) + [_SHRINKING_OFFSETS] * len(pairs) + [0.0])
    found = _regression(columns, _is_answerable(cases), _shares(cases), shrinking)
    weights, offsets = found[: len(mean)] / spread, found[len(mean) : -1]
    constant = float(found[-1] - weights @ mean)
    return _with_thresholds(cases, weights, constant, dict(zip(pairs, offsets, strict=True)))


def strengths(calibration: Calibration, cases: Sequence[Case]) -> Floats:
    """How much speaks for an answer in each case."""
    return np.array([calibration.strength(case.signs, case.pair) for case in cases])


def quantile(values: Floats, shares: Floats, share: float) -> float:
    """The value, to two digits, below which this share of all lies, where each counts for its own share."""
    order = np.argsort(values)
    below = np.cumsum(shares[order]) / shares.sum()
    place = min(int(np.searchsorted(below, share)), len(values) - 1)
    return float(np.floor(100 * values[order][place]) / 100)


def _with_thresholds(cases: Sequence[Case], weights: Floats, constant: float, offsets: dict[str, float]) -> Calibration:
    rounded = {pair: round(float(offset), 2) for pair, offset in offsets.items()}
    bare = Calibration([round(float(w), 3) for w in weights], round(constant, 3), 0, 0, 0, rounded)
    answerable = [case for case in cases if case.kind == ANSWERABLE]
    values, shares = strengths(bare, answerable), _shares(answerable)
    refused = REFUSED_WITHIN if all(case.asked_in == case.found_in for case in cases) else REFUSED_ACROSS
    enough, sure, kin = (quantile(values, shares, share) for share in (refused, JUDGED, TAKEN_FOR_OTHERS))
    return replace(bare, enough=enough, sure=sure, kin=kin)


def _regression(columns: Floats, truth: Floats, shares: Floats, shrinking: Floats) -> Floats:
    """Weights of the columns by Newton's method: McCullagh and Nelder, Generalized Linear Models, 1989, section 4.4."""
    weights = np.zeros(columns.shape[1])
    for _ in range(_ROUNDS):
        odds = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (shares * (odds - truth)) + 2 * shrinking * weights
        bend = (columns * (shares * odds * (1 - odds))[:, None]).T @ columns + np.diag(2 * shrinking + 1e-6)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _known(case: Case, *, within: bool) -> Signs:
    """The signs to learn from. Within a language nearness tells more of the kind of text than of an answer."""
    return replace(case.signs, nearness=0.0) if within else case.signs


def _is_answerable(cases: Sequence[Case]) -> Floats:
    return np.array([float(case.kind == ANSWERABLE) for case in cases])


def _shares(cases: Sequence[Case]) -> Floats:
    """What each case counts: every set of every kind alike, and the answerable as much as all others."""
    sets = Counter((case.kind == ANSWERABLE, case.kind, case.source) for case in cases)
    sides = Counter(is_answerable for is_answerable, _, _ in sets)
    keys = [(case.kind == ANSWERABLE, case.kind, case.source) for case in cases]
    return np.array([1 / sets[key] / sides[key[0]] for key in keys])
