"""Tells askers whose answers wait for their turn in a busy channel that they do."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.slack.messages.message import sentence
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS, Poster
from bot.slack.questions.event import Asked
from prompts import phrase

LOGGER = logging.getLogger(__name__)

_TELLING_SECONDS = 6.0  # in which a hundred can be told that they have to wait
_TOLD_AT_ONCE = 8
_SOON_SECONDS = 1.0  # in which what stands in no line is posted


class Line:
    """Those who wait, in whichever channel."""

    def __init__(self, poster: Poster, people: People) -> None:
        self._poster = poster
        self._people = people
        self._telling = asyncio.Semaphore(_TOLD_AT_ONCE)

    @asynccontextmanager
    async def waiting(self, asked: Asked, *, until: float | None) -> AsyncIterator[None]:
        """An asker who would still wait in the block at `until`, a time of the loop, is told so before."""
        telling = asyncio.create_task(self._tell(asked, until)) if until else None
        try:
            yield
        finally:
            if telling:
                telling.cancel()

    async def _tell(self, asked: Asked, until: float) -> None:
        """Tells the asker alone, for which Slack has other limits than for the channel."""
        await asyncio.sleep(max(until - _TELLING_SECONDS - asyncio.get_running_loop().time(), _SOON_SECONDS))
        told = sentence(phrase("in_line", await self._people.language_for(asked)))
        # In a thread without a reply it would not be seen: https://docs.slack.dev/reference/methods/chat.postEphemeral
        thread = asked.shown_in if asked.thread_ts != asked.ts else None
        try:
            async with self._telling:
                await self._poster.send(told, channel=asked.channel, thread_ts=thread, only_to=asked.user)
        except FAR_END_ERRORS as error:
            LOGGER.debug("Slack does not tell that the answer in %s is in line: %s", asked.conversation_id, error)
