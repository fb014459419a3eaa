"""Whether a claim stands in the paragraph that it cites: its quotes word for word, and every number in it."""

import re
import unicodedata

from vectorstore.tokens import ascii_digits

# 1,234.5 and 1 234,5 and 71/243 and 2016-12-21 whole, so that a part of one number is not taken for another.
_NUMBER = re.compile(r"\d+(?:[.,/:\-\u2013]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d{3}(?!\d))")
_NO_BREAK_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_JOINED = re.compile(r"[/:\-\u2013]")


def stands_in(quote: str, text: str) -> bool:
    """Whether the quote is in the text word for word, white space aside."""
    bare = _bare(quote)
    return bool(bare) and bare in _bare(text)


def supports(claim: str, text: str) -> bool:
    """Whether every number of the claim, written in digits of any script, is in the text."""
    return numbers(claim) <= numbers(text)


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text in one form each; a joined one, such as 71/243 or 2017-2020, with its parts."""
    found = set()
    for number in _NUMBER.findall(ascii_digits(unicodedata.normalize("NFKC", _NO_BREAK_THOUSANDS.sub("", text)))):
        found.add(_THOUSANDS.sub("", number))
        found.update(_THOUSANDS.sub("", part) for part in _JOINED.split(number))
    return frozenset(found)


def _bare(text: str) -> str:
    return "".join(text.split())
