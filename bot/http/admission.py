"""Who is at work: so many questions at a time, so many waiting, and to everybody else at once that there is no room."""

import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Literal

import anyio
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.access.principal import Principal
from bot.http.problems import Refused, problem

# busy: no room in the line, or none at work in time. too_often, too_many: of one caller, a minute and at a time.
Refusal = Literal["busy", "too_often", "too_many"]

_RETRY_SECONDS = 2
_QUESTIONS = ("/v1/ask", "/v1/search", "/v1/verify", "/v1/chat/completions")
_MOMENT_SECONDS = 0.05


@dataclass(eq=False)
class _Ticket:
    """A question on its way in."""

    has_place: bool = False


class Admission:
    """The places of the questions at work, of which there are `at_once`, and the line of those `waiting`, at most.

    Nobody waits longer than `seconds`. `refused` counts those that got no place, by the reason. All of it is decided
    on the event loop, so a refusal needs no thread, and is there however busy all of them are.
    """

    def __init__(self, *, at_once: int, waiting: int, seconds: float) -> None:
        self.refused: Counter[Refusal] = Counter()
        self._places = anyio.CapacityLimiter(at_once)
        self._most_waiting = waiting
        self._most_seconds = seconds
        self._of_each: Counter[str] = Counter()
        self._rates = MovingWindowRateLimiter(MemoryStorage())

    @property
    def working(self) -> int:
        """How many questions have a place."""
        return self._places.borrowed_tokens

    @property
    def waiting(self) -> int:
        """How many questions are in line."""
        return self._places.statistics().tasks_waiting

    @property
    def is_full(self) -> bool:
        """Whether nobody has a place or room in line for one more."""
        return self._places.available_tokens <= 0 and self.waiting >= self._most_waiting

    def busy(self) -> Refused:
        """What a question gets for which there is no room."""
        return self._refusal("busy", 503)

    @asynccontextmanager
    async def place(self, principal: Principal, receive: Receive) -> AsyncIterator[None]:
        """A place for a question within the block, in the order of asking; who leaves meanwhile leaves the line.

        The body has been received by then: `receive` tells only that the caller has left. Raises Refused, 429
        where the caller's own limits are reached, and 503 where there is no place in time.
        """
        self._check_rate(principal)
        ticket = _Ticket()
        with self._counted(principal):
            try:
                await self._take(ticket, receive)
                yield
            finally:
                if ticket.has_place:
                    self._places.release_on_behalf_of(ticket)

    def _check_rate(self, principal: Principal) -> None:
        if principal.limits.per_minute is None:
            return
        rate = RateLimitItemPerMinute(principal.limits.per_minute)
        if not self._rates.hit(rate, principal.name):
            seconds = max(1, math.ceil(self._rates.get_window_stats(rate, principal.name).reset_time - time.time()))
            raise self._refusal("too_often", 429, seconds, count=principal.limits.per_minute)

    @contextmanager
    def _counted(self, principal: Principal) -> Iterator[None]:
        """Counts the caller's questions at a time, those in line too."""
        at_once, name = principal.limits.at_once, principal.name
        if at_once is not None and self._of_each[name] >= at_once:
            raise self._refusal("too_many", 429, count=at_once)
        self._of_each[name] += 1
        try:
            yield
        finally:
            self._of_each[name] -= 1
            if not self._of_each[name]:
                del self._of_each[name]

    async def _take(self, ticket: _Ticket, receive: Receive) -> None:
        """Gives a ticket a place, at once or in its turn."""
        try:
            self._places.acquire_on_behalf_of_nowait(ticket)
            ticket.has_place = True
        except anyio.WouldBlock:
            if not self.is_full:
                await self._wait(ticket, receive)
        if not ticket.has_place:
            raise self.busy()

    async def _wait(self, ticket: _Ticket, receive: Receive) -> None:
        """Waits for a place, for so long, and as long as the caller does."""
        with anyio.move_on_after(self._most_seconds):
            async with anyio.create_task_group() as group:
                group.start_soon(_leave_with_caller, receive, group.cancel_scope)
                await self._places.acquire_on_behalf_of(ticket)
                ticket.has_place = True
                group.cancel_scope.cancel()

    def _refusal(self, why: Refusal, status: int, seconds: int = _RETRY_SECONDS, **values: object) -> Refused:
        self.refused[why] += 1
        return Refused(status, why, {"Retry-After": str(seconds)}, seconds=seconds, **values)


class RefusedWhileFull:
    """ASGI middleware: refuses questions before anything of them is read, while there is no room for one more.

    Whoever asks again at once, and without end, must not take from those at work: so a refusal costs next to nothing,
    and comes after a moment.
    """

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self._app = app
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] == "http" and scope["path"] in _QUESTIONS and self._admission.is_full:
            refused = self._admission.busy()
            await anyio.sleep(_MOMENT_SECONDS)
            await problem(scope, refused)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def _leave_with_caller(receive: Receive, line: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    line.cancel()
