"""Numbers that name something and count nothing: symbols, resolutions, and parts of a document."""

import re
from collections.abc import Iterator
from functools import cache

# Parts of a document, whose numbers shift when one is put in above.
_PARTS = {
    "ar": r"(?:و|ف)?(?:ب|ل|ك)?(?:ال|ل)?(?:فقر(?:ة|تين|تان|ات)|(?:قسم|فصل|مرفق|تذييل|جدول|شكل)(?:ان|ين)?"
    r"|إطار|حاشية|صفحة|فرع|بند|بندين|توصية|توصيات)",
    "en": r"para(?:graph)?s?\.?|sub-?paragraphs?|sections?|sect\.|chaps?\.|chapters?|annex(?:es)?|appendix"
    r"|appendices|tables?|figures?|fig\.|box(?:es)?|foot-?notes?|notes?|pages?|pp?\.|items?|recommendations?",
    "es": r"párrs?\.|párrafos?|sección|secciones|cap\.|capítulos?|anexos?|apéndices?|cuadros?|tablas?|gráficos?"
    r"|figuras?|recuadros?|notas?|página|págs?\.|temas?|recomendación|recomendaciones",
    "fr": r"par\.|paragraphes?|sections?|sect\.|chap\.|chapitres?|annexes?|appendices?|tableaux?|figures?|fig\."
    r"|encadrés?|notes?|pages?|pp?\.|points?|recommandations?",
    "ru": r"пунк(?:т|та|ту|том|те|ты|тов|там|тами|тах)|пп?\.|подпункт\w*|раздел\w{0,3}|глав\w{1,3}|гл\."
    r"|приложени\w{1,3}|таблиц\w{0,3}|табл\.|диаграмм\w{0,3}|рисун\w{1,4}|рис\.|вставк\w{1,3}|сноск\w{1,3}|примечани\w{1,3}"
    r"|страниц\w{0,3}|стр\.|рекомендаци\w{1,3}",
    "zh": r"第|附件|附录|(?<![代发])表|图|方框|插文|脚注|议程项目|建议",
}
# What others are called by: these numbers stay when a document is revised.
_NAMES = {
    "ar": r"(?:و|ف)?(?:ب|ل|ك)?(?:ال|ل)?"
    r"(?:قرار(?:ي|ها|ه|ات|ين)?|مقرر\w{0,3}|ماد(?:ة|تين)|مواد|قاعدة|هدف|أهداف|غاية|مؤشر)(?:\s+رقم)?|رقم",
    "en": r"resolutions?|decisions?|articles?|arts?\.|rules?|regulations?|goals?|targets?|indicators?|nos?\.|number"
    r"|chapter|sdgs?|phase|version",
    "es": r"resoluci(?:ón|ones)|decisi(?:ón|ones)|artículos?|art\.|reglas?|objetivos?|metas?|indicador(?:es)?"
    r"|núms?\.|ods",
    "fr": r"résolutions?|décisions?|articles?|art\.|règles?|objectifs?|cibles?|indicateurs?|n[o°]s?|nos|numéro",
    "ru": r"резолюци\w{1,3}|решени\w{1,3}|стать\w{1,3}|ст\.|правил\w{0,3}|цел(?:ь|и|ью|ей|ям|ях)|задач\w{1,3}"
    r"|показател\w{1,3}|№№?",
    "zh": r"可持续发展目标|具体目标|指标|决议|决定",
}
# "12", "12 (b)", "12–14", "12, 13 and 14"; of "paragraph 12, 25 countries" only the first, as no "and" follows.
_NUMBER = r"\d+(?:[./:-]\d+)*(?:\s?\(\w{1,5}\))*"
_AND = "and|or|to|et|ou|à|y|o|e|a|al|и|или|до|по|و|أو|إلى|和|及|或|至|到"
_LIST = (
    rf"\s*(?P<numbers>{_NUMBER}(?:(?:\s?[,、]\s?{_NUMBER})*\s?(?:{_AND})\s?{_NUMBER}|\s?[-–—]\s?{_NUMBER})?)"
    r"(?!\d|[.,]\d|\s?(?:%|per cent|pour cent|por ciento))"
)
# Chinese and Arabic letters may stand right beside a symbol, those of other scripts are part of a word.
_JOINED = r"\dA-Za-zÀ-ɏЀ-ӿ_/"
# A/RES/71/243, HSP/EB.2021/6/Rev.1, 71/243, 1325 (2000), 3.1.2; not 2017/18, 1/3 nor 1.200.000.
_SYMBOL = re.compile(
    rf"(?<![{_JOINED}])(?=\S*\d)[A-Z]{{1,8}}(?:[.-][A-Z0-9]+){{0,3}}(?:/[A-Za-z0-9.-]*[A-Za-z0-9])+(?:\s\(\d{{4}}\))?"
    rf"|(?<![{_JOINED}.,])(?!(?:19|20)\d\d/\d\d(?:\d\d)?(?!\d))\d{{2,4}}/[A-Z]?\d{{1,4}}(?![{_JOINED}])"
    rf"|(?<![{_JOINED}.,])\d{{1,4}}\s?\((?:19|20)\d\d\)|(?<![{_JOINED}.])(?!\d{{1,3}}(?:\.\d{{3}})+(?!\.?\d))\d+(?:\.\d+){{2,}}(?![{_JOINED}.])"
)

# The mark of a footnote that was set high and now follows word or stop without space: "a year,2 and", "in 2022.1 The".
_MARK = re.compile(
    r"(?:(?<=[a-zà-ÿа-яё]{2})|(?<=[)\]”»,;!?،؛])(?<!\d,)|(?<=[^\W\d]\.))\d{1,3}(?=[.,;:)”»]*(?:\s|$))"
    r"|(?:(?<=19\d\d[.,])|(?<=20\d\d[.,]))\d{1,2}(?=\s+[A-ZÀ-ÝА-Я«“]|\s*$)"
)


def marks_in(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Start and end of each footnote mark in a running text; none in Chinese, which has no spaces to tell them by."""
    return (found.span() for found in (_MARK.finditer(text) if language != "zh" else ()))


def parts_in(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Start and end of each number by which the text points at a part of a document: the 12 of "para. 12"."""
    return (found.span("numbers") for found in _after(language, parts=True).finditer(text))


def names_in(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Start and end of each symbol, and of each number of a resolution, an article, a goal and the like."""
    yield from (found.span() for found in _SYMBOL.finditer(text))
    yield from (found.span("numbers") for found in _after(language, parts=False).finditer(text))


@cache
def _after(language: str, *, parts: bool) -> re.Pattern[str]:
    words = (_PARTS if parts else _NAMES)[language]
    begins = "" if language == "zh" else r"(?<!\w)"
    return re.compile(rf"{begins}(?:{words}){_LIST}", re.IGNORECASE)
