"""Times that words hold without a word of number, in the six UN languages: "quinquennial", "трехлетний"."""

import re
from collections.abc import Iterator
from functools import cache

from vectorstore.wording.ordinals import ordinals_in
from vectorstore.wording.patterns import whole

_YEARS = {
    "en": {
        2: r"bienni\w+",
        3: r"trienni\w+",
        4: r"quadrenni\w+",
        5: r"quinquenni\w+",
        50: r"half[- ]century|half a century",
    },
    "fr": {
        2: r"bienna\w+|bisannuel\w*",
        3: r"trienna\w+",
        4: r"quadrienna\w+",
        5: r"quinquenna\w+",
        10: r"décenna\w+",
        50: r"demi-siècle",
    },
    "es": {
        2: r"biena\w+|bienio\w*",
        3: r"triena\w+|trienio\w*",
        4: r"cuatriena\w+|cuatrienio\w*",
        5: r"quinquena\w+|quinquenio\w*",
        10: r"decena\w+",
        50: r"medio siglo",
    },
    "ru": {50: r"полвека|полувек\w+"},
    "ar": {50: r"نصف قرن"},
    "zh": {50: r"半个?世纪"},
}
_OF_RUSSIAN = {
    "years": r"лет(?:н|и)\w{1,3}|годичн\w{2,3}",
    "months": r"месячн\w{2,3}",
    "weeks": r"недельн\w{2,3}",
    "days": r"дневн\w{2,3}",
    "hours": r"часов\w{2,3}",
}
_RUSSIAN = (
    (2, "двух"),
    (3, "тр[её]х"),
    (4, "четыр[её]х"),
    (5, "пяти"),
    (6, "шести"),
    (7, "семи"),
    (8, "восьми"),
    (9, "девяти"),
    (10, "десяти"),
)
_AGED = ("سن ", "عمر ")  # before an ordinal: "سن الخامسة"


def periods_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The number and the unit of each such time that a text holds; in Arabic also ages, which are ordinals there."""
    for number, unit, words in _patterns(language):
        if words.search(text):
            yield str(number), unit
    if language == "ar":
        yield from (
            (number, "years") for start, _, number in ordinals_in(text, language) if text[:start].endswith(_AGED)
        )


@cache
def _patterns(language: str) -> list[tuple[int, str, re.Pattern[str]]]:
    patterns = [(number, "years", whole(words, language)) for number, words in _YEARS[language].items()]
    if language == "ru":
        patterns += [
            (number, unit, whole(f"{word}(?:{ends})", "ru"))
            for number, word in _RUSSIAN
            for unit, ends in _OF_RUSSIAN.items()
        ]
    return patterns
