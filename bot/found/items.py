"""Which sub-item of a paragraph a quote stands in: "(b) (ii)" of paragraph 12."""

import re
from collections.abc import Iterator
from itertools import takewhile

_ITEM = re.compile(
    r"^\s*(?:[(（]?(?P<label>[a-zа-я]{1,2}|[ivx]{1,5}|\d{1,2}|[أ-ي]|هـ|[一二三四五六七八九十]{1,3})\s?[)）]|(?P<ring>[㈠-㈩]))\s*(?=\S)"
)
_BULLET = re.compile(r"\s*[•▪‣●–—*-]\s")
_ROMAN = re.compile(r"[ivx]+")
_AMBIGUOUS = "ivx"

Path = tuple[tuple[str, str], ...]


def item_of(text: str, quote: str) -> str | None:
    """The sub-item that the whole quote stands in, as printed ("(b) (ii)"), or None where it goes beyond one."""
    squeezed = [index for index, character in enumerate(text) if not character.isspace()]
    start = "".join(text.split()).find("".join(quote.split()))
    length = len("".join(quote.split()))
    if start < 0 or not length:
        return None
    first, last = squeezed[start], squeezed[start + length - 1]
    paths = [path for begin, end, path in _lines(text) if begin <= last and end > first]
    shared = takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))
    return " ".join(f"({label})" for _, label in (steps[0] for steps in shared)) or None


def opens_item(line: str) -> bool:
    """Whether a line begins with the mark of a sub-item, "(a)" or "（一）", or with a bullet."""
    return _ITEM.match(line) is not None or _BULLET.match(line) is not None


def _lines(text: str) -> Iterator[tuple[int, int, Path]]:
    """Start and end of each line, and the sub-items that it is in; a line without a mark after items is in none."""
    begin, path = 0, Path()
    for line in text.split("\n"):
        found = _ITEM.match(line)
        path = _under(path, found["label"] or found["ring"]) if found else Path()
        yield begin, begin + len(line), path
        begin += len(line) + 1


def _under(path: Path, label: str) -> Path:
    kind = _kind(path, label)
    above = takewhile(lambda step: step[0] != kind, path)
    return (*above, (kind, label))


def _kind(path: Path, label: str) -> str:
    """How an item is numbered; "(i)" after "(h)" is a letter, else a Roman number."""
    if label.isdecimal():
        return "number"
    if _ROMAN.fullmatch(label):
        before = dict(path).get("letter", "")
        is_letter = label in _AMBIGUOUS and len(label) == 1 and before == chr(ord(label) - 1)
        return "letter" if is_letter else "roman"
    return "letter"
