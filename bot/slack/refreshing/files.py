"""Files as Slack's channels share them: each one into the index, and in its thread what came of it."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.library.uploads import arriving, keep
from bot.service import Service
from bot.slack.messages.markup import escaped
from bot.slack.messages.message import Message, marked, sentence
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS, Poster
from bot.slack.questions.event import SeenEvents, Shared, read_shares
from bot.slack.refreshing.downloads import DownloadError, Downloads, SlackFile, check_file, read_file
from bot.slack.refreshing.outcome import outcome
from bot.slack.refreshing.refreshes import Refreshes
from bot.slack.refreshing.shares import UnfinishedShares
from bot.slack.settings import SlackSettings
from bot.texts.direction import directed
from ingest.plan import Change
from ingest.runs import Run
from ingest.sources import SourceFile
from prompts import phrase
from vectorstore.disk import is_full_disk
from vectorstore.paragraph import PUBLIC
from vectorstore.records import DocumentRecord
from vectorstore.store import Records

LOGGER = logging.getLogger(__name__)

_GONE = ("file_not_found", "file_deleted")
_TWIN_SECONDS = 120  # within which the two events of one share come; after it the same file may be shared again
# Slack tells of a share a moment before the file knows in which message it was shared.
_LOOK_AGAIN_SECONDS = (0.3, 0.7, 1.5, 3.0)
_GRACE_SECONDS = 3.0
_AT_ONCE = 4  # downloads


class FileDesk:
    """Takes in each file that a member shares in an authorised channel, and says in its thread what came of it.

    What is not done when the process ends, the next one goes on with.
    """

    def __init__(
        self,
        settings: SlackSettings,
        client: AsyncWebClient,
        poster: Poster,
        *,
        people: People,
        service: Service,
        refreshes: Refreshes,
    ) -> None:
        self._channels = frozenset(settings.ingest_channels)
        self._origin = settings.files_origin
        self._client = client
        self._poster = poster
        self._service = service
        self._refreshes = refreshes
        self._at_most = service.bot_settings.upload_bytes
        self._downloads = Downloads(client, at_most=self._at_most)
        self._people = people
        self._unfinished = UnfinishedShares(service.catalogue)
        self._events = SeenEvents()
        self._files = SeenEvents(keep_s=_TWIN_SECONDS)
        self._downloading = asyncio.Semaphore(_AT_ONCE)
        self._begun: set[asyncio.Task[None]] = set()
        self._telling: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Goes on with what an earlier process did not finish."""
        for share in await asyncio.to_thread(self._unfinished.all):
            if share.channel in self._channels and self._files.claim_names(_name(share)):
                self._begin(share)

    async def stop(self) -> None:
        """Finishes what only has to be said, within seconds; leaves the rest to the next process."""
        for task in self._begun:
            task.cancel()
        if self._begun:
            await asyncio.wait(self._begun)
        if self._telling:
            await asyncio.wait(self._telling, timeout=_GRACE_SECONDS)
        for task in self._telling:
            task.cancel()

    async def receive(self, body: dict[str, Any]) -> None:
        """Begins the work on the files that were shared, if any were, and returns at once."""
        shares = read_shares(body)
        if not shares or not self._events.claim_names(str(body.get("event_id", shares))):
            return
        for share in shares:
            if share.channel not in self._channels:
                LOGGER.debug("The file %s in %s is left alone", share.file_id, share.channel)
            elif self._files.claim_names(_name(share)):
                self._begin(share)

    def _begin(self, share: Shared) -> None:
        _start(self._see_to(share), self._begun)

    async def _see_to(self, share: Shared) -> None:
        try:
            await asyncio.to_thread(self._unfinished.keep, share)
            placed, message = await self._respond(share)
        except FAR_END_ERRORS:
            LOGGER.exception("Slack cannot be reached about %s, which is left to the next start", _name(share))
            return
        except Exception as error:
            LOGGER.exception("Nothing came of %s", _name(share))
            placed, message = share, _failure(error, await self._people.language(share.user))
        _start(self._tell(placed, message), self._telling)

    async def _tell(self, share: Shared, message: Message | None) -> None:
        """Says what came of a share, if anything is to be said, and forgets it unless Slack cannot be reached."""
        try:
            if message:
                await self._say(share, message)
        except SlackApiError:
            LOGGER.exception("Slack does not take what came of %s", _name(share))
        except FAR_END_ERRORS:
            LOGGER.exception("Slack is told what came of %s at the next start", _name(share))
            return
        try:
            await asyncio.to_thread(self._unfinished.drop, share)
        except SQLAlchemyError:
            LOGGER.exception("%s is seen to again at the next start", _name(share))

    async def _respond(self, share: Shared) -> tuple[Shared, Message | None]:
        """Where to say what of a file, once it is known whose and what it is; None where nothing is to be said."""
        try:
            if not await self._people.is_member(share.user):
                LOGGER.debug("The file %s is not a member's", _name(share))
                return share, None
            file = await self._find(share)
        except SlackApiError as error:
            return share, _unseen(error, await self._people.language(share.user))
        language = await self._people.language(share.user)
        placed = replace(share, thread_ts=share.thread_ts or file.threads.get(share.channel))
        try:
            check_file(file, origin=self._origin, at_most=self._at_most)
        except DownloadError as error:
            return placed, _refused(file, error, language)
        await self._announce(placed, file, language)
        return placed, await self._taken_in(replace(placed, announced=True), file, language)

    async def _find(self, share: Shared) -> SlackFile:
        """The file, where it can be with the message that shares it."""
        for seconds in (*_LOOK_AGAIN_SECONDS, None):
            file = read_file((await self._client.files_info(file=share.file_id))["file"])
            if share.thread_ts or share.channel in file.threads or seconds is None:
                break
            await asyncio.sleep(seconds)
        return file

    async def _announce(self, share: Shared, file: SlackFile, language: str) -> None:
        if share.announced:
            return
        try:
            await self._say(share, marked([phrase("file_reading", language, file=f"*{escaped(file.name)}*")]))
        except FAR_END_ERRORS as error:
            LOGGER.warning("It cannot be said that %s is being read: %s", _name(share), error)

    async def _taken_in(self, share: Shared, file: SlackFile, language: str) -> Message:
        """Takes a file in, and says what came of it."""
        try:
            run = await self._earlier(share) or await self._run(share, file)
            return await asyncio.to_thread(self._outcome, file.name, run, language)
        except DownloadError as error:
            LOGGER.warning("%s was not downloaded: it %s", _name(share), error)
            return _refused(file, error, language)
        except Exception as error:
            LOGGER.exception("%s was not taken in", _name(share))
            return _failure(error, language, file.name)

    async def _earlier(self, share: Shared) -> Run | None:
        """The run by which an earlier process took the file in, unless that was broken off."""
        run = await self._refreshes.ended(share.run_id) if share.run_id else None
        return run if run and run.state != "failed" else None

    async def _run(self, share: Shared, file: SlackFile) -> Run:
        await asyncio.to_thread(self._unfinished.keep, share)
        async with self._downloading:
            source = await self._download(file)
        run_id = await self._refreshes.submit(Change(files=(source,)))
        await asyncio.to_thread(self._unfinished.keep, replace(share, run_id=run_id))
        run = await self._refreshes.ended(run_id)
        assert run, run_id
        return run

    async def _download(self, file: SlackFile) -> SourceFile:
        with arriving(self._service.index_settings.path) as path:
            await self._downloads.save(file, path)
            return await asyncio.to_thread(keep, path, file.name)

    def _outcome(self, name: str, run: Run, language: str) -> Message:
        before = self._service.catalogue.read_documents({step.before for step in run.steps if step.before})
        after = self._service.library.records().values()
        base_url = self._service.bot_settings.public_url
        return outcome(name, run, _public(before), _public(after), language, base_url=base_url)

    async def _say(self, share: Shared, message: Message) -> None:
        await self._poster.post(message, channel=share.channel, thread_ts=share.thread_ts)


def _start(work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
    task = asyncio.create_task(work)
    among.add(task)
    task.add_done_callback(among.discard)


def _name(share: Shared) -> str:
    return f"slack:{share.channel}:{share.file_id}"


def _public(records: Iterable[DocumentRecord]) -> Records:
    """The documents that everybody in the channel may read, by their ids."""
    return {record.document_id: record for record in records if record.audience == PUBLIC}


def _refused(file: SlackFile, error: DownloadError, language: str) -> Message:
    return marked([f"*{escaped(file.name)}* {directed(error.said(language))}"])


def _failure(error: Exception, language: str, name: str = "") -> Message:
    told = "file_no_room" if is_full_disk(error) else "file_failed"
    return sentence(phrase(told, language, file=name or phrase("this_file", language)))


def _unseen(error: SlackApiError, language: str) -> Message:
    """Why Slack does not let the bot see a file, or who shared it."""
    said = error.response["error"]
    if said == "missing_scope":
        return sentence(phrase("file_no_scope", language, scope=error.response.get("needed")))
    if said in _GONE:
        return sentence(phrase("file_deleted", language))
    LOGGER.error("Slack does not tell of a shared file: %s", said)
    return _failure(error, language)
