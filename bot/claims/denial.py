"""Whether a claim says no where its paragraphs say yes, or yes where they say no."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.claims.alignment import Aligned
from bot.claims.clauses import Clause, Clauses, is_parted, words_after, words_around
from bot.claims.evidence import Problem
from vectorstore.tokens import stems
from vectorstore.wording.bounds import bounds_in
from vectorstore.wording.denials import contrasts_in, lacks_in, negations_in, refusals_in
from vectorstore.wording.mentions import without
from vectorstore.wording.trends import fell_in, rose_in

_ONLY = re.compile(r"\bn(?:e |['’])\w+(?: \w+){0,3} qu(?:e |['’])")  # French: "ne propose des résultats que"
# French "ne" that denies nothing: "pour éviter que cela ne retarde".
_EXPLETIVE = re.compile(r"(?:empêch|évit|crain|craign)\w* qu\S+(?: \S+){1,8}? (n(?:e |['’]))")
_NEXT = re.compile(r"\s*")  # what stands between "not" and "object"
# Shares of a claim's words that stand in one sentence, from which on it says the same or the reverse, and from which on
# what other clauses deny does not matter.
_SAME_WORDS = 0.7
_SAME_SENTENCE = 0.75
_NEARLY_COPIED = 0.85
_HALF = 0.5
_NEAR_SENTENCE = 0.3  # of the best one: a claim may set one sentence into the time or place of another
_FEWEST = 3  # ideas of a claim that the paragraphs say: with fewer they may be about another matter

Spans = Sequence[tuple[int, int]]


def problems(claim: str, language: str, aligned: Aligned, clauses: Clauses | None) -> Iterator[Problem]:
    """Where a claim denies what the clauses that it speaks of do not, or leaves out what they deny."""
    if clauses is None:
        return
    denied = _negations(claim, language)
    said = aligned.tokens[clauses.best[0].language]
    refused = _refused(claim, language) if denied else []
    if len(refused) > sum(_denials(clause, said) for clause in _near(claim, language, aligned, clauses)):
        yield Problem("negation", claim[slice(*denied[0])])
    elif not denied and any(refusals_in(claim, language)):
        yield from _refused_alone(claim, language, aligned)
    elif not denied:
        lacks = bool(_lacks(claim, language) or [*contrasts_in(claim, language)])
        yield from _left_out(claim, clauses, said, lacks=lacks)
        if len(aligned.ideas[clauses.best[0].language]) >= _FEWEST and not lacks:
            yield from _denied_alone(claim, aligned, said)
    if _is_reversed(claim, language, aligned, clauses):
        yield Problem("negation", claim)
    if _is_turned(claim, language, aligned):
        yield Problem("number", claim)


def _refused_alone(claim: str, language: str, aligned: Aligned) -> Iterator[Problem]:
    """What a claim says was refused, or failed, where no sentence that it speaks of says no in any way."""
    near = [one.in_its_list for one in aligned.spoken if one.share >= _HALF]
    if not any(_refused(one.text, one.language) or [*contrasts_in(one.text, one.language)] for one in near):
        yield from (Problem("negation", claim[start:end]) for start, end in refusals_in(claim, language))


def _near(claim: str, language: str, aligned: Aligned, clauses: Clauses) -> Iterable[Clause]:
    """The clauses that may deny what a claim does; in another language, which parts them otherwise, whole sentences."""
    if clauses.best[0].language == language and not is_parted(claim):
        said = aligned.tokens[language]
        others = (one.in_its_list for one in aligned.spoken if _HALF <= one.share < _SAME_SENTENCE)
        whole = (Clause(one.text, one.language, 0, 0) for one in others)
        return [*clauses.near, *(one for one in whole if _denied_of(one, said))]
    every = ((one.share, Clause(one.in_its_list.text, one.sentence.language, 0, 0)) for one in aligned.spoken)
    return [
        one
        for share, one in every
        if share >= _SAME_SENTENCE or (share >= _NEAR_SENTENCE and _denied_of(one, aligned.tokens[one.language]))
    ]


def _left_out(claim: str, clauses: Clauses, said: frozenset[str], *, lacks: bool) -> Iterator[Problem]:
    """The first denial of words that the claim says, where every clause that says most of it denies something.

    Where a claim lacks something ("insufficient"), only what says no outright.
    """
    denials_in = _negations if lacks else _refused
    held = [(clause, denials_in(clause.text, clause.language)) for clause in clauses.best]
    if all(spans for _, spans in held):
        denials = (
            clause.text[start:end] for clause, spans in held for start, end in spans if _is_of(clause, start, end, said)
        )
        yield from (Problem("negation", claim, (denial,)) for denial in [*denials][:1])


def _denied_alone(claim: str, aligned: Aligned, said: frozenset[str]) -> Iterator[Problem]:
    """What the best sentence denies and none says otherwise, where the claim says it: "but they did not pay"."""
    again = Counter(stem for each in aligned.spoken for stem in _stems(each.sentence.text, each.sentence.language))
    for one in (each.sentence for each in aligned.spoken if each.share == 1):
        for start, end in _refused(one.text, one.language):
            words = words_after(Clause(one.text, one.language, 0, 0), end)[:1]
            if any(word in said and again[word] == 1 for word in words):
                yield Problem("negation", claim, (one.text[start:end],))


def _is_turned(claim: str, language: str, aligned: Aligned) -> bool:
    """Whether a claim says that something rose of which the sentences say only that it fell, or the reverse."""
    ours = rose_in(claim, language), fell_in(claim, language)
    best = [one.in_its_list for one in aligned.spoken if one.share >= _SAME_SENTENCE]
    rose = any(rose_in(one.text, one.language) for one in best)
    fell = any(fell_in(one.text, one.language) for one in best)
    return ours[0] != ours[1] and (rose, fell) == (ours[1], ours[0])


def _is_of(clause: Clause, start: int, end: int, said: frozenset[str]) -> bool:
    """Whether what a clause denies there is said by the claim, and not affirmed by the clause elsewhere."""
    rest = f"{clause.text[:start]} {clause.text[end:]}"
    words = [word for word in words_after(clause, end) if word in said]
    again = Counter(_stems(rest, clause.language)) if words else Counter[str]()
    return any(again[word] == 1 for word in words)


def _is_reversed(claim: str, language: str, aligned: Aligned, clauses: Clauses) -> bool:
    """Whether a claim says in the paragraph's own words one no more, or less, than the clause does."""
    if aligned.coverage < _SAME_WORDS or any(clause.language != language for clause in clauses.best):
        return False
    said, denied = aligned.tokens[language], _negations(claim, language)
    if is_parted(claim) and any(
        len(_negations(one.sentence.text, language)) == len(denied) for one in aligned.spoken if one.share == 1
    ):
        return False
    if aligned.coverage >= _NEARLY_COPIED:
        return all(len(_denied_of(clause, said)) != len(denied) for clause in clauses.best)
    whole = (one.sentence for one in aligned.spoken if one.share == 1)
    near = (*clauses.best, *(Clause(one.text, language, 0, 0) for one in whole))
    return all(_is_opposite(clause, claim, said) for clause in near)


