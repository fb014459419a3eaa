"""Traces of questions and refreshes, sent to a collector where the standard variables name one."""

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from opentelemetry import trace

if TYPE_CHECKING:
    from fastapi.telemetry import TelemetryConfig

# https://opentelemetry.io/docs/specs/otel/protocol/exporter/
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_UNTRACED = ("/healthz", "/readyz", "/metrics", "/static/", "/interface/")


def collector() -> str | None:
    """The address that traces are sent to, if they are."""
    return next(filter(None, map(os.environ.get, _ENDPOINTS)), None)


@contextmanager
def tracing() -> Iterator[None]:
    """Sends traces within the block, if the environment says where."""
    if collector() is None:
        yield
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import OTELResourceDetector, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    ours = Resource.create({"service.name": "reformbot", "service.version": version("reformbot")})
    provider = TracerProvider(resource=ours.merge(OTELResourceDetector().detect()))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()


def request_tracing() -> "TelemetryConfig":
    """How FastAPI traces requests: each is a span of the trace that its sender names, or of one of its own."""
    return {
        "metrics": False,
        "logs": False,  # they hold what errors say
        "operation_spans": False,
        "auto_configure": False,
        "exclude": _is_untraced,
    }


def _is_untraced(scope: MutableMapping[str, Any]) -> bool:
    return str(scope["path"]).startswith(_UNTRACED)
