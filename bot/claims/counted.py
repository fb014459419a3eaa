"""What the figures of a claim count, where its sentences count other things by the same figures."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, product, takewhile

from bot.claims.evidence import Evidence, Problem
from bot.claims.figures import Figure, values_of
from vectorstore.wording.counted import class_of, counted_in
from vectorstore.wording.word_table import Listed

# Characters after a figure among which what it counts stands: in English after what tells more of it.
_REACH = {"en": 40, "zh": 20}
_REACH_OTHERS = 25
_STOP = re.compile(r"[.,;:()!?—–،؛؟。，；：、！？（）的了]|\d")
_HEAD_LAST = frozenset(["en", "zh"])  # "women judges", "国家办事处": the last of nouns that stand together is counted
_BESIDE = re.compile(r"\W?")
_BEHIND = re.compile(r"[وفبلك]?ال")
_COUNTERS = {
    "名": "persons",
    "位": "persons",
    "人": "persons",
    "起": "cases",
}  # what stands before a noun of such a class in Chinese
_CAPITALISED = "countries"  # "Member States"; with a capital other things are names, "the Programme"


def problems(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """The figures of a claim that count other things there than in the sentences that it speaks of."""
    for figure in values_of(claim, language).figures:
        said = [] if figure.unit else _counted(figure, claim, language)
        held = [thing for one in evidence for thing in _held(figure, one)]
        elsewhere = (thing for one in evidence for thing in _things(one.text, one.language))
        meant = said if language == "zh" else said[:1]
        if held and meant and not any(_are_alike(*pair) for pair in product(meant, chain(held, elsewhere))):
            yield Problem("number", figure.printed)


def _held(figure: Figure, one: Evidence) -> list[str]:
    """The classes of what the same figure may count in a sentence."""
    same = (other for other in values_of(one.text, one.language).figures if other.number == figure.number)
    return [thing for other in same if not other.unit for thing in _counted(other, one.text, one.language)]


def _counted(figure: Figure, text: str, language: str) -> list[str]:
    """The classes of the things after a figure, up to the next sign, first the one that it counts.

    In Chinese any may be; in Arabic there are none of one that stands behind what it counts, "الدول الخمس".
    """
    if _BEHIND.match(figure.printed):
        return []
    after = text[figure.end : figure.end + _REACH.get(language, _REACH_OTHERS)]
    stop = _STOP.search(after)
    things = _things(after[: stop.start()] if stop else after, language)
    counter = _COUNTERS.get(after[:1], "")
    return [thing for thing in things if _are_alike(thing, counter)]


def _things(text: str, language: str) -> Iterator[str]:
    """The classes of the things that a text names, of nouns that stand together first the head."""
    found = [each for each in counted_in(text, language) if _is_noun(text[each.start], class_of(each))]
    together = 1 + sum(1 for _ in takewhile(lambda pair: _is_beside(text, *pair), pairwise(found)))
    if language in _HEAD_LAST and found:
        found = [*found[:together][::-1], *found[together:]]
    return map(class_of, found)


def _is_beside(text: str, one: Listed, other: Listed) -> bool:
    return bool(_BESIDE.fullmatch(text, one.end, other.start))


def _is_noun(first: str, thing: str) -> bool:
    return not first.isupper() or thing.startswith(_CAPITALISED)


def _are_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
