"""From a question to a cited answer, or to an abstention with the nearest paragraphs."""

import time
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import asdict, dataclass, replace
from typing import Protocol
from uuid import uuid4

from bot.answer import Answer, Citation, Draft, Event, Question, State, Status
from bot.answers.as_of import as_of_line, newest_report
from bot.answers.deciding import decided
from bot.answers.disagreement import Comparer
from bot.answers.drafting import Drafter
from bot.answers.generative import Checker
from bot.answers.writer import Writer
from bot.cite import cite
from bot.conversation import Remembering, Turn, kept_as
from bot.found.comparing import Comparison
from bot.found.evidence import Verdict
from bot.found.fragments import without_fragments
from bot.found.quotes import asks_for_several
from bot.found.reading import Read, Reader
from bot.found.sought import Sought
from bot.operations.metrics import count_answer
from bot.questions.asked_for import kinds_asked
from bot.questions.comparison import sides
from bot.questions.glossary import definitions, mentions, names_a_term, speak_of_what_is_asked
from bot.questions.scopes import Scope, names_date, scopes
from bot.questions.understanding import Asked, understood
from bot.verify import Verifier
from prompts import phrase
from vectorstore.candidates import Query
from vectorstore.paragraph import PUBLIC
from vectorstore.reranking import Finder
from vectorstore.search import Filters
from vectorstore.stages import stage, staged
from vectorstore.store import Generation

_PARAGRAPHS_READ = 5
_PARAGRAPHS_FOUND = 12  # with those that are only compared with what is told
_NEAREST = 3
_NO_MODEL = "extractive"


@dataclass(frozen=True)
class _Outcome:
    """What came of a question: a draft, or the reason for none with the nearest paragraphs, if any are near."""

    draft: Draft | None
    reason: str | None = None
    nearest: tuple[Citation, ...] = ()
    read: tuple[Read, ...] = ()
    search_seconds: float = 0.0
    is_off_subject: bool = False

    @property
    def state(self) -> State:
        """Which of the three this is."""
        if self.draft:
            return "answered"
        return "off_subject" if self.is_off_subject else "silent"


class Generations(Protocol):
    """Whatever has a generation to read."""

    def reading(self) -> AbstractContextManager[Generation | None]:
        """The generation, unchanged within the block; None before the first refresh."""


