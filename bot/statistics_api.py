"""How the bot was used, over HTTP; it only translates."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from bot.access.gate import Gate
from bot.service import Service
from bot.statistics import last_days

_LONGEST = 366  # days


class DayOut(BaseModel):
    """A day in UTC: its questions by what came of them, its thumbs, and how long answers took; null without any."""

    model_config = ConfigDict(from_attributes=True)

    date: date
    questions: int
    answered: int
    silent: int
    off_subject: int
    up: int
    down: int
    p50_ms: float | None
    p95_ms: float | None


class StatisticsOut(BaseModel):
    """How the bot was used, day by day, today last."""

    days: list[DayOut]


def statistics_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoint for operators that tells how the bot is used."""
    router = APIRouter(
        prefix="/v1",
        dependencies=[Depends(gate.operate)],
        tags=["operating"],
    )

    @router.get("/statistics", response_model=StatisticsOut)
    def statistics(days: Annotated[int, Query(ge=1, le=_LONGEST)] = 30) -> Any:
        """Questions, refusals, thumbs and latency by day, of the questions that were not deleted since."""
        return {"days": [DayOut.model_validate(day) for day in last_days(service.catalogue, days)]}

    return router
