"""Errors as application/problem+json (RFC 9457), each with a sentence that says what to do."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.answer import QuestionError
from bot.http.schemas import Problem
from vectorstore.disk import DiskFullError, is_full_disk
from vectorstore.models import ModelError
from vectorstore.rebuild import IndexUnavailableError

_log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"


def problem(status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> JSONResponse:
    """An error as a response."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, **more)
    return JSONResponse(
        body.model_dump(exclude_none=True), status_code=status, media_type=PROBLEM, headers=dict(headers or {})
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Makes every error of an app a problem."""

    @app.exception_handler(HTTPException)
    async def http_problem(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(_methods(app, request))
            return problem(error.status_code, f"This address takes {allowed}.", headers={"Allow": allowed})
        detail = _PLAIN_DETAILS.get((error.status_code, error.detail), error.detail)
        return problem(error.status_code, detail, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def request_problem(_: Request, error: RequestValidationError) -> JSONResponse:
        wrong = error.errors()[:_ERRORS_LISTED]
        errors = [{"field": _field(e["loc"]), "problem": e["msg"].removeprefix("Value error, ")} for e in wrong]
        detail = "; ".join(f"{e['field']}: {e['problem']}" for e in errors[:_ERRORS_TOLD])
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)

    @app.exception_handler(QuestionError)
    async def question_problem(_: Request, error: QuestionError) -> JSONResponse:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))

    @app.exception_handler(ModelError)
    async def model_problem(_: Request, error: ModelError) -> JSONResponse:
        _log.error("%s", error)
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "The embedding model cannot be used right now; try again soon.")

    @app.exception_handler(IndexUnavailableError)
    async def index_problem(_: Request, error: IndexUnavailableError) -> JSONResponse:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), headers={"Retry-After": _RETRY_SECONDS})

    @app.exception_handler(DiskFullError)
    @app.exception_handler(OSError)
    @app.exception_handler(SQLAlchemyError)
    async def disk_problem(_: Request, error: Exception) -> JSONResponse:
        if not (isinstance(error, DiskFullError) or is_full_disk(error)):
            raise error
        _log.error("%s", error)
        return problem(HTTPStatus.INSUFFICIENT_STORAGE, FULL_DISK)

    @app.exception_handler(Exception)
    async def unexpected_problem(_: Request, __: Exception) -> JSONResponse:  # the server logs it
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, UNEXPECTED)


def _methods(app: FastAPI, request: Request) -> list[str]:
    """All that an address takes; the framework tells only those of the first route."""
    scopes = {method: dict(request.scope) | {"method": method} for method in ("DELETE", "GET", "POST")}
    return [method for method, scope in scopes.items() if any(_takes(route, scope) for route in app.routes)]


def _takes(route: BaseRoute, scope: Scope) -> bool:
    return route.matches(scope)[0] == Match.FULL


class PlainErrorsAsProblems:
    """ASGI middleware: what the layers below refuse in plain text, before any handler of ours, becomes a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on but the plain errors."""
        refused = 0

        async def translated(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and _is_plain_error(message):
                refused = message["status"]
            elif not refused:
                await send(message)
            elif not message.get("more_body"):
                detail = _PLAIN_ERRORS.get(refused, message["body"].decode(errors="replace"))
                await problem(refused, detail)(scope, receive, send)

        await self._app(scope, receive, translated)


def _is_plain_error(start: Message) -> bool:
    return start["status"] >= HTTPStatus.BAD_REQUEST and Headers(raw=start["headers"]).get(
        "content-type", ""
    ).startswith("text/plain")


_PLAIN_ERRORS = {
    400: "This host name is not served: call the server by its address, 127.0.0.1 or localhost, or set BOT_API_KEYS.",
    413: "The request is larger than the server takes: send less at a time, or raise BOT_UPLOAD_BYTES for uploads.",
}
# What the framework says without telling what to do.
_PLAIN_DETAILS = {
    (400, "There was an error parsing the body"): "The body cannot be read: it is cut short, or not what its "
    "Content-Type says.",
    (404, "Not Found"): "There is nothing at this address: /docs lists what there is.",
}
FULL_DISK = "The disk of the server is full: tell the operator to make room, then try again."
UNEXPECTED = "Something went wrong here and was logged. Try again; if it stays so, tell the operator."
_ERRORS_TOLD = 3
_ERRORS_LISTED = 100
_RETRY_SECONDS = "10"


def _field(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location if part != "body") or "body"
