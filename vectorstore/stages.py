"""The stages of a question and of a refresh: each a time that operators see, and a span of the trace under way."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar, Token
from time import perf_counter, time_ns
from types import TracebackType
from typing import Literal, TypeVar

from opentelemetry import context, trace
from opentelemetry.context import Context
from prometheus_client import Histogram

# Of a question the first is the whole, and of a refresh.
Question = Literal[
    "question",
    "understand",
    "embed_question",
    "search",
    "candidates",
    "fuse",
    "rerank",
    "read",
    "judge",
    "write",
    "verify",
    "translate",
    "keep",
]
Refresh = Literal["refresh", "fetch", "read_file", "split", "embed", "write_index", "check", "ask_golden", "switch"]
Name = Question | Refresh
Note = tuple[Name, int, float]  # a stage that has ended, when it began, in nanoseconds of the epoch, and its seconds
Told = TypeVar("Told")
Result = TypeVar("Result")

SECONDS = Histogram(
    "reformbot_stage_seconds",
    "Seconds that a stage of a question or of a refresh took.",
    ["stage"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800),
    registry=None,
)
_NANOSECONDS = 1_000_000_000  # a second
_NOTES: ContextVar[list[Note] | None] = ContextVar("notes", default=None)
_IDS = context.create_key("reformbot-ids")
_tracer = trace.get_tracer("reformbot")


def stage(name: Name, **ids: str) -> AbstractContextManager[None]:
    """Makes of a block a stage, which these ids tell apart; nothing may be yielded within it: see `staged`."""
    return _whole(_Stage(name, ids))


def staged(name: Name, events: Generator[Told, None, Result], **ids: str) -> Generator[Told, None, Result]:
    """The same events, whose making is a stage; what whoever takes them does meanwhile is none of it.

    Each may be taken in another thread.
    """
    made = _Stage(name, ids)
    try:
        while True:
            with made:
                try:
                    event = next(events)
                except StopIteration as end:
                    result: Result = end.value
                    return result
            yield event
    finally:
        events.close()
        made.end()


@contextmanager
def known_by(**ids: str) -> Generator[None]:
    """Makes these ids known within the block, beside those that are known."""
    token = context.attach(context.set_value(_IDS, {**known_ids(), **ids}))
    try:
        yield
    finally:
        context.detach(token)


def known_ids() -> Mapping[str, str]:
    """What the work under way is known by: the ids of the request, of the answer, of the refresh."""
    ids = context.get_value(_IDS)
    return ids if isinstance(ids, dict) else {}


@contextmanager
def noted() -> Generator[list[Note]]:
    """Notes the stages that end within the block, for another process to have them told there; for one thread."""
    notes: list[Note] = []
    token = _NOTES.set(notes)
    try:
        yield notes
    finally:
        _NOTES.reset(token)


def retold(notes: Iterable[Note]) -> None:
    """Tells stages that ended in another process, as parts of the one under way."""
    for name, began, seconds in notes:
        span = _tracer.start_span(name, start_time=began)
        span.end(end_time=began + int(seconds * _NANOSECONDS))
        SECONDS.labels(name).observe(seconds)


class _Stage:
    """A stage, at work within the blocks that it is given to, one after another, until it ends."""

    def __init__(self, name: Name, ids: Mapping[str, str]) -> None:
        self._name = name
        self._span = _tracer.start_span(name, attributes={f"reformbot.{key}": value for key, value in ids.items()})
        within = trace.set_span_in_context(self._span)
        self._context = context.set_value(_IDS, {**known_ids(), **ids}, within) if ids else within
        self._began = time_ns()
        self._seconds = 0.0
        self._started = 0.0
        self._token: Token[Context] | None = None

    def __enter__(self) -> None:
        self._token = context.attach(self._context)
        self._started = perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._seconds += perf_counter() - self._started
        if self._token:
            context.detach(self._token)
        if kind and issubclass(kind, Exception):
            # Not what the error says: that may hold words of a question.
            self._span.set_status(trace.StatusCode.ERROR, kind.__name__)

    def end(self) -> None:
        self._span.end()
        SECONDS.labels(self._name).observe(self._seconds)
        if (notes := _NOTES.get()) is not None:
            notes.append((self._name, self._began, self._seconds))


@contextmanager
def _whole(one: _Stage) -> Generator[None]:
    try:
        with one:
            yield
    finally:
        one.end()
