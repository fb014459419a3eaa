"""Who chairs, who is vice-chair, who is the secretariat: an office of a claim that another holds in its sentences."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations

from bot.claims.alignment import Spoken
from bot.claims.evidence import Problem
from bot.claims.named import names_of
from vectorstore.wording.patterns import whole

# "Vice" first: "vice-chair" holds "chair".
_OFFICES: Mapping[str, Mapping[str, str]] = {
    "vice-chair": {
        "en": r"(?:vice|deputy)[- ](?:chair|presid)\w*",
        "fr": r"vice[- ]présid\w*",
        "es": r"vicepresid\w*",
        "ru": r"заместител\w+ председател\w+",
        "ar": r"(?:ال)?(?:نائب\w*|نيابة) (?:ال)?(?:رئيس|رئاسة)",
        "zh": r"副主席",
    },
    "chair": {
        "en": r"(?:co-?)?chair\w*|presid(?:es?|ed|ing)",
        "fr": r"présid(?:e|ent|é|ée|és|ées|ence)",
        "es": r"presid(?:e|en|ida|ido|idas|idos|encia|ía)",
        "ru": r"председательств\w+|возглавл\w+",
        "ar": r"[يت]رأس\w*|[بل]?(?:ال)?رئاسة",
        "zh": r"主持|(?<!副)主席",
    },
    "secretariat": {
        "en": r"secretariat",
        "fr": r"secrétariat",
        "es": r"secretaría",
        "ru": r"секретариат\w{0,2}",
        "ar": r"[بل]?(?:ال)?أمانة",
        "zh": r"秘书处",
    },
}
_PARTED = re.compile(r"[;；،，,.。]| (?:and|et|y|и) (?!the )")

Holders = Mapping[str, set[int]]


def problems(claim: str, language: str, spoken: Sequence[Spoken]) -> Iterator[Problem]:
    """Those who hold an office in a claim, where the sentences name others in it, and them in another.

    And who is chair in a claim where all its sentences know is a vice-chair, or the reverse.
    """
    said = frozenset(_offices_in(claim, language))
    known = frozenset(office for one in spoken for office in _offices_in(one.in_its_list.text, one.sentence.language))
    for office, other in permutations(("chair", "vice-chair")):
        if office in said - known and other in known - said:
            printed = _pattern(_OFFICES[office][language], language).search(claim)
            yield Problem("body", printed[0] if printed else office)
    ours, theirs = _held([claim], language), defaultdict[str, set[int]](set)
    for one in spoken:
        for office, holders in _held(_PARTED.split(one.in_its_list.text), one.sentence.language).items():
            theirs[office] |= holders
    for office, holders in ours.items():
        others = set().union(*(theirs[other] for other in theirs if other != office))
        for holder in holders - theirs[office] if theirs[office] else ():
            if holder in others:
                yield Problem("body", names_of(claim, language).things[holder])


def _held(parts: Sequence[str], language: str) -> Holders:
    """Who is named beside each office in the parts of a text that name one office."""
    found: dict[str, set[int]] = defaultdict(set)
    for part in parts:
        offices = _offices_in(part, language)
        if len(offices) == 1:
            found[offices[0]] |= names_of(part, language).naming
    return found


def _offices_in(text: str, language: str) -> list[str]:
    """The offices that a text names, "chair" not within "vice-chair"."""
    offices = []
    for office, words in _OFFICES.items():
        rest = _pattern(words[language], language).sub(" ", text)
        if rest != text:
            offices.append(office)
        text = rest
    return offices


@cache
def _pattern(words: str, language: str) -> re.Pattern[str]:
    return whole(words, language)