class Answering:
    """The one way from a question to an answer, whatever the edge.

    Without `writer` it answers in quotes.
    """

    def __init__(
        self,
        library: Generations,
        search: Finder,
        reader: Reader,
        conversations: Remembering,
        *,
        writer: Writer | None,
        verifier: Verifier,
        model_name: str | None,
    ) -> None:
        self._library = library
        self._search = search
        self._reader = reader
        self._conversations = conversations
        self._writer = writer
        self._drafter = Drafter(Checker(verifier, reader.meaning), Comparer(verifier.translator))
        self._comparison = Comparison(search, reader)
        self.model_name = model_name or _NO_MODEL

    def answer(self, question: Question) -> Answer:
        """The cited answer. Raises QuestionError."""
        *_, last = self.events(question)
        assert isinstance(last, Answer)
        return last

    def events(self, question: Question) -> Generator[Event]:
        """What happens until the answer is there, and last the answer, which is kept by then.

        Sources come before the first piece of text. Pieces are provisional: only the answer has been verified, and
        what is told to be.
        Raises QuestionError or IndexUnavailableError, before any event.
        """
        answer_id = uuid4().hex
        return staged("question", self._events(question, answer_id), answer_id=answer_id)

    def _events(self, question: Question, answer_id: str) -> Generator[Event]:
        with closing(self._writer.anew()) if self._writer else nullcontext() as writer:
            yield from self._written(question, answer_id, writer)

    def _written(self, question: Question, answer_id: str, writer: Writer | None) -> Generator[Event]:
        with stage("understand"):
            asked = understood(question, self._conversations, writer)
        started = time.perf_counter()
        with self._library.reading() as generation:
            yield Status(phrase("searching", asked.answer_language))
            outcome = yield from self._outcome(generation, asked, question.filters)
            seconds = time.perf_counter() - started
            answer = self._compose(asked, outcome, generation, answer_id=answer_id, seconds=seconds)
        with stage("keep"):
            turn = Turn(asked.question, asked.query, asdict(answer))
            self._conversations.add(answer_id, kept_as(asked.conversation_id, question.asker), turn)
        count_answer(answer, question.edge)
        yield answer

    def _outcome(
        self, generation: Generation | None, asked: Asked, filters: Filters
    ) -> Generator[Event, None, _Outcome]:
        records = generation.open_to(filters.audiences) if generation else {}
        if generation is None or not records:
            return _Outcome(None, phrase("nothing_ingested", asked.answer_language))
        started = time.perf_counter()
        query = self._search.prepare(asked.query, asked.language)
        filters = asked.scoped(filters, records.keys())
        several = asks_for_several(asked.query, asked.language)
        compared = sides(asked.query, asked.language, records)
        from_these = not (several or compared)
        sought = self._sought(generation, query, scopes(asked.query, filters, records), asked, from_these=from_these)
        if sought is None:
            return _Outcome(None, phrase("nothing_matches", asked.answer_language))
        if told := self._comparison.told(generation, compared, filters, is_answered=sought.is_answer):
            sought = sought.compared(told)
        elif several:
            sought = sought.listed()
        seconds = time.perf_counter() - started
        is_told = sought.is_answer and speak_of_what_is_asked((one.found for one in sought.read), asked.question)
        drafting = self._drafter.draft(asked.query, asked.answer_language, sought, records, asked.writer)
        draft = (yield from drafting) if is_told else "silent"
        if isinstance(draft, Draft):
            return _Outcome(draft, read=sought.found, search_seconds=seconds)
        if sought.verdict == "off_subject" and not names_a_term(asked.query, asked.language):
            reason = phrase("off_subject", asked.answer_language)
            return _Outcome(None, reason, search_seconds=seconds, is_off_subject=True)
        nearest = tuple(cite(one.found, one.best.text.strip()) for one in sought.read[:_NEAREST])
        why, values = ("unverified", {}) if draft == "unverified" else (sought.scope.silent, sought.scope.values)
        reason = phrase(why, asked.answer_language, **values)
        return _Outcome(None, reason, nearest, sought.read[:_NEAREST], seconds)

    def _sought(
        self, generation: Generation, query: Query, wanted: Sequence[Scope], asked: Asked, *, from_these: bool
    ) -> Sought | None:
        """The paragraphs of the first scope that holds an answer, or else of the first to tell the asker of."""
        nearest = None
        for scope in wanted:
            worded = replace(query, text=scope.words(query.text, query.language))
            found = self._search.find(generation, worded, filters=scope.filters, limit=_PARAGRAPHS_FOUND)
            if not found:
                continue
            read = self._reader.read(generation, worded, without_fragments(found))
            best = read[:_PARAGRAPHS_READ]
            kinds = kinds_asked(query.text, query.language)
            sought = Sought(scope, best, read, _verdict(query, scope, best, asked, from_these=from_these), kinds=kinds)
            if sought.is_answer:
                return sought
            nearest = nearest or (None if scope.naming else sought)
        return nearest

    def _compose(
        self, asked: Asked, outcome: _Outcome, generation: Generation | None, *, answer_id: str, seconds: float
    ) -> Answer:
        draft = outcome.draft
        text, citations = (draft.text, draft.citations) if draft else (outcome.reason or "", ())
        return Answer(
            answer_id=answer_id,
            conversation_id=asked.conversation_id,
            question=asked.question,
            language=asked.answer_language,
            answer=text,
            state=outcome.state,
            abstained=draft is None,
            reason=outcome.reason,
            mode=draft.mode if draft else ("generative" if self._writer else "extractive"),
            citations=citations,
            nearest=outcome.nearest,
            as_of=generation.made_at if generation else None,
            index_version=generation.generation_id if generation else "",
            model=self.model_name,
            timings_ms={
                "search": round(outcome.search_seconds * 1000, 1),
                "answer": round((seconds - outcome.search_seconds) * 1000, 1),
            },
            newest_report=(newest := newest_report(outcome.read, citations)),
            as_of_line=as_of_line(generation.made_at if generation else None, newest, asked.answer_language),
            differences=draft.differences if draft else (),
            audiences=tuple(sorted(asked.audiences | _audiences(outcome.read))),
            definitions=definitions(asked.question, asked.answer_language),
            mentions=mentions(text, citations or outcome.nearest, asked.answer_language),
        )


def _audiences(read: Sequence[Read]) -> frozenset[str]:
    return frozenset(one.found.record.audience for one in read) - {PUBLIC}


def _verdict(query: Query, scope: Scope, read: Sequence[Read], asked: Asked, *, from_these: bool) -> Verdict:
    """What to do with what was found in a scope."""
    best = read[0].found.paragraph.text
    if scope.only_near or (scope.naming and not names_date(best, scope.naming)):
        return "silent"
    return decided(query, read, asked, from_these=from_these)
