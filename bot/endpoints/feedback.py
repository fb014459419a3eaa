"""Feedback over HTTP; it only translates."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.api import answer_for
from bot.http.request_schemas import FeedbackRequest
from bot.http.schemas import Problem
from bot.service import Service

_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}


def feedback_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoint that takes ratings of answers."""
    router = APIRouter(prefix="/v1", tags=["ask"])

    @router.post("/feedback", status_code=204, responses=_NOT_FOUND)
    def give(body: FeedbackRequest, reader: Annotated[Principal, Depends(gate.ask)]) -> None:
        """Keeps what the caller thinks of an answer, in place of what it thought before."""
        answer_for(reader, service, body.answer_id)
        service.feedback.give(body.answer_id, body.rating, person=f"http:{reader.name}", comment=body.comment)

    return router
