"""Paragraphs that say nothing by themselves, and so come near to any question: titles, "The Security Council,"."""

import re
from collections.abc import Sequence

from vectorstore.paragraph import Paragraph
from vectorstore.search import Found

# Words below which a text says nothing: numbered, as "Adopts the agenda." does; unnumbered; and not ended by a stop.
_NUMBERED = 3
_UNNUMBERED = 4
_UNENDED = 9
_CHARACTERS_A_WORD = 2  # in Chinese
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDED = re.compile(r"[.!?;:。！？；：؟؛…)）\]”»]\s*$")


def without_fragments(found: Sequence[Found]) -> Sequence[Found]:
    """Those of the paragraphs that say something; all of them where none does."""
    return [one for one in found if not _is_fragment(one.paragraph)] or found


def _is_fragment(paragraph: Paragraph) -> bool:
    if paragraph.kind != "text":
        return False
    if paragraph.number:
        return _words(paragraph.text) < _NUMBERED
    is_ended = _ENDED.search(paragraph.text) or any(map(str.isdigit, paragraph.text))
    return _words(paragraph.text) < (_UNNUMBERED if is_ended else _UNENDED)


def _words(text: str) -> float:
    words = _WORD.findall(text)
    characters = sum(1 for word in words if _HAN.fullmatch(word))
    return len(words) - characters + characters / _CHARACTERS_A_WORD
