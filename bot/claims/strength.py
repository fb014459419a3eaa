"""How strongly a claim says what its paragraphs say: who must, may, decides or asks, did or plans, at least or most."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.claims.alignment import Aligned
from bot.claims.clauses import Clause, Clauses, words_after
from bot.claims.evidence import Evidence, Problem
from vectorstore.wording.bounds import Bound, bounds_in
from vectorstore.wording.strength_words import Strength
from vectorstore.wording.strengths import (
    TO_COME,
    Said,
    done_in,
    is_agreed_in,
    is_subordinate,
    strengths_in,
    suggested_in,
    to_come_in,
)

# What a paragraph may say where a claim says this: who shall will, and what is decided will be.
_IMPLIED: Mapping[Strength, tuple[Strength, ...]] = {
    "will": ("must", "plans", "decides", "requests", "invites", "urges"),
    "plans": ("will",),
    "must": ("demands",),
    "demands": ("must",),
}
_MODAL: frozenset[Strength] = frozenset(["must", "will", "should", "may", "plans"])
# What a noun or a participle may say beside verbs of other acts: "the approved plan".
_NAMED: frozenset[Strength] = frozenset(["decides", "encourages", "recommends", "calls"])
_OPPOSITE: Mapping[Bound, Bound] = {"floor": "ceiling", "ceiling": "floor"}


def problems(claim: str, language: str, aligned: Aligned, clauses: Clauses | None) -> Iterator[Problem]:
    """Where a claim commits somebody to more or less than the sentences, and their clauses, that it speaks of."""
    yield from _of_strength(claim, language, aligned.evidence)
    if clauses:
        yield from _of_the_first(claim, language, clauses.best)
        yield from _of_acts(claim, language, aligned)
        yield from _of_time(claim, language, clauses.same, aligned.tokens[clauses.same[0].language])
        yield from _of_bounds(claim, language, clauses.same)


def _of_strength(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """Words of strength that the paragraphs have none for."""
    held = [(one, said) for one in evidence for said in strengths_in(one.text, one.language)]
    meant = {strength for _, said in held for strength in said.strengths}
    meant |= {strength for one in evidence for strength in suggested_in(one.text, one.language)}
    found = tuple(one.text[said.start : said.end] for one, said in held)
    for said in strengths_in(claim, language):
        if meant.isdisjoint(_also(said.strengths)):
            yield Problem("strength", claim[said.start : said.end], found)


def _of_the_first(claim: str, language: str, clauses: Sequence[Clause]) -> Iterator[Problem]:
    """The first of a claim's words for who must, will, should or may, where its clauses have another first."""
    first = next(
        (one for one in _modal(strengths_in(claim, language)) if not is_subordinate(claim, one.start, language)), None
    )
    theirs = [(clause, said) for clause in clauses if (said := _first(clause))]
    if first and len(theirs) == len(clauses) and not any(_are_alike(first, said) for _, said in theirs):
        found = tuple(clause.text[said.start : said.end] for clause, said in theirs)
        yield Problem("strength", claim[first.start : first.end], found)


def _first(clause: Clause) -> Said | None:
    """The first such word of a clause, or of what opens its list."""
    said = list(_modal(strengths_in(clause.text, clause.language)))
    return next((word for word in said if word.start >= clause.lead), said[0] if said else None)


def _modal(said: Iterable[Said]) -> Iterator[Said]:
    return (word for word in said if _MODAL.issuperset(word.strengths))


def _are_alike(one: Said, other: Said) -> bool:
    return not _also(one.strengths).isdisjoint(_also(other.strengths))


def _of_acts(claim: str, language: str, aligned: Aligned) -> Iterator[Problem]:
    """Deciding, asking and the like in a claim, where the sentence that says most of it has other acts only."""
    best = [one.in_its_list for one in aligned.spoken if one.share == 1]
    acts = [word for one in best for word in _acts(strengths_in(one.text, one.language))]
    meant = {strength for word in acts for strength in word.strengths}
    said = {strength for one in best for word in strengths_in(one.text, one.language) for strength in word.strengths}
    suggested = {strength for one in best for strength in suggested_in(one.text, one.language)}
    meant |= suggested & (_NAMED | {"demands"} if "must" in said else _NAMED)
    for word in _acts(strengths_in(claim, language)):
        if acts and meant.isdisjoint(word.strengths):
            yield Problem("strength", claim[word.start : word.end])


def _acts(said: Iterable[Said]) -> Iterator[Said]:
    return (word for word in said if _MODAL.isdisjoint(word.strengths))


def _also(strengths: Sequence[Strength]) -> frozenset[Strength]:
    return frozenset(strengths).union(*(_IMPLIED.get(strength, ()) for strength in strengths))


def _of_time(claim: str, language: str, clauses: Sequence[Clause], said: frozenset[str]) -> Iterator[Problem]:
    """What a claim says was done, and the clauses say is to come."""
    done = done_in(claim, language)
    if not done or is_agreed_in(claim, language) or _is_to_come(claim, language):
        return
    to_come = [(clause, *span) for clause in clauses for span in to_come_in(clause.text, clause.language)]
    is_said = any(start < clause.lead or said & {*words_after(clause, end)} for clause, start, end in to_come)
    if to_come and (is_said or not any(done_in(clause.text, clause.language) for clause in clauses)):
        yield Problem("strength", done, tuple(clause.text[start:end] for clause, start, end in to_come))


def _is_to_come(claim: str, language: str) -> bool:
    """Whether a claim itself speaks of what is to come."""
    said = (TO_COME.union(["may"]).intersection(word.strengths) for word in strengths_in(claim, language))
    return any(said) or any(to_come_in(claim, language))


def _of_bounds(claim: str, language: str, clauses: Sequence[Clause]) -> Iterator[Problem]:
    """Floors that are ceilings in the clauses, and the reverse, whatever they bound: "once a year at least"."""
    held = [
        (bound, clause.text[start:end])
        for clause in clauses
        for start, end, bound in bounds_in(clause.text, clause.language)
    ]
    ours = Counter(bound for _, _, bound in bounds_in(claim, language))
    theirs = Counter(bound for bound, _ in held)
    for start, end, bound in bounds_in(claim, language):
        opposite = _OPPOSITE.get(bound)
        if opposite and ours[bound] > theirs[bound] + theirs["either"] and theirs[opposite] > ours[opposite]:
            yield Problem("strength", claim[start:end], tuple(printed for _, printed in held))
