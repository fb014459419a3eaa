"""How messages get into Slack: one client that waits and tries again, and posts in order."""

import asyncio
import logging
from collections import defaultdict

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.message import Message
from bot.slack.settings import SlackSettings

LOGGER = logging.getLogger(__name__)

FAR_END_ERRORS = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
# Slack takes about one message a second in a channel: https://docs.slack.dev/apis/web-api/rate-limits
SECONDS_BETWEEN = 1.0


def build_client(settings: SlackSettings, *, token: str | None = None) -> AsyncWebClient:
    """A client of Slack's web API that waits as long as Slack says, and tries again a few times."""
    return AsyncWebClient(
        token=token,
        base_url=settings.api_url,
        timeout=10,
        retry_handlers=[
            AsyncRateLimitErrorRetryHandler(max_retry_count=3),
            AsyncServerErrorRetryHandler(max_retry_count=2),
            AsyncConnectionErrorRetryHandler(max_retry_count=2),
        ],
    )


class Poster:
    """Posts messages, in a channel in the order asked and so many seconds apart; raises one of FAR_END_ERRORS."""

    def __init__(self, client: AsyncWebClient, *, seconds_between: float = 0) -> None:
        self._client = client
        self._seconds_between = seconds_between
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._next_at: dict[str, float] = {}

    async def post(self, message: Message, *, channel: str, thread_ts: str | None) -> None:
        """Posts in a thread or, without one, in the channel."""
        if not self._seconds_between:
            await self._post(message, channel, thread_ts)
            return
        async with self._turns[channel]:
            now = asyncio.get_running_loop().time
            await asyncio.sleep(self._next_at.get(channel, 0) - now())
            await self._post(message, channel, thread_ts)
            self._next_at[channel] = now() + self._seconds_between

    async def _post(self, message: Message, channel: str, thread_ts: str | None) -> None:
        try:
            await self._send(message, channel, thread_ts)
        except SlackApiError as error:
            if not message.blocks or "blocks" not in str(error):
                raise
            LOGGER.warning("Slack refused the blocks in %s: %s", channel, error)
            await self._send(Message(message.text), channel, thread_ts)

    async def _send(self, message: Message, channel: str, thread_ts: str | None) -> None:
        await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            text=message.text,
            blocks=list(message.blocks) or None,
            parse="none",
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
        )
