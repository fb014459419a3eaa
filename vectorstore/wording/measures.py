"""Units of time, weight, length and area after a number, and how often something is, in the six UN languages."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from vectorstore.wording.patterns import named, whole_words

_UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "hours": "hours?",
        "workdays": "(?:working|business) days?",
        "days": "(?:calendar |consecutive )?days?",
        "weeks": "weeks?",
        "months": "months?",
        "years": "years?",
        "tonnes": "(?:metric )?tons?|tonnes?",
        "kilograms": "kilogram(?:me)?s?|kg",
        "square_kilometres": "square kilomet(?:re|er)s?|sq\\.? ?km|km2",
        "kilometres": "kilomet(?:re|er)s?|km",
        "point": "points?",
        "metres": "met(?:re|er)s?|m",
        "hectares": "hectares?|ha",
        "litres": "lit(?:re|er)s?",
        "minutes": "minutes?",
        "decades": "decades?",
        "miles": "miles?",
        "acres": "acres?",
        "barrels": "barrels?",
        "megawatts": "megawatts?|MW",
        "times": "times",
    },
    "fr": {
        "hours": "heures?",
        "workdays": "jours? (?:ouvr|ouvrabl)(?:é|e)s?",
        "days": "jours?",
        "weeks": "semaines?",
        "months": "mois",
        "years": "ans?|années?",
        "tonnes": "tonnes?",
        "kilograms": "kilogrammes?|kg",
        "square_kilometres": "kilomètres? carrés?|km2",
        "kilometres": "kilomètres?|km",
        "point": "points?",
        "metres": "mètres?|m",
        "hectares": "hectares?|ha",
        "litres": "litres?",
        "minutes": "minutes?",
        "decades": "décennies?",
        "miles": "milles?(?: marins)?",
        "acres": "acres?",
        "barrels": "barils?",
        "megawatts": "mégawatts?|MW",
        "times": "fois",
    },
    "es": {
        "hours": "horas?",
        "workdays": "días? (?:hábil(?:es)?|laborables?)",
        "days": "días?",
        "weeks": "semanas?",
        "months": "mes(?:es)?",
        "years": "años?",
        "tonnes": "toneladas?",
        "kilograms": "kilogramos?|kg",
        "square_kilometres": "kilómetros? cuadrados?|km2",
        "kilometres": "kilómetros?|km",
        "point": "puntos?",
        "metres": "metros?|m",
        "hectares": "hectáreas?|ha",
        "litres": "litros?",
        "minutes": "minutos?",
        "decades": "decenios?|décadas?",
        "miles": "millas?",
        "acres": "acres?",
        "barrels": "barriles",
        "megawatts": "megavatios?|MW",
        "times": "veces",
    },
    "ru": {
        "hours": r"час\w{0,5}",
        "workdays": r"рабоч\w{2,3} (?:дн\w{1,3}|день)",
        "days": r"(?:календарн\w{2,3} )?дн\w{1,3}|дневн\w{2,3}|день|сут(?:ки|ок)",
        "weeks": r"недел\w{1,5}",
        "months": r"меся[цч]\w{0,4}",
        "years": r"год\w{0,3}|лет(?:|и\w{1,2}|н\w{2,3})",
        "tonnes": r"тонн\w{0,3}",
        "kilograms": r"килограмм\w{0,3}|кг",
        "square_kilometres": r"(?:квадратн\w{2,3}|кв\.?) (?:километр\w{0,3}|км)|км2",
        "point": r"пункт\w{0,3}",
        "kilometres": r"километр\w{0,3}|км",
        "metres": r"метр\w{0,3}",
        "hectares": r"гектар\w{0,3}|га",
        "litres": r"литр\w{0,3}",
        "minutes": r"минут\w{0,3}",
        "decades": r"десятилети\w{1,3}",
        "miles": r"мил[ьяией]\w{0,2}",
        "acres": r"акр\w{0,3}",
        "barrels": r"баррел\w{1,3}",
        "megawatts": r"мегаватт\w{0,2}|МВт",
        "times": r"раза?",
    },
    "ar": {
        "hours": r"ساعة|ساعات",
        "workdays": r"يوما?(?: من أيام)? (?:ال)?عمل|أيام عمل",
        "days": r"يوما?|أيام",
        "weeks": r"أسبوعا?|أسابيع",
        "months": r"شهرا?|أشهر|شهور",
        "years": r"سنة|سنوات|سنين|عاما?|أعوام",
        "tonnes": r"طنا?|أطنان",
        "kilograms": r"كيلوغراما?|كيلوغرامات|كغم?",
        "square_kilometres": r"(?:كيلومترا?|كيلومترات|كم) (?:مربع\w{0,2}|2)|كم2",
        "point": r"نقطة|نقاط|نقط",
        "kilometres": r"كيلومترا?|كيلومترات|كم",
        "metres": r"مترا?|أمتار",
        "hectares": r"هكتارا?|هكتارات",
        "litres": r"لترا?|لترات",
        "minutes": r"دقيقة|دقائق",
        "decades": r"عقد(?:ا|ين|ان)?|عقود",
        "miles": r"ميلا?|أميال",
        "acres": r"فدانا?|أفدنة",
        "barrels": r"برميلا?|براميل",
        "megawatts": r"ميغاواط\w*",
        "times": r"مرة|مرات",
    },
    "zh": {
        "hours": "个?小时",
        "workdays": "个?工作[天日]",
        "days": "个?[天日]",
        "weeks": "周(?!年)|个?星期",
        "months": "个月",
        "years": "年",
        "tonnes": "公?吨",
        "kilograms": "千克|公斤",
        "square_kilometres": "平方公里|平方千米|km2",
        "kilometres": "公里|千米",
        "metres": "米|m(?!\\w)",
        "hectares": "公顷",
        "litres": "升",
        "minutes": "分钟",
        "miles": "英里",
        "acres": "英亩",
        "barrels": "桶",
        "megawatts": "兆瓦",
        "times": "次(?!届|全)",
    },
}
_RATES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "daily": r"daily|(?:per|a|each|every) day",
        "weekly": r"weekly|(?:per|a|each|every) week",
        "monthly": r"monthly|(?:per|a|each|every) month",
        "quarterly": r"quarterly|(?:per|each|every) quarter",
        "yearly": r"yearly|annual(?:ly)?|(?:per|a|each|every) year|per annum",
        "biennial": r"biennial(?:ly)?|every two years|every second year",
    },
    "fr": {
        "daily": r"quotidien\w*|par jour|chaque jour",
        "weekly": r"hebdomadaire\w*|par semaine|chaque semaine",
        "monthly": r"mensuel\w*|par mois|chaque mois|tous les mois",
        "quarterly": r"trimestriel\w*|par trimestre|chaque trimestre|tous les trimestres",
        "yearly": r"annuel\w*|par an|chaque année|tous les ans",
        "biennial": r"biennal\w*|bisannuel\w*|tous les deux ans",
    },
    "es": {
        "daily": r"diari\w+|(?:al|por|cada) día",
        "weekly": r"semanal\w*|(?:a la|por|cada) semana",
        "monthly": r"mensual\w*|(?:al|por|cada) mes",
        "quarterly": r"trimestral\w*|(?:al|por|cada) trimestre",
        "yearly": r"anual\w*|(?:al|por|cada) año",
        "biennial": r"bienal\w*|cada dos años",
    },
    "ru": {
        "daily": r"ежедневн\w+|в (?:день|сутки)|кажд\w+ день",
        "weekly": r"еженедельн\w+|в неделю|кажд\w+ неделю",
        "monthly": r"ежемесячн\w+|в месяц|кажд\w+ месяц",
        "quarterly": r"ежеквартальн\w+|в квартал|кажд\w+ квартал",
        "yearly": r"ежегодн\w+|годов\w+|в год(?!\w)|кажд\w+ год",
        "biennial": r"двухгодичн\w+|(?:раз в|каждые) два года",
    },
    "ar": {
        "daily": r"(?:ال)?يومي(?!ن)\w{0,3}|كل يوم|في اليوم",
        "weekly": r"(?:ال)?أسبوعي(?!ن)\w{0,3}|كل أسبوع|في الأسبوع",
        "monthly": r"(?:ال)?شهري(?!ن)\w{0,3}|كل شهر|في الشهر",
        "quarterly": r"(?:ال)?فصلي\w{0,3}|كل ثلاثة أشهر",
        "yearly": r"(?:ال)?سنوي\w{0,3}|كل (?:سنة|عام)|في (?:السنة|العام)(?! \d)",
        "biennial": r"كل سنتين|كل عامين",
    },
    "zh": {
        "daily": "每[天日]",
        "weekly": "每周|每个?星期",
        "monthly": "每个?月",
        "quarterly": "每个?季度",
        "yearly": "每年|年度",
        "biennial": "每两年",
    },
}


def unit_after(text: str, end: int, language: str) -> str | None:
    """The unit right after a number that ends there, "days" or "tonnes", or None."""
    found = _after(language).match(text, end)
    return found.lastgroup if found else None


def units_in(text: str, language: str) -> frozenset[str]:
    """The units that a text names anywhere."""
    return frozenset(found.lastgroup or "" for found in _anywhere(language).finditer(text))


def rates_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """How often something is, "yearly", each with how it is printed."""
    return ((found.lastgroup or "", found[0]) for found in _rates(language).finditer(text))


@cache
def _after(language: str) -> re.Pattern[str]:
    ends = "" if language == "zh" else r"(?!\w)"
    return re.compile(rf"[\s-]?(?:{named(_UNITS[language])}){ends}", re.IGNORECASE)


@cache
def _anywhere(language: str) -> re.Pattern[str]:
    return whole_words(_UNITS[language], language)


@cache
def _rates(language: str) -> re.Pattern[str]:
    return whole_words(_RATES[language], language)
