"""How strongly a claim says what its paragraphs say: who must or may, decides or asks, did or plans; and denials."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.claims.alignment import Aligned, Spoken
from bot.claims.evidence import Evidence, Problem
from vectorstore.tokens import stems, tokenise
from vectorstore.wording.bounds import bounds_in
from vectorstore.wording.mentions import without
from vectorstore.wording.strengths import Said, lacks_in, negations_in, strengths_in, suggested_in

# What was done, or is. None of these words stands in a clause that only plans.
_DONE = {
    "en": r"(?:has|have|had) (?:\w+ly |already |since |not |now |also ){0,2}"
    r"(?:been|\w+ed|\w+en|held|made|led|set|become|begun|met|put|found|built|done)"
    r"|was|were|did|completed|held|took|led|made|began|became"
    r"|(?<!are )(?<!is )(?<!be )(?!contained|based|entitled|related)\w{3,}(?<!e)ed",
    "fr": r"(?:a|ont|avait|avaient) (?:\w+ment |déjà |également )?(?:été|\w+é[es]{0,2}|\w+i[est]{0,2}|\w+us?)"
    r"|(?:est|sont|était|étaient) \w+ées?",
    "es": r"(?:ha|han|había|habían) (?:\w+mente |ya )?\w+[dtsc][oh]o?|fue|fueron"
    r"|(?-i:[a-záéíóúñ])\w{2,}(?:ó|aron|ieron)",
    "ru": r"\w{2,}(?:ал|ил|ел|ял|ла|ло|ли|лся|лась|лось|лись|ано|ено|аны|ены)",
    "ar": r"بالفعل|[وف]?(?:قد|تم|تمت|جرى|كان|كانت)|^(?!ال)[وف]?(?![يتن]|س[يتن]|أن|إن|في|من|على|لا|لم|لن|ل)\w{3,}",
    "zh": r"已|了|曾",
}
_TO_COME = frozenset(["will", "plans", "should", "must", "proposes"])
_IMPLIED = {"will": ("must", "plans", "decides", "requests", "invites", "urges"), "plans": ("will",)}
_BETWEEN_CLAUSES = re.compile(
    r"[;；؛—:：]"
    r"|[,，،]\s*(?=(?:and|but|while|which|what|et|mais|tandis|y|pero|mientras|qué|и|а|но|какие|при этом|و\w|بينما)\b)"
    r"|(?<=，)(?=但|而|并|同时|其)"
)
_ONLY = re.compile(r"\bn(?:e |['’])\w+(?: \w+){0,3} qu(?:e |['’])")  # "ne propose des résultats que"
_FOLLOWING = re.compile(r"(?:\s*\w+){0,3}")
_ARABIC_MARKS = re.compile(r"[\u064b-\u0652]")
_SHORTEST = 2  # letters
_SCOPE = 60  # characters
_DENIED = 3  # words
_OPPOSITE = {"floor": "ceiling", "ceiling": "floor"}
_SAME_IMPLIED = {"will": ("must", "plans", "decides", "requests", "invites", "urges"), "plans": ("will",)}

_SAME_SENTENCE = 0.75
_SAME_CLAUSE = 0.7
_NEAR_CLAUSE = 0.3
_NEARLY_COPIED = 0.85


@dataclass(frozen=True)
class _Clause:
    """A clause that a claim speaks of, `count` of whose words it says, with so many characters that open its list."""

    text: str
    language: str
    count: int
    lead: int


def problems(claim: str, language: str, aligned: Aligned) -> Iterator[Problem]:
    """Where a claim commits more or less than the clauses that it speaks of, or says no where they say yes."""
    clauses = [clause for one in aligned.spoken if one.share >= _SAME_SENTENCE for clause in _clauses(one, aligned)]
    most = max((clause.count for clause in clauses), default=0)
    told = [clause for clause in clauses if clause.count >= _SAME_CLAUSE * most]
    if told:
        yield from _of_strength(claim, language, aligned.evidence)
        yield from _of_time(claim, language, told, aligned.tokens[told[0].language])
        yield from _of_bounds(claim, language, told)
        yield from _of_negation(claim, language, clauses, told, aligned)


def _of_strength(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    held = [
        (one.text[word.start : word.end], word) for one in evidence for word in strengths_in(one.text, one.language)
    ]
    meant = {strength for _, word in held for strength in word.strengths}
    meant |= {strength for one in evidence for strength in suggested_in(one.text, one.language)}
    for word in strengths_in(claim, language):
        if meant.isdisjoint(_also(word.strengths)):
            yield Problem("strength", claim[word.start : word.end], tuple(printed for printed, _ in held))


def _also(strengths: Sequence[str]) -> frozenset[str]:
    """What a paragraph may say where a claim says this: who shall will, and who plans to will."""
    return frozenset(strengths).union(*(_IMPLIED.get(strength, ()) for strength in strengths))


def _of_time(claim: str, language: str, told: Sequence[_Clause], said: frozenset[str]) -> Iterator[Problem]:
    """What a claim says was done and the clauses say is to come."""
    done = _done(claim, language)
    if not done or any(_TO_COME.intersection(word.strengths) for word in strengths_in(claim, language)):
        return
    to_come = [
        (clause, word)
        for clause in told
        for word in strengths_in(clause.text, clause.language)
        if word.strengths[0] in _TO_COME
    ]
    is_said = any(
        said.intersection(_next_words(clause.text[word.end :], clause.language)) or word.start < clause.lead
        for clause, word in to_come
    )
    if to_come and (is_said or not any(_done(clause.text, clause.language) for clause in told)):
        yield Problem("strength", done, tuple(clause.text[word.start : word.end] for clause, word in to_come))


def _of_bounds(claim: str, language: str, told: Sequence[_Clause]) -> Iterator[Problem]:
    held = {
        bound: clause.text[start:end]
        for clause in told
        for start, end, bound in bounds_in(clause.text, clause.language)
    }
    for start, end, bound in bounds_in(claim, language):
        if bound not in held and _OPPOSITE.get(bound) in held:
            yield Problem("strength", claim[start:end], tuple(held.values()))


def _of_negation(
    claim: str, language: str, clauses: Sequence[_Clause], told: Sequence[_Clause], aligned: Aligned
) -> Iterator[Problem]:
    said, coverage = aligned.tokens[told[0].language], aligned.coverage
    denied = _negations(claim, language)
    held = [_negations(clause.text, clause.language) for clause in told]
    if len(denied) > sum(map(_denials, _near(clauses))):
        yield Problem("negation", claim[slice(*denied[0])])
    elif len(denied) < min(map(len, held)) and told[0].language == language and coverage >= _NEARLY_COPIED:
        yield Problem("negation", claim)
    elif not denied and all(held):
        for clause, spans in zip(told, held, strict=True):
            for start, end in spans:
                if said.intersection(_next_words(clause.text[end:], clause.language)):
                    yield Problem("negation", claim, (clause.text[start:end],))
                    return


def _near(clauses: Sequence[_Clause]) -> Iterator[_Clause]:
    """The clauses whose denials may be those of the claim."""
    most = max(clause.count for clause in clauses)
    return (clause for clause in clauses if clause.count >= _NEAR_CLAUSE * most)


def _denials(clause: _Clause) -> int:
    """How often a clause says no, also by what its words mean."""
    ceilings = [bound for _, _, bound in bounds_in(clause.text, clause.language) if bound == "ceiling"]
    lacks = list(lacks_in(clause.text, clause.language))
    return len(_negations(clause.text, clause.language)) + len(lacks) + len(ceilings)


def _next_words(text: str, language: str) -> list[str]:
    """The first words of a text that tell something: what "not" before them denies."""
    shortest = 1 if language == "zh" else _SHORTEST
    return [token for token in stems(text[:_SCOPE], language) if len(token) > shortest][:_DENIED]


def _negations(text: str, language: str) -> list[tuple[int, int]]:
    rest = without(text, ((start, end) for start, end, _ in bounds_in(text, language)))
    rest = without(rest, (found.span() for found in _ONLY.finditer(rest)) if language == "fr" else ())
    return list(negations_in(rest, language))


def _clauses(spoken: Spoken, aligned: Aligned) -> Iterator[_Clause]:
    language = spoken.sentence.language
    for clause in _BETWEEN_CLAUSES.split(spoken.sentence.text):
        said = aligned.tokens[language].intersection(tokenise(clause, language))
        if clause.strip():
            yield _Clause(f"{spoken.lead} {clause}", language, len(said), len(spoken.lead))


def _done(text: str, language: str) -> str | None:
    """The first word of a text that says that something was done; not what follows "will be"."""
    text = _ARABIC_MARKS.sub("", text)
    rest = without(text, (_span(word, text) for word in strengths_in(text, language)))
    found = _any_done(language).search(rest)
    return found[0] if found else None


def _span(word: Said, text: str) -> tuple[int, int]:
    """Where a word of strength stands, with what it makes to come: "will be finalized"."""
    following = _FOLLOWING.match(text, word.end) if _TO_COME.intersection(word.strengths) else None
    return word.start, following.end() if following else word.end


@cache
def _any_done(language: str) -> re.Pattern[str]:
    begins, ends = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{begins}(?:{_DONE[language]}){ends}", re.IGNORECASE)
