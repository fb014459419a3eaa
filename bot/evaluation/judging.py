"""How an answer compares with what a question bank says of a right one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.evaluation.bank import BankQuestion, bare, bare_pattern
from ingest.gate import Golden


class Cited(Protocol):
    """A citation, ours or one that came over HTTP."""

    @property
    def symbol(self) -> str | None: ...
    @property
    def paragraph(self) -> str | None: ...
    @property
    def quote(self) -> str: ...


class Answered(Protocol):
    """An answer, ours or one that came over HTTP."""

    @property
    def answer(self) -> str: ...
    @property
    def abstained(self) -> bool: ...
    @property
    def citations(self) -> Sequence[Cited]: ...


@dataclass(frozen=True)
class Judged:
    """An answer to a question that the reports answer or, unless `answerable`, do not.

    `gold` says for each citation whether it names a paragraph that answers; `facts` for each fact whether the answer
    or one of its quotes says it.
    """

    answerable: bool
    abstained: bool
    gold: tuple[bool, ...]
    facts: tuple[bool, ...]

    @property
    def cited(self) -> bool:
        """Whether it is answered, and cites a paragraph that answers."""
        return not self.abstained and any(self.gold)

    @property
    def first(self) -> bool:
        """Whether it is answered, and what it cites first answers."""
        return self.cited and self.gold[0]

    @property
    def complete(self) -> bool:
        """Whether it is answered with every fact."""
        return not self.abstained and all(self.facts)

    @property
    def right(self) -> bool:
        """Whether it cites what it must and says what it must, or rightly says that the reports do not."""
        return self.cited and self.complete if self.answerable else self.abstained


def golden(question: BankQuestion) -> Golden:
    """A question of a bank as the gate of refreshes takes it."""
    named: list[tuple[str | None, str]] = [(one.symbol, one.paragraph) for one in question.gold]
    cited = named or [(None, number) for number in question.paragraphs]
    facts = [tuple(re.escape(bare(form)) for form in forms) for forms in question.must]
    patterns = [(bare_pattern(pattern),) for pattern in question.must_re]
    return Golden(question.name, question.question, tuple(cited), (*facts, *patterns), question.after)


def judge(golden: Golden, answer: Answered) -> Judged:
    """How an answer compares with what is golden."""
    said = bare(" ".join([answer.answer, *(citation.quote for citation in answer.citations)]))
    return Judged(
        answerable=bool(golden.gold),
        abstained=answer.abstained,
        gold=tuple(_is_gold(golden, citation) for citation in answer.citations),
        facts=tuple(any(re.search(form, said, re.IGNORECASE) for form in forms) for forms in golden.facts),
    )


def _is_gold(golden: Golden, citation: Cited) -> bool:
    return any(
        (symbol is None or citation.symbol == symbol) and citation.paragraph == paragraph
        for symbol, paragraph in golden.gold
    )
