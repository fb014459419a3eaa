"""A word of a claim in whose stead its sentences have one that excludes it: "south" for "north", "refused"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain

from bot.claims.alignment import Aligned, tokens_of
from bot.claims.clauses import Clause, Clauses, words_after, words_before
from bot.claims.evidence import Evidence, Problem
from bot.claims.named import names_of
from prompts.glossary import glossary
from vectorstore.tokens import stems
from vectorstore.wording.alternatives import alternatives_in, sort_of
from vectorstore.wording.denials import negations_in

_SAME_SENTENCE = 0.75  # of what the best one says of a claim
_USUAL = 0.5  # the weight from which on a translation is no accident: "in" for "defence"
_BESIDE = 2  # words that tell what "before" or "after" is said of

Groups = Mapping[str, Mapping[int, str]]  # the words of a text by their group, and by which of its words they are


def problems(
    claim: str, language: str, evidence: Sequence[Evidence], aligned: Aligned, clauses: Clauses | None
) -> Iterator[Problem]:
    """The words of a claim that exclude those which the sentences that it retells have in their stead."""
    held = frozenset(chain.from_iterable(names_of(one.text, one.language).naming for one in evidence))
    named = _in_names(held.intersection(names_of(claim, language).naming))
    ours = _groups([(claim, language)], named)
    if clauses is None or not ours:
        return
    near = [one.in_its_list for one in aligned.spoken if one.share >= _SAME_SENTENCE]
    theirs = _groups(((one.text, one.language) for one in near), named)
    everywhere = _groups(((f"{one.text} {one.about}", one.language) for one in evidence), named)
    for word, rivals in _of_a_kind(ours, theirs, everywhere):
        if not _is_carried(word, rivals, near, aligned):
            yield Problem("body", word, rivals)
    best = _groups(((clause.text, clause.language) for clause in clauses.best), named)
    for group, word, other in _opposites(ours, theirs, best):
        same = sort_of(group) == "opposites" or _relates_the_same(group, claim, near, aligned)
        if same and not _is_denied(claim, language, clauses) and not _is_carried(word, [other], near, aligned):
            yield Problem("negation", word, (other,))


def _of_a_kind(ours: Groups, theirs: Groups, everywhere: Groups) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words that the paragraphs have nowhere, each with others of the kind, which the sentences have."""
    for group, words in ours.items():
        rivals = theirs.get(group, {})
        if sort_of(group) == "kinds" and rivals.keys() - words.keys():
            absent = words.keys() - everywhere[group].keys()
            yield from ((words[member], tuple(rivals.values())) for member in absent)


def _is_carried(word: str, rivals: Sequence[str], near: Sequence[Evidence], aligned: Aligned) -> bool:
    """Whether sentences in other languages say a word by translations that are none of its rivals."""
    said = stems(word, aligned.language)
    for one in near:
        if one.language != aligned.language:
            theirs = {token for rival in rivals for token in tokens_of(rival, one.language)}
            held = tokens_of(one.text, one.language) - theirs
            if all(held.intersection(_usual(stem, aligned, one.language)) for stem in said):
                return True
    return False


def _usual(stem: str, aligned: Aligned, target: str) -> Iterator[str]:
    found = aligned.lexicon.translations(stem, source=aligned.language, target=target)
    return (other for other, weight in found.items() if weight >= _USUAL)


def _opposites(ours: Groups, theirs: Groups, best: Groups) -> Iterator[tuple[str, str, str]]:
    """The groups of which a claim has one of two opposites, and its sentences, or else its clause, the other."""
    for group, words in ours.items():
        others = theirs.get(group, {})
        others = others if len(others) == 1 else best.get(group, {})
        if sort_of(group) != "kinds" and len(words) == len(others) == 1 and words.keys() != others.keys():
            yield group, next(iter(words.values())), next(iter(others.values()))


def _is_denied(claim: str, language: str, clauses: Clauses) -> bool:
    """Whether a claim says no, or its clauses do, and not both: "not refused" is no opposite of "accepted"."""
    theirs = any(any(negations_in(clause.text, clause.language)) for clause in clauses.same)
    return any(negations_in(claim, language)) != theirs


def _relates_the_same(group: str, claim: str, near: Sequence[Evidence], aligned: Aligned) -> bool:
    """Whether a claim says "before" of something of which the sentences say "after"."""
    ours = [word for words in _related(group, claim, aligned.language) for word in words]
    return any(
        not aligned.carried(ours, one.language).isdisjoint(words)
        for one in near
        for words in _related(group, one.text, one.language)
    )


def _related(group: str, text: str, language: str) -> Iterator[Sequence[str]]:
    """The words that tell what each word of a group in a text is said of; in Chinese they stand before it."""
    clause = Clause(text, language, 0, 0)
    for one in alternatives_in(text, language):
        if one.group == group and language == "zh":
            yield words_before(clause, one.start)[-_BESIDE:]
        elif one.group == group:
            yield words_after(clause, one.end)[:_BESIDE]


@lru_cache(maxsize=1000)
def _in_names(things: frozenset[int]) -> frozenset[tuple[str, int]]:
    """The words that the names of things of the glossary hold in any language, each by its group and its place."""
    forms = (
        (form, language)
        for thing in things
        for language, wording in glossary()[thing].wordings.items()
        for form in wording.forms
    )
    return frozenset((one.group, one.member) for form, language in forms for one in alternatives_in(form, language))


def _groups(texts: Iterable[tuple[str, str]], named: AbstractSet[tuple[str, int]]) -> Groups:
    """The words of some texts, but for those that stand in names."""
    found: dict[str, dict[int, str]] = {}
    for text, language in texts:
        for one in alternatives_in(text, language):
            if (one.group, one.member) not in named:
                found.setdefault(one.group, {}).setdefault(one.member, text[one.start : one.end])
    return found
