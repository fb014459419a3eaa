"""What Slack has to do with refreshes: shared files go in, and what a refresh changed comes out."""

import asyncio
from contextlib import suppress
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.service import Service
from bot.slack.people import People
from bot.slack.post import SECONDS_BETWEEN, Poster
from bot.slack.refreshing.digest import DigestDesk
from bot.slack.refreshing.files import FileDesk
from bot.slack.refreshing.refreshes import Refreshes
from bot.slack.settings import SlackSettings
from ingest.runs import Run


class NewsDesk:
    """Hands shared files and ended refreshes to those who see to them, where the settings name channels for it."""

    def __init__(self, settings: SlackSettings, client: AsyncWebClient, people: People, service: Service) -> None:
        poster = Poster(client, seconds_between=SECONDS_BETWEEN)
        self._worker = service.worker
        self._refreshes = Refreshes(service.worker)
        self._files = (
            FileDesk(settings, client, poster, people=people, service=service, refreshes=self._refreshes)
            if settings.ingest_channels
            else None
        )
        self._digests = (
            DigestDesk(
                poster, service.catalogue, channel=settings.digest_channel, base_url=service.bot_settings.public_url
            )
            if settings.digest_channel
            else None
        )
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Begins to listen, and goes on with what an earlier process left."""
        self._loop = asyncio.get_running_loop()
        self._worker.subscribe(self._ended)
        if self._digests:
            await self._digests.start()
        if self._files:
            await self._files.start()

    async def stop(self) -> None:
        """Leaves what is not done to the next process."""
        self._loop = None
        await asyncio.gather(*(desk.stop() for desk in (self._files, self._digests) if desk))

    async def receive(self, body: dict[str, Any]) -> None:
        """Begins the work on the files that were shared, if any were."""
        if self._files:
            await self._files.receive(body)

    def _ended(self, run: Run) -> None:
        """Called in the worker's thread."""
        if loop := self._loop:
            with suppress(RuntimeError):  # the loop was closed in this moment
                loop.call_soon_threadsafe(self._note, run)

    def _note(self, run: Run) -> None:
        self._refreshes.note(run)
        if self._digests:
            self._digests.note(run)
