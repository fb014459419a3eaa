"""Figures in a text, in the six UN languages: numbers with their scale and unit, in digits or written out."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TypeVar

from vectorstore.wording.number_words import CHINESE_COUNTERS, CHINESE_DIGITS, CHINESE_TENS, SCALES, UNITS, WRITTEN

Found = tuple[int, int, str]
_Meaning = TypeVar("_Meaning", int, str)

_GROUP = 3
_TEN = 10
_LETTER = "A-Za-zÀ-ɏЀ-ӿ"
_CURRENCY = {"US$": "$", "$": "$", "USD": "$", "€": "€", "EUR": "€", "£": "£", "¥": "¥"}
# What parts thousands and decimals. UN documents part thousands by a space or a comma, in Spanish by a point; Arabic
# ones hold the groups in the order they were typed, the last first: "000 12".
_THOUSANDS = {"en": " ,’'", "zh": " ,’'", "ar": " ,", "es": " .,’'", "fr": " .,’'", "ru": " .,’'"}
_DECIMALS = {"en": ".", "zh": "."}
_TYPED_LAST_FIRST = re.compile(r"\d{3}(?: \d{3})* \d{1,3}")
_CHINESE_NUMBER = "".join((*CHINESE_DIGITS, *CHINESE_TENS))


def figures_in(text: str, language: str) -> Iterator[Found]:
    """Start and end of each figure with its scale and unit, and its value: "1200000$" for "$1.2 million".

    The unit is noted where it is a percentage ("%"), percentage points or a currency; other words are no part of it.
    Numbers written out count from two.
    """
    for found in _in_digits(language).finditer(text):
        yield found.start(), found.end(), _value(found, language)
    for found in _in_words(language).finditer(text):
        if number := _written(found, language):
            yield found.start(), found.end(), _noted(Decimal(number), found, language)


def _value(found: re.Match[str], language: str) -> str:
    printed = found["number"]
    if ":" in printed or "/" in printed:
        return printed
    sign = "-" if found["sign"] else ""
    return sign + _noted(_decimal(printed, language), found, language)


def _noted(number: Decimal, found: re.Match[str], language: str) -> str:
    """The value times its scale, with its unit."""
    scale = _meaning(found["scale"], SCALES[language], 1)
    unit = _meaning(found["unit"], UNITS[language], "")
    named = found.groupdict()
    before = _CURRENCY.get((named.get("currency") or "").strip(), "%" if named.get("percent") else "")
    return f"{format((number * scale).normalize(), 'f')}{unit or before}"


def _meaning(printed: str | None, table: Mapping[str, _Meaning], otherwise: _Meaning) -> _Meaning:
    if not printed:
        return otherwise
    return next(meaning for word, meaning in table.items() if re.fullmatch(word, printed, re.IGNORECASE))


def _decimal(printed: str, language: str) -> Decimal:
    """The number that digits with signs between them stand for in a language."""
    if language == "ar" and _TYPED_LAST_FIRST.fullmatch(printed):
        printed = "".join(reversed(printed.split(" ")))
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
        rf"(?<![{_LETTER}\d_])(?<![{_LETTER}][-–.])(?<!\d[.,/:])"
        rf"(?P<percent>百分之\s?)?(?P<sign>(?<![^\s(（|])[-−–])?(?:(?P<currency>{currency})\s?)?"
        rf"(?P<number>{'|'.join(shapes)}){_tail(language)}",
        re.IGNORECASE,
    )


@cache
def _in_words(language: str) -> re.Pattern[str]:
    if language == "zh":
        counted = rf"(?P<counted>(?=\s?[{CHINESE_COUNTERS}]))?"
        return re.compile(
            rf"(?<![第数几上成\d.{_CHINESE_NUMBER}])(?P<percent>百分之)?(?P<number>[{_CHINESE_NUMBER}]{{1,12}}){_tail('zh')}{counted}"
        )
    word = _any_word(language)
    between = r"\s+و?" if language == "ar" else r"(?:-|\s+)(?:(?:y|et)[\s-]+)?"
    attached = "[وفبلك]?(?:ال)?" if language == "ar" else ""
    return re.compile(
        rf"(?<![\w-]){attached}(?P<number>(?:{word})(?:{between}(?:{word}))?)(?!\w)(?!-\w){_tail(language)}",
        re.IGNORECASE,
    )


@cache
def _any_word(language: str) -> str:
    return "|".join(sorted(WRITTEN[language], key=len, reverse=True))


@cache
def _tail(language: str) -> str:
    """What may follow the digits: a scale, and a unit."""
    scale, unit = ("|".join(table[language]) for table in (SCALES, UNITS))
    ends, more = ("", r"(?:\s?[多余])?") if language == "zh" else (r"(?!\w)", "")
    return rf"{more}(?:\s?(?P<scale>{scale}){ends})?{more}(?:\s?(?P<unit>{unit}){ends})?"


def _written(found: re.Match[str], language: str) -> int | None:
    """The number that words stand for, or None for one, which is the article too, and for words that count nothing."""
    if language == "zh":
        counts = any(found[part] is not None for part in ("percent", "scale", "unit", "counted"))
        number = _chinese(found["number"]) if counts else 0
    else:
        values = [WRITTEN[language][word] for word in _words(found["number"].lower(), language)]
        number = sum(values) if _add_up(values) else values[0]
    return number if number > 1 or found["scale"] else None


def _words(printed: str, language: str) -> list[str]:
    """The words of number in a text; "dix-neuf" is one and "vingt-neuf" two."""
    return re.findall(_any_word(language), printed)


def _add_up(values: list[int]) -> bool:
    """Whether two words make one number: "forty" and "two", in Arabic "two" and "forty" or "two" and "ten"."""
    return max(values) % _TEN == 0 and min(values) < max(values)


def _chinese(printed: str) -> int:
    """The number that Chinese digits and tens stand for: 42 for "四十二", 2021 for "二〇二一"."""
    if not any(sign in CHINESE_TENS for sign in printed):
        return int("".join(str(CHINESE_DIGITS[sign]) for sign in printed))
    total, digit = 0, 0
    for place, sign in enumerate(printed):
        if sign in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[sign]
        else:
            total += (digit or (place == 0)) * CHINESE_TENS[sign]
            digit = 0
    return total + digit
