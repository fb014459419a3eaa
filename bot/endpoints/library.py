"""The library over HTTP: documents, uploads and status; it only translates."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, UploadFile

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.endpoints.library_schemas import (
    DocumentOut,
    DocumentsOut,
    DocumentWithOutline,
    FlaggedOut,
    OutlineOut,
    ReportOut,
    StatusOut,
    VersionOut,
)
from bot.endpoints.refresh_schemas import RunOut, RunStarted
from bot.http.problems import Refused
from bot.http.request_schemas import IsoDate
from bot.http.schemas import Problem
from bot.library.uploads import LONGEST_NAME, arriving, keep
from bot.library.works import Status, Wanted, status_of
from bot.service import Service
from bot.texts.footnote import Place, footnote
from ingest.plan import Change
from ingest.runs import recent_runs
from ingest.sources import SourceFile
from vectorstore.labels import anchor, label
from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord

_ID = r"^([0-9a-f]{16})?$"
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}


def library_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoints on what is in the index and how it gets there."""
    router = APIRouter(prefix="/v1", tags=["library"])

    @router.get("/documents", response_model=DocumentsOut)
    def documents(
        reader: Annotated[Principal, Depends(gate.ask)],
        these: Annotated[Wanted, Depends(wanted)],
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        after: Annotated[str, Query(pattern=_ID, description="`next` of the page before.")] = "",
    ) -> Any:
        """The documents of the index that are asked for, in the order of their ids, a page at a time."""
        records = sorted(filter(these.fits, readable(service, reader)), key=lambda record: record.document_id)
        page = [record for record in records if record.document_id > after][: limit + 1]
        return {
            "documents": [document_out(record) for record in page[:limit]],
            "next": page[limit - 1].document_id if len(page) > limit else None,
        }

    @router.get("/documents/{document_id}", response_model=DocumentWithOutline, responses=_NOT_FOUND)
    def document(document_id: str, reader: Annotated[Principal, Depends(gate.ask)]) -> Any:
        """One document with every paragraph; one that the index no longer holds is still shown, for old citations."""
        record = _found(service, document_id, reader)
        paragraphs = enumerate(service.catalogue.paragraphs(document_id))
        outline = [_outlined(record, paragraph, position) for position, paragraph in paragraphs]
        versions = _versions(record, readable(service, reader))
        return DocumentWithOutline(**document_out(record).model_dump(), outline=outline, versions=versions)

    @router.post(
        "/documents",
        status_code=202,
        response_model=RunStarted,
        responses={413: {"model": Problem}},
        dependencies=[Depends(gate.upload)],
        max_body_size=service.bot_settings.upload_bytes,
    )
    def upload(
        files: Annotated[list[UploadFile], File(min_length=1, description="Reports, each under its own name.")],
    ) -> Any:
        """Takes reports in; a report of the same name is replaced when the new one has been read."""
        change = Change(files=tuple(_keep(file, service.index_settings.path) for file in files))
        return {"run_id": service.worker.submit(change).run_id}

    @router.delete(
        "/documents/{document_id}",
        status_code=202,
        response_model=RunStarted,
        responses=_NOT_FOUND,
        dependencies=[Depends(gate.operate)],
    )
    def remove(document_id: str) -> Any:
        """Takes a document out of the index."""
        if document_id not in service.library.records():
            raise Refused(404, "not_in_index")
        change = Change(removed=frozenset({document_id}), force=True)
        return {"run_id": service.worker.submit(change).run_id}

    @router.get("/status", response_model=StatusOut)
    def status(reader: Annotated[Principal, Depends(gate.ask)]) -> Any:
        """What is in the index and what runs on it, as far as it is for the reader."""
        return _status(service, reader)

    return router


def readable(service: Service, reader: Principal) -> Iterator[DocumentRecord]:
    """The documents of the index that are for this reader."""
    return (record for record in service.library.records().values() if reader.may_read(record.audience))


def _found(service: Service, document_id: str, reader: Principal) -> DocumentRecord:
    known = service.library.records().get(document_id)
    records = [known] if known else service.catalogue.read_documents([document_id])
    if not records or not reader.may_read(records[0].audience):
        raise Refused(404, "no_document")
    return records[0]


def wanted(
    *,
    query: Annotated[str, Query(max_length=200, description="Words of its symbol, title or source.")] = "",
    language: Annotated[str | None, Query(max_length=10, examples=["fr"])] = None,
    status: Status | None = None,
    flagged: Annotated[bool, Query(description="Only what was not read whole.")] = False,
    from_date: IsoDate | None = None,
    to_date: IsoDate | None = None,
) -> Wanted:
    """Which documents are asked for."""
    return Wanted(query, language, status, flagged, from_date, to_date)


def document_out(record: DocumentRecord) -> DocumentOut:
    """A document in the form of the API."""
    fields = asdict(record) | {"report": _report(record)}
    return DocumentOut(
        **{name: fields[name] for name in DocumentOut.model_fields if name in fields},
        status=status_of(record),
        paragraphs=record.paragraph_count,
    )


def _outlined(record: DocumentRecord, paragraph: Paragraph, position: int) -> OutlineOut:
    called = label(record, paragraph)
    return OutlineOut(
        paragraph=paragraph.number,
        kind=paragraph.kind,
        mark=paragraph.mark,
        bearer=paragraph.bearer,
        label=called,
        footnote=footnote(Place(record.symbol, record.title, called, record.date)),
        anchor=anchor(paragraph, position),
        section=list(paragraph.section),
        page=paragraph.page,
        text=paragraph.text,
    )


def _versions(record: DocumentRecord, readable: Iterable[DocumentRecord]) -> list[VersionOut]:
    """The other documents of the same work: current ones first, by language, then by symbol."""
    others = (other for other in readable if other.work_id == record.work_id)
    described = [document_out(other) for other in others if other.document_id != record.document_id]
    described.sort(key=lambda other: (other.status, other.language, other.symbol or "", other.document_id))
    return [VersionOut(**other.model_dump(include=set(VersionOut.model_fields))) for other in described]


def _report(record: DocumentRecord) -> ReportOut:
    return ReportOut(**asdict(record.report), ocr_pages=len(record.report.recognised))


def _keep(file: UploadFile, index_path: Path) -> SourceFile:
    name = (file.filename or "").strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(422, "upload_name", most=LONGEST_NAME)
    with arriving(index_path) as path:
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
        return keep(path, name)


def _status(service: Service, reader: Principal) -> StatusOut:
    current = service.library.current()
    records = list(readable(service, reader))
    runs = recent_runs(service.catalogue, 1)
    return StatusOut(
        documents=len(records),
        superseded=sum(record.superseded_by is not None for record in records),
        paragraphs=sum(record.paragraph_count for record in records),
        pages=sum(record.pages or 0 for record in records),
        ocr_pages=sum(len(record.report.recognised) for record in records),
        tables=sum(record.report.tables for record in records),
        languages=dict(sorted(Counter(record.language for record in records).items())),
        embedding_model=service.index_settings.embedding_model,
        model=service.answering.model_name,
        as_of=current.made_at if current else None,
        index_version=current.generation_id if current else "",
        last_refresh=RunOut.model_validate(runs[0]) if runs else None,
        flagged=_flagged(records),
    )


def _flagged(records: Sequence[DocumentRecord]) -> list[FlaggedOut]:
    """The documents whose reports a person should look at."""
    return [
        FlaggedOut(document_id=record.document_id, symbol=record.symbol, source=record.source, report=_report(record))
        for record in records
        if record.report.is_flagged
    ]
