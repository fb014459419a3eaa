"""Figures in a text, in the six UN languages: numbers with their scale and unit, in digits or written out."""

import re
from collections.abc import Container, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TypeVar

from vectorstore.wording.number_words import (
    CHINESE_COUNTERS,
    CHINESE_DIGITS,
    CHINESE_TENS,
    SCALES,
    UNITS,
    WRITTEN,
    chinese_number,
)

Found = tuple[int, int, str]
_Meaning = TypeVar("_Meaning", int, str)

_ATTACHED = {"m": r"(?<=\d)m"}  # "$3.4m"; "100 m" are metres
_GROUP = 3
_TEN = 10
_LETTER = "A-Za-zÀ-ɏЀ-ӿ"
_CURRENCY = {
    "US$": "$",
    "$": "$",
    "USD": "$",
    "€": "€",
    "EUR": "€",
    "£": "£",
    "¥": "¥",
    "GBP": "£",
    "JPY": "¥",
    "CHF": "CHF",
}
# What parts thousands and decimals. UN documents part thousands by a space or a comma, in Spanish by a point; Arabic
# ones hold the groups in the order they were typed, the last first: "000 12".
_THOUSANDS = {"en": " ,’'", "zh": " ,’'", "ar": " ,", "es": " .,’'", "fr": " .,’'", "ru": " .,’'"}
_DECIMALS = {"en": ".", "zh": "."}
_TYPED_LAST_FIRST = re.compile(r"\d{3}(?:\.\d+)?(?: \d{3})* \d{1,3}")
_HUNDRED = 100
_UNITS, _TENS = range(1, 20), range(20, 100, 10)
_COUNTED = re.compile(r"(?P<number>\d+)(?P<unit>\D*)")
_JOINS = {
    language: re.compile(joins)
    for language, joins in {
        "ar": r"\s+(?:و\s*)?",
        "en": r"\s+(?:and\s+)?",
        "es": r"\s+(?:y\s+)?",
        "fr": r"\s+(?:et\s+)?",
        "ru": r"\s+",
        "zh": r"",
    }.items()
}
# "Three-hour meetings", "a twelve-fold rise".
_MEASURED = (
    r"(?:hour|day|week|month|year|mile|kilomet|met(?:re|er)|tonne|fold|state|member|person|point"
    r"|part|phase|stage|step|tier|pillar|track|way|page|seat)"
)
# "And a half", after a number or its unit.
_HALVES = {
    language: re.compile(half)
    for language, half in {
        "ar": r" ونصف(?!\w)",
        "en": r"[ -]and[ -]a[ -]half(?!\w)",
        "es": r" y medi[oa](?!\w)",
        "fr": r" et demie?(?!\w)",
        "ru": r" с половиной(?!\w)",
        "zh": r"半",
    }.items()
}
_A_WORD = re.compile(r"\s[^\W\d]+|[年月天日个]")
_FIRST = re.compile(r"(?:st|re|er|ère|ra|ro|[oaºª°]|-[йяею])(?!\w)")  # "1st"; written out it is no number either
# "Per cent" is no hundred.
_PER_CENT = {"ar": r"(?!ب?ال(?:مائة|مئة))", "es": r"(?!(?<=por )ciento)", "fr": r"(?!(?<=pour )cent)"}
_CHINESE_NUMBER = "".join((*CHINESE_DIGITS, *CHINESE_TENS))
_CHINESE_YEAR = 4  # signs; fewer without a ten among them are no number: "唯一一项", "一两个"


def figures_in(text: str, language: str) -> Iterator[Found]:
    """Start and end of each figure with its scale and unit, and its value: "1200000$" for "$1.2 million".

    The unit is noted where it is a percentage ("%"), percentage points or a currency; other words are no part of it.
    Numbers written out count from two.
    """
    yield from _put_together([*_digits_in(text, language), *_words_in(text, language)], text, language)


def _digits_in(text: str, language: str) -> Iterator[Found]:
    for found in _in_digits(language).finditer(text):
        if not (found["number"] == "1" and _FIRST.match(text, found.end())):
            yield found.start(), found.end(), _value(found, language)


def _words_in(text: str, language: str) -> Iterator[Found]:
    for found in _in_words(language).finditer(text):
        if number := _written(found, language):
            yield found.start(), found.end(), _noted(number, found, language)


