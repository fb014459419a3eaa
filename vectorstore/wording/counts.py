"""Numbers that a text says without a word of number: "both", "XXV", "in Burkina Faso, Mali and the Niger"."""

import re
from collections.abc import Iterator
from functools import cache

from vectorstore.wording.patterns import whole

_BOTH = {
    "en": r"both|pair|twin|double[ds]?|twofold|bilateral",
    "fr": r"(?:les|tous|toutes) deux|l['’]un\w* (?:comme|et) l['’]autre|double|bilatéra\w+",
    "es": r"ambos|ambas|sendos|sendas|doble|bilateral\w*",
    "ru": r"об[ае]|обоих|обеих|обоим|обеим|двойн\w+|двусторонн\w+",
    "ar": r"كلا|كلتا|كلي?هما|كلت[اي]هما|مزدوج\w*",
    "zh": r"两者|双方|双重|双边",
}
_ROMAN = re.compile(r"(?!^[IVX]+\.)(?<![\w-])[IVX]{2,}(?!\w)")  # not the number of a heading
# One digit is a number beside what it numbers: "Schedule I", "глава V".
_NUMBERED = re.compile(
    r"(?<!\w)(?:chapter|annex|schedule|appendix|part|phase|tier|section|title|chapitre|annexe|appendice|tableau|partie"
    r"|titre|phase|capítulo|anexo|apéndice|lista|parte|fase|sección|título|глав[аеуы]|приложени\w|список|списк\w"
    r"|част\w{1,2}|раздел\w?) (?P<roman>[IVX])(?!\w)",
    re.IGNORECASE,
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_NAME = r"(?:the |l[ae]s? |los )?[A-ZÀ-ÝА-Я][\w'’-]*(?: (?:de |del |du |des |of |and )?[A-ZÀ-ÝА-Я][\w'’-]*){0,3}"
_LIST = re.compile(rf"{_NAME}(?:, {_NAME})+,? (?:and|et|y|e|и) {_NAME}")
_PAIR = re.compile(rf"[,:–—(] ?(?:{_NAME}|[A-Z][\w/.]+) (?:and|et|y|e|и) (?:{_NAME}|[A-Z][\w/.]+)")
_ITEM = re.compile(r"\(([a-z])\)")
_FEWEST = 2  # items that make a list


def counts_in(text: str, language: str) -> Iterator[str]:
    """Each number that a text says in such a way; two names, where a sign stands before them: "in two, A and B"."""
    if _both(language).search(text):
        yield "2"
    yield from (number for number, _ in romans_in(text))
    if _PAIR.search(_LIST.sub("", text)):
        yield "2"
    for found in _LIST.finditer(text):
        yield str(len(re.split(r", | and | et | y | e | и ", found[0].replace(", and", ","))))
    items = {found[1] for found in _ITEM.finditer(text)}
    if len(items) >= _FEWEST:
        yield str(len(items))


def romans_in(text: str) -> Iterator[tuple[str, str]]:
    """Each number in Roman digits, of one digit beside what it numbers, and how it is printed."""
    for found in (*_ROMAN.finditer(text), *_NUMBERED.finditer(text)):
        roman = found.groupdict().get("roman", found[0])
        if roman.isupper():
            yield str(_roman(roman)), found[0]


def _roman(printed: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in printed]
    return sum(-one if one < following else one for one, following in zip(digits, [*digits[1:], 0], strict=True))


@cache
def _both(language: str) -> re.Pattern[str]:
    return whole(_BOTH[language], language)
