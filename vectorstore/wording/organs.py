"""What sort of organ a text speaks of without its whole name, in the six UN languages: "the Board", "委员会"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple


class Organ(NamedTuple):
    """A word for an organ as it stands in a text, and the sorts that it may mean: "Conseil" is council and board."""

    printed: str
    sorts: frozenset[str]


# In languages with capitals these words have one where they stand for the organ itself.
_WORDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (
        ("assembly", "Assembly"),
        ("council", "Council"),
        ("board", "Board"),
        ("committee", "Committee"),
        ("commission", "Commission"),
        ("conference", "Conference"),
        ("secretariat", "Secretariat"),
    ),
    "fr": (
        ("assembly", "Assemblée"),
        ("council board", "Conseil"),
        ("committee", "Comité"),
        ("commission committee", "Commission"),
        ("conference", "Conférence"),
        ("secretariat", "Secrétariat"),
    ),
    "es": (
        ("assembly", "Asamblea"),
        ("council", "Consejo"),
        ("board", "Junta"),
        ("committee", "Comité"),
        ("commission committee", "Comisión"),
        ("conference", "Conferencia"),
        ("secretariat", "Secretaría"),
    ),
    "ru": (
        ("assembly", r"Ассамбле\w{1,2}"),
        ("council board", r"Совет\w{0,2}"),
        ("committee", r"Комитет\w{0,2}"),
        ("commission committee", r"Комисси\w{1,2}"),
        ("conference", r"Конференци\w{1,2}"),
        ("secretariat", r"Секретариат\w{0,2}"),
    ),
    "ar": (
        ("assembly", r"الجمعية(?= العامة)|للجمعية(?= العامة)"),
        ("council board", r"المجلس|للمجلس|مجلس(?= (?:الأمن|الإدارة|حقوق|إدارة))"),
        ("committee commission", r"اللجنة|للجنة"),
        ("conference", r"المؤتمر|للمؤتمر"),
        ("secretariat", r"الأمانة(?: العامة)?|للأمانة"),
    ),
    "zh": (
        ("assembly conference", r"大会|联大"),
        ("council board", r"理事会|(?<!联合国)执行局|安理会|经社会"),
        ("committee commission", r"委员会"),
        ("secretariat", r"秘书处"),
    ),
}


def organs_in(text: str, language: str, *, any_case: bool = False) -> Iterator[Organ]:
    """The words of a text that stand for an organ; in any case also those that may stand for one: "an assembly"."""
    for found in _any(language, any_case=any_case).finditer(text):
        sorts, _ = _WORDS[language][int((found.lastgroup or "")[1:])]
        yield Organ(found[0], frozenset(sorts.split()))


@cache
def _any(language: str, *, any_case: bool) -> re.Pattern[str]:
    words = "|".join(f"(?P<w{at}>{words})" for at, (_, words) in enumerate(_WORDS[language]))
    pattern = words if language == "zh" else rf"(?<![\w-])[وفبك]?(?:{words})(?!\w)"
    return re.compile(pattern, re.IGNORECASE if any_case else 0)
