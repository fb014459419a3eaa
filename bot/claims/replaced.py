"""A word of a claim in whose stead its sentences have one that excludes it: "south" for "north", "refused"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.claims.alignment import Aligned
from bot.claims.clauses import Clauses
from bot.claims.evidence import Evidence, Problem
from vectorstore.wording.alternatives import alternatives_in, is_opposite
from vectorstore.wording.denials import negations_in

_SAME_SENTENCE = 0.75  # of what the best one says of a claim

Words = Mapping[int, str]  # of a group, by which of its words they are
Groups = Mapping[str, Words]


def problems(
    claim: str, language: str, evidence: Sequence[Evidence], aligned: Aligned, clauses: Clauses | None
) -> Iterator[Problem]:
    """The words of a claim that exclude those which the sentences that it retells have in their stead."""
    ours = _groups([(claim, language)])
    if clauses is None or not ours:
        return
    everywhere = _groups((f"{one.text} {one.about}", one.language) for one in evidence)
    near = [one.in_its_list for one in aligned.spoken if one.share >= _SAME_SENTENCE]
    sentences = _groups((one.text, one.language) for one in near)
    best = _groups((one.text, one.language) for one in clauses.best)
    same = [(claim, language), *((one.text, one.language) for one in clauses.same)]
    is_denied = any(any(negations_in(*one)) for one in same)
    for group, words in ours.items():
        theirs = sentences.get(group, {})
        if not is_opposite(group):
            rivals = theirs.keys() - words.keys()
            for member in words.keys() - everywhere.get(group, {}).keys() if rivals else ():
                yield Problem("body", words[member], tuple(theirs.values()))
        elif not is_denied:
            yield from _contrary(words, theirs if len(theirs) == 1 else best.get(group, {}))


def _contrary(ours: Words, theirs: Words) -> Iterator[Problem]:
    """The word of a claim, where it has one of two opposites, and its sentence, or else its clause, the other."""
    if len(ours) == len(theirs) == 1 and ours.keys() != theirs.keys():
        yield Problem("negation", *ours.values(), tuple(theirs.values()))


def _groups(texts: Iterable[tuple[str, str]]) -> Groups:
    found: dict[str, dict[int, str]] = {}
    for text, language in texts:
        for one in alternatives_in(text, language):
            found.setdefault(one.group, {}).setdefault(one.member, text[one.start : one.end])
    return found
