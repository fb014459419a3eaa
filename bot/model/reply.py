"""What may be wrong with a reply as a whole."""

import re
from dataclasses import dataclass

from bot.cite import without_markers
from ingest.language import language_of
from prompts import LANGUAGE_NAMES, NO, NO_ANSWER, YES

_CUT = ("", "length", "max_tokens", "content_filter")  # "" where the server tells nothing
_WHOLE = re.compile(r"[.。!！?？؟…][\s\W]*$|\][\s\W]*$")
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|「[^」]*」|《[^》]*》")
# Letters from which the language is sure: of the United Nations' own sentences with fewer, which are mostly names,
# one in twenty is taken for another; of longer ones one in a hundred and less.
_SURE = 20
_SURE_WITHIN_LATIN = 40
_LATIN = frozenset({"en", "es", "fr"})
_CHINESE_LETTERS = 3  # a character says as much as some three letters
LONGEST_VERDICT = 30  # characters of a reply that is one word
_VERDICTS = {YES.casefold(): True, NO.casefold(): False}
_NUMBERED = re.compile(r"\s*\[(\d{1,3})\]\s*(\S.*?)\s*")
_NOT_LETTERS = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True)
class Reply:
    """The whole text of a model, and why it ended there, where the server told."""

    text: str
    finish: str | None


def fault(reply: Reply, language: str) -> str | None:
    """Why a reply is of no use, if it is: it is a web page, broken off, or in another language than was asked for."""
    text = reply.text
    if declines(text):
        return None
    if _PAGE.match(text):
        return "its reply is a web page"
    if (reply.finish or "").lower() in _CUT and not _WHOLE.search(text):
        return "its reply broke off"
    return other_language(text, language)


def declines(text: str) -> bool:
    """Whether a reply says that the paragraphs do not hold the answer."""
    return NO_ANSWER.casefold() in text.casefold()


def verdict(text: str) -> bool | None:
    """Whether a reply is yes or no, whatever marks stand around the word; None where it is not that one word."""
    return _VERDICTS.get(_NOT_LETTERS.sub("", text).casefold())


def numbered(text: str, most: int) -> dict[int, str]:
    """The lines of a reply that begin with `[n]`, up to so many, by their numbers.

    One that goes on in the next line, or whose number comes twice, is left out: nobody can tell what belongs to it.
    """
    lines: dict[int, str] = {}
    unclear: set[int] = set()
    current = None
    for line in text.splitlines():
        if found := _NUMBERED.fullmatch(line):
            current = int(found[1])
            unclear |= {current} & lines.keys()
            lines[current] = found[2]
        elif not line.strip():
            current = None
        elif current is not None:
            unclear.add(current)
    return {number: line for number, line in lines.items() if number not in unclear and 1 <= number <= most}


def weight(text: str) -> int:
    """How much a text says, in letters of an alphabet."""
    letters = [letter for letter in text if letter.isalpha()]
    chinese = sum("\u3400" <= letter <= "\u9fff" for letter in letters)
    return len(letters) + (_CHINESE_LETTERS - 1) * chinese


def other_language(text: str, language: str) -> str | None:
    """What is wrong with the language of a text, if it is surely another one."""
    words = _QUOTED.sub(" ", without_markers(text))
    said = language_of(words)
    sure = _SURE_WITHIN_LATIN if {said, language} <= _LATIN else _SURE
    if said == language or weight(words) < sure:
        return None
    return f"its reply is in {LANGUAGE_NAMES[said]} instead of {LANGUAGE_NAMES[language]}"
