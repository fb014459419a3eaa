"""What a text says in figures and dates, and its words otherwise: what must not change unseen."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vectorstore.wording.date_mentions import date_mentions
from vectorstore.wording.decades import decades_in
from vectorstore.wording.figures import figures_in
from vectorstore.wording.references import marks_in, names_in, parts_in


@dataclass(frozen=True)
class Mention:
    """A figure or a date where it stands in a text; `value` is the same however it is written.

    "1200000$" for "$1.2 million", "12000" for "12 000", "25%" for "25 per cent", "2021-03-31" for "31 March 2021".
    """

    kind: Literal["figure", "date"]
    value: str
    start: int
    end: int


def mentions_in(text: str, language: str) -> tuple[Mention, ...]:
    """The figures and dates in a text of one of the six languages, in order.

    Numbers that only name or point at something, such as 71/243 and the 12 of "para. 12", are none.
    """
    rest = plain(text)
    found = decades_in(rest, language)
    if language == "zh" or any(character.isdigit() for character in rest):
        rest = without(rest, [*names_in(rest, language), *parts_in(rest, language), *marks_in(rest, language)])
        found = date_mentions(rest, language)
    dates = [Mention("date", value, start, end) for start, end, value in found]
    rest = without(rest, ((date.start, date.end) for date in dates))
    figures = [Mention("figure", value, start, end) for start, end, value in figures_in(rest, language)]
    return tuple(sorted([*dates, *figures], key=lambda mention: (mention.start, mention.value)))


def plain(text: str) -> str:
    """The text, character for character, with the digits and signs of every script as the common ones."""
    return text.translate(_PLAIN)


class _Plain(dict[int, str]):
    """Characters to their common forms, worked out when first met; marks set high, as of footnotes, stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        common = unicodedata.normalize("NFKC", character)
        if character.isdecimal():
            common = str(unicodedata.decimal(character))
        elif len(common) != 1 or character.isdigit():
            common = character
        self[code] = common
        return common


_PLAIN = _Plain({ord("٫"): ".", ord("٬"): ",", ord("٪"): "%", ord("‑"): "-", ord("’"): "'"})


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these parts made unreadable, each character by one."""
    for start, end in spans:
        text = f"{text[:start]}{'§' * (end - start)}{text[end:]}"
    return text
