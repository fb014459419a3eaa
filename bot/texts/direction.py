"""Keeps text in two directions of writing in its place where a plain text is shown.

Quotation marks, brackets and figures have no direction of their own and go with what is around them: beside words that
run the other way a `[1]` jumps to their far end. Marks that isolate a part, which show nothing, keep it together:
https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
"""

import re
import unicodedata

WRITTEN_LEFTWARD = frozenset({"ar"})
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _END = "\u2066", "\u2067", "\u2069"
_LEFTWARD = ("R", "AL")
# An answer in quotes has one on a line, with whatever marks it holds itself.
_LINE_OF_QUOTE = re.compile(r"“.+”(?=(?:\s*\[\d+\])*$)")
_QUOTE = re.compile(r"“[^“”]+”|«[^«»]+»")
_MARKER = re.compile(r"\[\d+\]")
# What turns text by itself, of which a report may hold half a pair.
_TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def runs_leftward(text: str) -> bool:
    """Whether most letters of a text run from right to left."""
    directions = [unicodedata.bidirectional(character) for character in text]
    return sum(map(directions.count, _LEFTWARD)) > directions.count("L")


def directed(text: str) -> str:
    """The text with each line, and each quote and marker in it, kept together where letters run from right to left."""
    lines = text.translate(_TURNING).split("\n")
    return "\n".join(_line(line) if _has_leftward(line) else line for line in lines)


def isolated(text: str) -> str:
    """The text kept together in its own direction, whatever it stands beside."""
    return _isolated(text.translate(_TURNING), text)


def in_direction_of(language: str, line: str) -> str:
    """A line whose parts are kept together already, in the direction in which a language is written."""
    return f"{_RIGHT_TO_LEFT}{line}{_END}" if language in WRITTEN_LEFTWARD else line


def _line(line: str) -> str:
    if _LINE_OF_QUOTE.match(line):
        quotes, frame = _LINE_OF_QUOTE, line
    else:
        quotes, frame = _QUOTE, _QUOTE.sub("", line)
    kept = quotes.sub(lambda found: _isolated(found[0], found[0]), line)
    return _isolated(_MARKER.sub(lambda found: _isolated(found[0], found[0]), kept), frame)


def _isolated(text: str, frame: str) -> str:
    """The text kept together, in the direction of those of its words that are its own."""
    return f"{_RIGHT_TO_LEFT if runs_leftward(frame) else _LEFT_TO_RIGHT}{text}{_END}"


def _has_leftward(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _LEFTWARD for character in text)
