"""Refreshes over HTTP: what to refresh, how far it is, what failed, the way back; it only translates."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.endpoints.refresh_schemas import (
    FailuresOut,
    RefreshRequest,
    RestoreRequest,
    RetryRequest,
    RunOut,
    RunsOut,
    RunStarted,
    RunWithSteps,
    SetAsideOut,
)
from bot.evaluation.judging import golden
from bot.http.problems import Refused
from bot.http.request_schemas import Language
from bot.http.schemas import Problem
from bot.service import Service
from ingest.failures import failures
from ingest.fetch_list import ListError
from ingest.held import to_go_on_with
from ingest.outcome import digest_in
from ingest.plan import Change
from ingest.runs import find_run, recent_runs
from ingest.sources import files_under
from ingest.watch import again, mirror_of

_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}
_RUNS_LISTED = 50
_ID = r"^[0-9a-f]{14}$"


def refresh_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoints on how the index follows its sources."""
    router = APIRouter(prefix="/v1", tags=["refresh"])
    operating, following = [Depends(gate.operate)], [Depends(gate.upload_or_operate)]

    @router.post("/refresh", status_code=202, response_model=RunStarted)
    def refresh(operator: Annotated[Principal, Depends(gate.operate)], body: RefreshRequest | None = None) -> Any:
        """Refreshes the watched folders and the list, or what is named of the server's own machine."""
        change = _change(service, operator, body or RefreshRequest())
        return {"run_id": service.worker.submit(change).run_id}

    @router.post(
        "/refresh/{run_id}/restore",
        status_code=202,
        response_model=RunStarted,
        responses=_NOT_FOUND,
        dependencies=operating,
    )
    def restore(run_id: str, body: RestoreRequest | None = None) -> Any:
        """Makes the index again what it was after an earlier refresh; the next refresh goes on from there."""
        run = find_run(service.catalogue, run_id)
        if run is None or run.generation_id is None:
            raise Refused(404, "no_run_to_restore")
        change = Change(restored=run_id, force=True, dry_run=bool(body and body.dry_run))
        return {"run_id": service.worker.submit(change).run_id}

    @router.post(
        "/refresh/{run_id}/proceed",
        status_code=202,
        response_model=RunStarted,
        responses=_NOT_FOUND | {409: {"model": Problem}},
        dependencies=operating,
    )
    def proceed(run_id: str) -> Any:
        """Goes on with a refresh that was held: exactly what it was to take in and to take out, uploads too."""
        run = find_run(service.catalogue, run_id)
        if run is None:
            raise Refused(404, "no_run")
        change = to_go_on_with(run)
        if change is None:
            raise Refused(409, "nothing_held")
        return {"run_id": service.worker.submit(change).run_id}

    @router.get("/refresh", response_model=RunsOut, dependencies=following)
    def refreshes(
        limit: Annotated[int, Query(ge=1, le=500)] = _RUNS_LISTED,
        after: Annotated[str | None, Query(pattern=_ID, description="`next` of the page before.")] = None,
    ) -> Any:
        """The last refreshes, newest first, a page at a time."""
        runs = recent_runs(service.catalogue, limit + 1, before=after)
        listed = [RunOut.model_validate(run) for run in runs[:limit]]
        return RunsOut(runs=listed, next=listed[-1].run_id if len(runs) > limit else None)

    @router.get("/refresh/{run_id}", response_model=RunWithSteps, responses=_NOT_FOUND, dependencies=following)
    def one_refresh(run_id: str, language: Annotated[Language | None, Query()] = None) -> Any:
        """A refresh as far as it has come, and once it is done what it changed; its digest in English unless told."""
        run = service.worker.find(run_id)
        if run is None:
            raise Refused(404, "no_run")
        if language and run.generation_id:
            run = replace(run, digest=digest_in(language, run, service.catalogue))
        return RunWithSteps.model_validate(run, from_attributes=True)

    @router.get("/failures", response_model=FailuresOut, dependencies=following)
    def failed() -> Any:
        """What could not be read, why, and when it is tried again."""
        return {"failures": [SetAsideOut.model_validate(one) for one in failures(service.catalogue)]}

    @router.post(
        "/failures/retry", status_code=202, response_model=RunStarted, responses=_NOT_FOUND, dependencies=operating
    )
    def retry(body: RetryRequest | None = None) -> Any:
        """Tries again what failed, also what was set aside."""
        named = set(body.sources) if body else set()
        chosen = [one for one in failures(service.catalogue) if not named or one.source in named]
        if unknown := named - {one.source for one in chosen}:
            raise Refused(404, "nothing_failed", sources=", ".join(sorted(unknown)))
        return {"run_id": service.worker.submit(again(chosen)).run_id}

    return router


def _change(service: Service, operator: Principal, body: RefreshRequest) -> Change:
    if (body.paths or body.check) and not operator.owner:
        raise Refused(403, "only_owner_names")
    change = _named(body) if body.paths else _watched(service)
    return replace(change, force=body.force, dry_run=body.dry_run, golden=tuple(map(golden, body.check)))


def _named(body: RefreshRequest) -> Change:
    paths = [Path(path) for path in body.paths]
    if missing := [str(path) for path in paths if not path.exists()]:
        raise Refused(422, "no_path", paths=", ".join(missing))
    return mirror_of(paths) if body.replace_folder else Change(files=files_under(paths))


def _watched(service: Service) -> Change:
    try:
        change = service.sources()
    except (ListError, OSError) as error:
        raise Refused(422, "sources_unreadable", reason=str(error)) from error
    if not (change.files or change.listed or change.mirrored):
        raise Refused(422, "nothing_watched")
    return change
