"""A citation as a footnote of a United Nations document."""

import re
from dataclasses import dataclass
from typing import Protocol

from bot.answers.as_of import in_words

# Resolutions are cited by their organ and number, all other documents by their symbol; what has no symbol by its title,
# in quotation marks, and its date: https://www.un.org/dgacm/en/content/editorial-manual/footnotes/chap-03
_RESOLUTION = re.compile(r"(?P<organ>A/HRC|A|S|E)/RES/(?P<number>\S+(?: [A-Z])?(?: \(\d{4}\))?)")
_ORGANS = {
    "A": "General Assembly",
    "A/HRC": "Human Rights Council",
    "E": "Economic and Social Council",
    "S": "Security Council",
}
_OPERATIVE, _PREAMBULAR = re.compile(r", OP (?=\d)"), re.compile(r", PP (?=\d)")


class Cited(Protocol):
    """What is asked of a citation to write its footnote."""

    @property
    def symbol(self) -> str | None: ...
    @property
    def title(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def date(self) -> str | None: ...


@dataclass(frozen=True)
class Place:
    """A paragraph, named by its document and its label there."""

    symbol: str | None
    title: str
    label: str
    date: str | None


def footnote(citation: Cited) -> str:
    """The footnote, in English as labels are: "A/80/74, para. 34.", "General Assembly resolution 72/279, para. 5."."""
    name = citation.symbol or citation.title
    place = citation.label.removeprefix(name)
    place = _PREAMBULAR.sub(", preambular para. ", _OPERATIVE.sub(", para. ", place))
    return f"{_source(citation)}{place}."


def _source(citation: Cited) -> str:
    if citation.symbol is None:
        dated = f", {in_words(citation.date, 'en')}" if citation.date else ""
        return f"“{citation.title}”{dated}"
    resolution = _RESOLUTION.fullmatch(citation.symbol)
    return f"{_ORGANS[resolution['organ']]} resolution {resolution['number']}" if resolution else citation.symbol
