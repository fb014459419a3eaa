"""Golden questions: whether an answer is right, and which answers a new index would turn wrong."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bot.answer import Answer, Question
from bot.answering import Answering
from bot.refresh_schemas import GoldenIn
from ingest.gate import Golden
from vectorstore.store import Generation


def golden(given: GoldenIn) -> Golden:
    """A question of a bank."""
    named: list[tuple[str | None, str]] = [(one.symbol, one.paragraph) for one in given.gold]
    cited = named or [(None, str(one)) for one in given.paragraphs]
    facts = [tuple(re.escape(_bare(form)) for form in forms) for forms in given.must]
    patterns = [(pattern.lower().replace(" ", ""),) for pattern in given.must_re]
    return Golden(given.id or given.question, given.question, tuple(cited), (*facts, *patterns))


def is_right(golden: Golden, answer: Answer) -> bool:
    """Whether an answer cites what it must and says what it must, or rightly says that the reports do not."""
    if not golden.gold:
        return answer.abstained
    cited = any(
        (symbol is None or citation.symbol == symbol) and citation.paragraph == paragraph
        for citation in answer.citations
        for symbol, paragraph in golden.gold
    )
    said = _bare(" ".join([answer.answer, *(citation.quote for citation in answer.citations)]))
    return cited and all(any(re.search(form, said) for form in forms) for forms in golden.facts)


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
    question = Question(golden.question)
    if not is_right(golden, before.answer(question)):
        return None
    answer = after.answer(question)
    if is_right(golden, answer):
        return None
    found = ", ".join(citation.label for citation in answer.citations) or "nothing"
    return f"{golden.name}: {golden.question} (it would cite {found})"


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
