"""What Slack answered lately, so that it is not asked the same for every question."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Generic, TypeVar

Told = TypeVar("Told")


class Lately(Generic[Told]):
    """Asks Slack by an id, and takes the answer for true for so many seconds.

    Where Slack fails, so does the call, and the next one asks again.
    """

    def __init__(self, ask: Callable[[str], Awaitable[Told]], *, seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._told: dict[str, tuple[float, Told]] = {}

    async def __call__(self, about: str) -> Told:
        """What Slack tells, or told lately."""
        known = self._told.get(about)
        if known and monotonic() < known[0]:
            return known[1]
        told = await self._ask(about)
        self._told = {key: each for key, each in self._told.items() if monotonic() < each[0]}
        self._told[about] = (monotonic() + self._seconds, told)
        return told
