"""What States, regions and the larger cities are called in the six languages: to match them, not to show them."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_NO_PLACES = frozenset(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "001"])  # bodies, and what CLDR needs itself
# Of the cities after which time zones are named, the capitals and such: those of Africa, Asia and Europe, and these.
_CITIES = re.compile(
    r"(?:Africa|Asia|Europe)/[^/]+|America/(?:Asuncion|Bogota|Buenos_Aires|Caracas|Havana|Lima|Managua"
    r"|Mexico_City|Montevideo|New_York|Port-au-Prince|Santiago|Santo_Domingo|Tegucigalpa)"
)
# What is also an ordinary word: "financial" for Mali, "country" for Qatar, "of that" for Togo, "the meeting".
_ORDINARY = frozenset(
    [
        *["مالي", "قطر", "ترك", "استر", "بلم", "سول", "ثيل", "فارو", "ماهي", "مسقط"],
        *["Того", "Oral", "Reunión", "Réunion", "La Réunion"],
    ]
)

# How Unicode shortens names that reports print whole.
_SHORTENED = {" & ": " and ", "St. ": "Saint ", "о-ва": "острова", "о-в ": "остров "}

Names = Mapping[str, Sequence[str]]


@cache
def places() -> tuple[Names, ...]:
    """The names of each place by language, from Unicode's locale data and the usage of UN documents.

    The first call reads them, in about half a second.
    """
    return tuple(
        {language: [name for name in names if name not in _ORDINARY] for language, names in _printed(place).items()}
        for place in (*_territories(), *_cities())
    )


@cache
def peoples(language: str) -> Names:
    """What the people of some places are called where it begins otherwise than the place: "France" to "French"."""
    return cast("Mapping[str, Names]", _table("peoples.toml"))[language]


def _printed(place: Names) -> Names:
    """The names with those that reports in French and Spanish print as in English: "Malawi", "Kenya"."""
    return {**place, **{language: [*place[language], *place["en"]] for language in ("es", "fr")}}


def _territories() -> Iterator[Names]:
    from babel import Locale

    known = {language: Locale(language).territories for language in _LANGUAGES}
    printed = _table("places.toml")
    for code in dict.fromkeys([*known["en"], *printed]):
        names = {
            language: [*_in_full(known[language].get(code, "")), *printed.get(code, {}).get(language, [])]
            for language in _LANGUAGES
        }
        if code not in _NO_PLACES and all(names.values()):
            yield names


def _in_full(name: str) -> Iterator[str]:
    """A name, if there is one, as Unicode has it and without its shortened words."""
    whole = name
    for short, full in _SHORTENED.items():
        whole = whole.replace(short, full)
    yield from dict.fromkeys(filter(None, (name, whole)))


def _cities() -> Iterator[Names]:
    """The cities that time zones are named after: most capitals."""
    from babel import Locale

    known: Mapping[str, Any] = {language: Locale(language).time_zones for language in _LANGUAGES}
    for zone in filter(_CITIES.fullmatch, known["ru"]):
        english = zone.rpartition("/")[2].replace("_", " ")
        named = {language: known[language].get(zone, {}).get("city") for language in _LANGUAGES}
        if all(named[language] for language in ("ar", "zh")):
            yield {language: (name or english,) for language, name in named.items()}


def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
