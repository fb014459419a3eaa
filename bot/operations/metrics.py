"""What operators see in figures; no label holds a word of a question or of a report."""

from collections.abc import Generator
from contextlib import closing
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, PlatformCollector, ProcessCollector

from bot.answer import Answer, Edge, Event, Token
from ingest.runs import Run
from vectorstore import stages

_QUESTIONS = Counter(
    "reformbot_questions",
    "Questions by where they were asked, how answers are made, and what came of them.",
    ["edge", "mode", "state"],
    registry=None,
)
_CITATIONS = Histogram(
    "reformbot_citations", "Citations of an answer.", buckets=(1, 2, 3, 4, 5, 7, 10, 15), registry=None
)
_FIRST_WORDS = Histogram(
    "reformbot_first_words_seconds",
    "Seconds until the first words of a streamed answer.",
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=None,
)
CLAIMS = Counter(
    "reformbot_claims",
    "Claims that were checked, the chat model's (answer) and people's (draft), by what came of it.",
    ["origin", "outcome"],
    registry=None,
)
MODEL_CALLS = Counter("reformbot_model_calls", "Calls of the chat model by how they ended.", ["outcome"], registry=None)
FEEDBACK = Counter("reformbot_feedback", "Ratings of answers.", ["rating"], registry=None)
_REFRESHES = Counter("reformbot_refreshes", "Refreshes by how they ended.", ["state"], registry=None)
_REFRESHED = Counter(
    "reformbot_refreshed_documents", "Documents by what refreshes did with them.", ["change"], registry=None
)
REQUESTS = Counter("reformbot_http_requests", "HTTP requests.", ["method", "route", "status"], registry=None)

_COUNTED = (
    _QUESTIONS,
    _CITATIONS,
    _FIRST_WORDS,
    CLAIMS,
    MODEL_CALLS,
    FEEDBACK,
    _REFRESHES,
    _REFRESHED,
    REQUESTS,
    stages.SECONDS,
)


def figures() -> CollectorRegistry:
    """All figures of this process, to be told at any time."""
    registry = CollectorRegistry()
    for counted in _COUNTED:
        registry.register(counted)
    for own in (ProcessCollector, PlatformCollector, GCCollector):
        own(registry=registry)
    return registry


def count_answer(answer: Answer, edge: Edge) -> None:
    """Counts a question that was answered, or told why not."""
    _QUESTIONS.labels(edge, answer.mode, answer.state).inc()
    if not answer.abstained:
        _CITATIONS.observe(len(answer.citations))


def count_refresh(run: Run) -> None:
    """Counts a refresh that has ended, and what it did where it did anything."""
    _REFRESHES.labels(run.state).inc()
    if run.state == "done" and not run.dry_run:
        for change in ("new", "changed", "moved", "removed"):
            _REFRESHED.labels(change).inc(getattr(run, change))
    _REFRESHED.labels("failed").inc(len(run.failed))


def first_words_timed(events: Generator[Event]) -> Generator[Event]:
    """The same events, of which operators see how long the first words took."""
    started = perf_counter()
    with closing(events):
        for event in events:
            yield event
            if isinstance(event, Token):
                _FIRST_WORDS.observe(perf_counter() - started)
                break
        yield from events
