"""Leaves a chat model alone that has failed several times in a row, and tries it again after a while."""

import threading
import time
from collections.abc import Callable

FAILURES = 5
PAUSE_SECONDS = 30.0


class Breaker:
    """Whether to call at all; safe to use from several threads.

    After so many failures in a row one call is let through each `pause` seconds, until one succeeds. Libraries for
    this either hold a lock for as long as a call takes, one question after another, or let every caller through once
    the pause is over, each to wait for a model that hangs: https://github.com/danielfm/pybreaker
    """

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        pause: float = PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._shut_until = 0.0

    @property
    def is_shut(self) -> bool:
        """Whether no call is let through now."""
        return self._failures >= self._most and self._clock() < self._shut_until

    def admits(self) -> bool:
        """Whether a call may be made now; the caller then tells how it ended, if it did."""
        with self._lock:
            if self.is_shut:
                return False
            if self._failures >= self._most:
                self._shut_until = self._clock() + self._pause  # this is the trial; others wait for what comes of it
            return True

    def succeeded(self) -> None:
        """A call got its reply."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """A call got none."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._shut_until = self._clock() + self._pause
