"""What a masthead says beside symbol and date, in any of the six languages: session, agenda item, distribution."""

import re
from collections.abc import Iterator

from vectorstore.paragraph import Metadatum

# The line that begins a masthead.
MASTHEAD = re.compile(
    r"^\s*(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|联\s?合\s?国|الأمم المتحدة"
    r"|Distr\.|Original\s?:|UNITED$)",
    re.IGNORECASE,
)
_FIRST_LINES = 40
_WHERE = "first page"
_SESSION = re.compile(
    r"(?:[A-Z][\w-]*|\d{4})(?: \w+)? [Ss]ession(?: (?:of )?\d{4}(?! session))?|[A-Z][a-z]+(?:-[a-z]+)? year(?!\w)"
    r"|Session(?: \w+)? de \d{4}"
    r"|[A-ZÀ-Ý][\w-]* (?:session|année)(?: (?:ordinaire|annuelle|extraordinaire))?(?: de \d{4})?"
    r"|(?:[A-ZÁ-Ú][\w ]+ )?[Pp]eríodo (?:\w+ )*de sesiones(?: de \d{4})?|[A-ZÁ-Ú]\w+ año"
    r"|(?:[А-Я][\w-]+ )*[Сс]ессия(?: \d{4} года)?|[А-Я][\w-]+ год"
    r"|第[一二三四五六七八九十百]+(?:届会议|年)|\d{4} ?年(?:\w{0,6})届会"
    r"|الدورة ال\w+(?: وال\w+)?|دورة عام \d{4}|السنة ال\w+(?: وال\w+)?"
)
_ITEM = r"\d+(?: ?\(?\w{1,2}\)|,| (?:and|et|y|и|و)(?= )| \d+)*"
_AGENDA = re.compile(
    rf"(?:Agenda items?|Items?) {_ITEM}(?: of the (?:provisional agenda|preliminary list|agenda))?"
    rf"|Points? {_ITEM} (?:de la liste préliminaire|de l[’']ordre du jour(?: provisoire)?)"
    rf"|Temas? {_ITEM} (?:de la lista preliminar|del (?:programa|temario)(?: provisional)?)"
    rf"|Пункты? {_ITEM} (?:первоначального перечня|(?:предварительной )?повестки дня)"
    r"|(?:暂定项目表|暂定议程|临时议程|议程)\** ?项目 ?\d[\d()（）a-z、和 ]*"
    rf"|(?:البند|البنود) {_ITEM} من (?:جدول الأعمال(?: المؤقت)?|القائمة الأولية)"
)
_DISTRIBUTION = re.compile(r"Dist[rt]\.? ?:?\s*([^\W\d_]+)|توزيع ?: ?(\w+)|Распространение ?: ?(\w+)", re.IGNORECASE)
_DISTRIBUTIONS = {
    "General": ("general", "générale", "generale", "عام", "общее", "普遍"),
    "Limited": ("limited", "limitée", "limitee", "limitada", "محدود", "ограниченное", "有限"),
    "Restricted": ("restricted", "restreinte", "reservada", "restringida", "مقيد", "限制"),
}
_ORIGINAL = re.compile(r"(?:Original|Оригинал|原文|الأصل) ?[:：] ?([^\W\d_]+)", re.IGNORECASE)


def masthead_of(front: str) -> Iterator[Metadatum]:
    """The sessions, agenda items, distribution and original language that the head of a first page names."""
    lines = [line.strip() for line in front.splitlines()[:_FIRST_LINES] if line.strip()]
    sessions = (found for line in lines if not _says_more(line) for found in _SESSION.findall(line))
    items = (found for line in lines for found in _AGENDA.findall(line))
    yield from (Metadatum("session", value, _WHERE) for value in dict.fromkeys(sessions))
    yield from (Metadatum("agenda item", value.strip(" *"), _WHERE) for value in dict.fromkeys(items))
    yield from _distribution(" ".join(lines))
    if original := _ORIGINAL.search(front):
        yield Metadatum("original language", original[1].capitalize(), _WHERE)


def _says_more(line: str) -> bool:
    """Whether a line has other words than sessions, as a title that names one has."""
    return any(character.isalpha() for character in _SESSION.sub("", line))


def _distribution(head: str) -> Iterator[Metadatum]:
    printed = _DISTRIBUTION.search(head)
    word = next(filter(None, printed.groups()), "").lower() if printed else ""
    for name, words in _DISTRIBUTIONS.items():
        if word in words:
            yield Metadatum("distribution", name, _WHERE)
