"""Whether a text says that something rose or fell, in the six UN languages."""

import re
from functools import cache

from vectorstore.wording.patterns import whole

_ROSE = {
    "en": r"increas\w*|r(?:ises?|ose|isen|ising)|gr(?:ew|ow|ows|own|owth|owing)|up from|climb\w*|surg\w+|soar\w*"
    r"|doubl(?:ed|ing)|tripl(?:ed|ing)|higher",
    "fr": r"hausse\w*|augment\w+|accru\w*|accroiss\w+|accroît\w*|progress(?:é|ion|ait)|doublé\w*|triplé\w*|croissan\w+"
    r"|plus (?:élevée?s?|nombreu\w+)",
    "es": r"aument\w+|increment\w+|creci\w+|crec[eí]\w*|ascend\w+|subi\w+|duplic\w+|triplic\w+|mayor(?:es)?|alza",
    "ru": r"увелич\w+|вырос\w*|выраст\w+|рост\w{0,2}|возр(?:ос|аста[еюл])\w*|повы[шс]\w+|прирост\w*|удво\w+|утро\w+",
    "ar": r"[وف]?(?:ازداد\w?|زادت?|[يت]زداد|ارتفعت?|[يت]رتفع|نمت?|نما|تضاعفت?|تزايدت?)"
    r"|[وفبل]?(?:ال)?(?:زيادة|ارتفاع|نمو|تزايد)",
    "zh": r"增加|增长|上升|升至|升高|增至|增幅|翻[番倍]|攀升|提高|上涨|激增",
}
_FELL = {
    "en": r"de(?:creas|clin)\w+|f(?:ell|all|alls|allen|alling)(?! (?:short|under|within|into|on|behind))"
    r"|drop(?:s|ped|ping)?"
    r"|reduc\w+|shr[aiu]nk\w*|cut(?:s|ting)?|lower\w*|down from|halv(?:ed|ing)|diminish\w*|contract(?:ed|ion)|dwindl\w+"
    r"|fewer|slump\w*|downturn|less",
    "fr": r"baiss\w+|diminu\w+|rédui\w+|réduct\w+|recul\w*|chut\w+|déclin\w*|repli\w*|moins|moindre\w*|abaiss\w+",
    "es": r"disminu\w+|redu[cjz]\w+|descen\w+|baj(?:a|an|ó|aron|ado)|cay\w+|caíd\w+|cae[n]?|merm\w+|menos|menor(?:es)?",
    "ru": r"сни[зж]\w+|сокра[тщ]\w+|уменьш\w+|упал\w*|спад\w*|падени\w+|понизи\w+|меньш\w+|менее",
    "ar": r"[وف]?(?:انخفضت?|[يت]نخفض|تراجعت?|تقلصت?|خفضت?|هبطت?|تناقصت?|قلت?|أقل)"
    r"|[وفبل]?(?:ال)?(?:انخفاض|تراجع|تقليص|تخفيض|خفض|هبوط|تناقص|نقص)\w{0,2}",
    "zh": r"减少|下降|降低|缩减|减至|降至|下跌|减幅|降幅|缩小|下滑|更?少|削减|减",
}


def rose_in(text: str, language: str) -> bool:
    """Whether a text says that something rose."""
    return bool(_pattern(_ROSE[language], language).search(text))


def fell_in(text: str, language: str) -> bool:
    """Whether a text says that something fell, or is less."""
    return bool(_pattern(_FELL[language], language).search(text))


@cache
def _pattern(words: str, language: str) -> re.Pattern[str]:
    return whole(words, language)
