"""The figures of this process for Prometheus; it only translates."""

import platform
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import get_args

from fastapi import APIRouter, Depends, Request
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.responses import Response

from bot.access.gate import Gate
from bot.http.admission import Admission, Refusal
from bot.operations.metrics import figures
from bot.service import Service
from vectorstore.tables import FailureRow, RunRow, SlackEventRow


def metrics_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoint that Prometheus asks."""
    router = APIRouter(dependencies=[Depends(gate.operate)], tags=["operating"])
    registry = figures()
    registry.register(_OfService(service, gate.admission))

    @router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    def metrics(request: Request) -> Response:
        """Figures for Prometheus: questions, refusals, latency by stage, refreshes, queues."""
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(registry), headers={"Content-Type": content_type})

    return router


class _OfService(Collector):
    """What a service is just now, looked up when it is asked for."""

    def __init__(self, service: Service, admission: Admission) -> None:
        self._service = service
        self._admission = admission

    def collect(self) -> Iterator[Metric]:
        """The figures, but for those that the catalogue cannot tell now."""
        kept = self._of_catalogue()
        yield self._build()
        yield self._ready(catalogue_answers=bool(kept))
        yield from kept
        yield from self._of_admission()
        worker = self._service.worker
        yield _gauge("refresh_running", "Whether a refresh is under way.", not worker.is_idle)
        yield _gauge("refreshes_waiting", "Refreshes that wait for their turn.", worker.waiting)
        yield _gauge("documents", "Documents of the index.", len(self._service.library.records()))

    def _of_catalogue(self) -> list[Metric]:
        """What the catalogue tells; nothing where it does not answer."""
        try:
            with self._service.catalogue.begin() as session:
                return list(_kept(session))
        except SQLAlchemyError:
            return []

    def _of_admission(self) -> Iterator[Metric]:
        yield _gauge("questions_working", "Questions over HTTP that are at work.", self._admission.working)
        yield _gauge("questions_waiting", "Questions over HTTP that wait in line.", self._admission.waiting)
        refused = CounterMetricFamily(
            "reformbot_questions_refused", "Questions over HTTP that were refused, by the reason.", labels=["reason"]
        )
        for reason in get_args(Refusal):
            refused.add_metric([reason], self._admission.refused[reason])
        yield refused

    def _build(self) -> GaugeMetricFamily:
        told = {
            "version": version("reformbot"),
            "python": platform.python_version(),
            "model": self._service.answering.model_name,
            "embedding_model": self._service.index_settings.embedding_model,
        }
        built = GaugeMetricFamily("reformbot_build_info", "What runs here.", labels=list(told))
        built.add_metric(list(told.values()), 1)
        return built

    def _ready(self, *, catalogue_answers: bool) -> GaugeMetricFamily:
        ready = GaugeMetricFamily("reformbot_ready", "Whether a part is ready.", labels=["part"])
        for part, is_ready in self._service.parts(catalogue_answers=catalogue_answers).items():
            ready.add_metric([part], is_ready)
        return ready


def _kept(session: Session) -> Iterator[GaugeMetricFamily]:
    """What the catalogue tells."""
    failed = session.scalar(select(func.count()).select_from(FailureRow))
    yield _gauge("sources_failed", "Sources that could not be read.", failed or 0)
    waiting = session.scalar(select(func.count()).where(SlackEventRow.settled_at.is_(None)))
    yield _gauge("slack_questions_waiting", "Questions from Slack that are not answered yet.", waiting or 0)
    last = session.scalar(select(func.max(RunRow.finished_at)).where(RunRow.state == "done"))
    if last:
        yield _gauge("last_refresh_timestamp_seconds", "When a refresh last ended well.", _seconds(last))


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"reformbot_{name}", told, value=value)


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
