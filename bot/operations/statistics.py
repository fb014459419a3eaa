"""How the bot was used, day by day, from what the catalogue keeps."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from vectorstore.catalogue import Catalogue
from vectorstore.tables import OutcomeRow, RatingRow


@dataclass(frozen=True)
class Day:
    """A day in UTC: its questions by what came of them, its thumbs, and how long answers took; null without any."""

    date: date
    questions: int
    answered: int
    silent: int
    off_subject: int
    up: int
    down: int
    p50_ms: float | None
    p95_ms: float | None


def last_days(catalogue: Catalogue, days: int) -> tuple[Day, ...]:
    """So many days, today the last of them; those without a question, too."""
    today = datetime.now(UTC).date()
    wanted = [today - timedelta(days=ago) for ago in reversed(range(days))]
    first = wanted[0].isoformat()
    states, milliseconds = defaultdict[str, Counter[str]](Counter), defaultdict[str, list[float]](list)
    for day, state, taken in _outcomes(catalogue, first):
        states[day][state] += 1
        milliseconds[day].append(taken)
    ratings = _ratings(catalogue, first)
    return tuple(_day(each, states[str(each)], milliseconds[str(each)], ratings[str(each)]) for each in wanted)


def _day(day: date, states: Counter[str], milliseconds: Sequence[float], ratings: Counter[str]) -> Day:
    p50, p95 = np.percentile(milliseconds, (50, 95)).round(1).tolist() if milliseconds else (None, None)
    return Day(
        date=day,
        questions=states.total(),
        answered=states["answered"],
        silent=states["silent"],
        off_subject=states["off_subject"],
        up=ratings["up"],
        down=ratings["down"],
        p50_ms=p50,
        p95_ms=p95,
    )


def _outcomes(catalogue: Catalogue, first: str) -> Iterator[tuple[str, str, float]]:
    """The day, the state and the milliseconds of every question since a day."""
    columns = select(_day_of(OutcomeRow.asked_at), OutcomeRow.state, OutcomeRow.milliseconds)
    with catalogue.begin() as session:
        yield from session.execute(columns.where(OutcomeRow.asked_at >= first))


def _ratings(catalogue: Catalogue, first: str) -> defaultdict[str, Counter[str]]:
    """By day since a day, how often each rating was given."""
    day = _day_of(RatingRow.rated_at)
    columns = select(day, RatingRow.rating, func.count()).where(RatingRow.rated_at >= first)
    found = defaultdict[str, Counter[str]](Counter)
    with catalogue.begin() as session:
        for rated_on, rating, count in session.execute(columns.group_by(day, RatingRow.rating)):
            found[rated_on][rating] = count
    return found


def _day_of(moment: InstrumentedAttribute[str]) -> ColumnElement[str]:
    return func.substr(moment, 1, len("2026-11-23"))
