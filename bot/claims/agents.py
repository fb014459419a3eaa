"""By whom something is done: "approved by the regional centre" in a claim, where its sentence names another there."""

import re
from collections.abc import Iterator, Sequence

from bot.claims.alignment import Spoken
from bot.claims.evidence import Problem
from vectorstore.tokens import stems
from vectorstore.wording.small_words import small_words

_WHO = r"\s+((?:[\w'’-]+\s+){0,4}[\w'’-]+)"
_BY = {
    "en": re.compile(rf"(\w{{5,}})\s+by{_WHO}"),
    "fr": re.compile(rf"(\w{{5,}})\s+par{_WHO}"),
    "es": re.compile(rf"(\w{{5,}})\s+por{_WHO}"),
}
# What a claim may say instead: "the approval of the resident coordinator".
_OF = {
    "en": re.compile(rf"(\w{{5,}}al|\w{{5,}}ment)\s+of{_WHO}"),
    "fr": re.compile(rf"(\w{{5,}}tion)\s+(?:du|de la|des|de l['’]){_WHO}"),
    "es": re.compile(rf"(\w{{5,}}ción)\s+de(?:l| la| los| las){_WHO}"),
}
_ROOT = 5  # letters that a verb and its noun have in common
_NAMED_BY = 2  # words that tell who it is


def problems(claim: str, language: str, spoken: Sequence[Spoken]) -> Iterator[Problem]:
    """Those by whom a claim says that something is done, whom its sentence names, and not as those who do it."""
    if language not in _BY:
        return
    best = " ".join(one.sentence.text for one in spoken if one.share == 1 and one.sentence.language == language)
    held, known = list(_agents(best, language, [_BY[language]])), frozenset(stems(best, language))
    for root, who, printed in _agents(claim, language, [_BY[language], _OF[language]]):
        theirs = [words for other, words, _ in held if other == root]
        if theirs and known.issuperset(who) and all(frozenset(who).isdisjoint(words) for words in theirs):
            yield Problem("body", printed)


def _agents(text: str, language: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, Sequence[str], str]]:
    """The root of what is done, the words that tell by whom, and these as they are printed."""
    small = small_words(language)
    for found in (found for pattern in patterns for found in pattern.finditer(text)):
        who = [word for word in stems(found[2], language) if word not in small][:_NAMED_BY]
        if len(who) == _NAMED_BY:
            yield found[1].casefold()[:_ROOT], who, found[2]
