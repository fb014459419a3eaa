"""What may be wrong with a reply as a whole."""

import re
from dataclasses import dataclass

from bot.cite import without_markers
from ingest.language import language_of
from prompts import LANGUAGE_NAMES, NO_ANSWER

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


@dataclass(frozen=True)
class Reply:
    """The whole text of a model, and why it ended there, where the server told."""

    text: str
    finish: str | None


def fault(reply: Reply, language: str) -> str | None:
    """Why a reply is of no use, if it is: it is a web page, broken off, or in another language than was asked for."""
    text = reply.text
    if NO_ANSWER.casefold() in text.casefold():
        return None
    if _PAGE.match(text):
        return "its reply is a web page"
    if (reply.finish or "").lower() in _CUT and not _WHOLE.search(text):
        return "its reply broke off"
    return _other_language(text, language)


def _other_language(text: str, language: str) -> str | None:
    words = _QUOTED.sub(" ", without_markers(text))
    said = language_of(words)
    letters = sum(map(str.isalpha, words)) * (_CHINESE_LETTERS if said == "zh" else 1)
    sure = _SURE_WITHIN_LATIN if {said, language} <= _LATIN else _SURE
    if said == language or letters < sure:
        return None
    return f"its reply is in {LANGUAGE_NAMES[said]} instead of {LANGUAGE_NAMES[language]}"
