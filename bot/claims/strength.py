"""How strongly a claim says what its paragraphs say: who must, may, decides or asks, did or plans, at least or most."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.claims import done
from bot.claims.alignment import Aligned
from bot.claims.clauses import Clause, Clauses
from bot.claims.evidence import Evidence, Problem
from vectorstore.wording.bounds import Bound, bounds_in
from vectorstore.wording.strength_words import Strength
from vectorstore.wording.strengths import Said, done_in, is_subordinate, strengths_in, suggested_in

# What a paragraph may say where a claim says this: who shall will, and what is decided will be.
_IMPLIED: Mapping[Strength, tuple[Strength, ...]] = {
    "will": ("must", "plans", "decides", "requests", "invites", "urges"),
    "plans": ("will",),
    "should": ("requests", "calls", "urges", "recommends"),
    "proposes": ("recommends",),
    "must": ("demands",),
    "demands": ("must",),
}
# What other languages may say without a word for it: "will" by the present, "may" by the verb alone.
_UNSAID: frozenset[Strength] = frozenset(["will", "notes", "welcomes", "should", "plans", "may"])
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
        yield from done.problems(claim, language, clauses, aligned)
        yield from _of_bounds(claim, language, clauses.same)


def _of_strength(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """Words of strength that the paragraphs have none for."""
    held = [(one, said) for one in evidence for said in strengths_in(one.text, one.language)]
    meant = {strength for one, said in held for strength in _meanings(said, own=one.language == language)}
    suggested = {strength for one in evidence for strength in suggested_in(one.text, one.language)}
    if any(bound == "ceiling" for one in evidence for _, _, bound in bounds_in(one.text, one.language)):
        suggested |= {"may"}
    found = tuple(one.text[said.start : said.end] for one, said in held)
    own = all(one.language == language for one in evidence)
    for said in strengths_in(claim, language):
        if said.strengths[0] in _UNSAID and not (own or _says_otherwise(said.strengths[0], evidence, meant)):
            continue
        meanings = _meanings(said, own=own)
        if meant.isdisjoint(_also(meanings)) and suggested.isdisjoint({*_also(meanings[:1]), *meanings}):
            yield Problem("strength", claim[said.start : said.end], found)


def _says_otherwise(strength: Strength, evidence: Sequence[Evidence], meant: AbstractSet[Strength]) -> bool:
    """Whether paragraphs that have no word for it have one for another act, or commitment, or for what was done."""
    if strength in ("notes", "welcomes"):
        return not _MODAL.issuperset(meant)
    is_done = any(done_in(one.text, one.language) for one in evidence)
    return is_done or (strength != "will" and bool(meant))


def _meanings(said: Said, *, own: bool) -> Sequence[Strength]:
    """What a word may mean; beside words of its own language, which has others for the rest, only the usual."""
    return said.strengths[:1] if own and said.strengths[0] != "will" else said.strengths


def _of_the_first(claim: str, language: str, clauses: Sequence[Clause]) -> Iterator[Problem]:
    """The first of a claim's words for who must, will, should or may, where its clauses have another first."""
    first = next(
        (one for one in _modal(strengths_in(claim, language)) if not is_subordinate(claim, one.start, language)), None
    )
    theirs = [(clause, said) for clause in clauses if (said := _first(clause))]
    if (
        first
        and len(theirs) == len(clauses)
        and not any(_are_alike(first, said, own=clause.language == language) for clause, said in theirs)
    ):
        found = tuple(clause.text[said.start : said.end] for clause, said in theirs)
        yield Problem("strength", claim[first.start : first.end], found)


def _first(clause: Clause) -> Said | None:
    """The first such word of a clause, or of what opens its list."""
    said = list(_modal(strengths_in(clause.text, clause.language)))
    return next((word for word in said if word.start >= clause.lead), said[0] if said else None)


def _modal(said: Iterable[Said]) -> Iterator[Said]:
    return (word for word in said if _MODAL.issuperset(word.strengths))


def _are_alike(one: Said, other: Said, *, own: bool) -> bool:
    return not _also(_meanings(one, own=own)).isdisjoint(_also(_meanings(other, own=own)))


def _of_acts(claim: str, language: str, aligned: Aligned) -> Iterator[Problem]:
    """Deciding, asking and the like in a claim, where the sentence that says most of it has other acts only."""
    best = [one.in_its_list for one in aligned.spoken if one.share == 1]
    words = [word for one in best for word in strengths_in(one.text, one.language)]
    meant = {strength for word in words for strength in word.strengths}
    suggested = {strength for one in best for strength in suggested_in(one.text, one.language)}
    meant |= suggested & (_NAMED | {"demands"} if "must" in meant else _NAMED)
    for word in _acts(strengths_in(claim, language)):
        if any(_acts(words)) and meant.isdisjoint(word.strengths):
            yield Problem("strength", claim[word.start : word.end])


def _acts(said: Iterable[Said]) -> Iterator[Said]:
    return (word for word in said if _MODAL.isdisjoint(word.strengths))


def _also(strengths: Sequence[Strength]) -> frozenset[Strength]:
    return frozenset(strengths).union(*(_IMPLIED.get(strength, ()) for strength in strengths))


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
