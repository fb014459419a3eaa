"""What the questions can be narrowed to, over HTTP; it only translates."""

from collections import Counter
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.http.request_schemas import Language
from bot.library.offered import Offered, Reports
from bot.service import Service

_LONGEST_QUERY = 200


class ReportsOut(BaseModel):
    """A report, or a series of them; `works` is what the filter of the same name takes to keep to it."""

    kind: Literal["series", "work"]
    name: str = Field(examples=["A/80/74 · Implementation of the quadrennial comprehensive policy review"])
    date: str | None
    works: list[str]


class FacetsOut(BaseModel):
    """The series and then the reports, each the newest first; how many documents by language; between which dates."""

    reports: list[ReportsOut]
    languages: dict[str, int]
    first_date: str | None
    last_date: str | None


def facets_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoint that tells what to choose from."""
    router = APIRouter(prefix="/v1", tags=["library"])
    reports = Reports(service.library.records)

    @router.get("/facets", response_model=FacetsOut)
    def facets(
        reader: Annotated[Principal, Depends(gate.ask)],
        language: Annotated[Language, Query(description="In which the reports are named, where they can be.")] = "en",
        query: Annotated[str, Query(max_length=_LONGEST_QUERY, description="Words of a symbol or title.")] = "",
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Any:
        """What the filters of a question can be set to: the reports whose names hold the words, languages, dates."""
        records = [record for record in service.library.records().values() if reader.may_read(record.audience)]
        dates = sorted(record.date for record in records if record.date)
        meant = [one for one in reports.offered(frozenset(r.audience for r in records)) if one.is_meant(query)]
        meant.sort(key=lambda one: one.kind == "work")
        return FacetsOut(
            reports=[_reports(one, reports, language) for one in meant[:limit]],
            languages=dict(Counter(record.language for record in records)),
            first_date=dates[0] if dates else None,
            last_date=dates[-1] if dates else None,
        )

    return router


def _reports(one: Offered, reports: Reports, language: str) -> ReportsOut:
    works = sorted(reports.works(one.ids))
    return ReportsOut(kind=one.kind, name=one.name(language), date=one.date or None, works=works)
