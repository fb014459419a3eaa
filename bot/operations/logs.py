"""The process's log, in words or as JSON: no line of it holds a word of a question, of a report, or a secret."""

import json
import logging
import sqlite3
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Literal

from opentelemetry import trace

from vectorstore.stages import known_ids

Form = Literal["text", "json"]
_OURS = ("bot", "ingest", "vectorstore", "prompts")
_TELLING = ("uvicorn.error", "slack_bolt", "slack_sdk")  # of other loggers only warnings are shown
_log = logging.getLogger(__name__)


def form_for(stream: IO[str]) -> Form:
    """Words where a person reads along, JSON where a machine does."""
    return "text" if stream.isatty() else "json"


def log_to(handler: logging.Handler, form: Form) -> None:
    """Sends the process's log there, a line each."""
    handler.setFormatter(_AsJson() if form == "json" else _InWords())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for name in (*_OURS, *_TELLING):
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
    threading.excepthook = _log_thread
    sys.excepthook = _log_process


class _InWords(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        ids = "".join(f" {name}={value}" for name, value in _ids().items())
        line = f"{_moment(record)} {record.levelname} {record.name}: {_message(record)}{ids}"
        return "\n".join([line, *_trace_of(record)])


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            **_ids(),
        }
        failed = "\n".join(_trace_of(record))
        return json.dumps(told | ({"exception": failed} if failed else {}), ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _message(record: logging.LogRecord) -> str:
    """The message in one line; of those of libraries the first, as the others may hold what they worked on."""
    lines = record.getMessage().splitlines() or [""]
    return " ".join(lines) if _is_ours(record.name) else lines[0]


def _ids() -> Mapping[str, str]:
    """What the work under way is known by, in the log and in the trace."""
    here = trace.get_current_span().get_span_context()
    return {**known_ids(), **({"trace_id": trace.format_trace_id(here.trace_id)} if here.is_valid else {})}


def _trace_of(record: logging.LogRecord) -> Iterator[str]:
    error = record.exc_info[1] if record.exc_info else None
    return _traced(error, set()) if error else iter(())


def _traced(error: BaseException, seen: set[int]) -> Iterator[str]:
    """Where an error comes from, those that led to it first."""
    seen.add(id(error))
    led = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for one in (*([led] if led else ()), *(error.exceptions if isinstance(error, BaseExceptionGroup) else ())):
        if id(one) not in seen:
            yield from _traced(one, seen)
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}: {_said(error)}".removesuffix(": ")


def _said(error: BaseException) -> str:
    """What an error says, where that is sure to hold none of what was worked on."""
    if _is_ours(type(error).__module__):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or ""
    return getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in _OURS


def _log_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value:
        _log.error("A thread ended", exc_info=ended.exc_value)


def _log_process(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if issubclass(kind, Exception):
        _log.critical("The process ended", exc_info=error)
    else:
        sys.__excepthook__(kind, error, where)
