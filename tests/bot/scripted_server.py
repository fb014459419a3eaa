"""A server that answers as scripted and remembers what it was asked, for the edges that call one."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import Response

from bot.operations.folder import Address, Ownership, announced

Json = dict[str, Any]
TOKEN = "the-owner"

ANSWER: Json = {
    "answer_id": "a1",
    "conversation_id": "c1",
    "question": "How many?",
    "language": "en",
    "answer": "Twenty-five [1].",
    "state": "answered",
    "abstained": False,
    "reason": None,
    "mode": "generative",
    "citations": [
        {
            "marker": 1,
            "document_id": "d1",
            "symbol": "SAMPLE/2021/1",
            "title": "Analyses",
            "paragraph": "4",
            "label": "SAMPLE/2021/1, para. 4",
            "section": [],
            "page": 2,
            "language": "zh",
            "item": None,
            "date": None,
            "recognised": False,
            "quote": "二十五项",
            "translation": "twenty-five",
            "url": "/documents/d1#para-4",
            "verified": True,
            "superseded_by": "SAMPLE/2021/1/Rev.1",
        }
    ],
    "nearest": [],
    "as_of": "2026-11-20T09:00:00Z",
    "index_version": "v1",
    "model": "a-model",
    "timings_ms": {"search": 1.0, "answer": 2.0},
    "as_of_line": "As of 20 November 2026",
}

FINISHED: Json = {
    "run_id": "r1",
    "state": "done",
    "started_at": "2026-11-20T09:00:00Z",
    "finished_at": "2026-11-20T09:00:05Z",
    "files": 1,
    "files_done": 1,
    "new": 1,
    "changed": 0,
    "unchanged": 0,
    "removed": 0,
    "failed": [],
    "paragraphs": 3,
    "passages": 3,
    "passages_embedded": 3,
    "passages_per_second": 12.5,
    "seconds_left": None,
    "moved": 0,
    "dry_run": False,
    "restored": None,
    "problems": [],
    "steps": [],
    "editions": [],
    "digest": "1 new; 0 unchanged.",
}


@dataclass
class Script:
    """Replies by method and path, the last one for good; a reply is a status and a body, or events of a stream."""

    replies: dict[str, list[Response]] = field(default_factory=dict)
    requests: list[tuple[str, Json]] = field(default_factory=list)

    def on(self, call: str, *replies: Response) -> None:
        """What a call, such as "GET /v1/status", is answered."""
        self.replies[call] = list(replies)

    def next_reply(self, call: str) -> Response:
        """The reply to a call."""
        replies = self.replies[call]
        return replies.pop(0) if len(replies) > 1 else replies[0]


def reply(content: Json, status: int = 200) -> Response:
    """A JSON reply."""
    return Response(json.dumps(content, ensure_ascii=False), status_code=status, media_type="application/json")


def problem(detail: str, status: int) -> Response:
    """A refusal with its reason."""
    content = json.dumps({"title": "Problem", "status": status, "detail": detail})
    return Response(content, status_code=status, media_type="application/problem+json")


def stream(*events: tuple[str, Json]) -> Response:
    """Server-sent events."""
    blocks = [f"event: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n" for name, content in events]
    return Response("".join(blocks), media_type="text/event-stream")


@contextmanager
def scripted_server(folder: Path, script: Script) -> Iterator[Script]:
    """Owns an index folder and answers there as scripted, within the block."""
    server = uvicorn.Server(uvicorn.Config(_app(script), port=0, log_config=None))
    thread = threading.Thread(target=server.run)
    ownership = Ownership(folder)
    assert ownership.take()
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with announced(folder, Address(f"http://127.0.0.1:{port}", TOKEN)):
            yield script
    finally:
        server.should_exit = True
        thread.join()
        ownership.free()


def _app(script: Script) -> FastAPI:
    app = FastAPI()

    @app.get("/readyz")
    def ready() -> Response:
        return script.next_reply("GET /readyz") if "GET /readyz" in script.replies else reply({"ready": True})

    @app.api_route("/{path:path}", methods=["GET", "POST", "DELETE"])
    async def scripted(path: str, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return problem("Send a key.", 401)
        content = await request.body()
        call = f"{request.method} /{path}"
        script.requests.append((call, json.loads(content) if content else {}))
        return script.next_reply(call)

    return app
