"""Answers that a chat model writes from numbered paragraphs; every claim is checked before it is kept."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from bot.answer import Citation, Draft
from bot.cite import cite, markers, with_markers, with_markers_inside, without_markers
from bot.claims.evidence import Evidence, evidence_of
from bot.claims.quotes import invented_quotes, unquoted
from bot.conversation import Turn
from bot.found.reading import Read, Sentence
from bot.model.budget import fitted, last_that_fit, tokens
from bot.model.calls import ModelCalls
from bot.model.errors import ModelFailedError
from bot.model.fence import FENCE_TOKENS, fenced
from bot.model.plain import without_links
from bot.model.reply import LONGEST_VERDICT, Reply, declines, fault, numbered, verdict
from bot.model.stream import Stream
from bot.operations.metrics import CLAIMS
from bot.verify import Verifier, holds_values, nearness_of_the_same
from prompts import LANGUAGE_NAMES, NO, NO_ANSWER, YES, prompt
from vectorstore.records import Vector
from vectorstore.sentences import sentences

_NO_WORDS = re.compile(r"^\W*$")
_BEGUN_MARKER = re.compile(r"\s*\[[\d\s,;]*$")  # of the sentence before it, perhaps
# Of the seconds that are left to the model. Translating holds back an answer that is there, and people wait for it.
_REWRITING = 0.25
_JUDGING = 0.2
_TRANSLATING = 0.2
_FOR_THE_ANSWER = 1  # calls


@dataclass(frozen=True)
class _Begun:
    """What the model was asked to write, and its reply on the way."""

    messages: Sequence[BaseMessage]
    stream: Stream


class Writer:
    """Asks a chat model what one question needs of it, and no more than one question may take."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls
        self._allowance = calls.allowance()
        self._begun: _Begun | None = None

    def anew(self) -> "Writer":
        """A writer for another question."""
        return Writer(self._calls)

    def close(self) -> None:
        """Ends what was begun and not gone on with."""
        if begun := self._begun:
            self._begun = None
            begun.stream.close()

    def begin(self, question: str, language: str, read: Sequence[Read]) -> None:
        """Has the model write beside what else is asked of it, for `stream` to go on with. Raises ModelFailedError."""
        messages = self._answering(question, language, read)
        self._begun = _Begun(messages, self._calls.begin(messages, self._allowance))

    def stream(self, question: str, language: str, read: Sequence[Read]) -> Iterator[str]:
        """The model's text, piece by piece, as it comes and unchecked. Raises ModelFailedError, after pieces too."""
        messages = self._answering(question, language, read)
        reply = yield from self._calls.stream(messages, self._allowance, begun=self._taken(messages))
        if wrong := fault(reply, language):
            raise ModelFailedError(wrong)

    def _taken(self, messages: Sequence[BaseMessage]) -> Stream | None:
        """What was begun of this reply, if it was; of another it is ended."""
        begun = self._begun
        if begun is None or begun.messages != messages:
            self.close()
            return None
        self._begun = None
        return begun.stream

    def _answering(self, question: str, language: str, read: Sequence[Read]) -> Sequence[BaseMessage]:
        rules = partial(prompt, "answer", language=LANGUAGE_NAMES[language], no_answer=NO_ANSWER)
        fitting = self._fitted(read, beside=rules(paragraphs="") + question)
        return [SystemMessage(rules(paragraphs=fitting)), HumanMessage(question)]

    def rewrite(self, question: str, turns: Sequence[Turn]) -> str:
        """A follow-up as a question that stands alone. Raises ModelFailedError."""
        told = [f"Question: {turn.question}\nAnswer: {turn.answer['answer']}" for turn in turns]
        rules = partial(prompt, "rewrite", question=question)
        room = self._calls.limits.input_tokens - tokens(rules(conversation="")) - FENCE_TOKENS
        message = HumanMessage(rules(conversation=fenced("conversation", "\n".join(last_that_fit(told, room)))))
        reply = self._calls.whole([message], self._allowance, share=_REWRITING, spared=_FOR_THE_ANSWER)
        lines = reply.text.strip().splitlines()
        return lines[0] if lines else question

    def judge(self, question: str, read: Sequence[Read]) -> bool:
        """Whether the paragraphs hold the answer to a question.

        Raises ModelFailedError, also where the model says anything but yes or no, and where judging would take the
        last call, which is for the answer.
        """
        rules = partial(prompt, "judge", question=question, yes=YES, no=NO)
        message = HumanMessage(rules(paragraphs=self._fitted(read, beside=rules(paragraphs=""))))
        said = ""
        spared = 0 if self._begun else _FOR_THE_ANSWER
        pieces = self._calls.stream([message], self._allowance, share=_JUDGING, spared=spared)
        with closing(pieces):
            while len(said) <= LONGEST_VERDICT and (piece := next(pieces, "")):
                said += piece
        if (found := verdict(said)) is None:
            raise ModelFailedError("its judgement is neither yes nor no")
        return found

    def translate(self, quotes: Sequence[str], language: str) -> tuple[str | None, ...]:
        """The quotes in a language, unchecked; None for each that the model did not clearly give.

        Raises ModelFailedError, also where no call is left.
        """
        rules = partial(prompt, "translate", language=LANGUAGE_NAMES[language])
        data = "\n\n".join(
            fenced("quote", " ".join(quote.split()), marker=n) for n, quote in enumerate(quotes, start=1)
        )
        if tokens(rules(quotes=data)) > self._calls.limits.input_tokens:
            raise ModelFailedError("the quotes are too long to be translated")
        reply = self._calls.whole([HumanMessage(rules(quotes=data))], self._allowance, share=_TRANSLATING)
        if wrong := fault(reply, language):
            raise ModelFailedError(wrong)
        lines = numbered(reply.text, len(quotes))
        return tuple(without_links(lines[n]).strip() if n in lines else None for n in range(1, len(quotes) + 1))

    def _fitted(self, read: Sequence[Read], *, beside: str) -> str:
        """The paragraphs as data, cut to what the budget leaves beside other text. Raises ModelFailedError."""
        room = self._calls.limits.input_tokens - tokens(beside) - FENCE_TOKENS * len(read)
        if room <= 0:
            raise ModelFailedError("the question leaves no room for paragraphs")
        return "\n\n".join(fenced("paragraph", text, marker=n) for n, text in enumerate(fitted(read, room), start=1))


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
