"""The figures, dates, symbols and numbers of parts that a text says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain, zip_longest
from typing import cast

from bot.claims.evidence import Evidence
from vectorstore.tokens import stems
from vectorstore.wording.bounds import Bound, bound_of
from vectorstore.wording.counts import counts_in
from vectorstore.wording.date_mentions import months_in
from vectorstore.wording.measures import rates_in, unit_after
from vectorstore.wording.mentions import Mention, mentions_in, plain, without
from vectorstore.wording.ordinals import ordinals_in, shares_in
from vectorstore.wording.parts_of_year import parts_of_year_in
from vectorstore.wording.periods import periods_in
from vectorstore.wording.references import names_in, parts_in

_POINTED_AT = re.compile(r"\d+(?:\.\d+)*")
# COVID-19, and in Chinese "quadrennial" and months without year and day, which other languages say in words.
_NAMES_WITH_YEARS = re.compile(
    r"(?:حركة|mouvement du|movimiento|движени\w+ ?«?) ?23"
    r" (?:آذار/مارس|مارس|mars|de marzo|марта)|march 23 movement|3·?23”?运动"
    r"|2019\s?年?冠状病毒病?|(?:covid|ковид|كوفيد|كورونا|新冠\w{0,4})\s?[-–—‑]?\s?(?:2019|19)(?!\d)"
    r"|(?:coronavirus|коронавирус\w*|كورونا)(?: (?:disease|de|лета|لعام|infection))? 2019|[两三四五十]年[度期]"
    r"|千年(?=发展|首脑|宣言|目标|峰会)|(?<!\d)(?<![\d\s〇零一二三四五六七八九]年)(?<!年\s)(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])\s?月份?(?!\s?(?:\d|[一二三四五六七八九十]{1,3}日))",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"(?<![\d.,/])(?<![A-Za-z]-)\d+(?:[.,]\d+)*(?![\d/])")  # also in names: UN80; not COVID-19
_BESIDE = 30  # characters
_WHOLE = 100  # per cent
_SHORTEST = 4  # letters of a word that tells something; of Chinese, two characters
_SHORTEST_CHINESE = 2
# What stands between figures of one unit: "25 to 30 per cent", "67 and 77 per cent".
_JOINED = re.compile(
    r"\s*(?:[,、–—-]|to|and|or|à|et|ou|a|y|e|o|и|или|до|по|إلى|و|أو|至|到|和|与|及|或)?\s*", re.IGNORECASE
)
_FIGURE = re.compile(r"(-?\d[\d.:/]*)(.*)")


@dataclass(frozen=True)
class Figure:
    """A figure of a text: its number, its unit ("%", "$", "days", none), what bounds it, and how it is printed.

    `before` and `after` are the words right beside it, where they tell something, and it stands up to `end`.
    """

    number: str
    unit: str
    bound: Bound | None
    printed: str
    before: str
    after: str
    end: int


@dataclass(frozen=True)
class Values:
    """What a text says in figures, dates, ordinals, and numbers by which it points at something.

    `printed` are the numbers as they stand there, `listed` those that it says by a list or in a word: "both", and
    `implied` figures that other words hold: "a quinquennial report".
    """

    figures: tuple[Figure, ...]
    dates: Mapping[str, str]
    ordinals: Mapping[str, str]
    symbols: Mapping[str, Sequence[str]]
    references: Mapping[str, str]
    rates: Mapping[str, str]
    months: Mapping[int, str]
    lone_months: Mapping[int, str]
    printed: frozenset[str]
    listed: frozenset[str]
    implied: tuple[Figure, ...]
    parts_of_year: Mapping[str, str]

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
    listed = frozenset(counts_in(text, language))
    ordinals, months = list(ordinals_in(rest, language)), list(months_in(plain(text), language))
    counted = mentions_in(without(rest, ((start, end) for start, end, _ in ordinals)), language)
    return Values(
        figures=tuple(_figures((*shares, *counted), text, language)),
        dates={date.value: text[date.start : date.end] for date in dates},
        ordinals={number: text[start:end] for start, end, number in ordinals},
        symbols=symbols,
        references=references,
        rates=dict(rates_in(rest, language)),
        months={month: name for month, name, _ in months},
        lone_months={month: name for month, name, is_alone in months if is_alone},
        printed=frozenset([*_PRINTED.findall(plain(text)), *listed]),
        listed=listed,
        implied=tuple(Figure(number, unit, None, "", "", "", 0) for number, unit in periods_in(rest, language)),
        parts_of_year=dict(parts_of_year_in(text, language)),
    )


def _figures(mentions: Sequence[Mention], text: str, language: str) -> Iterator[Figure]:
    """The figures of a text; one takes the unit of the next where that follows at once: "from 25 to 30 per cent"."""
    rest, following = plain(text), ""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    for mention, after in reversed([*zip_longest(ordered, ordered[1:])]):
        between = rest[mention.end : after.start] if after else None
        figure = _figure(mention, rest, text, language)
        is_joined = between is not None and _JOINED.fullmatch(between)
        shared = following if is_joined and (following != "%" or _may_be_share(figure.number)) else ""
        following = figure.unit or shared
        yield replace(figure, unit=following)


def _may_be_share(number: str) -> bool:
    return not number.replace(".", "", 1).isdecimal() or Decimal(number) <= _WHOLE


def _figure(mention: Mention, rest: str, text: str, language: str) -> Figure:
    number, unit = cast("re.Match[str]", _FIGURE.fullmatch(mention.value)).groups()
    return Figure(
        number=number,
        unit=unit or unit_after(rest, mention.end, language) or "",
        bound=bound_of(rest, mention.start, mention.end, language),
        printed=text[mention.start : mention.end],
        before=_beside(stems(rest[max(0, mention.start - _BESIDE) : mention.start], language)[-1:], language),
        after=_beside(stems(rest[mention.end : mention.end + _BESIDE], language)[:1], language),
        end=mention.end,
    )


def _beside(words: Sequence[str], language: str) -> str:
    shortest = _SHORTEST_CHINESE if language == "zh" else _SHORTEST
    return next((word for word in words if len(word) >= shortest), "")


def _symbols(text: str, language: str) -> Iterator[tuple[int, int]]:
    return (span for span in names_in(text, language) if "/" in text[slice(*span)])


def together(evidence: Sequence[Evidence]) -> Values:
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
        months={k: v for values in each for k, v in values.months.items()},
        lone_months={k: v for values in each for k, v in values.lone_months.items()},
        printed=frozenset(chain.from_iterable(values.printed for values in each)),
        listed=frozenset(chain.from_iterable(values.listed for values in each)),
        implied=tuple(figure for values in each for figure in values.implied),
        parts_of_year={k: v for values in each for k, v in values.parts_of_year.items()},
    )
