"""The turns of a conversation that its asker keeps, made again from what was said in it."""

import re
from collections.abc import Iterable
from typing import Any

from bot.conversation import Turn
from bot.questions.follow_up import language_in_conversation, standalone
from bot.questions.understanding import LONGEST_QUESTION

_LONGEST_ANSWER = 20_000  # characters
_REMEMBERED = 8  # turns
_CITED = re.compile(r"/documents/([\w-]{1,100})#")


def replayed(said: Iterable[tuple[str, str]]) -> tuple[Turn, ...]:
    """The last turns, of all questions and what was answered to each, oldest first.

    What an answer cites is known by the links to it.
    """
    turns: tuple[Turn, ...] = ()
    for question, answer in list(said)[-_REMEMBERED:]:
        turns += (_turn(question.strip()[:LONGEST_QUESTION], answer[:_LONGEST_ANSWER], turns),)
    return turns


def _turn(question: str, answer: str, before: tuple[Turn, ...]) -> Turn:
    language = language_in_conversation(question, before)
    cited = [{"document_id": document_id} for document_id in dict.fromkeys(_CITED.findall(answer))]
    told: dict[str, Any] = {"answer": answer, "language": language, "citations": cited}
    return Turn(question, standalone(question, language, before), told)
