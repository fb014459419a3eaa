"""Errors as application/problem+json (RFC 9457), each with a sentence that says what to do."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from bot.answer import QuestionError
from bot.schemas import Problem
from vectorstore.models import ModelError

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
    async def http_problem(_: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, error.detail, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def request_problem(_: Request, error: RequestValidationError) -> JSONResponse:
        errors = [{"field": _field(e["loc"]), "problem": e["msg"]} for e in error.errors()]
        detail = "; ".join(f"{e['field']}: {e['problem']}" for e in errors[:_ERRORS_TOLD])
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)

    @app.exception_handler(QuestionError)
    async def question_problem(_: Request, error: QuestionError) -> JSONResponse:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))

    @app.exception_handler(ModelError)
    async def model_problem(_: Request, error: ModelError) -> JSONResponse:
        _log.error("%s", error)
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "The embedding model cannot be used right now; try again soon.")

    @app.exception_handler(Exception)
    async def unexpected_problem(_: Request, __: Exception) -> JSONResponse:  # the server logs it
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, UNEXPECTED)


UNEXPECTED = "Something went wrong here and was logged. Try again; if it stays so, tell the operator."
_ERRORS_TOLD = 3


def _field(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location if part != "body") or "body"
