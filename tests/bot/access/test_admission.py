"""So many questions at work, so many in line, and a refusal at once for all others."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.access.keys import Keys
from bot.answer import Answer, Event, Question, Status
from bot.http.admission import Admission
from bot.service import Service
from tests.bot.access.callers import guarded
from tests.bot.processes import until
from tests.bot.web_stand_in import served

QUESTION = {"question": "How much is the coordination levy?"}


@dataclass
class Gateable:
    """Answers as it was told to, once it may; `begun` are those at work, `ended_in` the threads where they ended."""

    told: Answer
    begun: list[Question] = field(default_factory=list)
    may: threading.Event = field(default_factory=threading.Event)
    ended_in: list[str] = field(default_factory=list)
    model_name: str = "stand-in"

    def answer(self, question: Question) -> Answer:
        *_, last = self.events(question)
        assert isinstance(last, Answer)
        return last

    def events(self, question: Question) -> Iterator[Event]:
        try:
            yield Status("searching")
            self.begun.append(question)
            assert self.may.wait(60)
            yield self.told
        finally:
            self.ended_in.append(threading.current_thread().name)


@dataclass
class Server:
    """A server whose questions stay at work until they may end, and those who ask it."""

    address: str
    work: Gateable
    admission: Admission
    keys: Keys
    pool: ThreadPoolExecutor

    def ask(self, key: str | None = None, path: str = "/v1/ask", body: dict[str, Any] | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.post(self.address + path, json=body or QUESTION, headers=headers, timeout=60, trust_env=False)

    def asked(self, key: str | None = None) -> "Future[httpx.Response]":
        """A question that is being asked."""
        return self.pool.submit(self.ask, key)

    def get(self, path: str) -> int:
        return httpx.get(self.address + path, timeout=60, trust_env=False).status_code

    @contextmanager
    def streamed(self) -> Iterator[Iterator[str]]:
        """The lines of a streamed answer, as they come."""
        body = QUESTION | {"stream": True}
        with httpx.stream("POST", f"{self.address}/v1/ask", json=body, timeout=60, trust_env=False) as response:
            assert response.status_code == 200
            yield response.iter_lines()


Start = Callable[..., Server]


@pytest.fixture
def start(sample_service: Service, tmp_path: Path) -> Iterator[Start]:
    """Starts a server with settings of the test's own."""
    told = sample_service.answering.answer(Question(QUESTION["question"]))
    with ExitStack() as opened:

        def started(**settings: Any) -> Server:
            work = Gateable(told)
            service = Service(**{**vars(sample_service), "answering": work})
            app, keys = guarded(service, tmp_path, **settings)
            address = opened.enter_context(served(app))
            pool = opened.enter_context(ThreadPoolExecutor(80))
            opened.callback(work.may.set)
            return Server(address, work, app.state.gate.admission, keys, pool)

        yield started


def test_beyond_the_line_questions_are_refused_while_all_are_busy(start: Start) -> None:
    server = start(questions_at_once=2, questions_waiting=1, questions_wait_seconds=60)
    asked = [server.asked() for _ in range(3)]
    until(lambda: (server.admission.working, server.admission.waiting) == (2, 1))
    checked = {"claims": [{"text": "The levy is 1 per cent."}]}
    for path, body in (("/v1/ask", QUESTION), ("/v1/search", {"query": "levy"}), ("/v1/verify", checked)):
        refused = server.ask(path=path, body=body)
        assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
        assert int(refused.headers["retry-after"]) > 0
    chat = {"model": "reformbot", "messages": [{"role": "user", "content": "What is the levy?"}]}
    refused = server.ask(path="/v1/chat/completions", body=chat)
    assert (refused.status_code, refused.json()["error"]["type"]) == (503, "server_error")
    assert not any(future.done() for future in asked)
    assert len(server.work.begun) <= 2
    server.work.may.set()
    assert [future.result().status_code for future in asked] == [200] * 3
    assert server.admission.refused == {"busy": 4}
    assert server.ask().status_code == 200


def test_a_connection_is_good_for_more_after_a_refusal(start: Start) -> None:
    server = start(questions_at_once=1, questions_waiting=0, api_keys=("of-the-settings",))
    first = server.asked("of-the-settings")
    until(lambda: server.admission.working == 1)
    files = {"files": ("large.md", b"1. Words. " * 200_000)}
    key = {"Authorization": "Bearer of-the-settings"}
    with httpx.Client(base_url=server.address, timeout=60, trust_env=False) as client:
        assert client.post("/v1/ask", json=QUESTION, headers=key).status_code == 503
        assert client.post("/v1/documents", files=files).status_code == 401
        assert client.get("/v1/status", headers=key).status_code == 200
    server.work.may.set()
    assert first.result().status_code == 200


