"""Asks a server every question of a bank and scores its answers."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from math import ceil
from statistics import median
from typing import Any
from urllib.parse import quote

import httpx

from bot.commands.client import Json, call
from bot.evaluation.bank import BankQuestion, bare
from bot.evaluation.judging import Judged, golden, judge
from bot.http.schemas import KeptAnswerOut

Figures = dict[str, int | float | None]


@dataclass(frozen=True)
class Scored:
    """A question of a bank with the answer that it got, how that compares, and how long it took.

    `verbatim` says for each quote whether it stands word for word in its paragraph.
    """

    asked: BankQuestion
    answer: KeptAnswerOut
    judged: Judged
    verbatim: tuple[bool, ...]
    milliseconds: float

    @property
    def language(self) -> str:
        """The language that it was asked in."""
        return self.asked.lang or self.answer.language

    @property
    def missing(self) -> list[str]:
        """The facts that the answer lacks, each in its first form."""
        facts = [*(forms[0] for forms in self.asked.must), *self.asked.must_re]
        return [fact for fact, found in zip(facts, self.judged.facts, strict=True) if not found]


def ask_all(client: httpx.Client, bank: Sequence[BankQuestion], *, show: Callable[[], None]) -> tuple[Scored, ...]:
    """Every question asked and its answer scored; `show` is called after each. The server keeps none of them.

    Raises CommandError where the server fails.
    """
    scored = []
    for question in bank:
        scored.append(_ask(client, question))
        show()
    return tuple(scored)


def score(scored: Sequence[Scored]) -> Json:
    """The figures of all questions and of each language, how long answers took, and each question's own."""
    languages = sorted({one.language for one in scored})
    times = sorted(one.milliseconds for one in scored)
    return {
        **_figures(scored),
        "by_language": {name: _figures([one for one in scored if one.language == name]) for name in languages},
        "p50_ms": round(median(times), 1),
        "p95_ms": round(times[ceil(len(times) * 0.95) - 1], 1),
        "results": list(map(_result, scored)),
    }


def _ask(client: httpx.Client, question: BankQuestion) -> Scored:
    with _conversation(client) as conversation:
        if question.after:
            conversation.ask(question.after)
        started = time.perf_counter()
        answer_id = conversation.ask(question.question)["answer_id"]
        milliseconds = (time.perf_counter() - started) * 1000
        answer = KeptAnswerOut(**call(client, "GET", f"/v1/answers/{answer_id}"))
    verbatim = (bool(bare(one.quote)) and bare(one.quote) in bare(one.text or "") for one in answer.citations)
    return Scored(question, answer, judge(golden(question), answer), tuple(verbatim), milliseconds)


@dataclass
class _Conversation:
    """Questions that go on from one another."""

    client: httpx.Client
    conversation_id: str | None = None

    def ask(self, question: str) -> Json:
        """The answer to the next of them."""
        body = {"question": question, "conversation_id": self.conversation_id}
        answer = call(self.client, "POST", "/v1/ask", body)
        self.conversation_id = answer["conversation_id"]
        return answer


@contextmanager
def _conversation(client: httpx.Client) -> Iterator[_Conversation]:
    """A conversation that is deleted after the block."""
    conversation = _Conversation(client)
    try:
        yield conversation
    finally:
        if conversation.conversation_id:
            call(client, "DELETE", f"/v1/conversations/{quote(conversation.conversation_id, safe='')}")


def _figures(scored: Sequence[Scored]) -> Figures:
    """Each a share of the questions, citations, facts or quotes that it applies to; None where there is none."""
    judged = [one.judged for one in scored]
    answerable = [one for one in judged if one.answerable]
    answered = [one for one in answerable if not one.abstained]
    return {
        "questions": len(scored),
        "answered": _share(not one.abstained for one in answerable),
        "refused": _share(one.abstained for one in judged if not one.answerable),
        "cited": _share(one.cited for one in answerable),
        "first": _share(one.first for one in answerable),
        "precision": _share(chain.from_iterable(one.gold for one in answered)),
        "facts": _share(chain.from_iterable(one.facts for one in answerable)),
        "complete": _share(one.complete for one in answerable),
        "verbatim": _share(chain.from_iterable(one.verbatim for one in scored)),
    }


def _share(flags: Iterator[bool]) -> float | None:
    counted = list(flags)
    return round(sum(counted) / len(counted), 3) if counted else None


def _result(scored: Scored) -> dict[str, Any]:
    judged, answer = scored.judged, scored.answer
    return {
        "id": scored.asked.id,
        "language": scored.language,
        "question": scored.asked.question,
        "answerable": judged.answerable,
        "abstained": judged.abstained,
        "right": judged.right,
        "cited": judged.cited,
        "first": judged.first,
        "complete": judged.complete,
        "missing": scored.missing if judged.answerable else [],
        "verbatim": all(scored.verbatim),
        "answer": answer.answer,
        "citations": [citation.label for citation in answer.citations],
        "milliseconds": round(scored.milliseconds, 1),
    }
