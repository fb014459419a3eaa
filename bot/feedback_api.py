"""Feedback over HTTP; it only translates."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException

from bot.access import Caller, Gate
from bot.api import NO_ANSWER, PROBLEMS
from bot.schemas import FeedbackRequest, Problem
from bot.service import Service

_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}


def feedback_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoint that takes ratings of answers."""
    router = APIRouter(prefix="/v1", responses=PROBLEMS, tags=["ask"])

    @router.post("/feedback", status_code=204, responses=_NOT_FOUND)
    def give(body: FeedbackRequest, caller: Annotated[Caller, Depends(gate.caller)]) -> None:
        """Keeps what the caller thinks of an answer, in place of what it thought before."""
        person = f"http:{caller.name}"
        if not service.feedback.give(body.answer_id, body.rating, person=person, comment=body.comment):
            raise HTTPException(404, NO_ANSWER)

    return router
