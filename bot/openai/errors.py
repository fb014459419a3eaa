"""Errors in OpenAI's form, on the paths of OpenAI's form alone, so that its clients can show them."""

import json
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.problems import PROBLEM
from bot.openai.schemas import ErrorOut, Failed

PATHS = ("/v1/chat/completions", "/v1/models")
_CODES = {401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded"}
_TYPES = {429: "requests"}
_ABOUT_THE_BODY = ("content-type", "content-length")


class OpenAIErrors:
    """ASGI middleware: on the paths of OpenAI's form problems become its errors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on but the problems of these paths."""
        if scope["type"] != "http" or not scope["path"].startswith(PATHS):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        told = b""

        async def translated(message: Message) -> None:
            nonlocal start, told
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif not start:
                await send(message)
            else:
                told += message.get("body", b"")
                if not message.get("more_body"):
                    await _error(start, json.loads(told))(scope, receive, send)

        await self._app(scope, receive, translated)


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type") == PROBLEM


def _error(start: Message, problem: dict[str, Any]) -> JSONResponse:
    status = start["status"]
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        status = HTTPStatus.BAD_REQUEST
    kind = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    field = problem.get("errors", [{}])[0].get("field")
    error = ErrorOut(message=problem["detail"], type=_TYPES.get(status, kind), param=field, code=_CODES.get(status))
    kept = {name: value for name, value in Headers(raw=start["headers"]).items() if name not in _ABOUT_THE_BODY}
    return JSONResponse(Failed(error=error).model_dump(), status_code=status, headers=kept)