def _is_opposite(clause: Clause, claim: str, said: frozenset[str]) -> bool:
    """Whether one of two texts says no an odd number of times more; not where there is more than that to them."""
    language = clause.language
    if len(_negations(clause.text, language)) > 1 or any(bounds_in(clause.text, language)):
        return False
    ours = [*_refused(claim, language), *_lacks(claim, language)]
    theirs = [*_denied_of(clause, said), *refusals_in(clause.text, language), *_lacks(clause.text, language)]
    is_denied = bool(_refused(claim, language) or _refused(clause.text, language))
    return is_denied and (len(ours) - len(theirs)) % 2 == 1


def _denied_of(clause: Clause, said: frozenset[str]) -> Spans:
    """Where a clause says no of what a claim says."""
    spans = _negations(clause.text, clause.language)
    return [(start, end) for start, end in spans if _is_of(clause, start, end, said)]


def _denials(clause: Clause, said: frozenset[str]) -> int:
    """How often a clause says no, also by what its words mean: "lack", "less than", "rather than" what is said."""
    ceilings = [bound for _, _, bound in bounds_in(clause.text, clause.language) if bound == "ceiling"]
    lacks = [span for span in _lacks(clause.text, clause.language) if said & {*words_around(clause, *span)}]
    contrasts = [span for span in contrasts_in(clause.text, clause.language) if said & {*words_after(clause, span[1])}]
    return len(_refused(clause.text, clause.language)) + len(lacks) + len(contrasts) + len(ceilings)


@lru_cache(maxsize=4000)
def _stems(text: str, language: str) -> Sequence[str]:
    return stems(text, language)


@lru_cache(maxsize=4000)
def _refused(text: str, language: str) -> Spans:
    """Where a text says no; what it says is not refused, it does not deny."""
    negations, found = _negations(text, language), list[tuple[int, int]]()
    for start, end in refusals_in(text, language):
        before = next((one for one in negations if _NEXT.fullmatch(text, one[1], start)), None)
        within = any(a < end and start < b for a, b in negations)
        negations = [one for one in negations if one != before]
        found += [] if before or within else [(start, end)]
    return sorted([*negations, *found])


@lru_cache(maxsize=4000)
def _lacks(text: str, language: str) -> Spans:
    """Where a text may come to a no, and does not say it."""
    refused = _refused(text, language)
    return [one for one in lacks_in(text, language) if not any(a < one[1] and one[0] < b for a, b in refused)]


@lru_cache(maxsize=4000)
def _negations(text: str, language: str) -> Spans:
    """Start and end of each word that says no; not those of bounds ("no more than"), nor of "only" in French."""
    rest = without(text, ((start, end) for start, end, _ in bounds_in(text, language)))
    if language == "fr":
        rest = without(rest, (found.span() for found in _ONLY.finditer(rest)))
        rest = without(rest, (found.span(1) for found in _EXPLETIVE.finditer(rest)))
    return list(negations_in(rest, language))
