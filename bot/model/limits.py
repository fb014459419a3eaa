"""How much of the chat model one question may take."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MOST_CALLS = 3  # for one question, those that are made again among them
# Of a reply for each token, never near what was asked for: stops for servers that know no bound.
_CHARACTERS = 4
_BYTES = 1000  # a token comes in a chunk of its own, of a few hundred


@dataclass(frozen=True)
class ModelLimits:
    """The longest that one question may keep the model busy, and how much goes there and comes back for each call."""

    seconds: float
    input_tokens: int
    reply_tokens: int

    @property
    def reply_characters(self) -> int:
        """The longest reply that is read."""
        return self.reply_tokens * _CHARACTERS

    @property
    def reply_bytes(self) -> int:
        """The most bytes that are read of it."""
        return self.reply_tokens * _BYTES


class Allowance:
    """What one question may still ask of the model: so many calls, and so many seconds in all of them together."""

    def __init__(self, seconds: float) -> None:
        self.calls = MOST_CALLS
        self._seconds = seconds

    def deadline(self, share: float) -> "Deadline":
        """A deadline after this share of the seconds that are left."""
        return Deadline(self._seconds * share)

    @contextmanager
    def spending(self, share: float) -> Iterator["Deadline"]:
        """A deadline after this share of the seconds that are left; what the block takes is taken off them."""
        deadline = self.deadline(share)
        try:
            yield deadline
        finally:
            self._seconds = max(0.0, self._seconds - deadline.spent)


class Deadline:
    """A moment so many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._started = time.monotonic()
        self._seconds = seconds

    @property
    def spent(self) -> float:
        """Seconds since it was set."""
        return time.monotonic() - self._started

    @property
    def left(self) -> float:
        """Seconds until it is reached; none once it is."""
        return max(0.0, self._seconds - self.spent)
