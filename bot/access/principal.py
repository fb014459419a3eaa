"""Who calls, what they may do, and what they may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from vectorstore.paragraph import PUBLIC

# ask: questions, search, checks, and whatever may be read. upload: taking reports in. operate: refreshes, removals,
# the way back, and figures.
Scope = Literal["ask", "upload", "operate"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
EVERY_SCOPE = frozenset(SCOPES)
EVERYBODY = frozenset({PUBLIC})


@dataclass(frozen=True)
class Limits:
    """How much one caller may ask: so many questions a minute, so many at once; None is any number."""

    per_minute: int | None = None
    at_once: int | None = None


@dataclass(frozen=True)
class Principal:
    """Somebody who was let in, told apart from others by `name`.

    `audiences` are those whose reports their questions are answered from. The owner of the index folder may besides
    read every report, name files on the server's machine, and give out keys.
    """

    name: str
    scopes: frozenset[Scope]
    audiences: frozenset[str] = EVERYBODY
    limits: Limits = Limits()
    owner: bool = False

    def may_read(self, audience: str) -> bool:
        """Whether documents of this audience are for this caller."""
        return self.owner or audience in self.audiences

    def may_read_all(self, audiences: Iterable[str]) -> bool:
        """Whether what was read in documents of all these audiences is for this caller."""
        return all(map(self.may_read, audiences))

    @property
    def asker(self) -> str:
        """Whose this caller's conversations are; the owner and those who need no credential share theirs."""
        return "" if self in (OWNER, ANYONE) else self.name


OWNER = Principal("owner", EVERY_SCOPE, owner=True)
ANYONE = Principal("anyone", EVERY_SCOPE)
