"""Conversations: what was asked before, and what was answered."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from vectorstore.catalogue import Catalogue
from vectorstore.tables import TurnRow, now

_log = logging.getLogger(__name__)
_REMEMBERED = 8  # turns that a follow-up may lean on
_TOLD = 4  # turns that a chat model is told
_SHORT_ANSWER = 300  # characters of an answer that it is told
_MOST_WAITING = 1000  # turns remembered while they cannot be kept


@dataclass(frozen=True)
class Turn:
    """One question, the query that it stood for, and the answer as it was given."""

    question: str
    query: str
    answer: dict[str, Any]


class Conversations:
    """The turns of all conversations, kept in the catalogue.

    Those that it cannot take, as when the disk is full, are remembered until it can or this process ends.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._waiting: dict[str, _Kept] = {}  # by answer id, oldest first

    def recent(self, conversation_id: str) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first."""
        query = (
            select(TurnRow)
            .where(TurnRow.conversation_id == conversation_id)
            .order_by(TurnRow.turn.desc())
            .limit(_REMEMBERED)
        )
        with self._lock, self._catalogue.begin() as session:
            kept = [Turn(t.question, t.query, t.answer) for t in session.scalars(query)][::-1]
            waiting = [each.turn for each in self._waiting.values() if each.conversation_id == conversation_id]
        return (*kept, *waiting)[-_REMEMBERED:]

    def add(self, answer_id: str, conversation_id: str, turn: Turn) -> None:
        """Keeps a turn, evidence and all, and those that are waiting."""
        with self._lock:
            turns = [*self._waiting.items(), (answer_id, _Kept(conversation_id, now(), turn))]
            try:
                with self._catalogue.begin() as session:
                    session.add_all(_row(*each) for each in turns)
                    session.commit()
                self._waiting = {}
            except OperationalError:
                _log.exception("%d answers cannot be kept yet", len(turns))
                self._waiting = dict(turns[-_MOST_WAITING:])

    def answer(self, answer_id: str) -> dict[str, Any] | None:
        """The answer as it was given, or None."""
        query = select(TurnRow.answer).where(TurnRow.answer_id == answer_id)
        with self._lock, self._catalogue.begin() as session:
            waiting = self._waiting.get(answer_id)
            return waiting.turn.answer if waiting else session.scalars(query).one_or_none()


@dataclass(frozen=True)
class _Kept:
    conversation_id: str
    asked_at: str
    turn: Turn


def _row(answer_id: str, kept: _Kept) -> TurnRow:
    return TurnRow(
        answer_id=answer_id,
        conversation_id=kept.conversation_id,
        asked_at=kept.asked_at,
        question=kept.turn.question,
        query=kept.turn.query,
        answer=kept.turn.answer,
    )


def shortened(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The last turns with their answers cut short, for a chat model to read."""
    return tuple(
        replace(turn, answer=turn.answer | {"answer": turn.answer["answer"][:_SHORT_ANSWER]}) for turn in turns[-_TOLD:]
    )