def _put_together(found: list[Found], text: str, language: str) -> Iterator[Found]:
    """The figures in order, those that say one number in two parts as one: "12 million and 500 thousand dollars"."""
    last: Found | None = None
    for each in sorted(found):
        together = _sum(last, each, text, language) if last else None
        if last and not together:
            yield last
        last = together or each
    if last:
        yield last


def _sum(one: Found, other: Found, text: str, language: str) -> Found | None:
    """Two figures as one, or None where they are two: the first must be written out, of hundreds or more."""
    first, second = (_COUNTED.fullmatch(each[2]) for each in (one, other))
    if not (first and second and _JOINS[language].fullmatch(text, one[1], other[0])):
        return None
    round_to = 10 ** (len(first["number"]) - len(first["number"].rstrip("0")))
    number, more = int(first["number"]), int(second["number"])
    if text[one[0] : one[1]].isdigit() or first["unit"] or number < _HUNDRED or more >= round_to:
        return None
    return one[0], other[1], f"{number + more}{second['unit']}"


def _value(found: re.Match[str], language: str) -> str:
    printed = found["number"]
    if ":" in printed or "/" in printed:
        return printed
    sign = "-" if found["sign"] else ""
    return sign + _noted(_decimal(printed, language), found, language)


def _noted(number: Decimal, found: re.Match[str], language: str) -> str:
    """The value times its scale, with its unit."""
    number += Decimal("0.5") * _has_half(found, language)
    scale = _meaning(found["scale"], SCALES[language], 1) * _meaning(found["more"], SCALES[language], 1)
    unit = _meaning(found["unit"], UNITS[language], "")
    named = found.groupdict()
    before = _CURRENCY.get((named.get("currency") or "").strip(), "%" if named.get("percent") else "")
    return f"{format((number * scale).normalize(), 'f')}{unit or before}"


def _has_half(found: re.Match[str], language: str) -> bool:
    """Whether a half more is said: "two and a half million", "deux ans et demi"."""
    text, half = found.string, _HALVES[language]
    unit = _A_WORD.match(text, found.end())
    return bool(half.match(text, found.end("number")) or (unit and half.match(text, unit.end())))


def _meaning(printed: str | None, table: Mapping[str, _Meaning], otherwise: _Meaning) -> _Meaning:
    if not printed:
        return otherwise
    return next(meaning for word, meaning in table.items() if re.fullmatch(word, printed, re.IGNORECASE))


def _decimal(printed: str, language: str) -> Decimal:
    """The number that digits with signs between them stand for in a language."""
    if language == "ar" and _TYPED_LAST_FIRST.fullmatch(printed):
        first, *groups = printed.split(" ")
        whole, *decimals = first.split(".")
        groups = [whole, *groups]
        printed = ".".join(["".join(groups if groups[-1].startswith("0") else reversed(groups)), *decimals])
    thousands = _THOUSANDS[language]
    whole, sign, rest = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", printed, re.DOTALL).groups()  # type: ignore[union-attr]
    grouped = sign and sign in thousands and len(rest) == _GROUP and not whole.startswith("0") and len(whole) <= _GROUP
    digits = re.sub(r"\D", "", whole) or "0"
    if not sign:
        return Decimal(digits)
    return Decimal(digits + rest) if grouped or sign in whole else Decimal(f"{digits}.{rest}")


@cache
def _in_digits(language: str) -> re.Pattern[str]:
    thousands, decimals = re.escape(_THOUSANDS[language]), _DECIMALS.get(language, ".,")
    grouped = rf"[1-9]\d{{0,2}}(?P<group>[{thousands}])\d{{3}}(?:(?P=group)\d{{3}})*(?!\d)(?:[{decimals}]\d+)?"
    shapes = [rf"{grouped}", r"\d{1,3}:\d{1,2}(?!\d)", r"\d{1,2}/\d{1,2}(?![\d/])", rf"\d+(?:[{decimals}]\d+)?"]
    if language == "ar":
        shapes.insert(0, rf"{_TYPED_LAST_FIRST.pattern}(?!\d)")
    currency = "|".join(map(re.escape, _CURRENCY))
    return re.compile(
        rf"(?<![{_LETTER}\d_])(?<![{_LETTER}فد][-–.])(?<!\d[.,/:])"
        rf"(?P<percent>百分之\s?)?(?P<sign>(?<![^\s(（|])[-−–])?(?:(?P<currency>{currency})\s?)?"
        rf"(?P<number>{'|'.join(shapes)}){_tail(language)}",
        re.IGNORECASE,
    )


