"""How the bot was used, over HTTP; it only translates."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from bot.access.gate import Gate
from bot.operations.statistics import Day, last_days
from bot.service import Service

_LONGEST = 366  # days


class StatisticsOut(BaseModel):
    """How the bot was used, day by day, today last."""

    days: list[Day]


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
        return {"days": last_days(service.catalogue, days)}

    return router
