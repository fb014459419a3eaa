"""An answer that was given, as the buttons below it need it."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.answer import Answer, Citation
from bot.conversation import Conversations
from bot.schemas import KeptAnswerOut, KeptCitationOut

_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True)
class KeptAnswer:
    """The question, the language of the answer, and what was cited or near, in the order shown."""

    answer_id: str
    question: str
    language: str
    cited: tuple[Citation, ...]


def kept_answer(conversations: Conversations, answer_id: str) -> KeptAnswer | None:
    """The answer as it was given, evidence frozen, or None where it is no longer kept."""
    kept = conversations.answer(answer_id)
    if kept is None:
        return None
    answer = KeptAnswerOut.model_validate(kept)
    cited = answer.nearest if answer.abstained else answer.citations
    return KeptAnswer(answer_id, answer.question, answer.language, tuple(map(_citation, cited)))


def given_answer(conversations: Conversations, answer_id: str) -> Answer | None:
    """The whole answer as it was given, or None where it is no longer kept."""
    kept = conversations.answer(answer_id)
    return None if kept is None else _ANSWER.validate_python(kept)


def _citation(kept: KeptCitationOut) -> Citation:
    return Citation(**kept.model_dump() | {"section": tuple(kept.section), "text": kept.text or kept.quote})
