"""Names that the paragraphs of a claim hold elsewhere, where the sentence that it retells names another."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from bot.claims import values
from bot.claims.alignment import Spoken
from bot.claims.evidence import Evidence, Problem
from bot.claims.figures import values_of
from bot.claims.implied import Cited, is_implied
from bot.claims.named import SORTS, Names, meant_places, names_of, sort_of

_PRONOUN = {
    "en": re.compile(r"(?i)\b(?:It|Its|They|Their|He|His|She|Her|This|These|Both|The latter)\b"),
    "fr": re.compile(r"(?i)\b(?:Ils?|Elles?|Son|Sa|Ses|Leurs?|Cel\w+|Ce(?:tte|s)?|Tou(?:s|tes))\b"),
    "es": re.compile(r"(?i)\b(?:Est[eao]s?|Es[eao]s?|Sus?|Ell?[oa]s?|Ambos|Ambas)\b"),
    "ru": re.compile(r"(?i)\b(?:Он[аои]?|Ег[о]|Её?|Их|Эт\w+|Ей|Ему|Им)\b"),
    "ar": re.compile(r"و?(?:هو|هي|هم|هذ[اه]|ذلك|تلك)\b"),
    "zh": re.compile(r"它|其|该|他|她|这|此"),
}
_OPENING = 40  # characters of a sentence in which "it" is somebody named before: "By its resolution 72/279"
_HALF = 0.5  # of what it says: enough where the sentence alone holds the figures and dates of the claim
_LESS = 0.8  # of what the best sentence says of a claim: what says less is another matter


def problems(claim: str, language: str, spoken: Sequence[Spoken]) -> Iterator[Problem]:
    """The bodies, titles and places of a claim in whose stead the sentence that it retells names others.

    A claim whose figures and dates are not all in one sentence retells more than one.
    """
    near = [one.in_its_list for one in spoken if one.share >= _LESS]
    narrow = _holding(claim, language, spoken) or near
    if any(values.problems(claim, language, narrow)):
        return
    again = frozenset(chain.from_iterable(_before(one) for one in spoken if one.share == 1))
    said = names_of(claim, language)
    for sort, ours in _by_sort(said).items():
        # Of more names than one each may be from another sentence.
        yield from _replaced(sort, ours, said, narrow if len(ours) == 1 else near, again)


def _replaced(
    sort: str, ours: Mapping[int, str], said: Names, near: Sequence[Evidence], again: frozenset[int]
) -> Iterator[Problem]:
    """The names of a sort in a claim that the sentences lack, where they name others of that sort."""
    names = [names_of(one.text, one.language) for one in near]
    meant = frozenset(chain.from_iterable(map(meant_places, names)))
    theirs = dict(chain.from_iterable(_by_sort(each)[sort].items() for each in names))
    rivals = theirs.keys() - ours.keys()
    for name in ours.keys() - theirs.keys() - again if rivals else ():
        if sort == "place" and not meant.isdisjoint(said.alike[name]):
            continue
        if sort == "place" or not is_implied(name, Cited(near, near)):
            yield Problem("body", ours[name], tuple(theirs[rival] for rival in sorted(rivals)))


def _holding(claim: str, language: str, spoken: Sequence[Spoken]) -> Sequence[Evidence]:
    """The sentences that hold all figures, dates and symbols of a claim, if it has any."""
    said = values_of(claim, language)
    if not (said.figures or said.dates or said.symbols):
        return ()
    enough = (one.in_its_list for one in spoken if one.share >= _HALF)
    return [one for one in enough if not any(values.problems(claim, language, [one]))]


def _before(spoken: Spoken) -> frozenset[int]:
    """The bodies named before a sentence that opens with "it" or "its", which is one of them."""
    sentence = spoken.sentence
    if not _PRONOUN[sentence.language].search(sentence.text.strip()[:_OPENING]):
        return frozenset()
    return frozenset(_by_sort(names_of(spoken.before, sentence.language))["body"])


def _by_sort(names: Names) -> Mapping[str, Mapping[int, str]]:
    """The names by what can stand in the place of what: titles, systems, bodies and funds, places."""
    return {"place": names.places} | {
        sort: {thing: names.things[thing] for thing in names.naming if sort_of(thing) == sort} for sort in SORTS
    }
