"""Reports that come out again and again under one title: which series a report is of, and its place there."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from vectorstore.paragraph import LANGUAGES
from vectorstore.wording.dates import dates_in, folded, months_pattern

# The year of HSP/EB.2021/6 and E/2025/15/Add.1, the session of A/80/74, A/HRC/59/60 and UNEP/EA.6/5; then the
# running number, and the part of a report that comes in parts.
_SYMBOL = re.compile(
    r"(?P<organ>[A-Z].*?[/.])(?:(?P<year>(?:19|20)\d\d)|(?P<session>\d{1,3}))/\d+(?P<part>(?:/Add\.\d+|\s?\([^()]*\))*)"
)
_YEAR = re.compile(r"(?<=[/.(])(?:19|20)\d\d(?=[/)])")
# Resolutions, decisions, drafts, records, statements, room papers, circulars: each stands for itself.
_SINGLE = frozenset(["RES", "DEC", "L", "PV", "SR", "INF", "NGO", "CRP", "PRST", "WP", "CONF", "BUR", "IC", "MIN"])
_REFERENCE = re.compile(r"\d+(?:/\d+)+")  # to a resolution of the year before
_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_LONGEST = 1000  # characters of a title that are looked at
_GONE = "\x00"
_ENOUGH = 2  # words; two characters make one in Chinese


@dataclass(frozen=True)
class Issue:
    """One report of a series: what all of them share, and the year or session that tells which is the later."""

    series: tuple[str, ...]
    period: int


@lru_cache(maxsize=20_000)  # titles, which are looked at again in every refresh and for every question of a past time
def issue_of(symbol: str, title: str, language: str) -> Issue | None:
    """The place of a report in its series, or None where its symbol or title tells of none.

    The title must say what the report is about: a "Report of the Secretary-General" is of no series. Letters, drafts,
    budgets, resolutions and the reports of sessions stand for themselves.
    """
    numbered = _SYMBOL.fullmatch(symbol.strip())
    if numbered is None or _SINGLE & set(re.split(r"[/.]", symbol)):
        return None
    words = lasting_words(title, language)
    kind = "year" if numbered["year"] else "session"
    part = "".join(numbered["part"].split())
    return Issue((numbered["organ"], kind, part, language, *words), int(numbered[kind])) if words else None


def year_in(symbol: str | None) -> str | None:
    """The year that a symbol names, as E/2025/61 and S/RES/2771 (2025) do, or None."""
    found = _YEAR.search(symbol or "")
    return found.group() if found else None


def lasting_words(title: str, language: str) -> tuple[str, ...]:
    """A title's words without what changes from report to report; none where they are too few to tell reports apart."""
    text = folded(title[:_LONGEST])
    if language not in LANGUAGES or re.search(_words("never", language), text):
        return ()
    words = [word for part in _parts(_timeless(text, language), language) for word in _words_of(part, language)]
    enough = 1 if re.search(_words("every_year", language), text) else _ENOUGH
    return tuple(words) if _telling(words, language) >= enough else ()


def _parts(title: str, language: str) -> Iterator[str]:
    """The parts of a title between colons, without the byline."""
    first, *others = re.split(r"\s*:\s*", title)
    yield first
    yield from (part for part in others if not re.match(_words("byline", language), part))


def _timeless(text: str, language: str) -> str:
    """The text without dates, ordinals and numbers of resolutions, and the words that joined them to it."""
    for named in reversed(dates_in(text)):
        text = f"{text[: named.start]}{_GONE}{text[named.end :]}"
    for changing in (_months(), _REFERENCE, re.compile(_words("times", language))):
        text = changing.sub(_GONE, text)
    return re.sub(rf"(?:(?<!\w)(?:{_words('joining', language)})[\s'’]+)*{_GONE}", " ", text)


def _words_of(part: str, language: str) -> tuple[str, ...]:
    words = _WORD.findall(part)
    return ("".join(words),) if language == "zh" else tuple(words)


def _telling(words: Sequence[str], language: str) -> int:
    """How many of the words tell what a report is about."""
    generic = re.compile(f"{_words('generic', language)}|{_words('joining', language)}")
    if language == "zh":
        return len(generic.sub("", "".join(words))) // 2
    return sum(generic.fullmatch(word) is None for word in words)


@cache
def _months() -> re.Pattern[str]:
    names = months_pattern()
    return re.compile(rf"\b(?:\d{{1,2}}(?:er|-?го)?\s+(?:de\s+)?)?(?:{names})\b")


def _words(name: str, language: str) -> str:
    return _lists()[name][language]


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("vectorstore").joinpath("series.toml").read_text(encoding="utf-8"))
