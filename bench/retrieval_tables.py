"""What a trial found, as tables and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.retrieval_measures import DEPTHS, Judged, Means, directions, groups, means

SIDES = ("ours", "plain")
_LABEL, _COUNT, _CELL = 16, 9, 7


@dataclass(frozen=True)
class Cost:
    """What one side took without embedding: seconds to index everything, and milliseconds of a search (median)."""

    index_s: float
    search_ms: float


@dataclass(frozen=True)
class Trial:
    """The same questions asked of both sides.

    `figures` hold the outcomes by the figure's name ("" where there is one only) and by side, `notes` sentences about
    what is odd.
    """

    name: str
    paragraphs: int
    figures: Mapping[str, Mapping[str, Sequence[Judged]]]
    costs: Mapping[str, Cost]
    notes: tuple[str, ...] = ()


def lines(trial: Trial) -> Iterator[str]:
    """The trial as aligned text."""
    for figure, judged in trial.figures.items():
        yield ", ".join(filter(None, (f"{trial.name}: {trial.paragraphs} paragraphs", figure)))
        yield from _table(judged)
        yield from _matrix(judged)
    indexed = ", ".join(f"{side} {trial.costs[side].index_s:.1f} s" for side in SIDES)
    searched = ", ".join(f"{side} {trial.costs[side].search_ms:.1f} ms" for side in SIDES)
    yield f"  Without embedding, indexed in: {indexed}; p50 of a search: {searched}."
    yield from (f"  {note}" for note in trial.notes)
    yield ""


def _table(judged: Mapping[str, Sequence[Judged]]) -> Iterator[str]:
    names = [*(f"R@{depth}" for depth in DEPTHS), "MRR@10", "nDCG@10"]
    width = (_CELL + 1) * len(names)
    yield " " * (_LABEL + _COUNT) + "".join(f"{side:^{width}}" for side in SIDES).rstrip()
    columns = "".join(f"{name:>{_CELL + 1}}" for name in names)
    yield f"  {'question in':{_LABEL - 2}}{'asked':>{_COUNT}}{columns * len(SIDES)}"
    by_side = {side: groups(judged[side]) for side in SIDES}
    for group in by_side[SIDES[0]]:
        found = [means(by_side[side][group]) for side in SIDES]
        cells = "".join(f"{value:>{_CELL + 1}.3f}" for each in found for value in _values(each))
        yield f"  {group:{_LABEL - 2}}{found[0].questions:>{_COUNT}}{cells}"


def _values(found: Means) -> list[float]:
    return [*found.recall.values(), found.mrr, found.ndcg]


def _matrix(judged: Mapping[str, Sequence[Judged]]) -> Iterator[str]:
    """Recall@1 by direction, where paragraphs are in several languages for the same question's language."""
    by_side = {side: directions(judged[side]) for side in SIDES}
    pairs = list(by_side[SIDES[0]])
    asked, golds = (sorted({pair[place] for pair in pairs}) for place in (0, 1))
    if len(pairs) <= len(asked):
        return
    yield f"  R@1 {'/'.join(SIDES)} by the language of question (row) and paragraph (column)"
    yield f"  {'':4}" + "".join(f"{gold:>12}" for gold in golds)
    for language in asked:
        cells = (_cell(by_side, (language, gold)) for gold in golds)
        yield f"  {language:4}" + "".join(f"{cell:>12}" for cell in cells)


def _cell(by_side: Mapping[str, Mapping[tuple[str, str], Sequence[Judged]]], pair: tuple[str, str]) -> str:
    if pair not in by_side[SIDES[0]]:
        return "-"
    return "/".join(f"{means(by_side[side][pair]).recall[1]:.2f}" for side in SIDES)


def as_json(trial: Trial) -> dict[str, Any]:
    """The trial with every figure, by group and by direction."""
    return {
        "name": trial.name,
        "paragraphs": trial.paragraphs,
        "figures": {figure or "all": _figure(judged) for figure, judged in trial.figures.items()},
        "costs": {side: asdict(cost) for side, cost in trial.costs.items()},
        "notes": trial.notes,
    }


def _figure(judged: Mapping[str, Sequence[Judged]]) -> dict[str, Any]:
    by_group = {side: groups(judged[side]) for side in SIDES}
    by_direction = {side: directions(judged[side]) for side in SIDES}
    return {
        "groups": {
            group: {side: asdict(means(by_group[side][group])) for side in SIDES} for group in by_group[SIDES[0]]
        },
        "directions": {
            " > ".join(pair): {side: asdict(means(by_direction[side][pair])) for side in SIDES}
            for pair in by_direction[SIDES[0]]
        },
    }
