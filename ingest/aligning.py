"""Which sentences of two editions say the same, which were altered, and which are new or gone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log

from vectorstore.mentions import Mention, mentions_in, plain
from vectorstore.paragraph import Paragraph
from vectorstore.references import marks_in, parts_in
from vectorstore.sentences import sentences
from vectorstore.tokens import tokenise

# How alike two sentences are (0 to 1) that are taken for one that was altered. Chosen on 44 reports of 2025 with
# figures, words and sentences altered by chance, and on pairs of them that have nothing to do with each other.
_ALIKE = 0.6
_OF_KIN = 0.25  # what it counts for that their paragraphs share other sentences
_OF_PLACE = 0.1  # what it counts for that their paragraphs have the same number
_SAME_SHAPE = 0.5
_FEW_WORDS = 3
_COMMON = 40  # a word that stands in more sentences than that does not lead from one to another
_CANDIDATES = 6
_VALUE_WEIGHT = 1.0

_ITEM_MARK = re.compile(r"^\s*(?:[(（]?[^\W_]{1,4}[)）]|[^\W\d_][.]|[•●▪■–—-])\s+|^\s*[㈠-㈩①-⑳]")
_NOT_SAID = re.compile(r"[\W_\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff]+")
_WORD = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011\u00ad](?=\w)")

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence of an edition with single spaces: the index of its paragraph, and where in its text it stands."""

    paragraph: int
    start: int
    end: int
    text: str
    language: str

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Its figures and dates."""
        return mentions_in(self.text, self.language)

    @cached_property
    def key(self) -> str:
        """What it says, the same however it is printed: without spaces, signs, marks and numbers that only point."""
        return "".join(piece if spoken else f"·{piece}·" for spoken, piece in self._pieces())

    @cached_property
    def shape(self) -> str:
        """What it says but for figures and dates."""
        return "".join(piece if spoken else "·" for spoken, piece in self._pieces())

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words as they are looked for, without numbers."""
        joined = _HYPHEN.sub("", " ".join(self._words()))
        found = (_tokens(word, self.language) for word in _WORD.findall(joined))
        return frozenset(token for tokens in found for token in tokens)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Its words, and the values of its figures and dates."""
        return self.words | {f"·{mention.value}" for mention in self.mentions}

    def _pieces(self) -> Iterator[tuple[bool, str]]:
        """What it says, piece by piece: words, and between them values."""
        for spoken, piece in self._parts():
            yield spoken, _NOT_SAID.sub("", piece.casefold()) if spoken else piece

    def _words(self) -> Iterator[str]:
        yield from (piece for spoken, piece in self._parts() if spoken)

    def _parts(self) -> Iterator[tuple[bool, str]]:
        text = plain(self.text)
        mark = _ITEM_MARK.match(text)
        at = mark.end() if mark else 0
        unsaid = [(start, end, "") for start, end in marks_in(text, self.language)]
        unsaid += [(start, end, "§") for start, end in parts_in(text, self.language)]
        for start, end, value in sorted([*((m.start, m.end, m.value) for m in self.mentions), *unsaid]):
            yield True, text[at:start]
            if value:
                yield False, value
            at = max(at, end)
        yield True, text[at:]


@dataclass(frozen=True)
class Alignment:
    """The sentences of two editions by their indexes: pairs that say the same or were altered, and those without."""

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    same: Pairs
    altered: Pairs

    @cached_property
    def gone(self) -> tuple[int, ...]:
        """The sentences of the older edition that none of the newer one answers to."""
        paired = {i for i, _ in (*self.same, *self.altered)}
        return tuple(i for i in range(len(self.before)) if i not in paired)

    @cached_property
    def new(self) -> tuple[int, ...]:
        """The sentences of the newer edition that none of the older one answers to."""
        paired = {j for _, j in (*self.same, *self.altered)}
        return tuple(j for j in range(len(self.after)) if j not in paired)


def align(before: Sequence[Paragraph], after: Sequence[Paragraph], language: str) -> Alignment:
    """Pairs the sentences of two editions in one language, wherever they stand now; headings are left out.

    A sentence that stands twice is paired in the paragraph that shares most with the other one.
    """
    old, new = (tuple(_sentences(paragraphs, language)) for paragraphs in (before, after))
    near = _Nearness(before, after)
    same = tuple(_same(old, new, near))
    altered = tuple(_altered(old, new, same, near))
    return Alignment(old, new, same, altered)


def _sentences(paragraphs: Sequence[Paragraph], language: str) -> Iterator[Sentence]:
    for index, paragraph in enumerate(paragraphs):
        start = 0
        for text in sentences(paragraph.text, language) if paragraph.kind != "heading" else ():
            if any(map(str.isalnum, text)):
                yield Sentence(index, start, start + len(text), " ".join(text.split()), language)
            start += len(text)


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
    old: Sequence[Sentence], new: Sequence[Sentence], same: Pairs, near: _Nearness
) -> Iterator[tuple[int, int]]:
    """Pairs of the remaining sentences that are alike, the most alike first."""
    paired = ({i for i, _ in same}, {j for _, j in same})
    rest = [i for i in range(len(old)) if i not in paired[0]], [j for j in range(len(new)) if j not in paired[1]]
    scored = sorted(_scored(old, new, rest, near), reverse=True)
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in scored:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _scored(
    old: Sequence[Sentence], new: Sequence[Sentence], rest: tuple[list[int], list[int]], near: _Nearness
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


@lru_cache(maxsize=50_000)
def _tokens(word: str, language: str) -> tuple[str, ...]:
    return tuple(tokenise(word, language))
