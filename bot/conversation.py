"""Conversations: what was asked before, and the question that a follow-up stands for."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from prompts import pattern
from vectorstore.catalogue import Catalogue
from vectorstore.tables import TurnRow, now

_REMEMBERED = 4  # turns that a follow-up may lean on


@dataclass(frozen=True)
class Turn:
    """One question, the query that it stood for, and the answer as it was given."""

    question: str
    query: str
    answer: dict[str, Any]


class Conversations:
    """The turns of all conversations, kept in the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def recent(self, conversation_id: str) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first."""
        query = (
            select(TurnRow)
            .where(TurnRow.conversation_id == conversation_id)
            .order_by(TurnRow.turn.desc())
            .limit(_REMEMBERED)
        )
        with self._catalogue.begin() as session:
            return tuple(Turn(t.question, t.query, t.answer) for t in session.scalars(query))[::-1]

    def add(self, answer_id: str, conversation_id: str, turn: Turn) -> None:
        """Keeps a turn, evidence and all."""
        row = TurnRow(
            answer_id=answer_id,
            conversation_id=conversation_id,
            asked_at=now(),
            question=turn.question,
            query=turn.query,
            answer=turn.answer,
        )
        with self._catalogue.begin() as session:
            session.add(row)
            session.commit()

    def answer(self, answer_id: str) -> dict[str, Any] | None:
        """The answer as it was given, or None."""
        query = select(TurnRow.answer).where(TurnRow.answer_id == answer_id)
        with self._catalogue.begin() as session:
            return session.scalars(query).one_or_none()


def leans_on_the_last(question: str, language: str) -> bool:
    """Whether a question can only be understood with the one before it."""
    return re.search(pattern("follow_up", language), question.casefold()) is not None


def standalone(question: str, language: str, turns: tuple[Turn, ...]) -> str:
    """The question with the words of the one that it leans on, for search without a chat model."""
    if turns and leans_on_the_last(question, language):
        return f"{turns[-1].query} {question}"
    return question
