"""What is asked in Slack: kept until it is answered, and known a while longer, so that nothing is answered twice."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Delete, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.conversation import moving
from bot.slack.messages.message import Message
from bot.slack.questions.event import Asked
from vectorstore.catalogue import Catalogue
from vectorstore.tables import SlackEventRow, SlackThreadRow, now

# Slack delivers again within minutes, and with "delayed events" hourly for a day:
# https://docs.slack.dev/apis/events-api/#retries
_KNOWN_DAYS = 2
_SET_ASIDE_DAYS = 30
_THREAD_DAYS = 30  # after the last answer in a thread; then it takes a mention again
Given = ParamSpec("Given")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Kept:
    """What was asked and how far its answer has come.

    `begun` is the time of the message that shows how far the answer is, where there is one. `messages` are the answer,
    once it is made, and so many of them are `posted`, the first as what was begun. Where `attempted`, the next may be
    in Slack too, or one may be begun there. They go to the asker alone where `direct`. `reason` is Slack's word for why
    it cannot be answered.
    """

    asked: Asked
    begun: str | None = None
    messages: tuple[Message, ...] = ()
    posted: int = 0
    attempted: bool = False
    direct: bool = False
    reason: str | None = None

    @property
    def is_answered(self) -> bool:
        """Whether all of the answer is in Slack."""
        return bool(self.messages) and self.posted == len(self.messages)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done."""
        return self.is_answered or self.reason is not None


class Inbox:
    """The events that ask something, in the catalogue; every method commits before it returns."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        # One thread: what is asked of it is done in that order, and SQLite lets only one write at a time.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="slack-inbox")

    def close(self) -> None:
        """Lets the thread end once it has done what it was asked."""
        self._thread.shutdown(wait=False)

    async def keep(self, asked: Asked) -> bool:
        """Keeps an event, unless it or another of the same message is known; whether it was new.

        What is asked in a thread without a mention is kept only where the bot has answered in the thread, and nobody
        has told it since to keep out.
        """
        return await self._done(self._keep, asked)

    async def waiting(self) -> list[str]:
        """The ids of the events that are not settled, in the order in which they came."""
        return await self._done(self._waiting)

    async def find(self, event_id: str) -> Kept | None:
        """An event that is not settled, or None."""
        return await self._done(self._find, event_id)

    async def save(self, kept: Kept) -> None:
        """Keeps how far an answer has come. Of what is answered only the names are left.

        Raises SQLAlchemyError too where what was begun for it is another answer's.
        """
        await self._done(self._save, kept)

    async def begun_in(self, channel: str) -> set[str]:
        """The times of the messages that were begun in a channel."""
        return await self._done(self._begun_in, channel)

    async def _done(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *given, **named))

    def _keep(self, asked: Asked) -> bool:
        row = SlackEventRow(event_id=asked.event_id, channel=asked.channel, ts=asked.ts, **_content(Kept(asked)))
        with self._catalogue.begin() as session:
            if asked.way == "thread" and not _takes_part(session, asked):
                return False
            for forgetting in _forgetting():
                session.execute(forgetting)
            session.add(row)
            try:
                session.flush()
                _note_muting(session, asked)
                session.commit()
            except IntegrityError:
                return False
        return True

    def _waiting(self) -> list[str]:
        query = select(SlackEventRow.event_id).where(SlackEventRow.settled_at.is_(None))
        with self._catalogue.begin() as session:
            return list(session.scalars(query.order_by(SlackEventRow.number)))

    def _find(self, event_id: str) -> Kept | None:
        query = select(SlackEventRow).where(SlackEventRow.event_id == event_id, SlackEventRow.settled_at.is_(None))
        with self._catalogue.begin() as session:
            row = session.scalars(query).one_or_none()
        return _kept(row) if row else None

    def _begun_in(self, channel: str) -> set[str]:
        query = select(SlackEventRow.begun).where(SlackEventRow.channel == channel, SlackEventRow.begun.is_not(None))
        with self._catalogue.begin() as session:
            return {begun for begun in session.scalars(query) if begun}

    def _save(self, kept: Kept) -> None:
        its = update(SlackEventRow).where(SlackEventRow.event_id == kept.asked.event_id)
        with self._catalogue.begin() as session:
            session.execute(its.values(**_content(kept)))
            if kept.is_settled and kept.direct and kept.asked.way == "share":
                # So that it can be shared once the bot may post there.
                session.execute(delete(SlackEventRow).where(SlackEventRow.event_id == kept.asked.event_id))
            if kept.is_answered and not kept.direct and kept.asked.opens_thread:
                _note_answer(session, kept.asked)
            session.commit()


def _takes_part(session: Session, asked: Asked) -> bool:
    thread = session.get(SlackThreadRow, asked.conversation_id)
    return thread is not None and not thread.muted


def _note_muting(session: Session, asked: Asked) -> None:
    """Keeps out of a thread from now on where that is asked; a mention that asks anything else ends it."""
    thread, muted = session.get(SlackThreadRow, asked.conversation_id), asked.muted_in is not None
    if thread is not None and asked.way in ("mention", "thread"):
        thread.muted = muted
    elif muted:
        session.add(SlackThreadRow(conversation_id=asked.conversation_id, muted=True, answered_at=now()))


def _note_answer(session: Session, asked: Asked) -> None:
    thread = session.get(SlackThreadRow, asked.conversation_id)
    if thread is not None:
        thread.answered_at = now()
    else:
        session.add(SlackThreadRow(conversation_id=asked.conversation_id, muted=False, answered_at=now()))
    if asked.answer_id:
        session.execute(moving(asked.answer_id, asked.conversation_id))


def _forgetting() -> Iterator[Delete]:
    """Forgets the names of what was answered long ago, and what was set aside and threads still longer ago."""
    settled = SlackEventRow.settled_at
    answered = and_(settled < now(days_ago=_KNOWN_DAYS), SlackEventRow.reason.is_(None))
    old = or_(answered, settled < now(days_ago=_SET_ASIDE_DAYS))
    yield delete(SlackEventRow).where(old).execution_options(synchronize_session=False)
    quiet = SlackThreadRow.answered_at < now(days_ago=_THREAD_DAYS)
    yield delete(SlackThreadRow).where(quiet).execution_options(synchronize_session=False)


def _content(kept: Kept) -> dict[str, Any]:
    return {
        "asked": {} if kept.is_answered else asdict(kept.asked),
        "begun": kept.begun,
        "messages": [] if kept.is_answered else list(_written(kept.messages)),
        "posted": kept.posted,
        "attempted": kept.attempted,
        "direct": kept.direct,
        "settled_at": now() if kept.is_settled else None,
        "reason": kept.reason,
    }


def _written(messages: tuple[Message, ...]) -> Iterator[dict[str, Any]]:
    return ({"text": message.text, "blocks": list(message.blocks)} for message in messages)


def _kept(row: SlackEventRow) -> Kept:
    return Kept(
        asked=Asked(**row.asked),
        begun=row.begun,
        messages=tuple(Message(written["text"], tuple(written["blocks"])) for written in row.messages),
        posted=row.posted,
        attempted=row.attempted,
        direct=row.direct,
        reason=row.reason,
    )
