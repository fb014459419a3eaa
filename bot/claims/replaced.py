"""A word of a claim in whose stead its sentences have one that excludes it: "south" for "north", "refused"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.claims.alignment import Aligned
from bot.claims.clauses import Clause, Clauses, words_after, words_before
from bot.claims.evidence import Evidence, Problem
from vectorstore.wording.alternatives import alternatives_in, sort_of
from vectorstore.wording.denials import negations_in

_SAME_SENTENCE = 0.75  # of what the best one says of a claim
_BESIDE = 2  # words that tell what "before" or "after" is said of

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
        if sort_of(group) == "kinds":
            rivals = theirs.keys() - words.keys()
            for member in words.keys() - everywhere.get(group, {}).keys() if rivals else ():
                yield Problem("body", words[member], tuple(theirs.values()))
        elif not is_denied:
            theirs = theirs if len(theirs) == 1 else best.get(group, {})
            if len(words) == len(theirs) == 1 and words.keys() != theirs.keys():
                if sort_of(group) == "opposites" or _relates_the_same(group, claim, near, aligned):
                    yield Problem("negation", *words.values(), tuple(theirs.values()))


def _relates_the_same(group: str, claim: str, near: Sequence[Evidence], aligned: Aligned) -> bool:
    """Whether a claim says of the same that something is before it of which the sentences say after."""
    ours = frozenset(word for words in _related(group, claim, aligned.language) for word in words)
    return any(
        aligned.carried(sorted(ours), one.language) & {*words}
        for one in near
        for words in _related(group, one.text, one.language)
    )


def _related(group: str, text: str, language: str) -> Iterator[Sequence[str]]:
    """The words that tell what each word of a group in a text is said of; in Chinese it stands before."""
    clause = Clause(text, language, 0, 0)
    for one in alternatives_in(text, language):
        if one.group == group:
            yield words_before(clause, one.start)[-_BESIDE:] if language == "zh" else words_after(clause, one.end)[:_BESIDE]


def _groups(texts: Iterable[tuple[str, str]]) -> Groups:
    found: dict[str, dict[int, str]] = {}
    for text, language in texts:
        for one in alternatives_in(text, language):
            found.setdefault(one.group, {}).setdefault(one.member, text[one.start : one.end])
    return found
