"""What a ranked list of paragraphs is worth: recall, reciprocal rank and discounted gain, and their means."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

DEPTHS = (1, 5, 10)
DEEPEST = DEPTHS[-1]


@dataclass(frozen=True)
class Judged:
    """One question's outcome on one side: the languages, and the ranks from 1 of the gold paragraphs that were found.

    `golds` is how many gold paragraphs there are.
    """

    question_language: str
    gold_language: str
    ranks: tuple[int, ...]
    golds: int


@dataclass(frozen=True)
class Means:
    """The measures over some questions, each from 0 to 1."""

    questions: int
    recall: Mapping[int, float]
    mrr: float
    ndcg: float


def ranks_of(ranked: Sequence[str], gold: Collection[str], ignored: Collection[str] = ()) -> tuple[int, ...]:
    """The ranks from 1 at which gold stands, once what is ignored has been taken out of the list."""
    kept = [name for name in ranked if name not in ignored]
    return tuple(rank for rank, name in enumerate(kept, 1) if name in gold)


def recall(ranks: Sequence[int], depth: int) -> float:
    """1 where any gold paragraph is among the first `depth`: each of them answers by itself."""
    return float(any(rank <= depth for rank in ranks))


def reciprocal_rank(ranks: Sequence[int], depth: int = DEEPEST) -> float:
    """1 divided by the rank of the first gold paragraph, 0 where it stands below `depth`."""
    return max((1 / rank for rank in ranks if rank <= depth), default=0.0)


def ndcg(ranks: Sequence[int], golds: int, depth: int = DEEPEST) -> float:
    """The discounted gain of the first `depth`, each gold worth 1, as a share of what the best order would give."""
    best = sum(_discount(rank) for rank in range(1, min(golds, depth) + 1))
    return sum(_discount(rank) for rank in ranks if rank <= depth) / best if best else 0.0


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def means(judged: Collection[Judged]) -> Means:
    """The measures over questions, of which there is at least one."""
    return Means(
        questions=len(judged),
        recall={depth: mean(recall(each.ranks, depth) for each in judged) for depth in DEPTHS},
        mrr=mean(reciprocal_rank(each.ranks) for each in judged),
        ndcg=mean(ndcg(each.ranks, each.golds) for each in judged),
    )


def groups(judged: Collection[Judged]) -> dict[str, list[Judged]]:
    """The outcomes all together, within and across languages where there are both, and by the question's language."""
    within = [each for each in judged if each.question_language == each.gold_language]
    across = [each for each in judged if each.question_language != each.gold_language]
    found = {"all": list(judged)}
    if within and across:
        found |= {"same language": within, "other language": across}
    languages = sorted({each.question_language for each in judged})
    by_language = {language: [each for each in judged if each.question_language == language] for language in languages}
    return found | by_language if len(languages) > 1 else by_language


def directions(judged: Collection[Judged]) -> dict[tuple[str, str], list[Judged]]:
    """The outcomes by the question's and the gold paragraph's language."""
    found: dict[tuple[str, str], list[Judged]] = {}
    for each in judged:
        found.setdefault((each.question_language, each.gold_language), []).append(each)
    return dict(sorted(found.items()))
