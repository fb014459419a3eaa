"""The letters of an Arabic line with their marks, as a PDF has them, each word from right to left.

pdfium turns round what it takes for words from right to left, glyphs that stand for several letters and brackets with
them; where marks stand between letters it takes parts of words for something else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from typing import Literal

Direction = Literal["right", "left", "number", "none"]

_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ALEFS = "اأإآٱ"
_LAM = "ل"
_BRACKETS = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_DIRECTIONS: dict[str, Direction] = {"R": "right", "AL": "right", "L": "left", "EN": "number", "AN": "number"}
# Parts of the size: letters as close belong to one word; parts of the width: letters as close are one glyph.
_CLOSE = 0.1
_SHARED = 0.15
# Points within which two edges or widths are the same.
_SAME = 0.05


@dataclass(frozen=True)
class Sign:
    """A character as drawn: its place among pdfium's characters, and its left and right edge in points."""

    text: str
    place: int
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class DrawnLine:
    """The characters of a line as pdfium gives them, and their size in points."""

    signs: Sequence[Sign]
    size: float


def is_arabic(text: str) -> bool:
    """Whether more of the text's letters are Arabic (or Hebrew) than not."""
    if not _ARABIC.search(text):
        return False
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(bool(_ARABIC.match(letter)) for letter in letters) > len(letters)


def letters_of(line: DrawnLine) -> list[list[Sign]]:
    """Each character of a line with the marks on it, brackets as the file has them."""
    signs = list(_unmirrored(line.signs))
    return _with_marks(_lam_first(_forward(_letters(signs, line.size))), signs)


def direction_of(character: str) -> Direction:
    """Which way a character runs; marks, spaces and signs none."""
    return _DIRECTIONS.get(unicodedata.bidirectional(character), "none")


def mirrored(text: str) -> str:
    """The text with each bracket as its counterpart."""
    return text.translate(_BRACKETS)


def _unmirrored(signs: Sequence[Sign]) -> Iterator[Sign]:
    """The signs with brackets as the file has them: pdfium turns those that follow a word from right to left."""
    runs = [direction for direction, _ in groupby(map(direction_of, (sign.text for sign in signs)))]
    current = "right" if runs.count("right") > runs.count("left") else "left"
    for sign in signs:
        direction = direction_of(sign.text)
        current = direction if direction in ("right", "left") else current
        yield replace(sign, text=mirrored(sign.text)) if current == "right" else sign


def _letters(signs: Sequence[Sign], size: float) -> Iterator[Sign]:
    """The signs without marks, and of the spaces that pdfium makes up only those between Arabic words.

    Beside brackets and numbers their place says nothing, and beside a mark they stand for the room that it takes.
    """
    for index, sign in enumerate(signs):
        if unicodedata.combining(sign.text):
            continue
        drawn = sign.text != " " or sign.right > sign.left
        if drawn or _parts_words(signs[max(index - 1, 0) : index + 2 : 2], size):
            yield sign


def _parts_words(around: Sequence[Sign], size: float) -> bool:
    """Whether both signs are Arabic letters that stand apart, or overlap because they are slanted."""
    if not all(map(_is_letter, around)):
        return False
    one, other = around
    return not 0 <= max(one.left - other.right, other.left - one.right) < _CLOSE * size


def _forward(signs: Iterable[Sign]) -> list[Sign]:
    """The letters of each Arabic word from right to left, also where pdfium has them the other way round.

    Where it has not, it turned the letters of a glyph that stands for several ("الله") round with the others.
    """
    forward: list[Sign] = []
    for is_arabic_word, run in groupby(signs, key=_is_letter):
        glyphs = [list(glyph) for _, glyph in groupby(run, key=lambda sign: (sign.left, sign.right))]
        if is_arabic_word:
            backward = _is_backward([glyph[0] for glyph in glyphs])
            glyphs = glyphs[::-1] if backward else [glyph[::-1] for glyph in glyphs]
        forward += chain.from_iterable(glyphs)
    return forward


def _is_backward(signs: Sequence[Sign]) -> bool:
    steps = [after.middle - before.middle for before, after in pairwise(signs)]
    return sum(step > 0 for step in steps) > len(steps) / 2


def _lam_first(signs: Sequence[Sign]) -> list[Sign]:
    """The signs with lam before the alef that shares its place: pdfium gives the two the wrong way round."""
    ordered = list(signs)
    for index, (one, other) in enumerate(pairwise(signs)):
        if one.text in _ALEFS and other.text == _LAM and _share_place(one, other):
            ordered[index : index + 2] = [other, one]
    return ordered


def _share_place(alef: Sign, lam: Sign) -> bool:
    """Whether both are one glyph, or drawn into each other; slanted letters side by side only overlap."""
    wider = max(alef.right - alef.left, lam.right - lam.left)
    return alef.left < lam.right and alef.middle - lam.middle < _SHARED * wider


def _with_marks(letters: Sequence[Sign], signs: Sequence[Sign]) -> list[list[Sign]]:
    """Each sign with the marks on it."""
    marked = {letter.place: [letter] for letter in letters}
    bearers = [sign for sign in reversed(letters) if _is_letter(sign)]
    marks = [sign for sign in signs if unicodedata.combining(sign.text)] if bearers else []
    for mark in sorted(marks, key=lambda mark: -mark.middle):
        nearest = min(bearers, key=lambda letter: abs(letter.middle - mark.middle))
        bearer = _bearer(mark, marked, nearest)
        marked[bearer.place].append(mark)
    return [marked[letter.place] for letter in letters]


def _bearer(mark: Sign, marked: Mapping[int, Sequence[Sign]], nearest: Sign) -> Sign:
    """The letter under a mark; where one glyph stands for both, pdfium gives the mark a like part of its width."""
    for letter, *on_it in marked.values():
        last = on_it[-1] if on_it else letter
        if abs(last.left - mark.right) < _SAME and abs(last.right - last.left - mark.right + mark.left) < _SAME:
            return letter
    return nearest


def _is_letter(sign: Sign) -> bool:
    return direction_of(sign.text) == "right"
