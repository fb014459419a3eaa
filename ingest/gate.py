"""Questions that a refresh must not turn wrong, and who asks them before readers see the new index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vectorstore.store import Generation


@dataclass(frozen=True)
class Golden:
    """A question with what a right answer cites and says.

    `gold` are paragraphs by symbol and number, of which one must be cited; without a symbol the number is enough. With
    no `gold` the reports do not say it, and the right answer is none. Each of `facts` must stand in the answer or in
    its quotes, in one of its forms, which are regular expressions. `after` is the question that it follows, if any.
    """

    name: str
    question: str
    gold: tuple[tuple[str | None, str], ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    after: str | None = None


# The questions answered rightly from the first index and not from the second, each in a sentence for the operator.
Gate = Callable[[Generation, Generation, Sequence[Golden]], tuple[str, ...]]
