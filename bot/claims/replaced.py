"""A word of a claim in whose stead its sentences have one that excludes it: "south" for "north", "refused"."""

from collections.abc import Iterator, Mapping, Sequence

from bot.claims.alignment import Aligned
from bot.claims.clauses import Clauses
from bot.claims.evidence import Evidence, Problem
from vectorstore.wording.alternatives import alternatives_in, is_opposite
from vectorstore.wording.denials import negations_in

_SAME_SENTENCE = 0.75


def problems(
    claim: str, language: str, evidence: Sequence[Evidence], aligned: Aligned, clauses: Clauses | None
) -> Iterator[Problem]:
    """The words of a claim that its paragraphs lack, where the sentences that it retells have their alternatives."""
    if clauses is None:
        return
    ours = _grouped(claim, language)
    if not ours:
        return
    everywhere = [_grouped(f"{one.text} {one.about}", one.language) for one in evidence]
    near = [one.in_its_list for one in aligned.spoken if one.share >= _SAME_SENTENCE]
    there = [_grouped(one.text, one.language) for one in near]
    denied = any(negations_in(claim, language)) or any(any(negations_in(c.text, c.language)) for c in clauses.same)
    for group, words in ours.items():
        theirs = {m: w for each in there for m, w in each.get(group, {}).items()}
        known = {m for each in everywhere for m in each.get(group, {})}
        if is_opposite(group):
            if denied or len(words) > 1 or len(theirs) != 1 or words.keys() == theirs.keys():
                continue
            yield Problem("negation", next(iter(words.values())), tuple([*theirs.values(), group]))
        else:
            for member, word in words.items():
                if member not in known and theirs.keys() - words.keys():
                    yield Problem("body", word, tuple([*theirs.values(), group]))


def _grouped(text: str, language: str) -> Mapping[str, Mapping[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for one in alternatives_in(text, language):
        found.setdefault(one.group, {}).setdefault(one.member, text[one.start : one.end])
    return found
