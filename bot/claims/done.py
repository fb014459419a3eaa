"""Whether a claim says that something was done which its paragraphs say is to come."""

from collections.abc import Iterator, Sequence

from bot.claims.alignment import Aligned, tokens_of
from bot.claims.clauses import Clause, Clauses, words_after, words_in
from bot.claims.evidence import Problem
from vectorstore.wording.strengths import TO_COME, done_in, is_agreed_in, only_says, strengths_in, to_come_in

_VERB = 2  # words among which the verb is after "will": "will soon complete"

ToCome = Sequence[tuple[Clause, int, int]]  # where each word that says it starts and ends


def problems(claim: str, language: str, clauses: Clauses, aligned: Aligned) -> Iterator[Problem]:
    """What a claim says was done, and the clauses say is to come."""
    done = done_in(claim, language)
    if not done or is_agreed_in(claim, language) or _is_to_come(claim, language) or only_says(claim, *done, language):
        return
    target = clauses.best[0].language
    to_come = [(clause, *span) for clause in clauses.same for span in to_come_in(clause.text, clause.language)]
    verb = aligned.carried(words_in(claim[done[0] :], language)[:1], target)
    if any(verb & {*words_after(clause, end)[:_VERB]} for clause, _, end in to_come) or _is_not_done(
        clauses, to_come, aligned.tokens[target]
    ):
        yield Problem("strength", claim[slice(*done)], tuple(clause.text[start:end] for clause, start, end in to_come))


def _is_not_done(clauses: Clauses, to_come: ToCome, said: frozenset[str]) -> bool:
    """Whether the clauses say that what a claim says is to come, and not that it was done."""
    if any(_done(clause) and not any(to_come_in(clause.text, clause.language)) for clause in clauses.best):
        return False
    if all(_is_done_before(clause, start, said) for clause, start, _ in to_come):
        return False
    is_said = any(start < clause.lead or said & {*words_after(clause, end)} for clause, start, end in to_come)
    return is_said or not any(map(_done, clauses.same))


def _is_done_before(clause: Clause, start: int, said: frozenset[str]) -> bool:
    """Whether a clause says that what a claim says was done before what is to come: "adopted a plan that will"."""
    done = _done(clause)
    if done is None or not clause.lead <= done[0] < start:
        return False
    return not said.isdisjoint(tokens_of(clause.text[slice(*done)], clause.language))


def _done(clause: Clause) -> tuple[int, int] | None:
    return done_in(clause.text, clause.language)


def _is_to_come(claim: str, language: str) -> bool:
    """Whether a claim itself speaks of what is to come."""
    said = (TO_COME.union(["may"]).intersection(word.strengths) for word in strengths_in(claim, language))
    return any(said) or any(to_come_in(claim, language))
