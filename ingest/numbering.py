"""Paragraph numbers as UN documents print them, and which of the numbers on a page are those of its paragraphs."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_DIGITS = r"[0-9０-９٠-٩۰-۹]"
# "12. Text", "12．文", "12、文", "١٢ - نص"; not "1.5 million", "3.1.2" or "12 - 14 May".
_PARAGRAPH = re.compile(
    rf"^({_DIGITS}{{1,4}})\s?(?:[.．、](?!{_DIGITS}*[.．]?{_DIGITS})\s*|\.\s+"
    r"|\s?[-–—ـ.]\s*(?=[\"“”«(\[]?[\u0600-\u06ff]))(?=\S)"
)
_ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_CHINESE = "一二三四五六七八九十"
_ORDINALS = (
    "أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا حادي_عشر ثاني_عشر ثالث_عشر رابع_عشر خامس_عشر سادس_عشر "
    "سابع_عشر ثامن_عشر تاسع_عشر عشرين عشرون"
)
# The tanwin stands on the letter before the alef or on the alef, or is not printed.
_ORDINAL = "|".join(re.sub("ا$", "ً?اً?", word).replace("_", " ") for word in _ORDINALS.split())
_ABJAD = "ألف|باء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء|كاف|لام|ميم|نون|سين|عين|فاء|صاد|قاف|[أبجدهوزحطيكلمن]"
_HEADING = re.compile(
    rf"^(?:(?P<roman>{_ROMAN})|(?P<letter>[A-ZА-Я])|(?P<arabic>{_DIGITS}{{1,2}}))[.．]\s+\S"
    rf"|^(?P<chinese>[{_CHINESE}]{{1,3}})[、.．]\s*\S"
    rf"|^第(?P<chapter>[{_CHINESE}]{{1,3}}|{_DIGITS}{{1,2}})章\s*\S"
    rf"|^第(?P<part>[{_CHINESE}]{{1,3}}|{_DIGITS}{{1,2}})节\s*\S"
    rf"|^[(（](?P<bracketed>[{_CHINESE}]{{1,3}}|[a-z]|[ivx]{{1,5}})[)）]\s*\S"
    r"|^(?P<enclosed>[㈠-㈩])\s*\S"
    rf"|^(?P<ordinal>{_ORDINAL})\s*[-–—:.]\s*\S"
    rf"|^(?P<abjad>{_ABJAD})\s*[-–—]\s*\S"
)
_WITHOUT_TANWIN = {ord("ً"): None}
_CHAIN_LOOKBACK = 200
_GAP_COST = 0.4
_GAP_COST_MOST = 3.0
_FIRST_AT_MOST = 5


def paragraph_number(text: str) -> int | None:
    """The number that a block of text begins with, or None."""
    found = _PARAGRAPH.match(text)
    return int(unicodedata.normalize("NFKC", found[1])) if found else None


def without_number(text: str) -> str:
    """The text after its number."""
    return _PARAGRAPH.sub("", text, count=1)


def heading_label(text: str) -> tuple[str, str] | None:
    """The kind of numbering that a heading begins with and its number, or None: ("roman", "II")."""
    found = _HEADING.match(text)
    if not found:
        return None
    kind = str(found.lastgroup)
    return kind, found[kind].translate(_WITHOUT_TANWIN)


def is_numbered(text: str) -> bool:
    """Whether a block of text begins with a paragraph's or a heading's number."""
    return bool(paragraph_number(text) or heading_label(text))


@dataclass(frozen=True)
class Numbered:
    """A block that begins with a number: its index among the blocks, and the number."""

    index: int
    number: int


def main_series(candidates: Sequence[Numbered]) -> set[int]:
    """The indexes of the blocks that the document's own numbering counts.

    Numbered lists inside paragraphs begin anew; the longest ascending series with the fewest gaps is the document's.
    """
    scores: list[float] = []
    previous: list[int | None] = []
    for position, candidate in enumerate(candidates):
        score, link = 1 - _gap_cost(candidate.number - 1), None
        for before in range(max(0, position - _CHAIN_LOOKBACK), position):
            step = candidate.number - candidates[before].number
            if step > 0 and scores[before] + 1 - _gap_cost(step - 1) > score:
                score, link = scores[before] + 1 - _gap_cost(step - 1), before
        scores.append(score)
        previous.append(link)
    return _walk(candidates, scores, previous)


def _gap_cost(missing: int) -> float:
    return min(_GAP_COST * missing, _GAP_COST_MOST)


def _walk(candidates: Sequence[Numbered], scores: Sequence[float], previous: Sequence[int | None]) -> set[int]:
    at: int | None = max(range(len(scores)), key=lambda i: scores[i], default=None)
    chain: set[int] = set()
    while at is not None:
        chain.add(candidates[at].index)
        at = previous[at]
    return chain


def gaps_of(numbers: Collection[int]) -> tuple[int, ...]:
    """The numbers missing in a series that begins at 1 or, where a document is the second part of another, later."""
    present = set(numbers)
    first = min(present, default=1)
    start = 1 if first <= _FIRST_AT_MOST else first
    return tuple(number for number in range(start, max(present, default=0)) if number not in present)
