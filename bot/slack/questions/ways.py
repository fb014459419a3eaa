"""The ways to show in Slack how far an answer is: in a stream, or in a message that is updated."""

from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.messages.unfinished import Unfinished, chunks, done, message
from bot.slack.post import content, new_content
from bot.slack.questions.delivery import begun_metadata
from bot.slack.questions.event import Asked


class Way(Protocol):
    """Shows how far one answer is, in a message that the time `ts` names, not more often than so."""

    every_seconds: float

    async def begin(self, now: Unfinished) -> str:
        """Begins the message, and returns its time."""

    async def go_on(self, ts: str, now: Unfinished) -> None:
        """Shows more."""

    async def end(self, ts: str) -> None:
        """Has the answer take the message's place."""


class Streamed:
    """What Slack streams to the asker: https://docs.slack.dev/reference/methods/chat.startStream"""

    every_seconds = 1.0  # appends are of tier 4, a hundred a minute and more

    def __init__(self, client: AsyncWebClient, asked: Asked) -> None:
        self._client = client
        self._asked = asked
        self._shown = Unfinished()

    async def begin(self, now: Unfinished) -> str:
        """Needs the asker and their workspace, as others see a stream in a channel only when it ends."""
        asked = self._asked
        started = await self._client.chat_startStream(
            channel=asked.channel,
            thread_ts=asked.thread_ts,
            recipient_user_id=asked.user,
            recipient_team_id=asked.team,
            chunks=chunks(self._shown, now),
        )
        self._shown = now
        return str(started["ts"])

    async def go_on(self, ts: str, now: Unfinished) -> None:
        """Adds what is new."""
        if added := chunks(self._shown, now):
            await self._client.chat_appendStream(channel=self._asked.channel, ts=ts, chunks=added)
        self._shown = now

    async def end(self, ts: str) -> None:
        """Stops the stream: what is being streamed cannot be updated."""
        await self._client.chat_stopStream(channel=self._asked.channel, ts=ts, chunks=done(self._shown))


class Updated:
    """A message that is updated: https://docs.slack.dev/reference/methods/chat.update"""

    every_seconds = 3.0  # updates are of tier 3, fifty a minute and more

    def __init__(self, client: AsyncWebClient, asked: Asked) -> None:
        self._client = client
        self._asked = asked

    async def begin(self, now: Unfinished) -> str:
        """Posts the message, so that it can be found."""
        posted = await self._client.chat_postMessage(
            channel=self._asked.channel,
            thread_ts=self._asked.thread_ts,
            metadata=begun_metadata(self._asked),
            **content(message(now)),
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    async def go_on(self, ts: str, now: Unfinished) -> None:
        """Shows all anew."""
        await self._client.chat_update(channel=self._asked.channel, ts=ts, **new_content(message(now)))

    async def end(self, ts: str) -> None:
        """Does nothing: it can be updated as it is."""
