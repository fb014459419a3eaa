"""How messages get into Slack: clients that wait and try again, messages posted in order, and what a refusal means."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.messages.message import Message
from bot.slack.messages.smaller import without_blocks
from bot.slack.settings import SlackSettings

LOGGER = logging.getLogger(__name__)

FAR_END_ERRORS = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
# Slack takes about one message a second in a channel: https://docs.slack.dev/apis/web-api/rate-limits
SECONDS_BETWEEN = 1.0
POST_SECONDS = 10  # after which it is not known whether Slack has taken a message
SHOW_SECONDS = 5  # the same, while an answer may be waiting
# After these Slack may have done what it was asked: https://docs.slack.dev/reference/methods/chat.postMessage#errors
_UNSURE = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
_SURE_BELOW = 500  # HTTP statuses


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


def build_posting_client(settings: SlackSettings) -> AsyncWebClient:
    """A client that waits as long as Slack says, and sends nothing again that Slack may have taken."""
    return AsyncWebClient(
        token=settings.bot_token,
        base_url=settings.api_url,
        timeout=POST_SECONDS,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=3)],
    )


def build_showing_client(settings: SlackSettings) -> AsyncWebClient:
    """A client for what is soon out of date: it waits for nothing, and sends nothing again."""
    return AsyncWebClient(token=settings.bot_token, base_url=settings.api_url, timeout=SHOW_SECONDS, retry_handlers=[])


def refusal(error: Exception) -> str:
    """Slack's word for why it has not done what it was asked; empty where it may have."""
    response = error.response if isinstance(error, SlackApiError) else None
    if not isinstance(response, AsyncSlackResponse) or response.status_code >= _SURE_BELOW:
        return ""
    said = str(response.get("error") or "")
    return "" if said in _UNSURE else said


def content(message: Message) -> dict[str, Any]:
    """What Slack is told to say, whichever way; it makes no names into mentions, and no addresses into links."""
    return {"text": message.text, "blocks": list(message.blocks) or None, "parse": "none", "link_names": False}


def new_content(message: Message) -> dict[str, Any]:
    """The same in the place of what Slack was told before, of which no blocks are to stay."""
    return content(message) | {"blocks": list(message.blocks)}


class Poster:
    """Posts messages, in a channel in the order asked and so many seconds apart; raises one of FAR_END_ERRORS."""

    def __init__(self, client: AsyncWebClient, *, seconds_between: float = 0) -> None:
        self._client = client
        self._seconds_between = seconds_between
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._next_at: dict[str, float] = {}

    def is_free(self, channel: str) -> bool:
        """Whether the channel's next turn comes at once."""
        is_early = asyncio.get_running_loop().time() < self._next_at.get(channel, 0)
        return not (self._seconds_between and (is_early or self._turns[channel].locked()))

    async def post(self, message: Message, *, channel: str, thread_ts: str | None) -> None:
        """Posts in a thread or, without one, in the channel."""
        async with self.turn(channel):
            await self.send(message, channel=channel, thread_ts=thread_ts)

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """The channel's next turn, within which one message is to be sent."""
        if not self._seconds_between:
            yield
            return
        async with self._turns[channel]:
            now = asyncio.get_running_loop().time
            await asyncio.sleep(self._next_at.get(channel, 0) - now())
            yield
            self._next_at[channel] = now() + self._seconds_between

    async def send(
        self,
        message: Message,
        *,
        channel: str,
        thread_ts: str | None,
        only_to: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> str:
        """Posts at once, so that one person alone sees it where it is `only_to` them, and returns the message's time.

        `metadata` is what the message can be found by; what one person alone sees has none, and no time.
        """
        shown = {"user": only_to} if only_to else {"metadata": metadata}
        return await self._said(message, {"channel": channel, "thread_ts": thread_ts, **shown})

    async def update(self, message: Message, *, channel: str, ts: str, metadata: dict[str, Any]) -> None:
        """Puts a message, at once, in the place of the one of that time."""
        await self._said(message, {"channel": channel, "ts": ts, "metadata": metadata})

    async def _said(self, message: Message, place: dict[str, Any]) -> str:
        try:
            return await self._say(message, place)
        except SlackApiError as error:
            if not message.blocks or "blocks" not in refusal(error):
                raise
            LOGGER.warning("Slack refused the blocks in %s: %s", place["channel"], refusal(error))
            return await self._say(without_blocks(message), place)

    async def _say(self, message: Message, place: dict[str, Any]) -> str:
        if "user" in place:
            await self._client.chat_postEphemeral(**place, **content(message))
            return ""
        if "ts" in place:
            await self._client.chat_update(**place, **new_content(message))
            return str(place["ts"])
        posted = await self._client.chat_postMessage(
            **place, **content(message), unfurl_links=False, unfurl_media=False
        )
        return str(posted["ts"])
