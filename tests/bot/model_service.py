"""The HTTP API over a service, with a chat server behind it that behaves as told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from langchain_core.language_models import BaseChatModel

from bot.answers.writer import Writer
from bot.model.breaker import Breaker
from bot.model.calls import ModelCalls
from bot.model.chat_model import load_chat_model
from bot.model.limits import ModelLimits
from bot.service import Service
from tests.bot.model_server import Behaviour, Calls, Json, model_server, purpose_of
from tests.bot.test_model_failures import asked_of, settings


@contextmanager
def answered_by(service: Service, behave: Behaviour, **more: Any) -> Iterator[tuple[TestClient, Calls]]:
    """The API and the calls that the chat server gets, within the block; `more` are settings."""
    with served_model(behave, **more) as (model, limits, calls):
        yield asked_of(service, model, limits, Breaker()), calls


@contextmanager
def writing(behave: Behaviour, **more: Any) -> Iterator[tuple[Writer, Calls]]:
    """The writer of one question alone, within the block."""
    with served_model(behave, **more) as (model, limits, calls):
        yield Writer(ModelCalls(model, limits, Breaker())), calls


@contextmanager
def served_model(behave: Behaviour, **more: Any) -> Iterator[tuple[BaseChatModel, ModelLimits, Calls]]:
    """A client for a chat server that behaves so, within the block."""
    with pytest.MonkeyPatch.context() as patched, model_server(behave) as calls:
        patched.setenv("OPENAI_API_KEY", "sk-secret")
        chosen = settings(calls.url, **{"model_seconds": 5} | more)
        model = load_chat_model(chosen)
        assert model
        yield model, chosen.model_limits, calls


def purposes(calls: Calls) -> list[str]:
    """What the calls were for, in order."""
    return [purpose_of(body) for body in calls.bodies]


def ask(client: TestClient, question: str, **more: object) -> Json:
    """The answer to a question."""
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return dict(response.json())
