"""Footnote marks in a page's text: what a raised text means where it stands, and which mark a footnote begins with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LONGEST = 40
_NUMBER = r"\d{1,3}|[①-⑳]"
_SIGNS = r"[*†‡§¶]{1,4}"
_LETTER = r"[a-zа-яёء-ي]|[ivxl]{2,6}"
_MARK = re.compile(rf"{_NUMBER}|{_SIGNS}|{_LETTER}|[A-ZА-ЯЁ]")
_RANGE = re.compile(r"(\d{1,3})\s?[-–—]\s?(\d{1,3})")
_LONGEST_RANGE = 9
_AROUND = " \t\r\n\f\u00a0[](),;/.（），；、،؛"
_BETWEEN = re.compile(r"[\])）]?\s?[,;，；、،؛]\s?[\[(（]?|[\])）]\s?[\[(（]|\s+")

# "1 See", "[1] See", "*See" below a rule, where "1. Rent fell." is a paragraph; "1 000 offices" begins with no mark.
_BELOW_RULE = re.compile(
    rf"\s*(?:[\[［]({_NUMBER}|{_SIGNS}|{_LETTER})[\]］]|({_NUMBER}|{_LETTER})(?=\s+[^\s\d])|({_SIGNS})(?=\s?[^\W_]))\s*"
)
# Where only footnotes stand, also "1. See", "(1) See", "1/ See", "1见".
_AMONG_NOTES = re.compile(
    rf"\s*(?:[\[［(（]\s?({_NUMBER}|{_SIGNS}|{_LETTER})\s?[\]］)）]|({_NUMBER})(?![\d%]|[.,]\d|\s+\d)[\]).:/．、]*"
    rf"|({_LETTER})(?:[).:/]+|(?=\s))|({_SIGNS})/?)\s*"
)
_ANYWHERE = re.compile(rf"\s*({_SIGNS})(?=\s?[^\W_])\s*")
_LEADS = {"among notes": _AMONG_NOTES, "below rule": _BELOW_RULE, "anywhere": _ANYWHERE}

_FRACTION = re.compile(r"\s?[/⁄]\s?(?:\d|$)")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcmdhµμn]?m|ft|yd|[ксд]?м|мм|[كسم]?م|(?:[千厘分毫]?米|公里))$")
_UNIT_POWERS = ("2", "3")
_TIMES_TEN = re.compile(r"(?:[×·⋅*хХ]|(?<![^\W\d_])x)\s?10\s?$")
# Not the last digits of a figure, a date, a range or a symbol.
_TEN = re.compile(r"(?<![\w.,/:٫٬^–-])10$")
_VARIABLE = re.compile(r"(?<![\w.'’–-])[A-Za-zΑ-Ωα-ω]$")
_EXPONENT = re.compile(r"n|\d{1,3}")
_SIGNED = re.compile(r"[-−–+]\s?\d")
_COUNTED = re.compile(r"(?:\d|(?<![^\W\d_])[IVXLC]+)\.?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d\.?$")
_ORDINALS = frozenset("aeodйяехм")
# 2001e and 2001-й are ordinals; 2001a is a year and its note.
_ORDINALS_OF_YEARS = frozenset("eoйяехм")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])(?:[nNfFvVrR]\.?o|[DM]r|[MV]e|Mc|St|(?:[MD]|Sr|Dr|Prof)a)$")
_CHEMICAL = re.compile(r"(?<![^\W\d_])CO2$")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?![^\W\d_])")
_STOPS = tuple(".;:!?。；：！？؛؟")


@dataclass(frozen=True)
class Raised:
    """What a raised text means.

    `marks` are those that it may be, none where it is none. Where no note is found for them it is shown after `sign`,
    and where `sign` is None it is marks even so. Of several that may bear one note, the least `doubt` does.
    """

    marks: tuple[str, ...] = ()
    sign: str | None = ""
    doubt: int = 0


def raised(text: str, before: str, after: str, *, in_cell: bool) -> Raised:
    """What a text means that is raised between others of its block; `in_cell` is whether that is a table's cell."""
    before, marks = _plain_digits(before), marks_in(text)
    one = _plain_digits(marks[0]) if len(marks) == 1 else ""
    if not marks or _FRACTION.match(after) or _is_of_word(before.rstrip(), one):
        return Raised(sign=_sign(before, _plain_digits(text)))
    if one and _TIMES_TEN.search(before):
        return Raised(sign="^")
    if not before.strip():
        return Raised(marks if in_cell else (), sign="", doubt=1)
    doubt = 1 if in_cell else 2
    if one != "1" and _EXPONENT.fullmatch(one) and _is_base(before):
        return Raised(marks, "^", doubt)
    if _is_ending(before, one, after):
        return Raised(marks, "", 0 if in_cell else doubt)
    return Raised(marks, None)


def marks_in(text: str) -> tuple[str, ...]:
    """The footnote marks that a text is made of ("1", "[2], [3]", "4–6", "a", "*"); none where it is anything else."""
    if len(text) > LONGEST:
        return ()
    pieces = _BETWEEN.split(text.strip(_AROUND))
    found = [tuple(_marks(piece)) for piece in pieces]
    return tuple(mark for marks in found for mark in marks) if all(found) else ()


def lead(text: str, where: Literal["among notes", "below rule", "anywhere"]) -> tuple[str, int]:
    """The mark that a footnote's text begins with and where it ends, "" and 0 where it begins with none."""
    found = _LEADS[where].match(text)
    return (next(filter(None, found.groups())), found.end()) if found else ("", 0)


def same(mark: str) -> str:
    """A mark in the form by which its note is known: "٣" and "③" are "3"."""
    return _plain_digits(mark)


def _marks(piece: str) -> Iterator[str]:
    if _MARK.fullmatch(piece):
        yield piece
    elif found := _RANGE.fullmatch(piece):
        first, last = int(found[1]), int(found[2])
        if 0 < last - first <= _LONGEST_RANGE:
            yield from map(str, range(first, last + 1))


def _is_of_word(before: str, one: str) -> bool:
    """Whether it makes a unit square or cubic, or is the figure of carbon dioxide, raised where it should be low."""
    squared = one in _UNIT_POWERS and bool(_UNIT.search(before))
    return squared or (bool(one) and bool(_CHEMICAL.search(before + one)))


def _is_base(before: str) -> bool:
    return bool(_TEN.search(before) or _VARIABLE.search(before))


def _is_ending(before: str, one: str, after: str) -> bool:
    """Whether a mark may as well be the end of an ordinal or an abbreviation, an upper index or an isotope's number."""
    if before[-1].isspace():
        return one.isdecimal() and not before.rstrip().endswith(_STOPS) and bool(_ELEMENT.match(after))
    if _COUNTED.search(before):
        return one in (_ORDINALS_OF_YEARS if _YEAR.search(before) else _ORDINALS)
    return one.isupper() or bool(_ABBREVIATED.search(before + one))


def _sign(before: str, text: str) -> str:
    """What has to stand before a raised text so that it runs not into a figure."""
    power = _is_base(before) or bool(_UNIT.search(before))
    if _SIGNED.match(text) and power:
        return "^"
    if not (text[:1].isdecimal() and before[-1:].isdecimal()):
        return ""
    return "^" if power else " "


def _plain_digits(text: str) -> str:
    """The text with the digits of all scripts as European ones."""
    return "".join(str(_digit(letter)) if letter.isnumeric() and _digit(letter) >= 0 else letter for letter in text)


def _digit(letter: str) -> int:
    if letter.isdecimal():
        return int(letter)
    return ord(letter) - ord("①") + 1 if "①" <= letter <= "⑳" else -1
