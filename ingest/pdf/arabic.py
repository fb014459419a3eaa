"""Arabic as it is drawn on a page, from right to left, back to the order in which it is read.

pdfium's own order is right inside words and numbers. Where Latin words, symbols of documents, dates or brackets stand
in an Arabic line, it is not: "A/80/74" comes as "/80/74A". Here the words and numbers of a line are put in order by
their place, the other way round to the Unicode bidirectional algorithm (https://www.unicode.org/reports/tr9/).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from ingest.pdf.arabic_letters import Direction, DrawnLine, Sign, direction_of, is_arabic, letters_of, mirrored

_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_KASHIDA = "ـ"
_OPENING, _CLOSING = "([{«", ")]}»"
# Between two digits and no space these keep a number whole; a hyphen does not.
_IN_NUMBER = ",./:٫٬\u00a0"
_THOUSAND = 3
# A gap as wide as this many times the size is a space; points that a letter may begin before the one it follows.
_SPACE = 0.16
_BESIDE_SIGN = 1.3
_CLOSE_SIGNS = "/.،؛:,"
_BACK = 0.5


@dataclass(frozen=True)
class _Token:
    """Signs that stand together and run the same way."""

    signs: tuple[Sign, ...]
    direction: Direction

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @property
    def left(self) -> float:
        return min(sign.left for sign in self.signs)

    @property
    def right(self) -> float:
        return max(sign.right for sign in self.signs)


def in_reading_order(lines: Sequence[DrawnLine]) -> list[list[Sign]]:
    """The lines of an Arabic page in the order in which they are read."""
    ordered = [_read(_tokens(line)) if any(map(_is_arabic, line.signs)) else None for line in lines]
    turned = _are_turned(chain.from_iterable(tokens for tokens in ordered if tokens is not None))
    return [
        _latin(line) if tokens is None else list(_finished(tokens, turned=turned))
        for line, tokens in zip(lines, ordered, strict=True)
    ]


def _is_arabic(sign: Sign) -> bool:
    return is_arabic(sign.text)


def _latin(line: DrawnLine) -> list[Sign]:
    """A line without Arabic as pdfium has it, or from left to right where it was put together from parts."""
    drawn = [sign for sign in line.signs if not sign.text.isspace()]
    if all(one.left <= other.left + _BACK for one, other in pairwise(drawn)):
        return list(line.signs)
    return [sign for token in reversed(_tokens(line)) for sign in token.signs]


def _tokens(line: DrawnLine) -> list[_Token]:
    """Words, numbers and single other signs from right to left."""
    tokens: list[_Token] = []
    for letter in letters_of(line):
        direction = direction_of(letter[0].text)
        if tokens and _goes_on(tokens[-1], letter[0], direction, _SPACE * line.size):
            tokens[-1] = _Token((*tokens[-1].signs, *letter), direction)
        else:
            tokens.append(_Token(tuple(letter), direction))
    return _spaced(sorted(tokens, key=lambda token: -(token.left + token.right)), _SPACE * line.size)


def _goes_on(token: _Token, sign: Sign, direction: Direction, space: float) -> bool:
    """Whether a sign belongs to the token before it: of the same kind, next to it, and further on."""
    if direction == "none" or direction != token.direction:
        return False
    forward = sign.middle - token.signs[-1].middle
    if direction == "right":
        return token.left - sign.right < space and forward < _BACK
    return sign.left - token.right < space and forward > -_BACK


def _spaced(tokens: Sequence[_Token], space: float) -> list[_Token]:
    """Tokens from right to left with a space where they stand apart, and no made-up one beside other signs."""
    spaced: list[_Token] = []
    for index, token in enumerate(tokens):
        last = spaced[-1] if spaced else token
        if token.text == " " and token.left == token.right:
            if all(each.direction == "right" for each in tokens[max(index - 1, 0) : index + 2 : 2]):
                spaced.append(token)
            continue
        wide = _BESIDE_SIGN * space if "none" in (last.direction, token.direction) else space
        close = " " in (last.text, token.text) or last.text == "/" or token.text in _CLOSE_SIGNS
        if last.left - token.right > wide and not close:
            spaced.append(_Token((Sign(" ", last.signs[-1].place, token.right, last.left),), "none"))
        spaced.append(token)
    return spaced


def _read(tokens: Sequence[_Token]) -> list[_Token]:
    """Tokens from right to left in reading order: what runs from left to right turned round."""
    read: list[_Token] = []
    start = 0
    while start < len(tokens):
        end = _stretch_end(tokens, start)
        read += _turned(tokens[start:end])
        start = end
        if start < len(tokens) and tokens[start].direction == "right":
            read.append(tokens[start])
            start += 1
    return read


def _stretch_end(tokens: Sequence[_Token], start: int) -> int:
    """Where the next word from right to left stands."""
    return next((i for i in range(start, len(tokens)) if tokens[i].direction == "right"), len(tokens))


def _turned(stretch: Sequence[_Token]) -> list[_Token]:
    """A stretch without words from right to left, in reading order."""
    drawn = list(reversed(stretch))
    latin = _latin_run(drawn)
    if latin is None:
        return list(reversed(_with_numbers_whole(drawn)))
    start, end = latin
    whole = _Token(tuple(sign for token in drawn[start:end] for sign in token.signs), "left")
    return list(reversed([*_with_numbers_whole(drawn[:start]), whole, *_with_numbers_whole(drawn[end:])]))


def _latin_run(drawn: Sequence[_Token]) -> tuple[int, int] | None:
    """From the first Latin word to the last word or number after it, brackets that open there with what they hold."""
    start = next((i for i, token in enumerate(drawn) if token.direction == "left"), None)
    if start is None:
        return None
    end, depth = start + 1, 0
    for index in range(start, len(drawn)):
        token = drawn[index]
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth < 0:
            break
        if depth == 0 and (token.direction != "none" or token.text in _CLOSING):
            end = index + 1
    return start, end


def _with_numbers_whole(drawn: Sequence[_Token]) -> list[_Token]:
    """Tokens as drawn, with the parts of one number or reference ("71/243", "12.5", "7 800") made one."""
    whole: list[_Token] = []
    for token in drawn:
        if len(whole) > 1 and token.direction == "number" and _is_one_number(whole[-2], whole[-1], token):
            before, between = whole[-2:]
            whole[-2:] = [_Token((*before.signs, *between.signs, *token.signs), "number")]
        else:
            whole.append(token)
    return whole


def _is_one_number(before: _Token, between: _Token, after: _Token) -> bool:
    if before.direction != "number":
        return False
    thousands = between.text == " " and len(after.text) == _THOUSAND and len(before.text.split(" ")[-1]) <= _THOUSAND
    return between.text in _IN_NUMBER or thousands


def _are_turned(tokens: Iterable[_Token]) -> bool:
    """Whether the file has brackets as they look, not as they are meant: then more pairs close than open first."""
    brackets = [token.text for token in tokens if token.direction == "none" and token.text in _OPENING + _CLOSING]
    pairs = [(one in _OPENING, other in _OPENING) for one, other in pairwise(brackets)]
    return pairs.count((False, True)) > pairs.count((True, False))


def _finished(tokens: Sequence[_Token], *, turned: bool) -> Iterator[Sign]:
    """The signs of a line with brackets the right way round, letters in their plain form, no lengthening strokes."""
    signs = [
        replace(sign, text=mirrored(sign.text)) if turned and token.direction == "none" else sign
        for token in tokens
        for sign in token.signs
    ]
    for index, sign in enumerate(signs):
        after = signs[index + 1].text if index + 1 < len(signs) else ""
        before = signs[index - 1].text if index else ""
        lengthens = sign.text == _KASHIDA and before.isalpha() and after.isalpha()
        in_brackets = sign.text == " " and ((before and before in _OPENING) or (after and after in _CLOSING))
        if not lengthens and not in_brackets:
            yield from (replace(sign, text=letter) for letter in _plain(sign.text))


def _plain(character: str) -> str:
    return unicodedata.normalize("NFKC", character) if _PRESENTATION.match(character) else character