def test_a_question_waits_no_longer_than_the_setting(start: Start) -> None:
    server = start(questions_at_once=1, questions_waiting=5, questions_wait_seconds=0.05)
    first = server.asked()
    until(lambda: server.admission.working == 1)
    assert server.ask().status_code == 503
    assert server.admission.waiting == 0
    server.work.may.set()
    assert first.result().status_code == 200


def test_health_pages_and_reading_answer_at_once_under_full_load(start: Start) -> None:
    server = start(questions_at_once=60, questions_waiting=10, questions_wait_seconds=60)
    asked = [server.asked() for _ in range(70)]
    until(lambda: len(server.work.begun) == 60 and server.admission.waiting == 10)
    for path in ("/healthz", "/readyz", "/", "/static/style.css", "/v1/status", "/v1/documents", "/v1/glossary"):
        assert server.get(path) == 200
    assert not any(future.done() for future in asked)
    server.work.may.set()
    assert {future.result().status_code for future in asked} == {200}


def test_a_stream_has_its_place_until_its_last_byte(start: Start) -> None:
    server = start(questions_at_once=1, questions_waiting=0)
    with server.streamed() as lines:
        assert next(lines) == "event: status"
        assert server.ask().status_code == 503
        server.work.may.set()
        assert "event: answer" in list(lines)
    until(lambda: server.admission.working == 0)
    assert server.ask().status_code == 200


def test_a_stream_whose_reader_has_left_frees_its_place(start: Start) -> None:
    server = start(questions_at_once=1, questions_waiting=0)
    with server.streamed() as lines:
        assert next(lines) == "event: status"
        assert server.admission.working == 1
    server.work.may.set()  # a thread at work is not torn from it: the place is free once it comes to its next event
    until(lambda: server.admission.working == 0 and bool(server.work.ended_in))
    assert all("worker" in name for name in server.work.ended_in)  # none on the event loop
    assert server.ask().status_code == 200


def test_who_leaves_the_line_frees_its_place_there(start: Start) -> None:
    server = start(questions_at_once=1, questions_waiting=1, questions_wait_seconds=60)
    first = server.asked()
    until(lambda: server.admission.working == 1)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{server.address}/v1/ask", json=QUESTION, timeout=0.5, trust_env=False)
    until(lambda: server.admission.waiting == 0)
    second = server.asked()
    until(lambda: server.admission.waiting == 1)
    server.work.may.set()
    assert (first.result().status_code, second.result().status_code) == (200, 200)
    assert len(server.work.begun) == 2


def test_a_question_that_cannot_be_asked_frees_its_place(start: Start) -> None:
    server = start(questions_at_once=1, questions_waiting=0)
    server.work.may.set()
    for body in ({"question": 5}, {"query": "levy"}):
        assert server.ask(body=body).status_code == 422
    assert (server.ask().status_code, server.admission.working) == (200, 0)


def test_a_key_asks_so_often_a_minute(start: Start) -> None:
    server = start(caller_per_minute=2)
    server.work.may.set()
    usual, other = (server.keys.add(name, scopes=["ask"])[1] for name in ("usual", "other"))
    _, seldom = server.keys.add("seldom", scopes=["ask"], per_minute=1)
    assert [server.ask(usual).status_code for _ in range(3)] == [200, 200, 429]
    assert [server.ask(seldom).status_code for _ in range(2)] == [200, 429]
    assert server.ask(other).status_code == 200
    refused = server.ask(usual)
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert "2 questions a minute" in refused.json()["detail"]
    assert server.admission.refused["too_often"] == 3


def test_a_key_asks_so_much_at_a_time(start: Start) -> None:
    server = start(questions_at_once=1, questions_waiting=9, questions_wait_seconds=60, caller_at_once=2)
    usual, other = (server.keys.add(name, scopes=["ask"])[1] for name in ("usual", "other"))
    asked = [server.asked(usual), server.asked(usual)]
    until(lambda: (server.admission.working, server.admission.waiting) == (1, 1))
    refused = server.ask(usual)
    assert (refused.status_code, int(refused.headers["retry-after"]) > 0) == (429, True)
    asked.append(server.asked(other))
    until(lambda: server.admission.waiting == 2)
    server.work.may.set()
    assert [future.result().status_code for future in asked] == [200] * 3
    assert server.ask(usual).status_code == 200
    assert server.admission.refused == {"too_many": 1}


def test_keys_of_the_settings_have_no_limits_of_their_own(start: Start) -> None:
    server = start(caller_per_minute=1, caller_at_once=1, api_keys=("of-the-settings",))
    server.work.may.set()
    assert [server.ask("of-the-settings").status_code for _ in range(3)] == [200] * 3
