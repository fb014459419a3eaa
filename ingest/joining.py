"""Broken lines to running text: hyphens at line ends mended, no spaces inside Chinese."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# pdfium's sign for a hyphen at a line's end; U+00AD is the soft hyphen that other formats keep.
_BREAK = "\ufffe"
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CJK = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_CJK_QUOTES = "“”‘’—…·"
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{_CJK}])[ \t]+(?=[{_CJK}{_CJK_QUOTES}])|(?<=[{_CJK_QUOTES}])[ \t]+(?=[{_CJK}])")
_CHINESE_END = re.compile(rf"[{_CJK}]$")
_CHINESE_START = re.compile(rf"^[{_CJK}]")
_BROKEN_WORD = re.compile(rf"(-?)(?<![^\W\d_])([^\W\d_]+)({_BREAK}|-\n|{_SOFT}\n?)([^\W\d_]+)")
_LINE_END = re.compile(rf"(?<![^\W\d_])([^\W\d_]+)(?:{_BREAK}|-|{_SOFT})$")
_LINE_START = re.compile(r"[^\W\d_]+")
_LOOSE_HYPHEN = re.compile(r"(?<=\w) -\n(?=\w)")
_SPACES = re.compile(r"[ \t\u00a0]+")
_DIRECTION_SIGNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_OPENING = ("-", "/", "–", "(", "[", "“")
# Of 14 real reports that keep words whole at most 1.6 % of the lines end in a hyphen; where words are broken, 10 %.
_HYPHENATED = 0.05
_FEW = 2
_WORD_LENGTH = 3
# First parts of compounds: those of few letters by name, Russian ones by their ending ("социально-").
_FIRST_PARTS = {"non", "self", "cross", "well", "counter", "short", "long", "high", "low", "vice", "celle", "celui"}
_RUSSIAN_FIRST_PART = re.compile(r"[а-я]{3,}[бвгджзклмнпрстфхцчшщь]но$")
_RUSSIAN_SECOND_PART = 5


@dataclass(frozen=True)
class Vocabulary:
    """The words of a document in small letters, and whether it breaks words at line ends."""

    words: frozenset[str] = frozenset()
    hyphenates: bool = False


def vocabulary(lines: Iterable[str]) -> Vocabulary:
    """The whole words of a document's lines, by which broken ones are put together as they stand elsewhere."""
    words: set[str] = set()
    count, broken, first = 0, list[tuple[str, str]](), ""
    for line in lines:
        text = line.strip()
        start, end = _LINE_START.match(text) if first else None, _LINE_END.search(text)
        if start:
            broken.append((first, start.group()))
        words.update(_WORD.findall(text.casefold(), start.end() if start else 0, end.start() if end else len(text)))
        first, count = end[1] if end else "", count + 1
    whole = sum(f"{one}{rest}".casefold() in words for one, rest in broken)
    kept = sum(f"{one}-{rest}".casefold() in words for one, rest in broken)
    return Vocabulary(frozenset(words), len(broken) > max(_FEW, _HYPHENATED * count) or whole > kept)


def join(lines: Sequence[str], words: Vocabulary = Vocabulary()) -> str:
    """The lines as one text."""
    text = "\n".join(line.strip() for line in lines)
    text = _LOOSE_HYPHEN.sub("-", text)
    text = _BROKEN_WORD.sub(lambda broken: _whole(broken, words), text)
    text = text.replace(_BREAK, "-")
    return tidy(_unwrapped(text))


def tidy(text: str) -> str:
    """The text with single spaces, none inside Chinese, and without soft hyphens and signs of direction."""
    seen = without_direction_signs(text).replace(_SOFT, "")
    return _SPACE_IN_CHINESE.sub("", _SPACES.sub(" ", seen)).strip()


def without_direction_signs(text: str) -> str:
    """The text without the invisible signs that tell which way it runs."""
    return _DIRECTION_SIGNS.sub("", text)


def _unwrapped(text: str) -> str:
    pieces = text.split("\n")
    whole = pieces[0]
    for piece in pieces[1:]:
        close = _CHINESE_END.search(whole[-1:]) or _CHINESE_START.search(piece) or whole.endswith(_OPENING)
        whole += piece if close and piece else f" {piece}"
    return whole


def _whole(broken: re.Match[str], known: Vocabulary) -> str:
    """A word broken at a line's end, as it stands elsewhere, else with its hyphen where that seems to be its own."""
    before, first, sign, rest = broken.groups()
    hyphenated, plain = f"{first}-{rest}", f"{first}{rest}"
    if hyphenated.casefold() in known.words:
        return before + hyphenated
    if plain.casefold() in known.words:
        return before + plain
    breaks = known.hyphenates or sign.startswith(_SOFT) or _is_cyrillic(first)
    return before + (hyphenated if before or not breaks or _is_compound(first, rest, known.words) else plain)


def _is_compound(first: str, rest: str, words: frozenset[str]) -> bool:
    """Whether the two parts are words of their own, or the first is one that others are put behind with a hyphen."""
    if rest[0].isupper() and not first.isupper():
        return True
    one, other = first.casefold(), rest.casefold()
    if one in words and other in words and min(len(one), len(other)) >= _WORD_LENGTH:
        return True
    russian = _RUSSIAN_FIRST_PART.search(one) and len(other) >= _RUSSIAN_SECOND_PART
    return one in _FIRST_PARTS or bool(russian)


def _is_cyrillic(text: str) -> bool:
    return "\u0400" <= text[:1] <= "\u04ff"
