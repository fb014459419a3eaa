"""Asks a chat model for all that one question needs of it: an answer, a judgement, a rewording, translations."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from bot.conversation import Turn
from bot.found.reading import Read
from bot.model.budget import fitted, last_that_fit, tokens
from bot.model.calls import ModelCalls
from bot.model.errors import ModelFailedError
from bot.model.fence import FENCE_TOKENS, fenced
from bot.model.plain import without_links
from bot.model.reply import LONGEST_VERDICT, fault, numbered, verdict
from bot.model.stream import Stream
from prompts import LANGUAGE_NAMES, NO, NO_ANSWER, YES, prompt

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
        self._begun = _Begun(messages, self._calls.begin(messages, self._allowance, is_second=True))

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

    def judge(self, question: str, read: Sequence[Read], *, beside: Callable[[], None] | None = None) -> bool:
        """Whether the paragraphs hold the answer to a question.

        What is called `beside`, to begin the answer, comes once the judgement is asked for: a server that takes one
        call at a time then gives that first. Raises ModelFailedError, also where the model says anything but yes or no,
        and where judging would take the last call, which is for the answer.
        """
        rules = partial(prompt, "judge", question=question, yes=YES, no=NO)
        message = HumanMessage(rules(paragraphs=self._fitted(read, beside=rules(paragraphs=""))))
        said = ""
        asked = self._calls.begin([message], self._allowance, share=_JUDGING, spared=_FOR_THE_ANSWER)
        try:
            if beside:
                beside()
        except ModelFailedError:
            asked.close()
            raise
        spared = 0 if self._begun else _FOR_THE_ANSWER
        pieces = self._calls.stream([message], self._allowance, share=_JUDGING, spared=spared, begun=asked)
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
