"""A collector of traces, OTLP over HTTP on loopback, that keeps what it is sent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Span:
    """A span as it was sent: its parent is the name of the span that it is within, empty where that was not sent."""

    trace: str
    name: str
    parent: str
    attributes: dict[str, str]
    failed: bool
    nanoseconds: int


@dataclass
class Collector:
    """What was sent: to which address, from which service, and the bodies as they came."""

    url: str
    bodies: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def services(self) -> set[str]:
        """The names of the services that sent spans."""
        return {
            attribute.value.string_value
            for sent in self._sent()
            for each in sent.resource_spans
            for attribute in each.resource.attributes
            if attribute.key == "service.name"
        }

    @property
    def spans(self) -> list[Span]:
        """All spans."""
        kept = [
            span
            for sent in self._sent()
            for each in sent.resource_spans
            for scope in each.scope_spans
            for span in scope.spans
        ]
        names = {span.span_id: span.name for span in kept}
        return [_span(span, names) for span in kept]

    def _sent(self) -> list[ExportTraceServiceRequest]:
        return [ExportTraceServiceRequest.FromString(body) for body in self.bodies]


def _span(span: Any, names: dict[bytes, str]) -> Span:
    return Span(
        trace=span.trace_id.hex(),
        name=span.name,
        parent=names.get(span.parent_span_id, ""),
        attributes={one.key: one.value.string_value or str(one.value.int_value) for one in span.attributes},
        failed=span.status.code == span.status.STATUS_CODE_ERROR,
        nanoseconds=span.end_time_unix_nano - span.start_time_unix_nano,
    )


@contextmanager
def collecting() -> Iterator[Collector]:
    """The collector, within the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.paths.append(self.path)
            collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector = Collector(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
