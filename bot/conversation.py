"""Conversations: what was asked before, and what was answered."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Update, delete, false, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from vectorstore.catalogue import Catalogue
from vectorstore.tables import OutcomeRow, RatingRow, TurnRow, now

_log = logging.getLogger(__name__)
_REMEMBERED = 8  # turns that a follow-up may lean on
_TOLD = 4  # turns that a chat model is told
_SHORT_ANSWER = 300  # characters of an answer that it is told
_MOST_WAITING = 1000  # turns remembered while they cannot be kept
_DELETED_AT_ONCE = 500  # answers, for a moment each time: who keeps one meanwhile waits
_FORGOTTEN = ""  # the conversation of a turn whose own has expired


@dataclass(frozen=True)
class Turn:
    """One question, the query that it stood for, and the answer as it was given."""

    question: str
    query: str
    answer: dict[str, Any]

    @property
    def audiences(self) -> frozenset[str]:
        """All that somebody must be of, but the public, to see the answer; earlier versions kept public ones only."""
        return frozenset(self.answer.get("audiences", ()))


@dataclass(frozen=True)
class Kept:
    """A turn with its answer's id, and where and when it was asked."""

    answer_id: str
    conversation_id: str
    asked_at: str
    turn: Turn


class Remembering(Protocol):
    """Whatever remembers conversations."""

    def recent(self, conversation_id: str) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first."""

    def add(self, answer_id: str, conversation_id: str, turn: Turn) -> None:
        """Remembers a turn."""


class PassingConversations:
    """The turns of conversations that nobody will ask for again, remembered as long as this object is."""

    def __init__(self) -> None:
        self._turns: dict[str, tuple[Turn, ...]] = {}

    def recent(self, conversation_id: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first."""
        return self._turns.get(conversation_id, ())

    def add(self, _: str, conversation_id: str, turn: Turn) -> None:
        """Remembers a turn."""
        self._turns[conversation_id] = (*self.recent(conversation_id), turn)


