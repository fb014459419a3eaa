"""Figures, dates, symbols and numbers of parts: every one of a claim must stand in its paragraphs."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import chain, combinations, permutations
from typing import cast

from bot.claims.evidence import Evidence, Problem
from bot.claims.figures import Figure, Values, together, values_of
from vectorstore.wording.bounds import Bound
from vectorstore.wording.counts import romans_in
from vectorstore.wording.measures import units_in
from vectorstore.wording.mentions import plain

_NUMBERS = re.compile(r"\d+")
_DUAL = "2"  # Arabic says it by the form of the noun
_LARGE = re.compile(r"\d{2,}(?:\.\d+)?")  # what lies between smaller figures is another small one
# "From 94 to 51", in any of the languages.
_FROM_TO = re.compile(
    r"(?<!\w)(?:from|del?|с|со|من)\s(\d[\d.,]*)\D{0,25}?\s(?:to|à|a|до|إلى)\s(\d[\d.,]*)"
    r"|[从由自]\s?(\d[\d.,]*)\D{0,15}?[到至]\s?(\d[\d.,]*)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4}|-)(?:-(\d\d)(?:-(.+))?)?")
# Units without which a number says something else: 25 is not 25 per cent.
_TELLING = frozenset(["%", "points"])
_POINTS = frozenset(["points", "point"])  # which may be of percentages
# Units that paragraphs name, if not beside each figure.
_MEASURES = frozenset(
    [
        "tonnes",
        "kilograms",
        "kilometres",
        "square_kilometres",
        "metres",
        "hectares",
        "litres",
        "miles",
        "acres",
        "barrels",
    ]
)
# What units of time are in the smallest of their kind.
_TIMES = {"hours": ("hours", 1), "days": ("hours", 24), "weeks": ("hours", 7 * 24)} | {
    "months": ("months", 1),
    "years": ("months", 12),
    "decades": ("months", 120),
}
_NO_OPPOSITES = frozenset([("either", "ceiling"), ("either", None)])


def problems(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """The values of a claim that none of its paragraphs holds, or holds with another unit or bound."""
    said, held = values_of(claim, language), together(evidence)
    own = {number for one in evidence for number in _NUMBERS.findall(one.number or "")}
    yield from _exchanged(said.figures, held.figures)
    yield from _turned_about(claim, evidence)
    yield from (problem for figure in said.figures if (problem := _of_figure(figure, said, held, evidence)))
    yield from _of_dates(said, held)
    for number, printed in said.ordinals.items():
        if number not in held.numbers:
            yield Problem("number", printed, tuple(held.ordinals.values()))
    for rate, printed in said.rates.items():
        if held.rates and rate not in held.rates:
            yield Problem("number", printed, tuple(held.rates.values()))
    yield from _of_symbols(claim, said, held, own)


def _of_dates(said: Values, held: Values) -> Iterator[Problem]:
    for date, printed in said.dates.items():
        if not _holds_date(date, held):
            yield Problem("date", printed, tuple(sorted(held.dates)))
    for month, printed in said.lone_months.items():
        if held.months and month not in held.months:
            yield Problem("date", printed, tuple(held.months.values()))
    for part, printed in said.parts_of_year.items():
        if held.parts_of_year and part not in held.parts_of_year:
            yield Problem("date", printed, tuple(held.parts_of_year.values()))


def _of_symbols(claim: str, said: Values, held: Values, own: AbstractSet[str]) -> Iterator[Problem]:
    """Symbols, and numbers of parts, which may be the paragraph's own, or Roman: "chapter XI"."""
    numbers = held.numbers | own
    for number, printed in chain(said.references.items(), romans_in(claim)):
        if number not in numbers and number not in held.dates:
            yield Problem("symbol", printed, tuple(dict.fromkeys(held.references.values())))
    known = {token for tokens in held.symbols.values() for token in tokens}
    for printed, tokens in said.symbols.items():
        if known.isdisjoint(tokens):
            yield Problem("symbol", printed, tuple(held.symbols))


