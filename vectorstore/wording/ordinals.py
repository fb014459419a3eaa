"""Ordinals and shares written out in a text, in the six UN languages: "seventy-fifth", "two thirds"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from vectorstore.wording.number_words import CHINESE_DIGITS, CHINESE_TENS, WRITTEN, chinese_number

Found = tuple[int, int, str]

# The ordinals of 1 to 19 and of the tens from 20 to 90 and of a hundred; the forms of one are parted by "/".
_RANGES = (range(1, 20), range(20, 101, 10))
_ORDINALS = {
    "en": (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth",
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth",
    ),
    "fr": (
        "premier/première/unième deuxième/second/seconde troisième quatrième cinquième sixième septième huitième "
        "neuvième dixième onzième douzième treizième quatorzième quinzième seizième dix-septième dix-huitième "
        "dix-neuvième",
        "vingtième trentième quarantième cinquantième soixantième soixante-dixième quatre-vingtième "
        "quatre-vingt-dixième centième",
    ),
    "es": (
        "primer/primero/primera segundo/segunda tercer/tercero/tercera cuarto/cuarta quinto/quinta sexto/sexta "
        "séptimo/séptima octavo/octava noveno/novena décimo/décima undécimo/undécima duodécimo/duodécima "
        "decimotercer/decimotercero/decimotercera decimocuarto/decimocuarta decimoquinto/decimoquinta "
        "decimosexto/decimosexta decimoséptimo/decimoséptima decimoctavo/decimoctava decimonoveno/decimonovena",
        "vigésimo/vigésima trigésimo/trigésima cuadragésimo/cuadragésima quincuagésimo/quincuagésima "
        "sexagésimo/sexagésima septuagésimo/septuagésima octogésimo/octogésima nonagésimo/nonagésima "
        "centésimo/centésima",
    ),
    "ru": (
        "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат "
        "шестнадцат семнадцат восемнадцат девятнадцат",
        "двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност сот",
    ),
    "ar": (
        "أول/أولى/حادي/حادية ثاني/ثانية ثالث/ثالثة رابع/رابعة "
        "خامس/خامسة سادس/سادسة سابع/سابعة ثامن/ثامنة تاسع/تاسعة عاشر/عاشرة",
        "",
    ),
}
_ENDS = {
    "en": [""],
    "fr": ["", "s"],
    "es": ["", "s"],
    "ru": ["ый", "ий", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ых", "ыми"],
    "ar": [""],
}
_ENDS_OF = {"трет": ["ий", "ья", "ье", "ьи", "ьего", "ьему", "ьим", "ьем", "ью", "ьей", "ьих", "ьими"]}
_BETWEEN = {"en": "-", "fr": r"-(?:et-)?|\s+et\s+", "es": r"\s+", "ru": r"\s+", "ar": r"\s+و?(?:ال)?"}
_HUNDRED_WORDS = {"en": "one hundred and ", "fr": "cent ", "es": "centésim[oa] ", "ru": "сто ", "ar": " بعد المائة"}
_TENS = range(20, 100, 10)
_TEN, _HUNDRED = 10, 100
# "November" and "Monday" are no numbers.
_NO_ARABIC_NUMBER = r"(?<!\w)(?<!تشرين )(?<!كانون )(?<!يوم )"

# Shares by the words for them, as percentages where these are round, else as fractions.
_SHARES = {
    "en": {
        r"(?<!first )(?<!second )(?<!latter )(?<!-a-)(?<!and a )half(?! a million)": "50%",
        r"two[- ]thirds": "2/3",
        r"(?:one|a)[- ]third": "1/3",
        r"three[- ]quarters": "75%",
        r"(?:one|a)[- ]quarter(?= of| in)": "25%",
        r"(?:one|a)[- ]fifth": "20%",
        r"two[- ]fifths": "40%",
        r"three[- ]fifths": "60%",
        r"four[- ]fifths": "80%",
        r"(?:one|a)[- ]tenth": "10%",
    },
    "fr": {
        r"moitié": "50%",
        r"deux[- ]tiers": "2/3",
        r"(?:un|le) tiers": "1/3",
        r"trois[- ]quarts": "75%",
        r"(?:un|le) quart": "25%",
        r"(?:un|le) cinquième": "20%",
        r"(?:un|le) dixième": "10%",
    },
    "es": {
        r"(?<!primera )(?<!segunda )mitad": "50%",
        r"dos terceras partes|dos tercios": "2/3",
        r"(?:una|la) tercera parte|un tercio": "1/3",
        r"tres cuartas partes|tres cuartos": "75%",
        r"(?:una|la) cuarta parte|un cuarto": "25%",
        r"(?:una|la) quinta parte": "20%",
        r"(?:una|la) décima parte": "10%",
    },
    "ru": {
        r"(?<!первой )(?<!второй )(?<!первую )(?<!вторую )(?<!с )половин(?:[аыуе]|ой)": "50%",
        r"дв(?:е|ух|умя) трет(?:и|ей|ях|ями)": "2/3",
        r"(?:одн(?:а|у|ой) )?треть(?! (?:год|квартал|сесси))": "1/3",
        r"тр(?:и|ех|ёх|емя) четверт(?:и|ей|ях|ями)": "75%",
        r"(?:одн(?:а|у|ой) )?четверть(?:ю)?": "25%",
    },
    "ar": {
        r"[فبل]?(?:ال)?نصف(?! (?:الأول|الثاني|مليون))(?:ها|هم|ه|هن)?": "50%",
        r"[وفبل]?(?:ال)?ثلث(?:ا|ي|ان|ين)(?:ها|هم|ه|هن)?": "2/3",
        r"[وفبل]?(?:ال)?ثلث(?:ها|هم|ه|هن)?": "1/3",
        r"[وفبل]?ثلاثة أرباع(?:ها|هم|ه|هن)?": "75%",
        r"[وفبل]?(?:ال)?ربع(?:ها|هم|ه|هن)?": "25%",
        r"(?<!سنوات )[وفبل]?خمس(?= (?:ال|مجموع|عدد))": "20%",
        r"(?<![ةاي] )(?<!أحد )[وفبل]?عشر(?= (?:ال|مجموع|عدد))": "10%",
    },
    "zh": {r"一半|半数": "50%"},
}
# "Six in ten"; of fewer than ten "six out of eight" counts single things.
_IN_EACH = {
    "en": (r"in(?: every)?", "out of"),
    "fr": (r"sur chaque groupe de", "sur"),
    "es": (r"de cada", "sobre"),
    "ru": (r"из каждых", "из"),
    "ar": (r"من كل", "من أصل"),
}
_FEW = frozenset([3, 4, 5, 6, 8, 10, 20, 100])
_ROUND = frozenset([10, 100])
_CHINESE_NUMBER = "".join((*CHINESE_DIGITS, *CHINESE_TENS))
_CHINESE_SHARE = re.compile(rf"(?P<whole>(?!百分)[{_CHINESE_NUMBER}]{{1,3}})分之(?P<part>[{_CHINESE_NUMBER}]{{1,3}})")
_CHINESE_ORDINAL = re.compile(rf"(?<!倒数)第\s?(?P<number>[{_CHINESE_NUMBER}]{{1,7}})")
_PER_CENT = 100


def ordinals_in(text: str, language: str) -> Iterator[Found]:
    """Start and end of each ordinal from "second" on that is written out, and its number: "75" for "seventy-fifth"."""
    for found in _pattern(language).finditer(text):
        number = chinese_number(found["number"]) if language == "zh" else _number(found, language)
        if number > 1:
            yield found.start(), found.end(), str(number)


def shares_in(text: str, language: str) -> Iterator[Found]:
    """Start and end of each share that is written out, and the share: "50%" for "half", "2/3" for "two thirds"."""
    if language == "zh":
        for found in _CHINESE_SHARE.finditer(text):
            yield found.start(), found.end(), _share(chinese_number(found["part"]), chinese_number(found["whole"]))
    for words, value in _shares(language).items():
        yield from ((found.start(), found.end(), value) for found in words.finditer(text))
    for found in _in_each(language).finditer(text) if language in _IN_EACH else ():
        part, whole = (_counted(found[name], language) for name in ("part", "whole"))
        if 0 < part < whole and whole in (_FEW if found["each"] else _ROUND):
            yield found.start(), found.end(), _share(part, whole)


def _number(found: re.Match[str], language: str) -> int:
    """The number of one word, or of two of which the one counts tens, with a hundred that stands beside them."""
    words = [word.lower() for word in (found["first"], found["second"], found["alone"]) if word]
    known = {**WRITTEN[language], **_ordinals(language)}
    return sum(known[word] for word in words) + _HUNDRED * bool(found["hundred"])


def _share(part: int, whole: int) -> str:
    return f"{_PER_CENT * part // whole}%" if _PER_CENT * part % whole == 0 else f"{part}/{whole}"


@cache
def _pattern(language: str) -> re.Pattern[str]:
    if language == "zh":
        return _CHINESE_ORDINAL
    ordinals = _ordinals(language)
    tens = [word for word, number in WRITTEN[language].items() if number in _TENS]
    units = [word for word, number in ordinals.items() if number not in _TENS]
    if language == "ar":
        firsts, seconds = units, [*tens, *(word for word, number in WRITTEN["ar"].items() if number == _TEN)]
    else:
        firsts, seconds = [*tens, *(ordinals if language == "es" else [])], units
    before = rf"{_NO_ARABIC_NUMBER}[وفبلك]?(?:ال|ل)?" if language == "ar" else r"(?<![\w-])"
    pair = rf"(?P<first>{_any_of(firsts)})(?:{_BETWEEN[language]})(?P<second>{_any_of(seconds)})(?!\w)"
    word = rf"(?:{pair}|(?P<alone>{_any_of(ordinals)})(?!\w))"
    hundred = rf"(?P<hundred>{_HUNDRED_WORDS[language]})?"
    ordered = f"{word}{hundred}" if language == "ar" else f"{hundred}{word}"
    return re.compile(f"{before}{ordered}", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _ordinals(language: str) -> Mapping[str, int]:
    return {
        form + end: number
        for numbers, words in zip(_RANGES, _ORDINALS[language], strict=True)
        for number, forms in zip(numbers, words.split(), strict=False)
        for form in forms.split("/")
        for end in _ENDS_OF.get(form, _ENDS[language])
    }


def _counted(word: str, language: str) -> int:
    return int(word) if word.isdigit() else WRITTEN[language].get(word.lower(), 0)


@cache
def _in_each(language: str) -> re.Pattern[str]:
    number = "|".join([*sorted(WRITTEN[language], key=len, reverse=True), r"\d{1,3}"])
    each, of = _IN_EACH[language]
    return re.compile(rf"(?<![\w-])(?P<part>{number})\s(?:(?P<each>{each})|{of})\s(?P<whole>{number})(?![\w-])", re.I)


@cache
def _shares(language: str) -> Mapping[re.Pattern[str], str]:
    before, after = ("", "") if language == "zh" else (r"(?<![\w-])", r"(?![\w-])")
    return {re.compile(f"{before}(?:{words}){after}", re.I): value for words, value in _SHARES[language].items()}
