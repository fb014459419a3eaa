"""Whether a claim stands in the paragraphs that it cites; needs no model."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from bot.claims import agents, counted, denial, elsewhere, limits, names, offices, replaced, roles, strength, values
from bot.claims.alignment import Aligned, align
from bot.claims.clauses import Clauses, clauses_of
from bot.claims.evidence import Evidence, Problem
from bot.claims.figures import values_of
from bot.claims.implied import Cited
from bot.claims.named import names_of
from bot.claims.quotes import false_quotes
from vectorstore.ideas import Translator

# The share of a claim's words that its best sentence must say, by how many of its figures, dates and symbols the
# paragraphs hold, none, one or more: of true claims 1 to 3 % say less. Less, too, where words had to be translated.
_SAID = (0.25, 0.25, 0.0)
_SAID_ACROSS = (0.3, 0.05, 0.0)
_SAID_IN_CHINESE = (0.15, 0.05, 0.0)  # beside another language: its pairs of characters are words only in part
# Cosine of the second model from which a sentence is taken to say the same as a claim that does not cite it: less where
# the claim holds figures or dates, which the sentence must hold, too; paraphrases in other languages are seldom nearer.
_SAME = 0.6
_SAME_WITH_VALUES = 0.3
_ARABIC_MARKS = re.compile(r"[\u064b-\u0652]")
_ALMOST_QUOTED = 0.8  # of the words that are given as a report's own


def stands_in(quote: str, text: str) -> bool:
    """Whether the quote is in the text word for word, white space aside."""
    bare = _bare(quote)
    return bool(bare) and bare in _bare(text)


def holds_values(claim: str, language: str, evidence: Evidence) -> bool:
    """Whether a text holds every figure, date and symbol of a claim."""
    return not any(values.problems(claim, language, [evidence]))


def has_values(claim: str, language: str) -> bool:
    """Whether a claim holds any figure, date or symbol."""
    said = values_of(claim, language)
    return bool(said.figures or said.dates or said.symbols or said.ordinals)


def nearness_of_the_same(claim: str, language: str) -> float:
    """The cosine of the second model from which a sentence may say the same as a claim."""
    return _SAME_WITH_VALUES if has_values(claim, language) else _SAME


@dataclass(frozen=True)
class Verifier:
    """Compares claims with paragraphs, each in any of the six languages; `translator` carries words between them."""

    translator: Translator

    def problems(self, claim: str, language: str, evidence: Sequence[Evidence]) -> tuple[Problem, ...]:
        """What a claim, written in `language`, says otherwise than the paragraphs that it cites; nothing if it is true.

        Every figure, date, symbol and named body or place must be in them, with its unit and bound, in any numerals and
        any of the languages; what it quotes must stand there word for word; and it must not commit anybody to more or
        less, or say no where they say yes.
        """
        if any(stands_in(claim, one.text) for one in evidence):
            return ()
        claim, evidence = _unmarked(claim), [replace(one, text=_unmarked(one.text)) for one in evidence]
        aligned = align(claim, language, evidence, self.translator)
        if not evidence or _is_absent(claim, language, evidence, aligned.coverage):
            return (Problem("absent", claim),)
        named = names.problems(claim, language, Cited(aligned.context, evidence), self.translator.lexicon)
        return tuple(dict.fromkeys((*named, *_compared(claim, language, evidence, aligned))))

    def differences(self, text: str, language: str, other: Evidence) -> tuple[Problem, ...]:
        """What a text says otherwise than one of which it is to be a translation, whatever share of words is known."""
        text, other = _unmarked(text), replace(other, text=_unmarked(other.text))
        aligned = align(text, language, [other], self.translator)
        found = (
            *values.problems(text, language, [other]),
            *names.problems(text, language, Cited([other], [other]), self.translator.lexicon),
            *_of_wording(text, language, aligned, clauses_of(aligned)),
        )
        return tuple(dict.fromkeys(found))

    def almost_quotes(self, words: str, language: str, evidence: Sequence[Evidence]) -> bool:
        """Whether words that are given as those of the paragraphs, and are not, at least say what these say.

        In the language of a paragraph they must be nearly its own, in another one say nothing otherwise.
        """
        if any(problem.kind != "quote" for problem in self.problems(words, language, evidence)):
            return False
        same = [one for one in evidence if one.language == language]
        return not same or align(words, language, same, self.translator).coverage >= _ALMOST_QUOTED


def _enough(language: str, others: Set[str]) -> Sequence[float]:
    """The shares of a claim's words that a sentence in one of these languages must say."""
    if language in others:
        return _SAID
    return _SAID_IN_CHINESE if "zh" in {language, *others} else _SAID_ACROSS


def _is_absent(claim: str, language: str, evidence: Sequence[Evidence], coverage: float) -> bool:
    """Whether the best sentence says too few of a claim's words, given how many of its values the paragraphs hold."""
    enough = _enough(language, {one.language for one in evidence})
    if coverage >= max(enough):
        return False
    said = values_of(claim, language)
    counted = len(said.figures) + len(said.dates) + len(said.symbols)
    held = 0 if any(values.problems(claim, language, evidence)) else counted
    named = names_of(claim, language).naming.intersection(
        *(names_of(one.text, one.language).naming for one in evidence)
    )
    return coverage < enough[min(held + len(named) // 2, len(enough) - 1)]


def _compared(claim: str, language: str, evidence: Sequence[Evidence], aligned: Aligned) -> Iterator[Problem]:
    yield from values.problems(claim, language, aligned.evidence)
    yield from counted.problems(claim, language, aligned.evidence)
    yield from elsewhere.problems(claim, language, aligned.spoken)
    yield from roles.problems(claim, language, aligned.spoken)
    yield from agents.problems(claim, language, aligned.spoken)
    yield from offices.problems(claim, language, aligned.spoken)
    clauses = clauses_of(aligned)
    yield from _of_wording(claim, language, aligned, clauses)
    yield from replaced.problems(claim, language, evidence, aligned, clauses)
    for quote in false_quotes(claim, language, evidence):
        yield Problem("quote", quote)


def _of_wording(claim: str, language: str, aligned: Aligned, clauses: Clauses | None) -> Iterator[Problem]:
    yield from strength.problems(claim, language, aligned, clauses)
    yield from denial.problems(claim, language, aligned, clauses)
    if clauses:
        yield from limits.problems(claim, language, aligned)


def _unmarked(text: str) -> str:
    """A text without the marks of Arabic vowels, which few texts print."""
    return _ARABIC_MARKS.sub("", text)


def _bare(text: str) -> str:
    return "".join(text.split())
