"""What stands behind the pages on the library in tests: works, refreshes, failures, statistics, in the API's forms."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import JSONResponse, Response

Json = dict[str, Any]
_PAGE = 50


def listed(**fields: Any) -> Json:
    """A document in the form of the API, as a list has it."""
    report = {"pages_without_text": 0, "numbering_gaps": [], "numbering_repeats": [], "tables": 0, "ocr_pages": 0}
    return {
        "document_id": "d1",
        "source": "reports/a.pdf",
        "symbol": "X/2021/6",
        "title": "A report",
        "language": "en",
        "date": "2021-03-14",
        "body": None,
        "edition": None,
        "status": "current",
        "superseded_by": None,
        "audience": "public",
        "pages": 3,
        "paragraphs": 1,
        "report": report | {"recognised": [], "metadata": [], "warnings": []},
    } | fields


def work(*documents: Json) -> Json:
    """A work of these documents."""
    return {"work_id": documents[0]["document_id"], "documents": list(documents)}


def run(**fields: Any) -> Json:
    """A refresh in the form of the API."""
    return {
        "run_id": "r1",
        "state": "done",
        "started_at": "2026-11-20T09:00:00Z",
        "finished_at": "2026-11-20T09:02:30Z",
        "files": 9,
        "files_done": 9,
        "new": 0,
        "changed": 0,
        "moved": 0,
        "unchanged": 9,
        "removed": 0,
        "failed": [],
        "paragraphs": 90,
        "passages": 120,
        "passages_embedded": 30,
        "passages_per_second": 85.4,
        "seconds_left": None,
        "dry_run": False,
        "restored": None,
        "problems": [],
        "digest": "Nothing changed: 9 documents as before.",
        "steps": [],
        "editions": [],
    } | fields


def running(**fields: Any) -> Json:
    """A refresh under way."""
    return run(**{"state": "running", "finished_at": None, "digest": ""} | fields)


def place(label: str, **fields: Any) -> Json:
    """A paragraph of an edition as a digest cites it."""
    return {
        "document_id": "d2",
        "paragraph": "4",
        "position": 3,
        "label": label,
        "anchor": "para-4",
        "quote": "Four ports take part.",
    } | fields


def failure(**fields: Any) -> Json:
    """A source that could not be read, in the form of the API."""
    return {
        "source": "reports/broken.pdf",
        "reason": "The file is damaged.",
        "attempts": 2,
        "failed_at": "2026-11-20T09:02:00Z",
        "again_at": "2026-11-20T09:30:00Z",
    } | fields


def days(count: int) -> list[Json]:
    """So many days of statistics, each other than the one before; on every seventh nobody asked."""
    first = date(2026, 11, 23) - timedelta(days=count - 1)
    return [_day(first + timedelta(days=place), place) for place in range(count)]


def _day(day: date, place: int) -> Json:
    asked = 0 if place % 7 == 5 else 6 + (place * 5) % 11
    silent, off_subject = (asked // 4, asked // 9)
    return {
        "date": day.isoformat(),
        "questions": asked,
        "answered": asked - silent - off_subject,
        "silent": silent,
        "off_subject": off_subject,
        "up": asked // 5,
        "down": asked // 8,
        "p50_ms": 90.0 + place % 5 * 7 if asked else None,
        "p95_ms": 300.5 + place % 9 * 31 if asked else None,
    }


@dataclass
class LibraryEnd:
    """What the server holds, and what it was sent; of a refresh under way each look shows the next form, then the last.

    `refused` are responses by path, with POST before those that start something, in place of what would be answered.
    """

    works: list[Json] = field(default_factory=lambda: [work(listed())])
    runs: dict[str, list[Json]] = field(default_factory=lambda: {"r1": [run()]})
    failures: list[Json] = field(default_factory=list)
    days: list[Json] | None = None
    refused: dict[str, Response] = field(default_factory=dict)
    looked: list[str] = field(default_factory=list)
    sent: list[tuple[str, Json]] = field(default_factory=list)
    uploaded: dict[str, bytes] = field(default_factory=dict)

    def starts(self, path: str, body: Json) -> Response:
        """Takes what asks for a refresh: it is the one called `next`."""
        self.sent.append((path, body))
        return self.refused.get(f"POST {path}") or JSONResponse({"run_id": "next"}, 202)


def library_router(end: LibraryEnd) -> APIRouter:
    """The endpoints before a far end."""
    router = APIRouter(prefix="/v1")

    @router.get("/works")
    def works(request: Request, after: int = 0) -> Response:
        end.looked.append(request.url.query)
        found = [one for one in end.works if _fits(one, request.query_params.get("query", ""))]
        return end.refused.get("/v1/works") or JSONResponse(_page("works", found, after) | {"total": len(found)})

    @router.post("/documents")
    def upload(files: list[UploadFile]) -> Response:
        end.uploaded |= {file.filename or "": file.file.read() for file in files}
        return end.starts("/v1/documents", {})

    @router.get("/refresh")
    def refreshes(after: int = 0) -> Response:
        runs = [forms[0] for forms in end.runs.values()]
        return end.refused.get("/v1/refresh") or JSONResponse(_page("runs", runs, after))

    @router.get("/refresh/{run_id}")
    def one(run_id: str) -> Response:
        forms = end.runs.get(run_id)
        if not forms:
            return JSONResponse({"detail": "There was no refresh with this id."}, 404)
        return JSONResponse(forms.pop(0) if len(forms) > 1 else forms[0])

    @router.get("/failures")
    def failed() -> Json:
        return {"failures": end.failures}

    @router.get("/statistics")
    def statistics(days: int) -> Response:
        end.looked.append(f"days={days}")
        told = {"days": end.days if end.days is not None else _days(days)}
        return end.refused.get("/v1/statistics") or JSONResponse(told)

    @router.post("/refresh")
    @router.post("/refresh/{run_id}/restore")
    @router.post("/refresh/{run_id}/proceed")
    @router.post("/failures/retry")
    async def begun(request: Request) -> Response:
        return end.starts(request.url.path, await request.json())

    return router


_days = days


def _page(name: str, whole: list[Json], after: int) -> Json:
    end = after + _PAGE
    return {name: whole[after:end], "next": str(end) if end < len(whole) else None}


def _fits(one: Json, words: str) -> bool:
    return any(words.casefold() in str(document["title"]).casefold() for document in one["documents"])
