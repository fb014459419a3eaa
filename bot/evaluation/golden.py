"""Golden questions: which right answers a new index would turn wrong."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bot.answer import Answer, Question
from bot.answering import Answering
from bot.evaluation.judging import judge
from ingest.gate import Golden
from vectorstore.store import Generation


class OneGeneration:
    """A library that holds one generation, for asking it what readers do not see yet."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    @contextmanager
    def reading(self) -> Iterator[Generation]:
        """The generation."""
        yield self._generation


def turned_wrong(
    answering_from: Callable[[OneGeneration], Answering],
    current: Generation,
    upcoming: Generation,
    questions: Sequence[Golden],
) -> tuple[str, ...]:
    """What is answered rightly from the current generation and not from the one to come, a sentence for each."""
    before, after = answering_from(OneGeneration(current)), answering_from(OneGeneration(upcoming))
    return tuple(filter(None, (_lost(before, after, one) for one in questions)))


def _lost(before: Answering, after: Answering, golden: Golden) -> str | None:
    if not judge(golden, _answer(before, golden)).right:
        return None
    answer = _answer(after, golden)
    if judge(golden, answer).right:
        return None
    found = ", ".join(citation.label for citation in answer.citations) or "nothing"
    return f"{golden.name}: {golden.question} (it would cite {found})"


def _answer(answering: Answering, golden: Golden) -> Answer:
    conversation_id = answering.answer(Question(golden.after, edge="check")).conversation_id if golden.after else None
    return answering.answer(Question(golden.question, conversation_id, edge="check"))
