"""The dates that a text names, in any of the six languages, as ISO dates or parts of one."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from vectorstore.tokens import ascii_digits

# By number of the month, in every form that stands beside a day or a year; "_" is a space.
_MONTHS = (
    "january jan janvier janv enero ene "
    "января январь январе январем январём январю يناير كانون_الثاني/يناير كانون_الثاني",
    "february feb février févr febrero февраля февраль феврале февралем февралём февралю فبراير شباط/فبراير شباط",
    "march mar mars marzo марта март марте мартом марту مارس آذار/مارس آذار",
    "april apr avril avr abril abr апреля апрель апреле апрелем апрелю أبريل نيسان/أبريل نيسان",
    "may mai mayo мая май мае маем маю مايو أيار/مايو أيار",
    "june jun juin junio июня июнь июне июнем июню يونيه يونيو حزيران/يونيه حزيران/يونيو حزيران",
    "july jul juillet juil julio июля июль июле июлем июлю يوليه يوليو تموز/يوليه تموز/يوليو تموز",
    "august aug août agosto ago августа август августе августом августу أغسطس آب/أغسطس آب",
    "september sept sep septembre septiembre "
    "сентября сентябрь сентябре сентябрем сентябрём сентябрю سبتمبر أيلول/سبتمبر أيلول",
    "october oct octobre octubre "
    "октября октябрь октябре октябрем октябрём октябрю أكتوبر تشرين_الأول/أكتوبر تشرين_الأول",
    "november nov novembre noviembre "
    "ноября ноябрь ноябре ноябрем ноябрём ноябрю نوفمبر تشرين_الثاني/نوفمبر تشرين_الثاني",
    "december dec décembre déc diciembre dic "
    "декабря декабрь декабре декабрем декабрём декабрю ديسمبر كانون_الأول/ديسمبر كانون_الأول",
)
_TATWEEL = "\u0640"
_CHINESE_YEAR = re.compile(r"[一二][〇零一二三四五六七八九]{3}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass(frozen=True)
class NamedDate:
    """A date as a text names it, "2021-12-31", "2021-12" or "2021", and where in the folded text it stands."""

    value: str
    start: int
    end: int


def folded(text: str) -> str:
    """The text as dates are looked for in it: small letters, digits 0 to 9, without Arabic vowel signs."""
    small = ascii_digits(unicodedata.normalize("NFKC", text)).casefold()
    plain = "".join(c for c in small if c != _TATWEEL and unicodedata.category(c) != "Mn")
    return _CHINESE_YEAR.sub(lambda year: year.group().translate(_CHINESE_DIGITS), plain)


def dates_in(text: str) -> tuple[NamedDate, ...]:
    """The dates that a folded text names, in order; the years in document symbols are none."""
    found = (
        NamedDate(_iso(m.groupdict()), m.start(), m.end()) for pattern in _patterns() for m in pattern.finditer(text)
    )
    return tuple(_apart(sorted(found, key=lambda one: (one.start, -one.end))))


def _apart(found: Sequence[NamedDate]) -> Iterator[NamedDate]:
    """Those that begin after the end of the one before: a month and year are part of a day's date."""
    end = 0
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


def _iso(parts: Mapping[str, str | None]) -> str:
    """As exact as the calendar allows: the 31st of February stands for the month."""
    year, month, day = str(parts["year"]), _month_number(parts.get("month")), parts.get("day")
    if month is None:
        return year
    try:
        return date(int(year), month, int(day or "")).isoformat()
    except ValueError:
        return f"{year}-{month:02}"


def _month_number(name: str | None) -> int | None:
    if name is None:
        return None
    number = int(name) if name.isdecimal() else month_names()[" ".join(name.split())]
    return number if 1 <= number <= len(_MONTHS) else None


@cache
def month_names() -> Mapping[str, int]:
    """The number of each month by its folded names in the six languages."""
    return {folded(name.replace("_", " ")): n for n, names in enumerate(_MONTHS, 1) for name in names.split()}


@cache
def months_pattern() -> str:
    """The folded names of the months as alternatives of a regular expression, the longest first."""
    return "|".join(sorted(map(re.escape, month_names()), key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    year, number, day = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>[01]?\d)", r"(?P<day>[0-3]?\d)"
    month, of = rf"(?P<month>{months_pattern()})\.?", r",?\s+(?:de\s+|del\s+|of\s+)?"
    ordinal, before, after = r"(?:st|nd|rd|th|er|-?го)?", r"(?<![0-9A-Za-z./-])", r"(?![0-9A-Za-z/]|[.,]\d)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{before}{year}-{number}(?:-{day})?{after}(?!-)",
            rf"{before}{day}[./]{number}[./]{year}{after}",
            rf"(?<![\d./]){year}\s*年(?:度|\s*{number}\s*月(?:\s*{day}\s*[日号])?)?",
            rf"{before}{day}{ordinal}{of}{month}{of}{year}{after}",
            rf"(?<!\w){month}\s+{day}{ordinal},?\s+{year}{after}",
            rf"(?<!\w){month}{of}{year}{after}",
            rf"(?<![0-9A-Za-z./]){year}{after}",
        )
    )
