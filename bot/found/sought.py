"""What was found for a question: in which documents, which paragraphs, and what to do with them."""

from dataclasses import dataclass, replace

from bot.found.comparing import Told, merged
from bot.found.evidence import Verdict
from bot.found.quotes import Quote, quotes_of
from bot.found.reading import Read
from bot.questions.asked_for import Kind
from bot.questions.scopes import Scope
from prompts import phrase

_LISTED = 10  # paragraphs that are read where a question asks for several things


@dataclass(frozen=True)
class Sought:
    """The paragraphs found in a scope, best first, and what to do with them.

    `read` are those to answer from, `found` holds them and more. `sides` are those of a comparison, whose paragraphs
    come first; `several` tells that all of something is asked for, `kinds` which kinds of values are.
    """

    scope: Scope
    read: tuple[Read, ...]
    found: tuple[Read, ...]
    verdict: Verdict
    several: bool = False
    kinds: frozenset[Kind] = frozenset()
    sides: tuple[Told, ...] = ()

    def compared(self, sides: tuple[Told, ...]) -> "Sought":
        """The same with the sides of a comparison; a date that it names is then no time to keep to."""
        scope = replace(self.scope, note=None) if any(one.side.kind == "date" for one in sides) else self.scope
        read, found = merged(sides, self.read), merged(sides, self.found)
        return replace(self, scope=scope, read=read, found=found, verdict="answered", sides=sides)

    def listed(self) -> "Sought":
        """The same with more paragraphs to answer from, for a question that asks for several things."""
        return replace(self, read=self.found[:_LISTED], several=True)

    @property
    def is_answer(self) -> bool:
        """Whether they are to be answered from."""
        return self.verdict in ("answered", "doubtful")

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What to quote: for each side of a comparison something, or else what answers best."""
        by_side = tuple(quote for one in self.sides for quote in one.quotes())
        return by_side or quotes_of(self.read, self.kinds, several=self.several)

    @property
    def silent(self) -> tuple[str, ...]:
        """The sides of a comparison of which the reports do not say it."""
        return tuple(one.side.name for one in self.sides if one.read is None)

    def note(self, language: str) -> str:
        """What to tell the asker of the scope before the answer; nothing of the present reports."""
        return phrase(self.scope.note, language, **self.scope.values) + "\n" if self.scope.note else ""
