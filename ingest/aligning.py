"""Which sentences of two editions say the same, which were altered, and which are new or gone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from ingest.statements import Sentence, sentences_of
from vectorstore.paragraph import Paragraph

# How alike two sentences are (0 to 1) that are taken for one that was altered. Tried on 26 reports of 2025 with figures
# altered by chance and paragraphs put in, in six languages on text of the UN Parallel Corpus, and on unlike reports.
_ALIKE = 0.6
_OF_KIN = 0.25  # what it counts for that their paragraphs share other sentences
_OF_PLACE = 0.1  # what it counts for that their paragraphs have the same number
_SAME_SHAPE = 0.5
_PARTS = 4  # into which a sentence may be parted
_SHORT = 8  # characters of a key: what is shorter may stand anywhere by chance
_FEW_WORDS = 3
_COMMON = 40  # a word that stands in more sentences than that does not lead from one to another
_CANDIDATES = 6
_VALUE_WEIGHT = 1.0


Pairs = tuple[tuple[int, int], ...]
Rest = tuple[list[int], list[int]]


@dataclass(frozen=True)
class Alignment:
    """The sentences of two editions, and by their indexes: pairs that say the same, pairs of which one was made the
    other, and those that are gone from the older one or new in the newer one.
    """

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    same: Pairs
    altered: Pairs
    gone: tuple[int, ...]
    new: tuple[int, ...]


def align(before: Sequence[Paragraph], after: Sequence[Paragraph], language: str) -> Alignment:
    """Pairs the sentences of two editions in one language, wherever they stand now; headings are left out.

    A sentence that stands twice is paired in the paragraph that shares most with the other one, one that was parted
    with each of its parts. What only became part of a longer one is neither gone nor new.
    """
    old, new = (tuple(sentences_of(paragraphs, language)) for paragraphs in (before, after))
    near = _Nearness(before, after)
    same = set(_same(old, new, near))
    rest = _unpaired(old, new, same)
    same |= {(i, j) for i, run in _parted(old, rest[0], new, rest[1]) for j in run}
    same |= {(i, j) for j, run in _parted(new, rest[1], old, rest[0]) for i in run}
    rest = _unpaired(old, new, same)
    altered = set(_altered(old, new, rest, near))
    gone, fresh = _unpaired(old, new, same | altered)
    return Alignment(
        before=old,
        after=new,
        same=tuple(sorted(same)),
        altered=tuple(sorted(altered)),
        gone=tuple(_not_within(old, gone, new, rest[1])),
        new=tuple(_not_within(new, fresh, old, rest[0])),
    )


def _unpaired(old: Sequence[Sentence], new: Sequence[Sentence], pairs: set[tuple[int, int]]) -> Rest:
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    return [i for i in range(len(old)) if i not in taken[0]], [j for j in range(len(new)) if j not in taken[1]]


def _parted(
    whole: Sequence[Sentence], rest: Sequence[int], parts: Sequence[Sentence], part_rest: Sequence[int]
) -> Iterator[tuple[int, Sequence[int]]]:
    """Sentences that are several in the other edition, one after the other, with these."""
    runs = {
        "".join(parts[index].key for index in part_rest[start : start + length]): part_rest[start : start + length]
        for length in range(2, _PARTS + 1)
        for start in range(len(part_rest) - length + 1)
    }
    yield from ((index, runs[whole[index].key]) for index in rest if whole[index].key in runs)


def _not_within(
    sentences: Sequence[Sentence], rest: Sequence[int], others: Sequence[Sentence], other_rest: Sequence[int]
) -> list[int]:
    """Those that are no part of what was altered or gone in the other edition."""
    said = "".join(others[index].key for index in other_rest)
    return [index for index in rest if len(sentences[index].key) < _SHORT or sentences[index].key not in said]


class _Nearness:
    """How much a paragraph of each edition has to do with one of the other."""

    def __init__(self, before: Sequence[Paragraph], after: Sequence[Paragraph]) -> None:
        self._before, self._after = before, after
        self._shared: Counter[tuple[int, int]] = Counter()

    def share(self, one: Sentence, other: Sentence) -> None:
        """Notes that two paragraphs have a sentence in common."""
        self._shared[one.paragraph, other.paragraph] += len(one.key)

    def of(self, one: Sentence, other: Sentence) -> tuple[int, bool, float]:
        """What two sentences' paragraphs share, whether they are in one place, and how near they stand, to compare."""
        apart = abs(one.paragraph / len(self._before) - other.paragraph / len(self._after))
        return self._shared[one.paragraph, other.paragraph], self._in_place(one, other), -apart

    def bonus(self, one: Sentence, other: Sentence) -> float:
        """What the paragraphs of two sentences add to how alike these are."""
        kin, placed, _ = self.of(one, other)
        return _OF_KIN * bool(kin) + _OF_PLACE * placed

    def _in_place(self, one: Sentence, other: Sentence) -> bool:
        old, new = self._before[one.paragraph], self._after[other.paragraph]
        place = (old.number or old.bearer, old.mark, old.kind)
        return place == (new.number or new.bearer, new.mark, new.kind) and place[:2] != (None, None)


