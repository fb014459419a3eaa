"""Whether a claim says no where its paragraphs say yes, or yes where they say no."""

import re
from collections.abc import Iterator

from bot.claims.alignment import Aligned
from bot.claims.clauses import Clause, Clauses, words_after
from bot.claims.evidence import Problem
from vectorstore.wording.bounds import bounds_in
from vectorstore.wording.mentions import without
from vectorstore.wording.strengths import lacks_in, negations_in

_ONLY = re.compile(r"\bn(?:e |['’])\w+(?: \w+){0,3} qu(?:e |['’])")  # French: "ne propose des résultats que"
_NEARLY_COPIED = 0.85  # of a claim's words that stand in one sentence


def problems(claim: str, language: str, aligned: Aligned, clauses: Clauses | None) -> Iterator[Problem]:
    """Where a claim denies what the clauses that it speaks of do not, or leaves out what they deny."""
    if clauses is None:
        return
    denied = _negations(claim, language)
    if len(denied) > sum(map(_denials, clauses.near)):
        yield Problem("negation", claim[slice(*denied[0])])
    elif not denied:
        yield from _left_out(claim, clauses, aligned.tokens[clauses.same[0].language])
    elif aligned.coverage >= _NEARLY_COPIED and all(
        clause.language == language and len(_negations(clause.text, language)) > len(denied) for clause in clauses.same
    ):
        yield Problem("negation", claim)


def _left_out(claim: str, clauses: Clauses, said: frozenset[str]) -> Iterator[Problem]:
    """The first denial of words that the claim says, where every clause of the same matter denies something."""
    held = [(clause, _negations(clause.text, clause.language)) for clause in clauses.same]
    if all(spans for _, spans in held):
        denials = (
            clause.text[start:end]
            for clause, spans in held
            for start, end in spans
            if said & {*words_after(clause, end)}
        )
        yield from (Problem("negation", claim, (denial,)) for denial in [*denials][:1])


def _denials(clause: Clause) -> int:
    """How often a clause says no, also by what its words mean: "lack", "less than"."""
    ceilings = [bound for _, _, bound in bounds_in(clause.text, clause.language) if bound == "ceiling"]
    lacks = list(lacks_in(clause.text, clause.language))
    return len(_negations(clause.text, clause.language)) + len(lacks) + len(ceilings)


def _negations(text: str, language: str) -> list[tuple[int, int]]:
    """Start and end of each word that says no; not those of bounds ("no more than"), nor of "only" in French."""
    rest = without(text, ((start, end) for start, end, _ in bounds_in(text, language)))
    rest = without(rest, (found.span() for found in _ONLY.finditer(rest)) if language == "fr" else ())
    return list(negations_in(rest, language))
