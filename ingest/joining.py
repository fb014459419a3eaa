"""Broken lines to running text: hyphens at line ends mended, no spaces inside Chinese."""

import re
from collections.abc import Iterable, Sequence

# pdfium's sign for a hyphen at a line's end; U+00AD is the soft hyphen that other formats keep.
_BREAK = "\ufffe"
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CJK = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_CJK_QUOTES = "“”‘’—…·"
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{_CJK}])[ \t]+(?=[{_CJK}{_CJK_QUOTES}])|(?<=[{_CJK_QUOTES}])[ \t]+(?=[{_CJK}])")
_CHINESE_END = re.compile(rf"[{_CJK}]$")
_CHINESE_START = re.compile(rf"^[{_CJK}]")
_BROKEN_WORD = re.compile(rf"([^\W\d_]+)(?:{_BREAK}|-\n|{_SOFT}\n?)([^\W\d_]+)")
_LOOSE_HYPHEN = re.compile(r"(?<=\w) -\n(?=\w)")
_SPACES = re.compile(r"[ \t\u00a0]+")


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document in small letters, by which a broken word is put together as it stands elsewhere."""
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def join(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """The lines as one text."""
    text = "\n".join(line.strip() for line in lines)
    text = _LOOSE_HYPHEN.sub("-", text)
    text = _BROKEN_WORD.sub(lambda broken: _whole(broken[1], broken[2], words), text)
    text = text.replace(_BREAK, "-").replace(_SOFT, "")
    return tidy(_unwrapped(text))


def tidy(text: str) -> str:
    """The text with single spaces, and none inside Chinese."""
    return _SPACE_IN_CHINESE.sub("", _SPACES.sub(" ", text)).strip()


def _unwrapped(text: str) -> str:
    pieces = text.split("\n")
    whole = pieces[0]
    for piece in pieces[1:]:
        close = _CHINESE_END.search(whole) or _CHINESE_START.search(piece) or whole.endswith(("-", "/", "–"))
        whole += piece if close and piece else f" {piece}"
    return whole


def _whole(first: str, rest: str, words: frozenset[str]) -> str:
    """A word broken at a line's end, with its hyphen unless the document has it without one."""
    hyphenated, plain = f"{first}-{rest}", f"{first}{rest}"
    if hyphenated.casefold() in words:
        return hyphenated
    if plain.casefold() in words or (_is_cyrillic(first) and rest[:1].islower()):
        return plain
    return hyphenated


def _is_cyrillic(text: str) -> bool:
    return "\u0400" <= text[:1] <= "\u04ff"
