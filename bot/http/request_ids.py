"""A name for each request, which its response and all lines of the log about it carry."""

import logging
import re
from uuid import uuid4

from opentelemetry import trace
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.operations.metrics import REQUESTS
from vectorstore.stages import known_by

HEADER = "X-Request-Id"
_HARMLESS = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_NO_STATUS = 0  # the connection ended before there was any
_log = logging.getLogger(__name__)


class WithRequestIds:
    """ASGI middleware: names, counts and answers each request; what it fails with is logged here, and only here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; its sender may have named it already."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, status = _named(scope), _NO_STATUS

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        if scope["query_string"]:
            # FastAPI gives it to the span, and a page's may hold a question.
            trace.get_current_span().set_attribute("url.query", "")
        with known_by(request_id=request_id):
            try:
                await self._app(scope, receive, named)
            except Exception:
                _log.exception("A request failed")
                if status == _NO_STATUS:
                    raise
            finally:
                REQUESTS.labels(_method(scope), _route(scope), str(status)).inc()


def _named(scope: Scope) -> str:
    given = Headers(scope=scope).get(HEADER, "")
    return given if _HARMLESS.fullmatch(given) else uuid4().hex


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "other"


def _route(scope: Scope) -> str:
    """The path as it was declared, so that there are only so many."""
    return getattr(scope.get("route"), "path", "") or "other"
