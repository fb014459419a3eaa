"""Figures, dates, symbols and numbers of parts: every one of a claim must stand in its paragraphs."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain, combinations, permutations, zip_longest
from typing import cast

from bot.claims.evidence import Evidence, Problem
from vectorstore.tokens import stems
from vectorstore.wording.bounds import Bound, bound_of
from vectorstore.wording.counts import counts_in
from vectorstore.wording.measures import rates_in, unit_after
from vectorstore.wording.mentions import Mention, mentions_in, plain, without
from vectorstore.wording.ordinals import ordinals_in, shares_in
from vectorstore.wording.references import names_in, parts_in

_NUMBERS = re.compile(r"\d+")
_POINTED_AT = re.compile(r"\d+(?:\.\d+)*")
_NAMES_WITH_YEARS = re.compile(r"2019\s?冠状病毒病|[两三四五十]年[度期]")  # COVID-19 and "quadrennial", in Chinese
_PRINTED = re.compile(r"(?<![\d.,/])(?<![A-Za-z]-)\d+(?![\d/]|[.,]\d)")  # also in names: UN80; not COVID-19
_BESIDE = 30  # characters
_SHORTEST = 4  # letters of a word that tells something; of Chinese, two characters
_SHORTEST_CHINESE = 2
_DUAL = "2"  # Arabic says it by the form of the noun
# What stands between figures of one unit: "25 to 30 per cent", "67 and 77 per cent".
_JOINED = re.compile(
    r"\s*(?:[,、–—-]|to|and|or|à|et|ou|a|y|e|o|и|или|до|по|إلى|و|أو|至|到|和|与|及|或)?\s*", re.IGNORECASE
)
_FIGURE = re.compile(r"(-?\d[\d.:/]*)(.*)")
_LARGE = re.compile(r"\d{2,}(?:\.\d+)?")  # what lies between smaller figures is another small one
_DATE = re.compile(r"(\d{4}|-)(?:-(\d\d)(?:-(.+))?)?")
# Units without which a number says something else: 25 is not 25 per cent.
_TELLING = frozenset(["%", "points"])
_NO_OPPOSITES = frozenset([("either", "ceiling"), ("either", None)])


@dataclass(frozen=True)
class Figure:
    """A figure of a text: its number, its unit ("%", "$", "days", none), what bounds it, and how it is printed.

    `before` and `after` are the words right beside it, where they tell something.
    """

    number: str
    unit: str
    bound: Bound | None
    printed: str
    before: str
    after: str


@dataclass(frozen=True)
class Values:
    """What a text says in figures, dates, ordinals, and numbers by which it points at something."""

    figures: tuple[Figure, ...]
    dates: Mapping[str, str]
    ordinals: Mapping[str, str]
    symbols: Mapping[str, Sequence[str]]
    references: Mapping[str, str]
    rates: Mapping[str, str]
    printed: frozenset[str]

    @property
    def numbers(self) -> frozenset[str]:
        """Every number, whatever it counts."""
        return frozenset([*(figure.number for figure in self.figures), *self.ordinals, *self.references, *self.printed])


@lru_cache(maxsize=2000)
def values_of(text: str, language: str) -> Values:
    """The values in a text of one of the six languages, each with how it is printed."""
    rest = without(plain(text), (found.span() for found in _NAMES_WITH_YEARS.finditer(text)))
    symbols = {text[start:end]: tuple(stems(rest[start:end], language)) for start, end in _symbols(rest, language)}
    references = {
        number: text[start:end]
        for start, end in (*names_in(rest, language), *parts_in(rest, language))
        if "/" not in rest[start:end]
        for number in _POINTED_AT.findall(rest[start:end])
    }
    shares = [Mention("figure", value, start, end) for start, end, value in shares_in(rest, language)]
    rest = without(rest, ((share.start, share.end) for share in shares))
    dates = [mention for mention in mentions_in(rest, language) if mention.kind == "date"]
    rest = without(rest, ((date.start, date.end) for date in dates))
    ordinals = list(ordinals_in(rest, language))
    counted = mentions_in(without(rest, ((start, end) for start, end, _ in ordinals)), language)
    return Values(
        figures=tuple(_figures((*shares, *counted), text, language)),
        dates={date.value: text[date.start : date.end] for date in dates},
        ordinals={number: text[start:end] for start, end, number in ordinals},
        symbols=symbols,
        references=references,
        rates=dict(rates_in(rest, language)),
        printed=frozenset([*_PRINTED.findall(plain(text)), *counts_in(text, language)]),
    )


def _figures(mentions: Sequence[Mention], text: str, language: str) -> Iterator[Figure]:
    """The figures of a text; one takes the unit of the next where that follows at once: "from 25 to 30 per cent"."""
    rest, following = plain(text), ""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    for mention, after in reversed([*zip_longest(ordered, ordered[1:])]):
        between = rest[mention.end : after.start] if after else None
        shared = following if between is not None and _JOINED.fullmatch(between) else ""
        figure = _figure(mention, rest, text, language)
        following = figure.unit or shared
        yield replace(figure, unit=following)


def _figure(mention: Mention, rest: str, text: str, language: str) -> Figure:
    number, unit = cast("re.Match[str]", _FIGURE.fullmatch(mention.value)).groups()
    return Figure(
        number=number,
        unit=unit or unit_after(rest, mention.end, language) or "",
        bound=bound_of(rest, mention.start, mention.end, language),
        printed=text[mention.start : mention.end],
        before=_beside(stems(rest[max(0, mention.start - _BESIDE) : mention.start], language)[-1:], language),
        after=_beside(stems(rest[mention.end : mention.end + _BESIDE], language)[:1], language),
    )


def _beside(words: Sequence[str], language: str) -> str:
    shortest = _SHORTEST_CHINESE if language == "zh" else _SHORTEST
    return next((word for word in words if len(word) >= shortest), "")


def _symbols(text: str, language: str) -> Iterator[tuple[int, int]]:
    return (span for span in names_in(text, language) if "/" in text[slice(*span)])


def problems(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """The values of a claim that none of its paragraphs holds, or holds with another unit or bound."""
    said, held = values_of(claim, language), _together(evidence)
    own = {number for one in evidence for number in _NUMBERS.findall(one.number or "")}
    yield from _exchanged(said.figures, held.figures)
    yield from (problem for figure in said.figures if (problem := _of_figure(figure, said, held, evidence)))
    for date, printed in said.dates.items():
        if not _holds_date(date, held):
            yield Problem("date", printed, tuple(sorted(held.dates)))
    for number, printed in said.ordinals.items():
        if number not in held.numbers:
            yield Problem("number", printed, tuple(held.ordinals.values()))
    for number, printed in said.references.items():
        if number not in held.numbers | own and number not in held.dates:
            yield Problem("symbol", printed, tuple(dict.fromkeys(held.references.values())))
    for rate, printed in said.rates.items():
        if held.rates and rate not in held.rates:
            yield Problem("number", printed, tuple(held.rates.values()))
    known = {token for tokens in held.symbols.values() for token in tokens}
    for printed, tokens in said.symbols.items():
        if known.isdisjoint(tokens):
            yield Problem("symbol", printed, tuple(held.symbols))


def _of_figure(figure: Figure, said: Values, held: Values, evidence: Sequence[Evidence]) -> Problem | None:
    same = [other for other in held.figures if other.number == figure.number]
    if not same:
        known = figure.number in held.numbers or figure.number in held.dates
        if _is_difference(figure, said, held):
            return None
        dual = figure.number == _DUAL and any(one.language == "ar" for one in evidence)
        return None if dual or (known and not figure.unit) else Problem("number", figure.printed, _like(figure, held))
    alike = [other for other in same if _same_unit(figure, other)]
    if not alike:
        return Problem("number", figure.printed, tuple(other.printed for other in same))
    if not any(_same_bound(figure.bound, other.bound) for other in alike):
        return Problem("strength", figure.printed, tuple(other.printed for other in alike))
    return None


def _is_difference(figure: Figure, said: Values, held: Values) -> bool:
    """Whether a figure is what lies between two of the paragraphs': points between shares, or else from one it says."""
    ours = {other.number for other in said.figures}
    units = ("%",) if figure.unit == "points" else (figure.unit, "")
    like = (other.number for other in held.figures if other.unit in units and _LARGE.fullmatch(other.number))
    return any(
        str(Decimal(one) - Decimal(other)) == figure.number
        for one, other in permutations(like, 2)
        if figure.unit == "points" or not ours.isdisjoint((one, other))
    )


