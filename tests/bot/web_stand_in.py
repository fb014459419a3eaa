"""A server that stands behind the page in tests: the API's forms, with scripted answers, remembering what was sent."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from bot import web
from tests.bot.library_stand_in import LibraryEnd, library_router, listed

if TYPE_CHECKING:
    from playwright.sync_api import Page

Json = dict[str, Any]
Open = Callable[..., "Page"]
Script = Sequence[tuple[str, Json] | threading.Event]
_SECONDS = 10


def citation(**fields: Any) -> Json:
    """A citation in the form of the API."""
    return {
        "marker": 1,
        "document_id": "d1",
        "symbol": "X/2021/6",
        "title": "A report",
        "paragraph": "4",
        "label": "X/2021/6, para. 4",
        "section": ["II. Work"],
        "page": 2,
        "language": "en",
        "quote": "The Programme helped to complete 25 analyses.",
        "translation": None,
        "url": "/documents/d1#para-4",
        "footnote": "X/2021/6, para. 4.",
        "verified": True,
        "item": None,
        "recognised": False,
        "superseded_by": None,
    } | fields


def answer(**fields: Any) -> Json:
    """An answer in the form of the API."""
    return {
        "answer_id": "a1",
        "conversation_id": "c1",
        "question": "How many analyses?",
        "language": "en",
        "answer": "It helped to complete 25 analyses [1].",
        "state": "answered",
        "abstained": False,
        "reason": None,
        "mode": "generative",
        "citations": [citation()],
        "nearest": [],
        "as_of": "2026-11-20T09:00:00Z",
        "index_version": "g1",
        "model": "m",
        "timings_ms": {"search": 1.0, "answer": 2.0},
        "as_of_line": "As of 20 November 2026; newest report on this: X/2021/6 of 15 March 2021",
    } | fields


def paragraph(number: str | None, text: str, **fields: Any) -> Json:
    """A paragraph of an outline in the form of the API."""
    anchor = f"para-{number}" if number else "block-0"
    return {
        "paragraph": number,
        "kind": "text",
        "mark": None,
        "bearer": None,
        "label": f"X/2021/6, para. {number}",
        "footnote": f"X/2021/6, para. {number}.",
        "anchor": anchor,
        "section": ["II. Work"],
        "page": 2,
        "text": text,
    } | fields


def document(**fields: Any) -> Json:
    """A document with its outline in the form of the API."""
    outline = [paragraph("4", "The Programme helped to complete 25 analyses.")]
    return listed() | {"outline": outline, "versions": []} | fields


def facets(**fields: Any) -> Json:
    """What questions can be narrowed to, in the form of the API."""
    series = {"kind": "series", "name": "X/2021/6 · A report", "date": "2021-03-14", "works": ["w1", "w2"]}
    work = {"kind": "work", "name": "X/2020/9 · Another report", "date": "2020-05-01", "works": ["w3"]}
    return {
        "reports": [series, work],
        "languages": {"en": 2, "ar": 1, "zh": 1},
        "first_date": "2020-05-01",
        "last_date": "2021-03-14",
    } | fields


@dataclass
class FarEnd:
    """What the server holds and what it was sent. An event in a script is waited for; a Response is sent as it is."""

    scripts: list[Script | Response] = field(default_factory=list)
    answers: dict[str, Json] = field(default_factory=dict)
    documents: list[Json] = field(default_factory=lambda: [document()])
    key: str | None = None
    asked: list[Json] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    library: LibraryEnd = field(default_factory=LibraryEnd)
    rated: list[Json] = field(default_factory=list)
    facets: Json = field(default_factory=facets)


def problem(status: int, detail: str) -> JSONResponse:
    """An error in the form of the API."""
    body = {"type": "about:blank", "title": "Problem", "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


def stand_in(far_end: FarEnd) -> FastAPI:
    """The page before a far end."""
    app = FastAPI()
    app.include_router(web.router())
    app.include_router(library_router(far_end.library))

    @app.middleware("http")
    async def key_checked(request: Request, call_next: Any) -> Any:
        given = request.headers.get("authorization")
        if request.url.path.startswith("/v1/") and far_end.key and given != f"Bearer {far_end.key}":
            return problem(401, "Send a key.")
        return await call_next(request)

    @app.post("/v1/ask")
    def ask(body: Json) -> Response:
        far_end.asked.append(body)
        script = far_end.scripts.pop(0)
        return script if isinstance(script, Response) else StreamingResponse(_told(script), media_type=_EVENTS)

    @app.get("/v1/answers/{answer_id}")
    def kept(answer_id: str) -> Response:
        found = far_end.answers.get(answer_id)
        return JSONResponse(found) if found else problem(404, "There is no answer with this id.")

    @app.get("/v1/answers/{answer_id}/text")
    def as_text(answer_id: str, form: str) -> Response:
        found = answer_id in far_end.answers
        return (
            PlainTextResponse(f"{answer_id} as {form}") if found else problem(404, "There is no answer with this id.")
        )

    @app.post("/v1/feedback", status_code=204)
    def rate(body: Json) -> None:
        far_end.rated.append(body)

    @app.get("/v1/facets")
    def narrowing(query: str = "") -> Json:
        offered = [report for report in far_end.facets["reports"] if query.casefold() in report["name"].casefold()]
        return far_end.facets | {"reports": offered, **({} if far_end.documents else {"languages": {}})}

    @app.delete("/v1/conversations/{conversation_id}")
    def forget(conversation_id: str) -> Response:
        far_end.deleted.append(conversation_id)
        return Response(status_code=204)

    @app.get("/v1/documents")
    def documents(limit: int, after: int = 0) -> Json:
        end = after + limit
        more = end < len(far_end.documents)
        return {"documents": far_end.documents[after:end], "next": str(end) if more else None}

    @app.get("/v1/documents/{document_id}")
    def one(document_id: str) -> Response:
        found = [one for one in far_end.documents if one["document_id"] == document_id]
        return JSONResponse(found[0]) if found else problem(404, "There is no document with this id.")

    return app


_EVENTS = "text/event-stream"


def _told(script: Script) -> Iterator[str]:
    for step in script:
        if isinstance(step, threading.Event):
            step.wait(_SECONDS)
        else:
            name, data = step
            yield f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an app while it is served on this machine."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "The server did not start."
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(_SECONDS)


def ask(page: "Page", question: str = "How many analyses?") -> None:
    """Types a question and sends it with Enter."""
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")


def script(**fields: Any) -> list[Any]:
    """What the API streams for an answer."""
    return [("status", {"text": "Searching…"}), ("token", {"text": "It helped"}), ("answer", answer(**fields))]