class Conversations:
    """The turns of all conversations, kept in the catalogue.

    A conversation expires so many `days` after its last turn: then it is as if it had not been, but for its answers,
    which stay for `answer_days` after they were given, or for ever. Turns that the catalogue cannot take, as when the
    disk is full, are remembered until it can or this process ends.
    """

    def __init__(self, catalogue: Catalogue, *, days: int, answer_days: int | None = None) -> None:
        self._catalogue = catalogue
        self._days = days
        self._answer_days = answer_days
        self._lock = threading.Lock()
        self._waiting: dict[str, Kept] = {}  # by answer id, oldest first

    def recent(self, conversation_id: str) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first; none where it is unknown or has expired."""
        return tuple(kept.turn for kept in self._turns(conversation_id, at_most=_REMEMBERED)[-_REMEMBERED:])

    def history(self, conversation_id: str) -> tuple[Kept, ...]:
        """All turns of a conversation, oldest first; none where it is unknown or has expired."""
        return self._turns(conversation_id, at_most=None)

    def _turns(self, conversation_id: str, *, at_most: int | None) -> tuple[Kept, ...]:
        """The last turns, so many of those in the catalogue, and all that wait."""
        of_it = select(TurnRow).where(TurnRow.conversation_id == conversation_id)
        with self._lock, self._catalogue.begin() as session:
            rows = session.scalars(of_it.order_by(TurnRow.turn.desc()).limit(at_most)).all()
            waiting = [kept for kept in self._waiting.values() if kept.conversation_id == conversation_id]
        has_expired = bool(rows) and rows[0].asked_at < now(days_ago=self._days)
        return (*(() if has_expired else map(_kept, reversed(rows))), *waiting)

    def add(self, answer_id: str, conversation_id: str, turn: Turn) -> None:
        """Keeps a turn, evidence and all, and those that are waiting; what expired before it is forgotten."""
        with self._lock:
            turns = [*self._waiting.values(), Kept(answer_id, conversation_id, now(), turn)]
            conversations = {kept.conversation_id for kept in turns}
            try:
                with self._catalogue.begin() as session:
                    for each in conversations:
                        session.execute(_forgetting(self._days, TurnRow.conversation_id == each))
                    session.add_all([*map(_row, turns), *map(_outcome, turns)])
                    session.commit()
                self._waiting = {}
            except OperationalError:
                _log.exception("%d answers cannot be kept yet", len(turns))
                self._waiting = {kept.answer_id: kept for kept in turns[-_MOST_WAITING:]}

    def answer(self, answer_id: str) -> dict[str, Any] | None:
        """The answer as it was given; None where it is unknown or has expired."""
        query = select(TurnRow.answer).where(TurnRow.answer_id == answer_id, ~self._is_old())
        with self._lock, self._catalogue.begin() as session:
            waiting = self._waiting.get(answer_id)
            return waiting.turn.answer if waiting else session.scalars(query).one_or_none()

    def delete(self, conversation_id: str) -> bool:
        """Deletes a conversation, its questions, its answers and their ratings; whether there was any."""
        of_it = TurnRow.conversation_id == conversation_id
        return self._delete(of_it, lambda kept: kept.conversation_id == conversation_id)

    def delete_answer(self, answer_id: str) -> bool:
        """Deletes an answer, its question and its ratings; whether there was any."""
        return self._delete(TurnRow.answer_id == answer_id, lambda kept: kept.answer_id == answer_id)

    def _delete(self, of_it: ColumnElement[bool], is_of_it: Callable[[Kept], bool]) -> bool:
        """Deletes turns, in the catalogue and waiting ones, and all that is known of them."""
        with self._lock, self._catalogue.begin() as session:
            deleted = _deleted(session, of_it)
            session.execute(delete(OutcomeRow).where(OutcomeRow.answer_id.in_(deleted)))
            session.commit()
            others = {name: kept for name, kept in self._waiting.items() if not is_of_it(kept)}
            found = bool(deleted) or len(others) < len(self._waiting)
            self._waiting = others
        return found

    def forget_expired(self) -> int:
        """Forgets what joined the turns of the conversations that have expired; how many turns these had."""
        forgetting = _forgetting(self._days, TurnRow.conversation_id != _FORGOTTEN).returning(TurnRow.answer_id)
        with self._catalogue.begin() as session:
            forgotten = len(session.scalars(forgetting).all())
            session.commit()
        return forgotten

    def forget_old_answers(self) -> int:
        """Forgets the answers that have expired with their questions and ratings, but not how many there were."""
        some = select(TurnRow.turn).where(self._is_old()).limit(_DELETED_AT_ONCE)
        forgotten = 0
        while True:
            with self._catalogue.begin() as session:
                deleted = _deleted(session, TurnRow.turn.in_(some))
                session.commit()
            forgotten += len(deleted)
            if len(deleted) < _DELETED_AT_ONCE:
                return forgotten

    def _is_old(self) -> ColumnElement[bool]:
        return false() if self._answer_days is None else TurnRow.asked_at < now(days_ago=self._answer_days)


def kept_as(conversation_id: str, asker: str) -> str:
    """What a conversation goes by here: an asker who is told apart from others cannot name theirs."""
    return f"{asker}\n{conversation_id}" if asker else conversation_id


def moving(answer_id: str, conversation_id: str) -> Update:
    """Makes a turn, known by its answer, one of another conversation."""
    return update(TurnRow).where(TurnRow.answer_id == answer_id).values(conversation_id=conversation_id)


def _deleted(session: Session, of_it: ColumnElement[bool]) -> Sequence[str]:
    """Deletes turns with the ratings of their answers; the answers' ids."""
    deleted = session.scalars(delete(TurnRow).where(of_it).returning(TurnRow.answer_id)).all()
    session.execute(delete(RatingRow).where(RatingRow.answer_id.in_(deleted)))
    return deleted


def _forgetting(days: int, among: ColumnElement[bool]) -> Update:
    """Takes the turns of expired conversations out of these, and leaves their questions and answers alone."""
    last = func.max(TurnRow.asked_at)
    expired = select(TurnRow.conversation_id).where(among).group_by(TurnRow.conversation_id)
    return (
        update(TurnRow)
        .where(TurnRow.conversation_id.in_(expired.having(last < now(days_ago=days))))
        .values(conversation_id=_FORGOTTEN, query=TurnRow.question)
        .execution_options(synchronize_session=False)
    )


def _kept(row: TurnRow) -> Kept:
    return Kept(row.answer_id, row.conversation_id, row.asked_at, Turn(row.question, row.query, row.answer))


def _row(kept: Kept) -> TurnRow:
    return TurnRow(
        answer_id=kept.answer_id,
        conversation_id=kept.conversation_id,
        asked_at=kept.asked_at,
        question=kept.turn.question,
        query=kept.turn.query,
        answer=kept.turn.answer,
    )


def _outcome(kept: Kept) -> OutcomeRow:
    answer = kept.turn.answer
    return OutcomeRow(
        answer_id=kept.answer_id,
        asked_at=kept.asked_at,
        state=answer["state"],
        mode=answer["mode"],
        milliseconds=sum(answer["timings_ms"].values()),
    )


def shortened(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The last turns with their answers cut short, for a chat model to read."""
    return tuple(
        replace(turn, answer=turn.answer | {"answer": turn.answer["answer"][:_SHORT_ANSWER]}) for turn in turns[-_TOLD:]
    )
