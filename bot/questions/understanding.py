"""What a question asks for: in which conversation and language, for what to search, and where."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import uuid4

from bot.answer import Question, QuestionError
from bot.answers.writer import Writer
from bot.conversation import Remembering, Turn, kept_as, shortened
from bot.model.errors import ModelFailedError
from bot.questions.follow_up import documents_meant, is_sound, language_in_conversation, standalone
from bot.questions.leaning import leans_on_the_last
from ingest.language import language_of
from vectorstore.search import Filters

_log = logging.getLogger(__name__)
LONGEST_QUESTION = 2000


@dataclass(frozen=True)
class Asked:
    """A question understood: in which conversation, what to search for, in which language, and where.

    `language` is the one of most of the query. `documents` are ids that the conversation means by "this report".
    `writer` may take of the chat model, where there is one, what one question may. `audiences` are those of the answers
    that the query leans on.
    """

    question: str
    query: str
    language: str
    answer_language: str
    conversation_id: str
    writer: Writer | None
    documents: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()

    def scoped(self, filters: Filters, known: Collection[str]) -> Filters:
        """The filters with the documents meant, those that are still known, unless they name documents already."""
        documents = self.documents.intersection(known)
        return replace(filters, documents=documents) if documents and not filters.documents else filters


def understood(question: Question, conversations: Remembering, writer: Writer | None) -> Asked:
    """A question as it is meant in its conversation, as far as its asker may see that; `writer` is its own.

    Raises QuestionError.
    """
    text = checked_text(question.text)
    conversation_id = question.conversation_id or uuid4().hex
    kept = kept_as(conversation_id, question.asker)
    before = conversations.recent(kept) if question.conversation_id else question.before
    turns = tuple(turn for turn in before if turn.audiences <= question.filters.audiences)
    language = language_in_conversation(text, turns)
    query = _query(text, language, turns, writer)
    query_language = language if query == text else language_of(query)
    return Asked(
        question=text,
        query=query,
        language=query_language,
        answer_language=language if question.language == "auto" else question.language,
        conversation_id=conversation_id,
        writer=writer,
        documents=documents_meant(f"{query} {text}", (language, query_language), turns),
        audiences=frozenset[str]().union(*(turn.audiences for turn in turns if query != text)),
    )


def checked_text(text: str) -> str:
    """The text of a question without space around it. Raises QuestionError."""
    if not text.strip():
        raise QuestionError("question_empty")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError("question_long", length=len(text), most=LONGEST_QUESTION)
    return text.strip()


def _query(text: str, language: str, turns: tuple[Turn, ...], writer: Writer | None) -> str:
    """The question as it stands alone."""
    if writer and turns and leans_on_the_last(text, language):
        try:
            rewritten = writer.rewrite(text, shortened(turns))
            if is_sound(rewritten, text, turns):
                return rewritten
        except ModelFailedError as error:
            _log.warning("The chat model did not rewrite a follow-up: %s", error)
    return standalone(text, language, turns)
