"""Asking over HTTP: answers, whole or as they come, search, and answers kept; it only translates."""

import json
import logging
import time
from collections.abc import Generator, Iterator
from dataclasses import asdict, replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.sse import format_sse_event
from starlette.responses import PlainTextResponse

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.answer import Answer, Citation, Edge, Event, Status, Token, Verified
from bot.cite import cite
from bot.http.languages import language_for
from bot.http.problems import Refused, told
from bot.http.request_schemas import AskRequest, SearchRequest
from bot.http.schemas import AnswerOut, CitationOut, KeptAnswerOut, Problem, ResultOut, SearchOut
from bot.http.streaming import event_stream
from bot.operations.folder import USER_AGENT
from bot.operations.metrics import first_words_timed
from bot.questions.glossary import asked_language
from bot.questions.understanding import checked_text
from bot.service import Service
from bot.texts.clipping import as_markdown, with_footnotes
from vectorstore.search import Found

_log = logging.getLogger(__name__)
# What comes in pieces where it is wanted so: each endpoint says of what form these are.
_EVENT = {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
STREAMED: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": _EVENT}}}}


def asking_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoints that answer."""
    router = APIRouter(prefix="/v1", tags=["ask"])

    @router.post("/ask", response_model=AnswerOut, responses=STREAMED)
    def ask(body: AskRequest, request: Request, asker: Annotated[Principal, Depends(gate.question)]) -> Any:
        """Answers a question, cited to the numbered paragraph, or says that the reports do not.

        With `"stream": true` or `Accept: text/event-stream`: server-sent events `status`, `citation`, `token`,
        `verified` and last `answer` with the whole object. Tokens are pieces of text and provisional; `verified` has
        all of the text that has been verified so far.
        """
        question = replace(body.asked_by(asker), edge=_edge(request))
        if not (body.stream or "text/event-stream" in request.headers.get("accept", "")):
            return asdict(service.answering.answer(question))
        events = first_words_timed(service.answering.events(question))
        first = next(events)  # a question that cannot be asked is refused before the stream begins
        return event_stream(_stream(first, events, language_for(request.scope)))

    @router.get("/answers/{answer_id}", response_model=KeptAnswerOut, responses={404: {"model": Problem}})
    def kept_answer(answer_id: str, reader: Annotated[Principal, Depends(gate.ask)]) -> Any:
        """The answer as it was given, evidence frozen: each citation with its whole paragraph as it stood."""
        return answer_for(reader, service, answer_id)

    @router.delete("/answers/{answer_id}", status_code=204, responses={404: {"model": Problem}})
    def forget(answer_id: str, reader: Annotated[Principal, Depends(gate.operate)]) -> None:
        """Deletes an answer, its question and its ratings; its permalink leads nowhere then."""
        answer_for(reader, service, answer_id)
        service.conversations.delete_answer(answer_id)

    @router.get("/answers/{answer_id}/text", response_class=PlainTextResponse, responses={404: {"model": Problem}})
    def answer_as_text(
        answer_id: str, reader: Annotated[Principal, Depends(gate.ask)], form: Literal["footnotes", "markdown"]
    ) -> str:
        """The answer to be pasted: with its citations as footnotes in UN form, or in Markdown with quotes and links."""
        answer = KeptAnswerOut(**answer_for(reader, service, answer_id))
        if form == "footnotes":
            return with_footnotes(answer)
        return as_markdown(answer, service.bot_settings.public_url)

    @router.post("/search", response_model=SearchOut)
    def search(body: SearchRequest, asker: Annotated[Principal, Depends(gate.question)]) -> Any:
        """Ranked paragraphs for a question or words, in any of the six languages about reports in any."""
        text = checked_text(body.query)
        started = time.perf_counter()
        with service.library.reading() as generation:
            query = service.search.prepare(text, asked_language(text))
            found = (
                service.search.find(generation, query, filters=body.filters.filters(asker.audiences), limit=body.limit)
                if generation
                else ()
            )
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        return {"results": list(map(_result, found)), "timings_ms": {"search": milliseconds}}

    return router


def answer_for(reader: Principal, service: Service, answer_id: str) -> dict[str, Any]:
    """A kept answer. Raises Refused, 404, where there is none for this reader."""
    kept = service.conversations.answer(answer_id)
    if kept is None or not reader.may_read_all(kept.get("audiences", ())):
        raise Refused(404, "no_answer")
    return kept


def _edge(request: Request) -> Edge:
    """Where a question was asked, as far as a request tells: browsers say when a page of ours asks."""
    if request.headers.get("sec-fetch-site") == "same-origin":
        return "page"
    return "terminal" if request.headers.get("user-agent", "").startswith(USER_AGENT) else "http"


def _stream(first: Event, events: Iterator[Event], language: str) -> Generator[bytes]:
    yield _event(first)
    try:
        for event in events:
            yield _event(event)
    except Exception:
        _log.exception("A streamed answer failed")
        failure = told(Refused(500, "unexpected"), language)
        yield format_sse_event(event="error", data_str=failure.model_dump_json(exclude_none=True))


def _event(event: Event) -> bytes:
    match event:
        case Status(text):
            name, data = "status", {"text": text}
        case Token(text):
            name, data = "token", {"text": text}
        case Verified(text):
            name, data = "verified", {"text": text}
        case Citation():
            name, data = "citation", CitationOut(**asdict(event)).model_dump()
        case Answer():
            name, data = "answer", AnswerOut(**asdict(event)).model_dump()
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))


def _result(found: Found) -> ResultOut:
    fields = asdict(cite(found, found.passage))
    return ResultOut(**fields, document=found.record.source, score=round(found.score, 4))
