"""Sources that could not be read: why, when they are tried again, and which are set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from vectorstore.catalogue import Catalogue
from vectorstore.tables import FailureRow, now

# What may pass by itself is tried again after so many minutes, and then set aside; what cannot, at once.
_BACK_OFF_MINUTES = (1, 5, 25)


@dataclass(frozen=True)
class SetAside:
    """A source that could not be read: why, how often it was tried, and when it is tried again; None where it is not.

    `entry` is how to get at it: {"path": …} of a file, or {"name": …, "language": …} of a document to fetch.
    `content_hash` is that of the content that was refused, where it came so far.
    """

    source: str
    entry: Mapping[str, Any]
    reason: str
    content_hash: str | None = None
    attempts: int = 1
    failed_at: str = ""
    again_at: str | None = None


def set_aside(catalogue: Catalogue, failed: SetAside, *, transient: bool) -> None:
    """Keeps a failure; one that may pass by itself is due again after a while, longer each time."""
    with catalogue.begin() as session:
        earlier = session.get(FailureRow, failed.source)
        attempts = earlier.attempts + 1 if earlier and earlier.content_hash == failed.content_hash else 1
        session.merge(
            FailureRow(
                source=failed.source,
                entry=dict(failed.entry),
                content_hash=failed.content_hash,
                reason=failed.reason,
                attempts=attempts,
                failed_at=now(),
                again_at=_later(attempts) if transient else None,
            )
        )
        session.commit()


def forget(catalogue: Catalogue, sources: Sequence[str]) -> None:
    """Takes sources off the list: they have been read, or are gone."""
    with catalogue.begin() as session:
        session.execute(delete(FailureRow).where(FailureRow.source.in_(sources)))
        session.commit()


def failures(catalogue: Catalogue) -> tuple[SetAside, ...]:
    """All that could not be read, in the order of the sources."""
    with catalogue.begin() as session:
        return tuple(map(_set_aside, session.scalars(select(FailureRow).order_by(FailureRow.source))))


def due(catalogue: Catalogue) -> tuple[SetAside, ...]:
    """What is to be tried again by now."""
    return tuple(failed for failed in failures(catalogue) if failed.again_at and failed.again_at <= now())


def _later(attempts: int) -> str | None:
    if attempts > len(_BACK_OFF_MINUTES):
        return None
    again = datetime.now(UTC) + timedelta(minutes=_BACK_OFF_MINUTES[attempts - 1])
    return again.strftime("%Y-%m-%dT%H:%M:%SZ")


def _set_aside(row: FailureRow) -> SetAside:
    return SetAside(**{name: getattr(row, name) for name in SetAside.__dataclass_fields__})