@cache
def _in_words(language: str) -> re.Pattern[str]:
    if language == "zh":
        counted = rf"(?P<counted>(?=\s?[{CHINESE_COUNTERS}]))?"
        return re.compile(
            rf"(?<![第数几上成唯\d.{_CHINESE_NUMBER}])(?P<percent>百分之)?(?P<number>[{_CHINESE_NUMBER}]{{1,12}}(?:点[{_CHINESE_NUMBER}]{{1,3}})?){_tail('zh')}{counted}"
        )
    attached = "(?<!يوم )[وفبلك]?(?:ال|ل)?" if language == "ar" else ""
    large = _words_for(language, range(_HUNDRED * _TEN, max(WRITTEN[language].values()) + 1)) or "§"
    number = f"(?P<number>{_pair(language)}|{_any_word(language)})"
    return re.compile(
        rf"(?<![\w-])(?:(?<!\d )|(?!{large})){_PER_CENT.get(language, '')}{attached}{number}"
        rf"(?!\w)(?!-(?!{_MEASURED})\w){_tail(language)}",
        re.IGNORECASE,
    )


@cache
def _pair(language: str) -> str:
    """Two words that make a number: "forty" and "two", in Arabic "two" and "forty", "two" and "hundred"."""
    units, tens, hundred = (_words_for(language, numbers) for numbers in (_UNITS, _TENS, (_HUNDRED,)))
    if language == "ar":
        return rf"(?:{units})\s+(?:و?(?:ال)?(?:{tens}|{_words_for(language, (_TEN,))})|{hundred})"
    return rf"(?:{tens})(?:-|\s+)(?:(?:y|et)[\s-]+)?(?:{units})"


@cache
def _any_word(language: str) -> str:
    return _words_for(language, WRITTEN[language].values())


def _words_for(language: str, numbers: Container[int]) -> str:
    words = (word for word, number in WRITTEN[language].items() if number in numbers)
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _tail(language: str) -> str:
    """What may follow the digits: a scale, and a unit."""
    scale, unit = ("|".join(_ATTACHED.get(words, words) for words in table[language]) for table in (SCALES, UNITS))
    ends, more = ("", r"(?:\s?[多余])?") if language == "zh" else (r"(?:(?<!\w)|(?!\w))", "")
    half = "" if language == "zh" else rf"(?:{_HALVES[language].pattern})?"
    scales = rf"(?:\s?(?P<scale>{scale}){ends})?(?:\s(?P<more>{scale}){ends})?"
    return rf"{half}{more}{scales}{more}(?:\s?(?P<unit>{unit}){ends})?"


def _written(found: re.Match[str], language: str) -> Decimal | None:
    """The number that words stand for, or None for one, which is the article too, and for words that count nothing."""
    if language == "zh":
        number = _chinese(found["number"]) if _is_chinese_number(found) else Decimal(0)
    else:
        values = [WRITTEN[language][word] for word in _words(found["number"].lower(), language)]
        number = Decimal(_together(values))
    return number if number > 1 or found["scale"] or found["unit"] else None


def _is_chinese_number(found: re.Match[str]) -> bool:
    """Whether Chinese signs count something, and are more than the words of number that other words hold."""
    printed = found["number"]
    counts = any(found[part] is not None for part in ("percent", "scale", "unit", "counted"))
    has_ten = any(sign in CHINESE_TENS for sign in printed)
    return counts and (has_ten or "点" in printed or len(printed) in (1, _CHINESE_YEAR))


def _chinese(printed: str) -> Decimal:
    """The number that is written out in Chinese, "六点七" with its decimals."""
    whole, _, decimals = printed.partition("点")
    return chinese_number(whole) + Decimal(f"0.{''.join(str(CHINESE_DIGITS.get(each, '')) for each in decimals) or 0}")


def _words(printed: str, language: str) -> list[str]:
    """The words of number in a text; "dix-neuf" is one and "vingt-neuf" two."""
    return re.findall(_any_word(language), printed)


def _together(values: list[int]) -> int:
    """The number that one word makes, or two, of which the second may count hundreds."""
    return values[0] * values[1] if values[-1] == _HUNDRED and len(values) > 1 else sum(values)
