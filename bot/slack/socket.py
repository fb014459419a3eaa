"""The connection to Slack over Socket Mode, kept up until it is closed."""

import asyncio
import time
from contextlib import suppress

from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

_CLOSE_SECONDS = 2


class Connection(SocketModeClient):
    """Slack's own client, which reconnects by itself, and asks for a new address when one can't be reached.

    The library tries the address that it was once given for ever, while Slack's addresses soon expire.
    """

    address_seconds: float = 30

    async def connect(self) -> None:
        """Returns when connected or closed."""
        while not self.closed:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.address_seconds):
                    await super().connect()  # type: ignore[no-untyped-call]
                    return
            self.wss_uri = None


class SocketMode(AsyncBaseSocketModeHandler):
    """Hands what Slack sends to the app and acknowledges it. Make it where an event loop runs."""

    app: AsyncApp
    client: Connection

    def __init__(self, app: AsyncApp, app_token: str, *, ping_seconds: float = 10, address_seconds: float = 30) -> None:
        self.app = app
        self.client = Connection(app_token, web_client=app.client, ping_interval=ping_seconds)
        self.client.address_seconds = address_seconds
        self.client.socket_mode_request_listeners.append(self.handle)
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connects in the background, and goes on trying while Slack can't be reached."""
        self._connecting = asyncio.create_task(self.client.connect())

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Lets the app acknowledge and take up one delivery."""
        started = time.time()
        response = await run_async_bolt_app(self.app, req)
        await send_async_response(client, req, response, started)

    async def stop(self) -> None:
        """Closes the connection, within seconds also when Slack no longer answers."""
        if self._connecting is not None:
            self._connecting.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self.client.close()  # type: ignore[no-untyped-call]
        await self.client.aiohttp_client_session.close()
