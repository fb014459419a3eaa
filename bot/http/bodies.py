"""Bodies that come too slowly are refused, so that nobody holds a request open by sending it byte by byte."""

import asyncio
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.problems import Refused

# As Apache has it: https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html
SECONDS = 20.0  # that a body may take …
_BYTES_A_SECOND = 32 * 1024  # … and one more for every so many bytes


class BodiesInTime:
    """ASGI middleware: waits only so long for a body, all its pieces together; else 408."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on with a bound to how long its body may take."""
        taken, waited, is_whole = 0, 0.0, scope["type"] != "http"
        clock = asyncio.get_running_loop().time

        async def in_time() -> Message:
            nonlocal taken, waited, is_whole
            if is_whole:
                return await receive()
            started = clock()
            try:
                async with asyncio.timeout(SECONDS + taken / _BYTES_A_SECOND - waited):
                    message = await receive()
            except TimeoutError as error:
                # Else the server would go on reading what nobody waits for.
                raise Refused(HTTPStatus.REQUEST_TIMEOUT, "body_slow", {"Connection": "close"}) from error
            waited += clock() - started
            taken += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            return message

        await self._app(scope, in_time, send)
