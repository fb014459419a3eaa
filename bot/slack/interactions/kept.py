"""An answer that was given, as the buttons below it need it."""

from pydantic import TypeAdapter

from bot.answer import Answer
from bot.conversation import Conversations

_ANSWER = TypeAdapter(Answer)


def given_answer(conversations: Conversations, answer_id: str) -> Answer | None:
    """The answer as it was given, evidence frozen, or None where it is no longer kept."""
    kept = conversations.answer(answer_id)
    return None if kept is None else _ANSWER.validate_python(kept)
