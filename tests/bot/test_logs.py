"""The log, whatever goes wrong with what was asked: where it went wrong is told, and never what was asked."""

import asyncio
import io
import json
import logging
import sqlite3
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.operations.logs import Form, log_to
from bot.service import Service
from tests.bot.searching import searched_by
from tests.bot.slack.people import answer_to, serving
from tests.conftest import api_client
from vectorstore.candidates import Query
from vectorstore.search import Filters, Found
from vectorstore.store import Generation

CANARY = "Zyzzyva"
QUESTION = f"How much is the coordination levy of {CANARY}?"


@contextmanager
def logged(form: Form) -> Iterator[io.StringIO]:
    """What the process logs within the block, set up as it is for a process."""
    root, told, hooks = logging.getLogger(), io.StringIO(), (threading.excepthook, sys.excepthook)
    handlers, level = root.handlers, root.level
    root.handlers = []
    try:
        log_to(logging.StreamHandler(told), form)
        yield told
    finally:
        root.handlers, (threading.excepthook, sys.excepthook) = handlers, hooks
        root.setLevel(level)
        logging.captureWarnings(False)


class FailingSearch:
    """Fails with an error made of what is asked."""

    def __init__(self, error: Callable[[str], Exception]) -> None:
        self._error = error

    def prepare(self, text: str, language: str) -> Query:
        raise self._error(text)

    def find(self, generation: Generation, query: Query, *, filters: Filters, limit: int) -> tuple[Found, ...]:
        raise self._error(query.text)


def led_to(text: str) -> Exception:
    try:
        try:
            raise ValueError(text)
        except ValueError as error:
            raise KeyError(text) from error
    except KeyError as error:
        return error


ERRORS: dict[str, Callable[[str], Exception]] = {
    "ValueError": ValueError,
    "KeyError": led_to,
    "sqlite3.OperationalError": lambda text: sqlite3.OperationalError(f'fts5: syntax error near "{text}"'),
    "ExceptionGroup": lambda text: ExceptionGroup(text, [ValueError(text), led_to(text)]),
    "UnicodeEncodeError": lambda text: UnicodeEncodeError("utf-8", text, 0, 1, text),
    "FileNotFoundError": lambda text: FileNotFoundError(2, "No such file", text),
}


def failing(service: Service, error: Callable[[str], Exception]) -> Service:
    """The service with a search that fails."""
    return searched_by(service, FailingSearch(error))


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", ERRORS)
def test_where_a_question_went_wrong_is_told_and_not_what_was_asked(
    sample_service: Service, name: str, form: Form
) -> None:
    with logged(form) as told, api_client(failing(sample_service, ERRORS[name])) as client:
        whole = client.post("/v1/ask", json={"question": QUESTION}, headers={"X-Request-Id": "mine"})
        streamed = client.post("/v1/ask", json={"question": QUESTION, "stream": True})
        found = client.post("/v1/search", json={"query": QUESTION})
    log = told.getvalue()
    assert (whole.status_code, found.status_code) == (500, 500)
    assert "event: error" in streamed.text
    assert CANARY not in log
    assert log.count(name) >= 3
    assert "in prepare" in log, "where it happened"
    assert log.count("mine") == 1, "once for each request"
    if form == "json":
        lines = [json.loads(line) for line in log.splitlines()]
        assert [line["message"] for line in lines] == [
            "A request failed",
            "A streamed answer failed",
            "A request failed",
        ]
        assert [line["request_id"] for line in lines] == [
            response.headers["x-request-id"] for response in (whole, streamed, found)
        ]


def test_what_was_asked_in_slack_is_not_told(sample_service: Service) -> None:
    async def asked(service: Service) -> str:
        async with serving(service) as slack:
            return str(await answer_to(slack, QUESTION))

    with logged("json") as told:
        answered = asyncio.run(asked(sample_service))
        excused = asyncio.run(asked(failing(sample_service, ValueError)))
    log = told.getvalue()
    assert ("para." in answered, "para." in excused) == (True, False)
    assert "No answer in slack:" in log
    assert "builtins.ValueError" in log
    assert CANARY not in log


def test_what_libraries_and_threads_tell_holds_nothing_of_what_they_worked_on() -> None:
    def fail() -> None:
        raise ValueError(CANARY)

    async def leave_a_task() -> None:
        async def failing() -> None:
            fail()

        task = asyncio.ensure_future(failing())
        await asyncio.sleep(0)
        del task

    with logged("text") as told:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        asyncio.run(leave_a_task())
        logging.getLogger("httpx").info("GET https://host/?q=%s", CANARY)
        warnings.warn("This is old", DeprecationWarning, stacklevel=1)
    log = told.getvalue()
    assert "A thread ended" in log
    assert "Task exception was never retrieved" in log
    assert CANARY not in log
