"""Asking over HTTP: answers, whole or as they come, search, and answers kept; it only translates."""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.sse import format_sse_event
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, StreamingResponse

from bot.access import Caller, Gate
from bot.answer import Answer, Citation, Event, Status, Token, Verified
from bot.cite import cite
from bot.clipping import as_markdown, with_footnotes
from bot.glossary import asked_language
from bot.problems import UNEXPECTED
from bot.schemas import AnswerOut, AskRequest, CitationOut, KeptAnswerOut, Problem, ResultOut, SearchOut, SearchRequest
from bot.service import Service
from bot.understanding import checked_text
from vectorstore.search import Found

NO_ANSWER = "There is no answer with this id, or it was deleted with its conversation."
_log = logging.getLogger(__name__)
PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "A key is needed."},
    422: {"model": Problem, "description": "The request cannot be carried out as it is; `detail` says why."},
}


def asking_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoints that answer."""
    router = APIRouter(prefix="/v1", dependencies=[Depends(gate.caller)], responses=PROBLEMS, tags=["ask"])

    @router.post("/ask", response_model=AnswerOut)
    def ask(body: AskRequest, request: Request) -> Any:
        """Answers a question, cited to the numbered paragraph, or says that the reports do not.

        With `"stream": true` or `Accept: text/event-stream`: server-sent events `status`, `citation`, `token`,
        `verified` and last `answer` with the whole object. Tokens are pieces of text and provisional; `verified` has
        all of the text that has been verified so far.
        """
        question = body.question_asked()
        if not (body.stream or "text/event-stream" in request.headers.get("accept", "")):
            return asdict(service.answering.answer(question))
        events = service.answering.events(question)
        first = next(events)  # a question that cannot be asked is refused before the stream begins
        return StreamingResponse(_stream(first, events), media_type="text/event-stream", headers=_UNBUFFERED)

    @router.get("/answers/{answer_id}", response_model=KeptAnswerOut, responses={404: {"model": Problem}})
    def kept_answer(answer_id: str, caller: Annotated[Caller, Depends(gate.caller)]) -> Any:
        """The answer as it was given, evidence frozen: each citation with its whole paragraph as it stood."""
        return _kept(service, caller, answer_id)

    @router.get("/answers/{answer_id}/text", response_class=PlainTextResponse, responses={404: {"model": Problem}})
    def answer_as_text(
        answer_id: str, caller: Annotated[Caller, Depends(gate.caller)], form: Literal["footnotes", "markdown"]
    ) -> str:
        """The answer to be pasted: with its citations as footnotes in UN form, or in Markdown with quotes and links."""
        answer = KeptAnswerOut(**_kept(service, caller, answer_id))
        if form == "footnotes":
            return with_footnotes(answer)
        return as_markdown(answer, service.bot_settings.public_url)

    @router.post("/search", response_model=SearchOut)
    def search(body: SearchRequest) -> Any:
        """Ranked paragraphs for a question or words, in any of the six languages about reports in any."""
        text = checked_text(body.query)
        started = time.perf_counter()
        with service.library.reading() as generation:
            query = service.search.prepare(text, asked_language(text))
            found = (
                service.search.find(generation, query, filters=body.filters.filters(), limit=body.limit)
                if generation
                else ()
            )
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        return {"results": list(map(_result, found)), "timings_ms": {"search": milliseconds}}

    return router


def _kept(service: Service, caller: Caller, answer_id: str) -> dict[str, Any]:
    kept = service.conversations.answer(answer_id)
    if kept is None or not caller.may_read_all(kept.get("audiences", ())):
        raise HTTPException(404, NO_ANSWER)
    return kept


# A proxy that gathers a stream before passing it on would hide it: https://nginx.org/en/docs/http/ngx_http_proxy_module.html
_UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def _stream(first: Event, events: Iterator[Event]) -> Iterator[bytes]:
    yield _event(first)
    try:
        for event in events:
            yield _event(event)
    except Exception:
        _log.exception("A streamed answer failed")
        failure = Problem(title="Internal Server Error", status=500, detail=UNEXPECTED)
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