def _of_figure(figure: Figure, said: Values, held: Values, evidence: Sequence[Evidence]) -> Problem | None:
    same = [other for other in (*held.figures, *held.implied) if _same_number(figure, other)]
    if not same:
        known = not held.numbers.isdisjoint((figure.number, figure.printed)) or figure.number in held.dates
        if _is_difference(figure, said, held) or _is_duration(figure, held):
            return None
        listed = not figure.unit and figure.number in said.listed
        dual = figure.number == _DUAL and any(one.language == "ar" for one in evidence)
        is_held = dual or listed or figure.number in held.ordinals or (known and not figure.unit)
        return None if is_held else Problem("number", figure.printed, _like(figure, held))
    alike = [other for other in same if _same_unit(figure, other)]
    if not alike or (figure.unit in _MEASURES and not any(figure.unit in _units(one) for one in evidence)):
        return Problem("number", figure.printed, tuple(other.printed for other in same))
    if not any(_same_bound(figure.bound, other.bound) for other in alike):
        return Problem("strength", figure.printed, tuple(other.printed for other in alike))
    return None


def _is_difference(figure: Figure, said: Values, held: Values) -> bool:
    """Whether a figure is what lies between two of the paragraphs'; of shares and counts, the claim must say one."""
    ours = {other.number for other in said.figures}
    units = ("%",) if figure.unit == "points" else (figure.unit, "")
    like = (other.number for other in held.figures if other.unit in units and _LARGE.fullmatch(other.number))
    return any(
        str(Decimal(one) - Decimal(other)) == figure.number
        for one, other in permutations(like, 2)
        if figure.unit not in ("", "%") or not ours.isdisjoint((one, other))
    )


def _is_duration(figure: Figure, held: Values) -> bool:
    """Whether a time is one of the paragraphs' in another unit, "three days" for 72 hours, or between two years."""
    if (time := _time(figure)) and time in map(_time, held.figures):
        return True
    years = {int(year) for year, _, _ in map(_date_parts, held.dates) if year}
    return figure.unit == "years" and any(
        str(abs(one - other)) == figure.number for one, other in combinations(years, 2)
    )


def _time(figure: Figure) -> tuple[str, int] | None:
    """A time in hours or months, or None where a figure is none."""
    if figure.unit not in _TIMES or not figure.number.isdecimal():
        return None
    unit, times = _TIMES[figure.unit]
    return unit, int(figure.number) * times


def _exchanged(said: Sequence[Figure], held: Sequence[Figure]) -> Iterator[Problem]:
    """Figures that stand beside what the other one counts: "31 publications and 46 experts" for 46 and 31."""
    beside: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for figure in held:
        beside[figure.number] |= _beside_it(figure)
    for one, other in combinations(said, 2):
        if one.number != other.number and _is_taken(one, other, beside) and _is_taken(other, one, beside):
            yield Problem("number", one.printed, (other.printed,))


def _turned_about(claim: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """What a claim says went from one figure to another that the paragraphs say went from the other to the one."""
    held = {pair for one in evidence for pair, _ in _from_to(one.text)}
    for pair, printed in _from_to(claim):
        if pair[::-1] in held and pair not in held:
            yield Problem("number", printed)


def _from_to(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for found in _FROM_TO.finditer(plain(text)):
        yield tuple(figure.strip(".,").replace(",", ".") for figure in found.groups() if figure), found[0]


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


def _same_number(one: Figure, other: Figure) -> bool:
    """Whether two figures have one number; a dash before one may be no sign: "children –53 per cent girls"."""
    return one.number == other.number or (other.printed.startswith("–") and other.number == f"-{one.number}")


def _same_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures have one unit; few must be said with each figure."""
    if one.unit == other.unit or {one.unit, other.unit} == _POINTS:
        return True
    return not (one.unit and other.unit) and (one.unit or other.unit) not in _TELLING


def _units(one: Evidence) -> frozenset[str]:
    return units_in(plain(one.text), one.language)


def _same_bound(one: Bound | None, other: Bound | None) -> bool:
    return "compared" in (one, other) or one == other or (one, other) in _NO_OPPOSITES or (other, one) in _NO_OPPOSITES


def _holds_date(date: str, held: Values) -> bool:
    year, month, days = _date_parts(date)
    others = list(map(_date_parts, held.dates))
    years = {other[0] for other in others}
    if month and not days and year in years and int(month) in held.lone_months:  # "in October and November 2014"
        return True
    return (not month and year in held.numbers) or any(
        (year in ("", other[0]) or (not other[0] and year in years)) and month in ("", other[1]) and days <= other[2]
        for other in others
    )


def _date_parts(date: str) -> tuple[str, str, frozenset[str]]:
    """The year, the month and the days of a date, as far as it says them."""
    year, month, days = cast("re.Match[str]", _DATE.fullmatch(date)).groups(default="")
    return year.strip("-"), month, frozenset(days.split("/") if days else ())
