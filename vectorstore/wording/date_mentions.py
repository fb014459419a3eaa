"""Dates where they stand in a text, in the six UN languages: full ones, days without a year, months and years."""

import re
from collections.abc import Iterator
from functools import cache

from vectorstore.wording.dates import month_names
from vectorstore.wording.decades import decades_in
from vectorstore.wording.number_words import CHINESE_DIGITS, CHINESE_TENS, chinese_number

Found = tuple[int, int, str]

_YEAR = r"(?:19|20)\d\d"
_OF = r"(?:of\s+|de\s+|del\s+)?"
_TO = r"--?|,\s?(?:and|et|y|и|و)|[–—/,]|to|and(?: the)?|au|et(?: le)?|al|y(?: el)?|по|и|إلى|و"
_ISO = re.compile(rf"(?<![\d/-])(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?P<last>)(?![\d-])")
_FIGURES = re.compile(rf"(?<![\d./])(?P<day>\d{{1,2}})([./])(?P<month>\d{{1,2}})\2(?P<year>{_YEAR})(?P<last>)(?!\d)")
_WRITTEN_YEAR = f"[一二][{''.join(CHINESE_DIGITS)}]{{3}}"
_WRITTEN_ALONE = re.compile(rf"(?<![{''.join(CHINESE_DIGITS)}]){_WRITTEN_YEAR}(?=\s?(?:年|[至到—–-]))")
_WRITTEN_DAY = "[一二三四五六七八九十]{1,3}"
_CHINESE = re.compile(
    rf"(?:(?P<year>(?<!\d){_YEAR}|{_WRITTEN_YEAR})\s*年\s*)?(?<!\d)(?P<month>1[0-2]|0?[1-9]|{_WRITTEN_DAY})\s*月"
    rf"(?:\s*(?P<day>\d{{1,2}}|{_WRITTEN_DAY})\s*日?(?:\s?[-–—至到和、]\s?(?P<last>\d{{1,2}}))?\s*日)?"
)
_RANGE = re.compile(rf"(?<![A-Za-z\d/$€£-])(?<!\d[.,])({_YEAR})\s?(?:--?|[–—/])\s?({_YEAR}|\d\d)(?![\d/-]|[.,]\d)")
_LONE = rf"(?<![\d/$€£])(?<!\d[ .,-]){_YEAR}(?!\d|[.,/]\d|\s?%)"
# Where thousands are printed without a sign between, a number before a noun ("2016 работников", "2016名") is no year.
_COUNTED = {
    "ru": r"(?!\s+(?!год|гг?\b|и\b|по\b|или\b|до\b|[—–-])[а-яё])",
    "zh": r"(?!\s*(?![年至到和与及、财度])[\u4e00-\u9fff])",
}
_CHINESE_NUMBER = frozenset([*CHINESE_DIGITS, *CHINESE_TENS])
_LAST_MONTH = 12
_CENTURY = 100
_SLASH = re.compile(r"\s*/\s*")
_SHORTENED = frozenset(
    [
        *["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"],
        *["janv", "févr", "avr", "juil", "déc", "ene", "abr", "ago", "dic"],
    ]
)


def date_mentions(text: str, language: str) -> Iterator[Found]:
    """Start and end of each date, and the date as an ISO date or a part of one; two for a range of years.

    "2021-03-31", "2021-03", "2021", "--03-31"; the days of a range are parted by a slash.
    """
    free = text
    for pattern in (_ISO, _FIGURES, _CHINESE, _month_first(), _worded()):
        for found in pattern.finditer(free):
            if value := _value(found, language):
                yield found.start(), found.end(), value
                free = _blanked(free, found)
    for found in _RANGE.finditer(free):
        if last := _last_year(found[1], found[2]):
            yield found.start(), found.end(), found[1]
            yield found.start(), found.end(), last
            free = _blanked(free, found)
    yield from decades_in(free, language)
    for found in _WRITTEN_ALONE.finditer(free):
        yield found.start(), found.end(), str(chinese_number(found.group()))
    yield from ((found.start(), found.end(), found.group()) for found in _lone_year(language).finditer(free))


def months_in(text: str, language: str) -> Iterator[tuple[int, str, bool]]:
    """Each month that a text names, how it is printed, and whether it stands alone, without year and day."""
    pattern = _CHINESE if language == "zh" else _worded()
    for found in pattern.finditer(text):
        name = found["month"]
        is_alone = not found["year"] and not found["day"] and name.casefold() not in _SHORTENED
        if language != "en" or not name.islower():
            yield _month(_in_digits(name) or ""), found[0].strip(), is_alone


def _value(found: re.Match[str], language: str) -> str | None:
    """The date in a match, or None where it is none: a month alone, or another word ("may" after the number 5)."""
    name, day, last, year = (_in_digits(found[group]) for group in ("month", "day", "last", "year"))
    if not name or (not year and (not day or (language == "en" and name.islower()))):
        return None
    month = _month(name)
    if not 1 <= month <= _LAST_MONTH:
        return None
    days = "/".join(f"{int(each):02d}" for each in (day, last) if each)
    return f"{year or '-'}-{month:02d}" + (f"-{days}" if days else "")


def _month(name: str) -> int:
    return int(name) if name.isdecimal() else month_names()[" ".join(_SLASH.sub("/", name.casefold()).split())]


def _in_digits(printed: str | None) -> str | None:
    """A number of a date that may be written out in Chinese."""
    return str(chinese_number(printed)) if printed and printed[0] in _CHINESE_NUMBER else printed


def _last_year(first: str, last: str) -> str | None:
    """The second year of a range, whole ("2018" of "2017/18"), or None where the two make none."""
    whole = last if len(last) > len("18") else f"{int(first) // _CENTURY:d}{last}"
    return whole if int(whole) > int(first) else None


def _blanked(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}{' ' * len(found.group())}{text[found.end() :]}"


@cache
def _month_first() -> re.Pattern[str]:
    """ "March 31, 2021"."""
    return re.compile(
        rf"(?<!\w)(?P<month>{_months()})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?P<last>)"
        rf"(?:,?\s+(?P<year>{_YEAR})(?!\d))?",
        re.IGNORECASE,
    )


@cache
def _worded() -> re.Pattern[str]:
    """ "31 March 2021", "29–31 March", "March 2021"."""
    days = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?(?:\s{{0,3}}(?:{_TO})\s{{0,3}}(?P<last>\d{{1,2}})(?!\d))?"
    return re.compile(
        rf"(?<!\d)(?:{days}\s+{_OF})?(?:(?<![^\W\d_])|(?<=(?<!\w)[وفبل]))(?P<month>{_months()})(?![^\W\d_])"
        rf"(?:[.,]?\s+{_OF}(?P<year>{_YEAR})(?!\d))?",
        re.IGNORECASE,
    )


@cache
def _months() -> str:
    names = sorted(month_names(), key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+").replace("/", r"\s?/\s?") for name in names)


@cache
def _lone_year(language: str) -> re.Pattern[str]:
    return re.compile(_LONE + _COUNTED.get(language, ""), re.IGNORECASE)
