"""What lies between the bot and the emulator: it tells what the bot asked for and got, and loses what it is told to."""

from collections import Counter, deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

TAKEN, ABSENT = "taken", "the emulator has no such method"
_NOT_FOUND = 404


@dataclass(frozen=True)
class Call:
    """A call of the bot's and what the emulator answered; `lost` where the bot was not told."""

    method: str
    payload: dict[str, Any]
    status: int
    answer: dict[str, Any]
    lost: bool = False

    @property
    def said(self) -> str:
        """In a word, what the emulator made of it."""
        if self.status == _NOT_FOUND:
            return ABSENT
        return TAKEN if self.answer.get("ok") else str(self.answer.get("error") or self.status)


@dataclass
class Wire:
    """The calls that went through, in order, and of which methods the next answer is to be lost on its way."""

    emulator: str
    session: ClientSession
    calls: list[Call] = field(default_factory=list)
    losing: deque[str] = field(default_factory=deque)

    def of(self, method: str) -> list[Call]:
        """The calls of a method."""
        return [call for call in self.calls if call.method == method]

    async def passed(self, request: web.Request) -> web.Response:
        """What the emulator answers. It takes all by POST alone, and Slack takes what is read by GET, too:
        https://docs.slack.dev/apis/web-api/#basics."""
        method, payload = request.match_info["method"], await _payload(request)
        headers = {"Authorization": request.headers.get("Authorization", "")}
        async with self.session.post(f"{self.emulator}/api/{method}", json=payload, headers=headers) as answered:
            call = Call(method, payload, answered.status, await answered.json(), lost=self._loses(method))
        self.calls.append(call)
        if call.lost and request.transport:
            request.transport.abort()
        return web.json_response(call.answer, status=call.status)

    def _loses(self, method: str) -> bool:
        if method not in self.losing:
            return False
        self.losing.remove(method)
        return True


async def _payload(request: web.Request) -> dict[str, Any]:
    """As slack_sdk sends it: in JSON, in a form or in the address."""
    if request.content_type == "application/json":
        return dict(await request.json())
    return {**request.query, **await request.post()}


def told(calls: Iterable[Call]) -> list[str]:
    """How often the bot called what, and what the emulator made of it, by method."""
    counted = Counter((call.method, call.said) for call in calls)
    return [f"{method:38}{count:4}  {said}" for (method, said), count in sorted(counted.items())]


@asynccontextmanager
async def wire_to(emulator: str) -> AsyncIterator[tuple[Wire, str]]:
    """A wire to an emulator and the base address of Slack's API on it, until the end of the block."""
    async with ClientSession() as session:
        wire, app = Wire(emulator, session), web.Application()
        app.router.add_route("*", "/api/{method}", wire.passed)
        runner = web.AppRunner(app, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            host, port = runner.addresses[0][:2]
            yield wire, f"http://{host}:{port}/api/"
        finally:
            await runner.cleanup()
