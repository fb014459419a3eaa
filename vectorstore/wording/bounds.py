"""Words that make a figure a floor or a ceiling, in the six UN languages: "at least 25", "up to 25", "25 or more"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, cast

from vectorstore.wording.patterns import named, whole_words

Bound = Literal["floor", "ceiling", "either", "compared"]

# Before a figure. What is a ceiling in one place and where something ends in another ("rose up to 30 per cent",
# "jusqu'à 30", "до 30", "within 30 days") may be either; "less than the 30 of 2020" compares. The longer wording comes
# first where it holds a shorter one of the other sort.
_BEFORE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "compared": r"(?:more|less|fewer|higher|lower|greater|smaller|longer|shorter) than the|(?:above"
        r"|below|over|under) the",
        "ceiling": r"at (?:the )?most|up to(?! date)|no(?:t)? more than|not (?:to )?exceed(?:ing)?"
        r"|maximum(?: \w+){0,2} of"
        r"|no(?:t)? later than|(?:limited|restricted) to|capped at|fewer than"
        r"|less than|below|under",
        "floor": r"at least|no(?:t)? (?:fewer|less) than|minimum(?: \w+){0,2} of|more than"
        r"|over(?! \w+ (?:days?|weeks?|months?|years?)\b)|above|upwards? of"
        r"|exceed(?:s|ed|ing)?"
        r"|in excess of|greater than|higher than",
        "either": r"(?:rais|ris|rose|gr[eo]w|increas|br(?:ing|ought)|go|went|climb|scal|add)\w*\s[^.;]{0,40}?up to"
        r"|as many as|as much as|within",
    },
    "fr": {
        "compared": r"(?:plus|moins)(?: \w+)? que (?:les|la|le|l['’])|(?:supérieure?s?"
        r"|inférieure?s?) (?:aux|à la|à l['’])",
        "ceiling": r"au (?:plus|maximum)|pas plus de|(?:ne )?(?:dépass\w+) pas|sans dépasser|pas plus tard"
        r"|un maximum de|moins (?:de|du|des)|moins d['’]|au plus tard|limitée?s? à|plafonnée?s? à"
        r"|inférieure?s? à|au-dessous de",
        "floor": r"au (?:moins|minimum)|pas moins de|un minimum de|plus (?:de|du|des)|plus d['’]"
        r"|supérieure?s? à|au-dessus de|dépass\w+"
        r"|excéd\w+",
        "either": r"jusqu['’]à|dans (?:un délai de|les)|en l['’]espace de",
    },
    "es": {
        "compared": r"(?:más|menos|mayor(?:es)?|menor(?:es)?)(?: \w+)? que (?:los|las|el|la)"
        r"|(?:superior(?:es)?|inferior(?:es)?) (?:a los|a las|al|a la)",
        "ceiling": r"a lo sumo|como máximo|no más de|no más tarde"
        r"|no (?:puede[n]? |podrá[n]? |debe[n]? )?(?:exceder|super)\w*(?: de)?|un máximo de"
        r"|limitad[oa]s? a|menos del?|menores de"
        r"|inferior(?:es)? a(?:l)?|por debajo de",
        "floor": r"al menos|por lo menos|como mínimo|no menos de|un mínimo de|más del?|mayores de"
        r"|superior(?:es)? a(?:l)?"
        r"|por encima de|super\w{1,4}|sobrepas\w{1,4}|rebas\w{1,4}|exced\w{1,4}",
        "either": r"hasta|en un plazo de|dentro de(?: los)?",
    },
    "ru": {
        "ceiling": r"не позднее|не (?:более|больше|свыше|выше)(?: чем)?|не превыша\w+|максимум|менее(?: чем)?"
        r"|меньше(?: чем)?"
        r"|ниже",
        "floor": r"не (?:менее|меньше|ниже)(?:,? чем)?|как минимум|минимум|по (?:меньшей|крайней) мере|более(?: чем)?"
        r"|больше(?: чем)?|свыше|выше|старше|превы(?:ша|си)\w+",
        "either": r"до|в течение|в пределах",
    },
    "ar": {
        "ceiling": r"(?:لا|ألا) (?:يزيد|تزيد|يتجاوز|تتجاوز|يتعدى|تتعدى)(?: عدد\w*)?(?: (?:على|عن))?|حد أقصى(?: قدره)?"
        r"|أقل من|دون|(?:يقل|تقل)(?: \w+){0,5} عن",
        "floor": r"(?:لا|ألا) (?:يقل|تقل)(?: \w+)?(?: عن)?|حد أدنى(?: قدره)?|أكثر من"
        r"|(?:يزيد|تزيد)(?: (?:على|عن))?|يربو على"
        r"|تربو على|يتجاوز|تتجاوز|تجاوز\w?|يفوق|تفوق",
        "either": r"(?:ي|ت)صل إلى|حتى|في غضون|خلال",
    },
    "zh": {
        "ceiling": r"至多|不迟于|不晚于|最多为?|不超过|不多于|不高于|不到|少于|低于|不足|未超过|未达到?",
        "floor": r"至少|最少|不少于|不低于|超过|逾|多于|高于|大于|起码",
        "either": r"多达|高达|达到?",
    },
}
_AFTER: Mapping[str, Mapping[str, str]] = {
    "en": {"ceiling": r"or (?:fewer|less)|at (?:the )?most", "floor": r"\+|or more|or over|at least"},
    "fr": {"ceiling": r"ou moins|au (?:plus|maximum)", "floor": r"\+|ou (?:plus|davantage)|au (?:moins|minimum)"},
    "es": {"ceiling": r"o menos|como máximo|a lo sumo", "floor": r"\+|o más|como mínimo|por lo menos|al menos"},
    "ru": {"ceiling": r"(?:и|или) менее", "floor": r"\+|(?:и|или) более|как минимум"},
    "ar": {"ceiling": r"(?:أو|ف)\s?أقل|على الأكثر|كحد أقصى", "floor": r"\+|(?:أو|ف)\s?أكثر|على الأقل|كحد أدنى"},
    "zh": {"either": r"以?内", "ceiling": r"以下", "floor": r"\+|以上|(?<=[\d万亿千百十])[多余](?!数)"},
}
# What may stand between: "more than some 25", "más de las 25", "超过了 25".
_BETWEEN = r"[\s(«“\"了约]{0,3}(?:(?:about|some|the|de|des|les|los|las|la|el|environ|unos|unas|a|en|au|à|in|в|на)\s)?$"
_NEAR = 40  # characters before it
_REACH = re.compile(r"[^\d.,;:،؛。，；：、()]{0,20}")  # from the figure on: "25 countries or more"


def bound_of(text: str, start: int, end: int, language: str) -> Bound | None:
    """What the words around a figure, which stands there in a text, make it; None for the very figure."""
    reach = _REACH.match(text, end)
    found = _before(language).search(text, max(0, start - _NEAR), start) or _after(language).search(
        text, start, reach.end() if reach else end
    )
    return cast("Bound", found.lastgroup) if found else None


def bounds_in(text: str, language: str) -> Iterator[tuple[int, int, Bound]]:
    """Start, end and sort of the words that bound something, whatever that is; "no fewer than" denies nothing."""
    for words in _anywhere(language):
        yield from ((found.start(), found.end(), cast("Bound", found.lastgroup)) for found in words.finditer(text))


@cache
def _anywhere(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(whole_words(words[language], language) for words in (_BEFORE, _AFTER))


@cache
def _before(language: str) -> re.Pattern[str]:
    begins = "" if language == "zh" else r"(?<!\w)[وفبل]?" if language == "ar" else r"(?<!\w)"
    return re.compile(f"{begins}(?:{named(_BEFORE[language])}){_BETWEEN}", re.IGNORECASE)


@cache
def _after(language: str) -> re.Pattern[str]:
    return re.compile(named(_AFTER[language]), re.IGNORECASE)
