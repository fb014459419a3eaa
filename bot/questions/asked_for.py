"""What kind of value a question asks for, and whether a sentence holds one."""

import re
from functools import cache
from typing import Literal

from prompts import pattern
from vectorstore.wording.mentions import mentions_in

Kind = Literal["date", "figure", "office"]


def kinds_asked(question: str, language: str) -> frozenset[Kind]:
    """A date where a question asks when, a figure where it asks how many, and who holds an office that it names."""
    asked: dict[Kind, str] = {"date": "asks_when", "figure": "asks_how_many", "office": "office"}
    return frozenset(kind for kind, name in asked.items() if _pattern(name, language).search(question))


def holds(kind: Kind, text: str, language: str) -> bool:
    """Whether a text says anything of that kind."""
    if kind == "office":
        return _pattern("office", language).search(text) is not None
    return any(mention.kind == kind for mention in mentions_in(text, language))


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    return re.compile(pattern(name, language), re.IGNORECASE)
