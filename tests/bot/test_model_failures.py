"""Whatever the chat model does, a question gets its answer in time, and few calls are made."""

import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from langchain_core.outputs import ChatGenerationChunk

from bot.answering import Answering
from bot.answers.writer import Writer
from bot.model.breaker import Breaker
from bot.model.calls import ModelCalls
from bot.model.chat_model import load_chat_model
from bot.model.errors import ModelFailedError
from bot.model.limits import ModelLimits
from bot.service import Service
from bot.settings import BotSettings
from prompts import phrase
from tests.bot.model_server import (
    Behaviour,
    Calls,
    breaks_off,
    for_ever,
    in_turn,
    model_server,
    refuses,
    resets,
    says,
    sends,
    silent,
    silent_after_head,
)
from tests.bot.test_generative import ScriptedModel
from tests.conftest import api_client

Json = dict[str, Any]
QUESTION = "How much is the coordination levy?"
TRUE = "The coordination levy is 1 per cent [1]."
FAILED = phrase("model_failed", "en")
SECONDS = 0.6  # that a model may take
AMPLE = 10.0  # where what is waited for comes at once, also on a busy machine
SEARCHING = 5.0  # that all else may take on a busy machine
PAGE = "<!DOCTYPE html><html><body>The gateway is down</body></html>"
LONG = 10 * 1024 * 1024


def settings(url: str, **more: Any) -> BotSettings:
    return BotSettings(model="openai:a-model", model_base_url=url, **{"model_seconds": SECONDS} | more)


def asked_of(service: Service, model: BaseChatModel, limits: ModelLimits, breaker: Breaker) -> TestClient:
    return api_client(written_by(service, model, limits, breaker))


def written_by(service: Service, model: BaseChatModel, limits: ModelLimits, breaker: Breaker) -> Service:
    """A service whose answers a model writes."""
    answering = Answering(
        service.library,
        service.search,
        service.reader,
        service.conversations,
        writer=Writer(ModelCalls(model, limits, breaker)),
        verifier=service.verifier,
        model_name="a-model",
    )
    return dataclasses.replace(service, answering=answering)


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")


@pytest.fixture
def serving(sample_service: Service) -> Callable[..., Any]:
    """The HTTP API over the sample reports with a chat server that behaves so, within a block."""

    @contextmanager
    def served(behave: Behaviour, breaker: Breaker | None = None, **more: Any) -> Iterator[tuple[TestClient, Calls]]:
        with model_server(behave) as calls:
            chosen = settings(calls.url, **more)
            model = load_chat_model(chosen)
            assert model
            yield asked_of(sample_service, model, chosen.model_limits, breaker or Breaker()), calls

    return served


def ask(client: TestClient, question: str = QUESTION, **more: object) -> Json:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return dict(response.json())


def is_in_quotes(answer: Json) -> bool:
    """Whether it is the extractive answer, marked as such."""
    return (
        answer["mode"] == "extractive"
        and not answer["abstained"]
        and answer["answer"].startswith(FAILED)
        and all(citation["verified"] for citation in answer["citations"])
        and "1 per cent" in answer["answer"]
    )