def _exchanged(said: Sequence[Figure], held: Sequence[Figure]) -> Iterator[Problem]:
    """Figures that stand beside what the other one counts: "31 publications and 46 experts" for 46 and 31."""
    beside: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for figure in held:
        beside[figure.number] |= _beside_it(figure)
    for one, other in combinations(said, 2):
        if one.number != other.number and _is_taken(one, other, beside) and _is_taken(other, one, beside):
            yield Problem("number", one.printed, (other.printed,))


def _is_taken(one: Figure, other: Figure, beside: Mapping[str, set[tuple[str, str]]]) -> bool:
    """Whether a figure stands beside a word that in the paragraphs is beside the other one, and never beside it."""
    if one.number not in beside or other.number not in beside:
        return False
    return bool((_beside_it(one) & beside[other.number]) - beside[one.number])


def _beside_it(figure: Figure) -> set[tuple[str, str]]:
    return {(side, word) for side, word in (("before", figure.before), ("after", figure.after)) if word}


def _like(figure: Figure, held: Values) -> tuple[str, ...]:
    """What stands in place of a figure: those of its unit, or else all."""
    like = [other.printed for other in held.figures if other.unit == figure.unit]
    return tuple(dict.fromkeys(like or [other.printed for other in held.figures]))


def _same_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures have one unit; few must be said with each figure."""
    if one.unit == other.unit:
        return True
    return not (one.unit and other.unit) and (one.unit or other.unit) not in _TELLING


def _same_bound(one: Bound | None, other: Bound | None) -> bool:
    return one == other or (one, other) in _NO_OPPOSITES or (other, one) in _NO_OPPOSITES


def _holds_date(date: str, held: Values) -> bool:
    year, month, days = _date_parts(date)
    others = list(map(_date_parts, held.dates))
    years = {other[0] for other in others}
    return (not month and year in held.numbers) or any(
        (year in ("", other[0]) or (not other[0] and year in years)) and month in ("", other[1]) and days <= other[2]
        for other in others
    )


def _date_parts(date: str) -> tuple[str, str, frozenset[str]]:
    """The year, the month and the days of a date, as far as it says them."""
    year, month, days = cast("re.Match[str]", _DATE.fullmatch(date)).groups(default="")
    return year.strip("-"), month, frozenset(days.split("/") if days else ())


def _together(evidence: Sequence[Evidence]) -> Values:
    """The values of all paragraphs, with the symbol by which each is cited."""
    each = [values_of(one.text, one.language) for one in evidence]
    symbols = [one.symbol for one in evidence if one.symbol]
    return Values(
        figures=tuple(figure for values in each for figure in values.figures),
        dates={k: v for values in each for k, v in values.dates.items()},
        ordinals={k: v for values in each for k, v in values.ordinals.items()},
        symbols={k: v for values in each for k, v in values.symbols.items()}
        | {s: tuple(stems(s, "en")) for s in symbols},
        references={k: v for values in each for k, v in values.references.items()},
        rates={k: v for values in each for k, v in values.rates.items()},
        printed=frozenset(chain.from_iterable(values.printed for values in each)),
    )
