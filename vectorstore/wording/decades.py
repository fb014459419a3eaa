"""Decades by two figures or in a word, in the six UN languages: "les années 60", "los años sesenta", "ستينات"."""

import re
from collections.abc import Iterator
from functools import cache

from vectorstore.wording.patterns import named

_CENTURY = 1900  # of which reports speak so; what is of this one has all its figures
_TENS = (20, 30, 40, 50, 60, 70, 80, 90)
_WORDS = {
    "en": "twenties thirties forties fifties sixties seventies eighties nineties",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingts? quatre-vingt-dix",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "ru": "двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност",
    "ar": "عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين",
    "zh": "二十 三十 四十 五十 六十 七十 八十 九十",
}
# Where the decade stands beside its word; "{}" is the decade in figures or in a word.
_SAID = {
    "en": r"(?<!\w)(?:{}s(?!\w)|the {}(?!\w))",
    "fr": r"(?<!\w)années {}(?![\w-])",
    "es": r"(?<!\w)(?:años|década de(?: los)?(?: años)?) {}(?!\w)",
    "ru": r"(?<![\w-])(?:{}-[ехым]\w{{0,2}}|{}\w{{1,3}}) год(?:ы|ов|ах|ам|ами)(?!\w)",
    "ar": r"(?<!\w)[وبل]?(?:ال|لل){}(?:ات|يات)(?!\w)",
    "zh": r"(?<![\d一二三四五六七八九]){}\s?年代",
}


def decades_in(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each decade that a text names without its century, and its first year."""
    for found in _pattern(language).finditer(text):
        yield found.start(), found.end(), str(_CENTURY + int((found.lastgroup or "")[1:]))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _WORDS[language].split()
    said = _SAID[language].count("{}")
    forms = {f"d{tens}": _said(str(tens), word, language, said) for tens, word in zip(_TENS, words, strict=True)}
    return re.compile(named(forms), re.IGNORECASE)


def _said(figures: str, word: str, language: str, places: int) -> str:
    """How a decade may be said, in figures where a pattern has one place for both."""
    either = f"(?:{figures}|{word})"
    return _SAID[language].format(*([either] if places == 1 else [figures, word]))
