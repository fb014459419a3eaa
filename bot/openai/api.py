"""Asking in OpenAI's form, so that any client of OpenAI's is one of ours; it only translates."""

import time
from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Path, Request

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.answer import Answer, Question
from bot.api import STREAMED
from bot.http.languages import language_for
from bot.http.problems import Refused
from bot.http.schemas import Problem
from bot.http.streaming import event_stream
from bot.openai.replaying import replayed
from bot.openai.schemas import (
    MODEL,
    ChatCompletion,
    ChatRequest,
    Choice,
    ModelOut,
    ModelsOut,
    Said,
    cited,
    usage,
)
from bot.openai.stream import Chunks
from bot.openai.text import whole
from bot.operations.metrics import first_words_timed
from bot.service import Service

_NO_MODEL: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}


def openai_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoints in OpenAI's form."""
    router = APIRouter(prefix="/v1", tags=["openai"])
    reading = [Depends(gate.ask)]
    base_url = service.bot_settings.public_url

    @router.post("/chat/completions", response_model=ChatCompletion, responses=_NO_MODEL | STREAMED)
    def complete(body: ChatRequest, request: Request, asker: Annotated[Principal, Depends(gate.question)]) -> Any:
        """Answers the last message of the user, understood from the messages before it.

        The citations are in `citations` and, numbered, at the end of the text. With `"stream": true` chunks come as
        OpenAI's do; what they tell has been verified, and the citations are in the last.
        """
        _check(body.model)
        *before, (asked, _) = body.said()
        filters = body.filters.filters(asker.audiences)
        question = Question(
            asked, language=body.language, filters=filters, asker=asker.asker, edge="openai", before=replayed(before)
        )
        prompt = [*chain.from_iterable(before), asked]
        if not body.stream:
            return _completion(service.answering.answer(question), prompt, base_url)
        events = first_words_timed(service.answering.events(question))
        first = next(events)  # a question that cannot be asked is refused before the stream begins
        with_usage = body.stream_options and body.stream_options.include_usage
        chunks = Chunks(base_url, language_for(request.scope), prompt if with_usage else None).of(
            chain([first], events)
        )
        return event_stream(chunks)

    @router.get("/models", response_model=ModelsOut, dependencies=reading)
    def models() -> Any:
        """The models, of which there is one."""
        return ModelsOut(data=[ModelOut()])

    @router.get("/models/{model}", response_model=ModelOut, dependencies=reading, responses=_NO_MODEL)
    def model(model: Annotated[str, Path(examples=[MODEL])]) -> Any:
        """The one model there is, by its name."""
        _check(model)
        return ModelOut()

    return router


def _check(model: str) -> None:
    if model != MODEL:
        raise Refused(404, "no_model", model=MODEL)


def _completion(answer: Answer, prompt: Sequence[str], base_url: str) -> ChatCompletion:
    text = whole(answer, base_url=base_url)
    return ChatCompletion(
        **vars(cited(answer)),
        id=f"chatcmpl-{uuid4().hex}",
        created=int(time.time()),
        choices=[Choice(message=Said(content=text))],
        usage=usage(prompt, text),
    )