def _same(old: Sequence[Sentence], new: Sequence[Sentence], near: _Nearness) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that say the same; those that stand only once first, as they tell which paragraphs are kin."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for i, sentence in enumerate(old):
        by_key[sentence.key].append(i)
    known = [j for j, sentence in enumerate(new) if sentence.key in by_key]
    times = Counter(new[j].key for j in known)
    for j in sorted(known, key=lambda j: max(times[new[j].key], len(by_key[new[j].key]))):
        if candidates := by_key[new[j].key]:
            i = max(candidates, key=lambda i: near.of(old[i], new[j]))
            candidates.remove(i)
            near.share(old[i], new[j])
            yield i, j


def _altered(
    old: Sequence[Sentence], new: Sequence[Sentence], rest: Rest, near: _Nearness
) -> Iterator[tuple[int, int]]:
    """Pairs of the remaining sentences that are alike, the most alike first."""
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(_scored(old, new, rest, near), reverse=True):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _scored(
    old: Sequence[Sentence], new: Sequence[Sentence], rest: Rest, near: _Nearness
) -> Iterator[tuple[float, int, int]]:
    """Pairs that are alike enough, with how much they are."""
    by_token, by_shape = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for i in rest[0]:
        by_shape[old[i].shape].append(i)
        for token in old[i].tokens:
            by_token[token].append(i)
    weights = _weights([*(old[i] for i in rest[0]), *(new[j] for j in rest[1])])
    for j in rest[1]:
        shaped = (i for i in by_shape[new[j].shape] if near.bonus(old[i], new[j]))
        for i in {*_candidates(new[j], by_token, weights), *shaped}:
            alike, bonus = _alike(old[i], new[j], weights), near.bonus(old[i], new[j])
            if alike + bonus >= _ALIKE and (bonus or len(old[i].words & new[j].words) >= _FEW_WORDS):
                yield alike + bonus, i, j


def _weights(rest: Iterable[Sentence]) -> Mapping[str, float]:
    """What each token counts for: the rarer, the more; values count little, as they are what changes."""
    counted = list(rest)
    counts = Counter(token for sentence in counted for token in sentence.tokens)
    return {
        token: _VALUE_WEIGHT if token.startswith("·") else log(1 + len(counted) / count)
        for token, count in counts.items()
    }


def _candidates(sentence: Sentence, where: Mapping[str, Sequence[int]], weights: Mapping[str, float]) -> Iterator[int]:
    """The few sentences of the other edition that share most of this one's rarer words."""
    shared: Counter[int] = Counter()
    for token in sentence.tokens:
        found = where.get(token, ())
        if len(found) <= _COMMON:
            for i in found:
                shared[i] += weights[token]  # type: ignore[assignment]  # a Counter of floats
    yield from (i for i, _ in shared.most_common(_CANDIDATES))


def _alike(one: Sentence, other: Sentence, weights: Mapping[str, float]) -> float:
    """How alike two sentences are, from 0 to 1; at least half where only figures and dates differ, were they all."""
    shared, whole = one.tokens & other.tokens, (*one.tokens, *other.tokens)
    least = _SAME_SHAPE if one.shape == other.shape else 0.0
    alike = 2 * sum(map(weights.__getitem__, shared)) / sum(map(weights.__getitem__, whole)) if whole else 0.0
    return max(alike, least)