MISBEHAVIOUR: dict[str, tuple[Behaviour, int]] = {
    "connection reset": (resets, 2),
    "silent": (silent, 1),
    "silent after the head": (silent_after_head, 1),
    "comments that drip": (for_ever(lambda reply: reply.send(": still there\n\n"), pause=0.05), 1),
    "single bytes that drip": (for_ever(lambda reply: reply.send("x"), pause=0.05), 1),
    "chunks without text that drip": (for_ever(lambda reply: reply.chunk(""), pause=0.05), 1),
    "words that drip": (for_ever(lambda reply: reply.chunk("levy "), pause=0.05), 1),
    "429": (refuses(429), 2),
    "429 with a long wait": (refuses(429, Retry_After="600"), 1),
    "429 with a wait beyond the time limit": (refuses(429, Retry_After="2"), 1),
    "500": (refuses(500), 2),
    "503 as a page": (refuses(503, PAGE), 2),
    "401": (refuses(401, '{"error": {"message": "Incorrect API key sk-secret"}}'), 1),
    "404": (refuses(404), 1),
    "a page": (refuses(200, PAGE), 1),
    "a page as a reply": (says(PAGE), 1),
    "no JSON": (sends("data: {nothing\n\n"), 1),
    "an error in the stream": (sends('data: {"error": {"message": "oh"}}\n\n'), 1),
    "half a stream": (breaks_off, 1),
    "half a stream that seems to end": (says("The coordination levy is 1 per", finish=None), 1),
    "a reply cut by the token limit": (says("The coordination levy is 1 per", finish="length"), 1),
    "no reply": (says(""), 1),
    "spaces": (says("   \n  "), 1),
    "commands to a terminal": (says("The levy\x1b]8;;http://evil.example\x07 is 1 per cent [1]."), 1),
    "nothing but unseen characters": (says("\u200b\u202e\u2066"), 1),
    "endless words": (for_ever(lambda reply: reply.chunk("levy " * 100)), 1),
    "endless chunks without text": (for_ever(lambda reply: reply.chunk("")), 1),
    "an endless line": (for_ever(lambda reply: reply.send("x" * 65536)), 1),
    "10 MB at once": (says("levy " * (LONG // 5), size=LONG), 1),
    "10 MB in pieces": (says("levy " * (LONG // 5), size=4096), 1),
    "another language": (says("La taxe de coordination s'élève à 1 pour cent de chaque contribution [1]."), 1),
    "another script": (says("协调税为百分之一，由捐助方支付，并由秘书处管理 [1]。"), 1),
}  # fmt: skip

UNTIL_THE_TIME_LIMIT = (
    "silent",
    "silent after the head",
    "429 with a wait beyond the time limit",
    "endless chunks without text",
)


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_a_model_that_misbehaves_costs_an_answer_in_quotes(
    name: str, serving: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    behave, most = MISBEHAVIOUR[name]
    limit = SECONDS if name in UNTIL_THE_TIME_LIMIT or "drip" in name else AMPLE
    with serving(behave, model_seconds=limit) as (client, calls), caplog.at_level(logging.INFO):
        started = time.monotonic()
        answer = ask(client)
        seconds = time.monotonic() - started
        assert is_in_quotes(answer)
        assert seconds < limit + SEARCHING
        assert len(calls.times) == most
        ends(lambda: calls.open == 0)
    [line] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert line.name == "bot.answers.drafting"
    assert not line.exc_info
    assert not any(secret in caplog.text for secret in ("sk-secret", QUESTION, "levy"))


def ends(happened: Callable[[], bool], seconds: float = 2) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_model_that_nobody_serves_costs_an_answer_in_quotes(serving: Callable[..., Any]) -> None:
    with serving(silent) as (client, _):
        pass  # nobody listens at the address any more
    assert is_in_quotes(ask(client))


def test_a_failure_that_passes_is_not_noticed(serving: Callable[..., Any]) -> None:
    with serving(in_turn(refuses(503), says(TRUE)), model_seconds=5) as (client, calls):
        assert ask(client)["answer"] == TRUE
    assert len(calls.times) == 2


def test_a_server_that_asks_for_patience_gets_it(serving: Callable[..., Any]) -> None:
    with serving(in_turn(refuses(429, Retry_After="1"), says(TRUE)), model_seconds=5) as (client, calls):
        assert ask(client)["mode"] == "generative"
    first, second = calls.times
    assert second - first >= 1


def test_a_stream_shows_the_pieces_and_then_the_quotes(serving: Callable[..., Any]) -> None:
    with serving(breaks_off, model_seconds=AMPLE) as (client, _):
        told = client.post("/v1/ask", json={"question": QUESTION, "stream": True}).text
    events = [block.split("\n", 1)[0] for block in told.strip().split("\n\n")]
    assert "The coordination levy is 1 per" in told
    assert FAILED in told
    assert events[-1] == "event: answer"
    assert "event: error" not in events


def test_thirty_questions_to_a_model_that_is_down_make_few_calls(serving: Callable[..., Any]) -> None:
    with serving(in_turn(refuses(429), resets, says(""), says(PAGE), refuses(500)), model_seconds=AMPLE) as (
        client,
        calls,
    ):
        for _ in range(30):
            before = len(calls.times)
            assert is_in_quotes(ask(client))
            assert len(calls.times) - before <= 3
    assert len(calls.times) <= 36


def reply_of(calls: ModelCalls) -> str:
    """What a question gets, or why it gets nothing."""
    try:
        return "".join(calls.stream([HumanMessage(QUESTION)], calls.allowance()))
    except ModelFailedError as error:
        return str(error)


@contextmanager
def calling(behave: Behaviour, breaker: Breaker) -> Iterator[tuple[ModelCalls, Calls]]:
    """Calls alone, without the search for what to ask about."""
    with model_server(behave) as calls:
        chosen = settings(calls.url)
        model = load_chat_model(chosen)
        assert model
        yield ModelCalls(model, chosen.model_limits, breaker), calls


@pytest.mark.parametrize("behave", [refuses(500), resets, says("")], ids=["500", "reset", "empty"])
def test_trials_of_a_model_that_stays_down_make_few_calls(behave: Behaviour) -> None:
    now = [0.0]
    with calling(behave, Breaker(clock=lambda: now[0])) as (model, calls):
        for _ in range(30):
            reply_of(model)
            now[0] += 60  # each question comes after the pause
    assert 30 <= len(calls.times) <= 36


def test_thirty_questions_at_a_time_to_a_model_that_is_down_make_few_calls() -> None:
    with calling(refuses(500), Breaker()) as (model, calls), ThreadPoolExecutor(30) as askers:
        assert "levy" not in "".join(askers.map(reply_of, [model] * 30))
    assert len(calls.times) <= 36


def test_a_follow_up_makes_three_calls_at_most(serving: Callable[..., Any]) -> None:
    with serving(in_turn(says(TRUE), refuses(500)), model_seconds=8) as (client, calls):
        first = ask(client)
        assert first["mode"] == "generative"
        ask(client, "And how much is it?", conversation_id=first["conversation_id"])
    assert len(calls.times) == 1 + 3


def test_a_follow_up_that_nobody_rewrites_leaves_time_for_its_answer(serving: Callable[..., Any]) -> None:
    with serving(in_turn(says(TRUE), silent, says(TRUE)), model_seconds=2) as (client, calls):
        first = ask(client)
        started = time.monotonic()
        followed = ask(client, "And how much is it?", conversation_id=first["conversation_id"])
        assert time.monotonic() - started < 2 + SEARCHING
    assert len(calls.times) == 3
    assert followed["mode"] == "generative"


def test_a_model_that_is_down_is_left_alone_and_tried_again(serving: Callable[..., Any]) -> None:
    now = [0.0]
    with serving(refuses(500), Breaker(failures=2, pause=30, clock=lambda: now[0]), model_seconds=AMPLE) as (
        client,
        calls,
    ):
        ask(client)
        assert len(calls.times) == 2
        calls.behave = says(TRUE)
        assert is_in_quotes(ask(client))
        assert len(calls.times) == 2
        now[0] = 31
        assert ask(client)["mode"] == "generative"
        assert ask(client)["mode"] == "generative"


def test_one_question_alone_tries_a_model_that_was_down() -> None:
    now = [0.0]
    breaker = Breaker(failures=1, pause=30, clock=lambda: now[0])
    breaker.failed()
    assert not breaker.admits()
    now[0] = 30
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    breaker.failed()
    assert not breaker.admits()
    now[0] = 60
    assert breaker.admits()
    breaker.succeeded()
    assert all(breaker.admits() for _ in range(3))


def test_no_thread_is_left_after_models_that_hang(serving: Callable[..., Any]) -> None:
    with serving(silent_after_head) as (client, calls):
        ask(client)
        before = {thread.name for thread in threading.enumerate()}
        calls.behave = for_ever(lambda reply: reply.send(": still there\n\n"), pause=0.02)
        ask(client)
        ends(lambda: calls.open == 0)
        ends(lambda: {thread.name for thread in threading.enumerate()} <= before)


def test_a_client_that_blocks_costs_no_more_than_the_time_limit(sample_service: Service) -> None:
    blocked = threading.Event()

    class Blocking(ScriptedModel):
        def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
            blocked.wait(20)
            yield from ()

    limits = settings("").model_limits
    client = asked_of(sample_service, Blocking(replies=[]), limits, Breaker())
    started = time.monotonic()
    assert is_in_quotes(ask(client))
    assert time.monotonic() - started < SECONDS + SEARCHING
    blocked.set()


def test_a_call_ends_when_nobody_waits_for_it_any_more() -> None:
    breaker = Breaker(failures=1)
    with calling(for_ever(lambda reply: reply.chunk("levy "), pause=0.02), breaker) as (model, calls):
        pieces = model.stream([HumanMessage(QUESTION)], model.allowance())
        assert next(pieces) == "levy "
        pieces.close()
        ends(lambda: calls.open == 0)
    assert breaker.admits()  # what was not waited for has not failed


def test_a_reply_is_bounded_in_tokens_at_the_server(serving: Callable[..., Any]) -> None:
    with serving(says(TRUE), model_reply_tokens=321, model_seconds=AMPLE) as (client, calls):
        assert ask(client)["mode"] == "generative"
    assert calls.bodies[0]["max_tokens"] == 321
