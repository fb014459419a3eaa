"""Errors as application/problem+json (RFC 9457), each with a sentence in the caller's language on what to do."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.answer import QuestionError
from bot.http.languages import VARY, language_for
from bot.http.schemas import Problem
from bot.http.wrong_fields import in_a_line, wrong_fields
from prompts import Sentence, has_phrase, phrase
from vectorstore.disk import DiskFullError, is_full_disk
from vectorstore.models import ModelError
from vectorstore.rebuild import IndexUnavailableError

_log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"


class Refused(HTTPException):
    """Raised where a request is not carried out: the phrase of that name, with the values filled in, says why."""

    def __init__(self, status: int, name: str, headers: Mapping[str, str] | None = None, /, **values: object) -> None:
        self.sentence = Sentence(name, values)
        super().__init__(status, self.sentence.said(), headers)


def told(refused: Refused, language: str) -> Problem:
    """An error in one of the six languages."""
    return _problem(refused.status_code, refused.sentence.said(language), language)


def problem(scope: Scope, refused: Refused) -> JSONResponse:
    """An error as a response, in the language of whoever sent the request of this scope."""
    language = language_for(scope)
    return _response(told(refused, language), language, refused.headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Makes every error of an app a problem."""

    @app.exception_handler(HTTPException)
    async def http_problem(request: Request, error: HTTPException) -> JSONResponse:
        return problem(request.scope, error if isinstance(error, Refused) else _refused(app, request, error))

    @app.exception_handler(RequestValidationError)
    async def request_problem(request: Request, error: RequestValidationError) -> JSONResponse:
        language = language_for(request.scope)
        wrong = wrong_fields(error.errors()[:_ERRORS_LISTED], language)
        detail = in_a_line(wrong[:_ERRORS_TOLD], language)
        return _response(_problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, language, errors=wrong), language)

    @app.exception_handler(QuestionError)
    async def question_problem(request: Request, error: QuestionError) -> JSONResponse:
        said = error.sentence
        return problem(request.scope, Refused(HTTPStatus.UNPROCESSABLE_ENTITY, said.name, **said.values))

    @app.exception_handler(ModelError)
    async def model_problem(request: Request, error: ModelError) -> JSONResponse:
        _log.error("%s", error)
        return problem(request.scope, Refused(HTTPStatus.SERVICE_UNAVAILABLE, "model_unusable"))

    @app.exception_handler(IndexUnavailableError)
    async def index_problem(request: Request, error: IndexUnavailableError) -> JSONResponse:
        name = "index_rebuild_failed" if error.failure else "index_rebuilding"
        return problem(request.scope, Refused(HTTPStatus.SERVICE_UNAVAILABLE, name, _RETRY, **error.values))

    @app.exception_handler(DiskFullError)
    @app.exception_handler(OSError)
    @app.exception_handler(SQLAlchemyError)
    async def disk_problem(request: Request, error: Exception) -> JSONResponse:
        if not (isinstance(error, DiskFullError) or is_full_disk(error)):
            raise error
        _log.error("%s", error)
        return problem(request.scope, Refused(HTTPStatus.INSUFFICIENT_STORAGE, "full_disk"))

    @app.exception_handler(Exception)
    async def unexpected_problem(request: Request, _: Exception) -> JSONResponse:  # the server logs it
        return problem(request.scope, Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected"))


def _problem(status: int, detail: str, language: str, **more: Any) -> Problem:
    return Problem(title=_title(status, language), status=status, detail=detail, **more)


def _response(told: Problem, language: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(
        told.model_dump(exclude_none=True),
        status_code=told.status,
        media_type=PROBLEM,
        headers={"Content-Language": language, "Vary": VARY, **(headers or {})},
    )


def _title(status: int, language: str) -> str:
    # One that is not known means what the first of its kind does: https://www.rfc-editor.org/rfc/rfc9110#section-15
    known = next(name for name in (f"title_{status}", f"title_{status // 100}00") if has_phrase(name))
    return phrase(known, language)


def _refused(app: FastAPI, request: Request, error: HTTPException) -> Refused:
    """What the framework refuses, which it tells in English, and without saying what to do."""
    status = error.status_code
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        methods = ", ".join(_methods(app, request))
        return Refused(status, "method_not_taken", {"Allow": methods}, methods=methods)
    if isinstance(error.__context__, MultiPartException):
        return Refused(status, "form_unreadable")
    return _of_status(_OF_STATUS, status, error.headers)


def _of_status(names: Mapping[int, str], status: int, headers: Mapping[str, str] | None = None) -> Refused:
    return Refused(status, names.get(status, "not_carried_out"), headers, status=status)


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
                await problem(scope, _of_status(_OF_PLAIN_STATUS, refused))(scope, receive, send)

        await self._app(scope, receive, translated)


def _is_plain_error(start: Message) -> bool:
    return start["status"] >= HTTPStatus.BAD_REQUEST and Headers(raw=start["headers"]).get(
        "content-type", ""
    ).startswith("text/plain")


_OF_STATUS = {400: "body_unreadable", 404: "nothing_here", 413: "body_large"}
_OF_PLAIN_STATUS = {400: "host_unknown", 413: "body_large"}
_ERRORS_TOLD = 3
_ERRORS_LISTED = 100
_RETRY = {"Retry-After": "10"}
