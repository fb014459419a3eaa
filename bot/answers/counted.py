"""Figures with what they count, and which of two sentences' figures count the same and differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from vectorstore.tokens import stems
from vectorstore.wording.bounds import Bound, bound_of
from vectorstore.wording.measures import unit_after
from vectorstore.wording.mentions import Mention, mentions_in, plain, without
from vectorstore.wording.ordinals import ordinals_in

_VALUE = re.compile(r"(-?\d+(?:\.\d+)?)(\D*)")  # 1:19 and 3/4 are no amounts
_CLAUSE_END = re.compile(r"[.,;:()。，；：（）،؛—–]")
_REACH = 60  # characters in which the words stand that tell what a figure counts
_WORDS = 3
_SHORTEST, _SHORTEST_CHINESE = 4, 2  # characters of a word that tells something
_ALIKE = 0.5  # share of the words beside two figures that both have
_EXACT_BELOW = 1000  # smaller numbers without decimals are not rounded


@dataclass(frozen=True)
class Count:
    """A figure of a sentence: number and unit, what bounds it, how it is printed, and the words for what it counts."""

    number: Decimal
    unit: str
    bound: Bound | None
    printed: str
    counted: tuple[str, ...]


Pair = tuple[Count, Count]


def counts_in(text: str, language: str) -> tuple[Count, ...]:
    """The figures of a sentence, in order."""
    rest = plain(text)
    rest = without(rest, ((start, end) for start, end, _ in ordinals_in(rest, language)))
    figures = (mention for mention in mentions_in(rest, language) if mention.kind == "figure")
    return tuple(_count(each, rest, text, language) for each in figures if _VALUE.fullmatch(each.value))


def differing(one: Sequence[Count], other: Sequence[Count], *, is_same_language: bool) -> tuple[Pair, ...] | None:
    """The figures that count the same and differ, in pairs; none where all agree, None where that cannot be told."""
    ours = [count for count in one if not any(_agree(count, each) for each in other)]
    theirs = [count for count in other if not any(_agree(each, count) for each in one)]
    if is_same_language:
        ours = [count for count in one if not any(_agree(count, each) and _alike(count, each) for each in other)]
        theirs = [count for count in other if not any(_agree(each, count) and _alike(each, count) for each in one)]
    if not (ours and theirs):
        return ()
    pairs = [(a, b) for a in ours for b in theirs if a.unit == b.unit and (not is_same_language or _alike(a, b))]
    is_clear = len({a for a, _ in pairs}) == len(pairs) == len({b for _, b in pairs})
    is_whole = is_same_language or len(pairs) == len(ours) == len(theirs)
    return tuple(pairs) if pairs and is_clear and is_whole and all(a.bound == b.bound for a, b in pairs) else None


def _count(mention: Mention, rest: str, text: str, language: str) -> Count:
    number, unit = cast("re.Match[str]", _VALUE.fullmatch(mention.value)).groups()
    return Count(
        number=Decimal(number),
        unit=unit or unit_after(rest, mention.end, language) or "",
        bound=bound_of(rest, mention.start, mention.end, language),
        printed=text[mention.start : mention.end].strip(),
        counted=_counted(rest, mention, language),
    )


def _counted(rest: str, mention: Mention, language: str) -> tuple[str, ...]:
    """The first words after a figure that tell something, or else the last before it, the nearest first."""
    after, *_ = _CLAUSE_END.split(rest[mention.end : mention.end + _REACH], maxsplit=1)
    before = _CLAUSE_END.split(rest[max(0, mention.start - _REACH) : mention.start])[-1]
    following, preceding = (tuple(_telling(each, language)) for each in (after, before))
    return (following or preceding[::-1])[:_WORDS]


def _telling(text: str, language: str) -> Iterator[str]:
    shortest = _SHORTEST_CHINESE if language == "zh" else _SHORTEST
    return (word for word in stems(text, language) if len(word) >= shortest and not word[0].isdigit())


def _alike(one: Count, other: Count) -> bool:
    """Whether two figures count the same, as far as the words beside them tell."""
    if one.counted[:1] == other.counted[:1]:
        return True
    shared, every = set(one.counted) & set(other.counted), set(one.counted) | set(other.counted)
    return len(shared) >= _ALIKE * len(every)


def _agree(one: Count, other: Count) -> bool:
    """Whether two figures are the same, or one of them the other rounded."""
    return one.unit == other.unit and (one.number == other.number or _rounds(one.number, other.number))


def _rounds(one: Decimal, other: Decimal) -> bool:
    rough, exact = sorted((one, other), key=lambda number: -_exponent(number))
    if _exponent(rough) == 0 and abs(rough) < _EXACT_BELOW and exact == exact.to_integral_value():
        return False
    return round(exact / Decimal(10) ** _exponent(rough)) == round(rough / Decimal(10) ** _exponent(rough))


def _exponent(number: Decimal) -> int:
    """The place of the last digit that says something: 5 of 53,200,000, -1 of 53.2; of small whole numbers 0."""
    exponent = number.normalize().as_tuple().exponent
    place = exponent if isinstance(exponent, int) else 0
    return place if abs(number) >= _EXACT_BELOW else min(place, 0)
