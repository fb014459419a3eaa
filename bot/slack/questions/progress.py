"""Shows askers how far their answers are, where these take a while."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.answer import Event, Status, Verified
from bot.slack.messages.unfinished import Unfinished
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS, Poster, refusal
from bot.slack.questions.delivery import LIMITED, NOT_STREAMING, REASONS, TOKEN_ERRORS
from bot.slack.questions.event import Asked
from bot.slack.questions.inbox import Inbox, Kept
from bot.slack.questions.ways import Streamed, Updated, Way
from prompts import phrase

LOGGER = logging.getLogger(__name__)

# On two cores answers in quotes are there after 0.1 s, and after 0.9 s where eight are made at once.
WORTH_SECONDS = 2.0
_REFUSED_SECONDS = 3600.0  # for which Slack is not asked again to stream
_QUIET_SECONDS = 10.0  # where Slack wants to be left alone and does not say for how long
_STATUS_SECONDS = 1.0
_STATUSES_AT_ONCE = 8
_UNSURE_SECONDS = 1.0  # so that Slack is not looked at before it has done what it was asked
# What Slack says of one channel or asker, or of the token; why else it does not stream is the same everywhere:
# https://docs.slack.dev/reference/methods/chat.startStream#errors
_OF_ONE_CHANNEL = (
    *REASONS, *TOKEN_ERRORS, "channel_type_not_supported", "missing_recipient_team_id", "team_not_found",
    "user_not_found",
)  # fmt: skip


class Showing:
    """Shows what Slack lets the bot show, and remembers for a while what it does not."""

    def __init__(self, inbox: Inbox, poster: Poster, client: AsyncWebClient, people: People) -> None:
        self.inbox = inbox
        self.poster = poster
        self._client = client
        self._people = people
        self._statuses = asyncio.Semaphore(_STATUSES_AT_ONCE)
        self._streams_from = 0.0
        self._quiet_until = 0.0

    @asynccontextmanager
    async def of(self, kept: Kept) -> AsyncIterator["Progress"]:
        """The progress of an answer that is made within the block: a status at once, and more where it takes a while.

        Of what is for its asker alone nothing is shown, and of what an earlier process began the status alone.
        """
        progress = Progress(self, kept)
        status = asyncio.create_task(self._show_status(kept.asked))
        task = asyncio.create_task(progress.show(status))
        try:
            yield progress
        except BaseException:
            task.cancel()
            raise
        else:
            await progress.end(task)
        finally:
            # A status that reached Slack after the answer would stay there.
            await asyncio.wait({status}, timeout=_STATUS_SECONDS)
            status.cancel()

    def way(self, asked: Asked) -> Way:
        """The best way to show the progress of an answer."""
        return Streamed(self._client, asked) if _now() >= self._streams_from else self.other_way(asked)

    def other_way(self, asked: Asked) -> Way:
        """The way that Slack allows wherever it lets the bot post."""
        return Updated(self._client, asked)

    def may_show(self, channel: str) -> bool:
        """Whether this is a moment to show anything, which never keeps an answer waiting."""
        return _now() >= self._quiet_until and self.poster.is_free(channel)

    def keep_quiet(self, error: SlackApiError) -> None:
        """Shows nothing for as long as Slack says."""
        self._quiet_until = _now() + float(error.response.headers.get("Retry-After", _QUIET_SECONDS))

    def note_refusal(self, said: str) -> None:
        """Streams nothing for a while, unless what Slack said is true of one channel alone."""
        if said not in _OF_ONE_CHANNEL:
            self._streams_from = _now() + _REFUSED_SECONDS
            LOGGER.info("Slack does not let me stream answers (%s), so I update messages", said)

    async def _show_status(self, asked: Asked) -> None:
        if asked.thread is None:
            return
        try:
            async with self._statuses:
                status = phrase("working", await self._people.language_for(asked))
                await self._client.assistant_threads_setStatus(
                    channel_id=asked.channel, thread_ts=asked.thread, status=status
                )
        except FAR_END_ERRORS as error:
            LOGGER.debug("Slack shows no status in %s: %s", asked.conversation_id, error)


class Progress:
    """What is told of one answer until it is there; `kept` is how far it is."""

    def __init__(self, showing: Showing, kept: Kept) -> None:
        self.kept = kept
        self._showing = showing
        self._way = showing.way(kept.asked)
        self._now, self._shown = Unfinished(), Unfinished()
        self._told, self._over = asyncio.Event(), asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def tell(self, event: Event) -> None:
        """Takes note, in whichever thread, of what happens: steps and verified text are to be shown, nothing else."""
        match event:
            case Status(text):
                now = replace(self._now, steps=(*self._now.steps, text))
            case Verified(text):
                now = replace(self._now, text=text)
            case _:
                return
        self._now = now
        self._loop.call_soon_threadsafe(self._told.set)

    async def show(self, after: asyncio.Task[None]) -> None:
        """Shows what is told once a task is over, if the answer then takes a while."""
        if self.kept.asked.thread is None or self.kept.begun or self.kept.attempted:
            return
        await self._told.wait()
        pause = WORTH_SECONDS
        try:
            while not await self._is_over_within(pause):
                if after.done():
                    await self._show_more()
                pause = self._way.every_seconds
        except (*FAR_END_ERRORS, SQLAlchemyError) as error:
            LOGGER.warning("No more is shown of the answer to %s: %r", self.kept.asked.event_id, error)

    async def end(self, task: asyncio.Task[None]) -> None:
        """Ends what is being shown by a task, so that the answer can take its place."""
        self._over.set()
        self._told.set()
        await asyncio.wait({task})
        if self.kept.begun and self._shown != Unfinished():
            with suppress(*FAR_END_ERRORS):
                await self._way.end(self.kept.begun)
        elif self.kept.attempted:
            await asyncio.sleep(_UNSURE_SECONDS)

    async def _is_over_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)
        return self._over.is_set()

    async def _show_more(self) -> None:
        channel, now = self.kept.asked.channel, self._now
        if now == self._shown or not self._showing.may_show(channel):
            return
        async with self._showing.poster.turn(channel):
            try:
                await (self._go_on(self.kept.begun, now) if self.kept.begun else self._begin(now))
            except SlackApiError as error:
                if refusal(error) not in LIMITED:
                    raise
                self._showing.keep_quiet(error)

    async def _begin(self, now: Unfinished) -> None:
        await self._save(attempted=True)
        try:
            begun = await self._way.begin(now)
        except SlackApiError as error:
            said = refusal(error)
            if said:
                await self._save(attempted=False)
            if not said or said in LIMITED or isinstance(self._way, Updated):
                raise
            self._showing.note_refusal(said)
            self._way = self._showing.other_way(self.kept.asked)
            await self._begin(now)
        else:
            self._shown = now
            await self._save(attempted=False, begun=begun)

    async def _go_on(self, begun: str, now: Unfinished) -> None:
        try:
            await self._way.go_on(begun, now)
        except SlackApiError as error:
            if refusal(error) != NOT_STREAMING:
                raise
            # Streams end by themselves after five minutes: https://github.com/slackapi/python-slack-sdk/issues/1859
            self._way = self._showing.other_way(self.kept.asked)
            return
        self._shown = now

    async def _save(self, **changes: Any) -> None:
        changed = replace(self.kept, **changes)
        await self._showing.inbox.save(changed)
        self.kept = changed


def _now() -> float:
    return asyncio.get_running_loop().time()
