"""The list of reports over HTTP, language versions and editions of one work together; it only translates."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.endpoints.library import document_out, readable, wanted
from bot.endpoints.library_schemas import DocumentOut
from bot.library.works import Wanted, Work, works_of
from bot.service import Service

_PLACE = r"^.{0,100}\.[0-9a-f]{16}$"  # a date, as it was given, and a work


class WorkOut(BaseModel):
    """A work with its language versions and editions: current ones first, by language, then by symbol."""

    work_id: str
    documents: list[DocumentOut]


class WorksOut(BaseModel):
    """A page of works, newest first; `next` is what `after` takes for the page that follows, `total` counts all."""

    works: list[WorkOut]
    total: int
    next: str | None


def works_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoint that lists reports as readers see them."""
    router = APIRouter(prefix="/v1", tags=["library"])

    @router.get("/works", response_model=WorksOut)
    def works(
        reader: Annotated[Principal, Depends(gate.ask)],
        these: Annotated[Wanted, Depends(wanted)],
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[str | None, Query(pattern=_PLACE)] = None,
    ) -> Any:
        """The reports of the index, newest first, each with all its documents: those with one that is asked for."""
        found = works_of(readable(service, reader), these)
        rest = [work for work in found if after is None or work.place < tuple(after.rsplit(".", 1))]
        more = len(rest) > limit
        return {
            "works": [_work(work) for work in rest[:limit]],
            "total": len(found),
            "next": ".".join(rest[limit - 1].place) if more else None,
        }

    return router


def _work(work: Work) -> WorkOut:
    return WorkOut(work_id=work.work_id, documents=list(map(document_out, work.documents)))
