"""Conversations over HTTP: what was asked and answered, and the way to delete it; it only translates."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.conversation import Kept, kept_as
from bot.http.problems import Refused
from bot.http.request_schemas import Identifier
from bot.http.schemas import ConversationOut, Problem, TurnOut
from bot.service import Service

_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}

ConversationId = Annotated[Identifier, Path(description="As `POST /v1/ask` was given or gave it.")]


def conversation_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoints of conversations, each caller's own. An id may be the caller's own and hold slashes."""
    router = APIRouter(prefix="/v1", tags=["conversations"])

    @router.get("/conversations/{conversation_id:path}", response_model=ConversationOut, responses=_NOT_FOUND)
    def one(conversation_id: ConversationId, reader: Annotated[Principal, Depends(gate.ask)]) -> Any:
        """The questions and answers of a conversation, as far as they are for the reader, oldest first."""
        history = service.conversations.history(kept_as(conversation_id, reader.asker))
        turns = [kept for kept in history if reader.may_read_all(kept.turn.audiences)]
        if not turns:
            raise Refused(404, "no_conversation")
        return ConversationOut(conversation_id=conversation_id, turns=list(map(_turn, turns)))

    @router.delete("/conversations/{conversation_id:path}", status_code=204, responses=_NOT_FOUND)
    def forget(conversation_id: ConversationId, reader: Annotated[Principal, Depends(gate.ask)]) -> None:
        """Deletes the questions and answers of a conversation: permalinks too lead nowhere then."""
        if not service.conversations.delete(kept_as(conversation_id, reader.asker)):
            raise Refused(404, "no_conversation")

    return router


def _turn(kept: Kept) -> TurnOut:
    answer = kept.turn.answer
    return TurnOut(
        question=kept.turn.question,
        answer_id=kept.answer_id,
        asked_at=kept.asked_at,
        answer=answer["answer"],
        abstained=answer["abstained"],
    )
