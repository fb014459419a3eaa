"""What is kept of an answer that a chat model wrote from numbered paragraphs: the claims that stand in these."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from bot.answer import Citation, Draft
from bot.cite import cite, markers, with_markers, with_markers_inside, without_markers
from bot.claims.evidence import Evidence, evidence_of
from bot.claims.quotes import invented_quotes, unquoted
from bot.found.reading import Read, Sentence
from bot.model.plain import without_links
from bot.model.reply import Reply, declines, fault
from bot.operations.metrics import CLAIMS
from bot.verify import Verifier, holds_values, nearness_of_the_same
from vectorstore.records import Vector
from vectorstore.sentences import sentences

_NO_WORDS = re.compile(r"^\W*$")
_BEGUN_MARKER = re.compile(r"\s*\[[\d\s,;]*$")  # of the sentence before it, perhaps


def sources(read: Sequence[Read]) -> tuple[Citation, ...]:
    """The paragraphs that the model is given, as citations with the sentence that answers best."""
    return tuple(cite(one.found, one.best.text.strip(), marker=number) for number, one in enumerate(read, start=1))


@dataclass(frozen=True)
class Checker:
    """Keeps of a model's text what is true; `meaning` embeds a claim as the sentences of paragraphs were."""

    verifier: Verifier
    meaning: Callable[[str], Vector]

    def checking(self, language: str, read: Sequence[Read]) -> "Checking":
        """The check of one text, which the model writes from these paragraphs."""
        return Checking(self, language, read)

    def checked(self, sentence: str, language: str, read: Sequence[Read]) -> "_Claim | None":
        """A claim with the markers that are true of it, or None where no paragraph supports it.

        One that cites no paragraph, or none that supports it, is given to the paragraph that says the same, if there
        is one.
        """
        bare = without_markers(sentence).strip()
        if _NO_WORDS.match(bare):
            return None
        cited = (number for number in markers(sentence) if 1 <= number <= len(read))
        true = tuple(number for number in cited if self._supports(bare, language, read[number - 1]))
        claim = _Claim(bare, language, true, self.meaning(bare))
        true = true or self._same(claim, read)
        if not true:
            return None
        shown = self._shown(bare, language, [_evidence(read[number - 1]) for number in true])
        return replace(claim, text=with_markers(shown, true), markers=true) if shown else None

    def _supports(self, claim: str, language: str, read: Read) -> bool:
        problems = self.verifier.problems(claim, language, [_evidence(read)])
        return all(problem.kind == "quote" for problem in problems)

    def _shown(self, claim: str, language: str, evidence: Sequence[Evidence]) -> str | None:
        """A claim without the marks around words that stand in none of its paragraphs; None where these do not say so.

        Such words are verified by themselves: within a true sentence a model may be made to quote anything.
        """
        for quote in list(invented_quotes(claim, language, evidence)):
            if not self.verifier.almost_quotes(quote, language, evidence):
                return None
            claim = unquoted(claim, quote)
        return claim

    def _same(self, claim: "_Claim", read: Sequence[Read]) -> tuple[int, ...]:
        """The marker of the paragraph with a sentence that says the same as a claim and supports it, if any."""
        enough = nearness_of_the_same(claim.text, claim.language)
        near = ((float(claim.nearest_sentence(one).meaning @ claim.meaning), n) for n, one in enumerate(read, start=1))
        for nearness, number in sorted(near, reverse=True):
            if nearness >= enough and self._supports(claim.text, claim.language, read[number - 1]):
                return (number,)
        return ()


class Checking:
    """What is true of one text, also while it is being written; each of its sentences is checked once."""

    def __init__(self, checker: Checker, language: str, read: Sequence[Read]) -> None:
        self._language = language
        self._read = read
        self._checked = cache(partial(checker.checked, language=language, read=read))

    def so_far(self, text: str) -> str:
        """What is left, as `draft` leaves it, of the sentences that have ended in the beginning of a text."""
        if declines(text) or fault(Reply(text, finish="stop"), self._language):
            return ""
        return " ".join(claim.text for claim in self._true(self._said(_BEGUN_MARKER.sub("", text))[:-1]))

    def draft(self, text: str) -> Draft | None:
        """The text with only the claims that stand in their paragraphs; None where nothing is left.

        Where the model says that the paragraphs do not hold the answer nothing is left, however much else speaks for
        one: most questions that cannot be answered ask for a detail that the right paragraph lacks, which the model
        sees and search does not. Should a document have made it say so, the asker still sees that paragraph as the
        nearest.
        """
        if declines(text):
            return None
        said = self._said(text)
        claims = self._true(said)
        worded = sum(not _NO_WORDS.match(without_markers(one)) for one in said)
        CLAIMS.labels("answer", "supported").inc(len(claims))
        CLAIMS.labels("answer", "unsupported").inc(worded - len(claims))
        quotes: dict[int, str] = {}
        for claim in claims:
            for number in claim.markers:
                quotes.setdefault(number, claim.nearest_sentence(self._read[number - 1]).text.strip())
        citations = tuple(cite(self._read[n - 1].found, quote, marker=n) for n, quote in quotes.items())
        return Draft(" ".join(claim.text for claim in claims), citations, "generative") if claims else None

    def _said(self, text: str) -> Sequence[str]:
        """The sentences of a text."""
        return sentences(with_markers_inside(without_links(text)), self._language)

    def _true(self, said: Sequence[str]) -> list["_Claim"]:
        """The claims among sentences that are true."""
        return [claim for one in said if (claim := self._checked(one))]


@dataclass(frozen=True)
class _Claim:
    """A sentence of an answer with the markers of the paragraphs that support it."""

    text: str
    language: str
    markers: tuple[int, ...]
    meaning: Vector

    def nearest_sentence(self, read: Read) -> Sentence:
        """The sentence to quote for the claim: the nearest in meaning, of those that hold its values if any does."""
        bare = without_markers(self.text)
        language = read.found.record.language
        holding = [one for one in read.sentences if holds_values(bare, self.language, Evidence(one.text, language))]
        return max(holding or read.sentences, key=lambda sentence: float(sentence.meaning @ self.meaning))


def _evidence(read: Read) -> Evidence:
    return evidence_of(read.found.record, read.found.paragraph)
