"""Halves and quarters of a year that a text names, in the six UN languages: "the first quarter", "下半年"."""

import re
from collections.abc import Iterator
from functools import cache

from vectorstore.wording.patterns import whole

_HALVES = {
    "en": {
        "H1": r"(?:first|1st) half|first six months",
        "H2": r"(?:second|latter|2nd) half|(?:last"
        r"|second) six months",
    },
    "fr": {
        "H1": r"premier semestre|première moitié|(?:premiers six|six premiers) mois",
        "H2": r"(?:second|deuxième) semestre|(?:seconde|deuxième) moitié|(?:derniers six|six derniers) mois",
    },
    "es": {
        "H1": r"primer semestre|primera mitad|(?:primeros seis|seis primeros) meses",
        "H2": r"segundo semestre|segunda mitad|(?:últimos seis|seis últimos) meses",
    },
    "ru": {
        "H1": r"перв\w+ (?:полугоди\w+|половин\w+)|перв\w+ шест\w+ месяц\w+",
        "H2": r"втор\w+ (?:полугоди\w+|половин\w+)|последн\w+ шест\w+ месяц\w+",
    },
    "ar": {
        "H1": r"(?:ب|ل)?النصف الأول|الأشهر الستة الأولى",
        "H2": r"(?:ب|ل)?النصف الثاني|الأشهر الستة الأخيرة",
    },
    "zh": {"H1": r"上半年|[前头]六个月", "H2": r"下半年|后六个月"},
}
_QUARTERS = {
    "en": ("(?:{}) quarter|Q{}", ("first|1st", "second|2nd", "third|3rd", "fourth|4th|last|final")),
    "fr": ("(?:{}) trimestre|T{}", ("premier|1er", "deuxième|second", "troisième", "quatrième|dernier")),
    "es": ("(?:{}) trimestre", ("primer", "segundo", "tercer", "cuarto|último")),
    "ru": (r"(?:{})\w* квартал\w*", ("перв|I", "втор|II", "трет|III", "четв|последн|IV")),
    "ar": ("[بل]?(?:الربع|الفصل) (?:{}) (?:من|ل)", ("الأول", "الثاني", "الثالث", "الرابع|الأخير")),
    "zh": ("(?:{})季度", ("第?一|首", "第?二", "第?三", "第?四")),
}


def parts_of_year_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each half or quarter that a text names, "H1" to "Q4", and how it is printed."""
    for part, words in _patterns(language):
        yield from ((part, found[0]) for found in words.finditer(text))


@cache
def _patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    said, numbers = _QUARTERS[language]
    quarters = {f"Q{at}": said.format(number, at) for at, number in enumerate(numbers, start=1)}
    return [(part, whole(words, language)) for part, words in (_HALVES[language] | quarters).items()]
