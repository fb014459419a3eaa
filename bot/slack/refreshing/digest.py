"""The digests of refreshes in a Slack channel: each once, in order, also those that Slack could not take at first."""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.slack.messages.markup import escaped, link
from bot.slack.messages.message import Message, plain, sentence
from bot.slack.post import FAR_END_ERRORS, Poster
from bot.slack.refreshing.told import Told, failing, keep_told, read_told, untold_runs
from bot.texts.direction import directed
from ingest.failures import failures
from ingest.runs import Run, find_run
from vectorstore.catalogue import Catalogue
from vectorstore.paragraph import PUBLIC

LOGGER = logging.getLogger(__name__)

_MOST_AT_ONCE = 5  # of those that ended while Slack could not be told
_AGAIN_SECONDS = 600
_GRACE_SECONDS = 3.0
_REMEMBERED = 100  # runs, of which it is known which ended first
_DOCUMENTS_LINKED = 10
_LABEL_LIMIT = 80
_BROKEN_OFF = "It was broken off; the index is as it was."


@dataclass(frozen=True)
class _News:
    run: Run
    after: Told  # what the channel has been told, once it is told of this


class DigestDesk:
    """Tells a channel what each refresh changed, and goes on at the next start where it was stopped."""

    def __init__(self, poster: Poster, catalogue: Catalogue, *, channel: str, base_url: str) -> None:
        self._poster = poster
        self._catalogue = catalogue
        self._channel = channel
        self._base_url = base_url
        self._ended: deque[str] = deque(maxlen=_REMEMBERED)
        self._woken = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to tell, first of what ended since the channel was told last."""
        await asyncio.to_thread(read_told, self._catalogue)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends after the message under way, within seconds."""
        self._stopping = True
        self._woken.set()
        if self._task:
            await asyncio.wait({self._task}, timeout=_GRACE_SECONDS)
            self._task.cancel()

    def note(self, run: Run) -> None:
        """Notes that a run has ended."""
        self._ended.append(run.run_id)
        self._woken.set()

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            wait = None if await self._tell_all() else _AGAIN_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), wait)

    async def _tell_all(self) -> bool:
        """Tells all that is to be told; False where that was not possible and is to be tried again."""
        try:
            await self._tell_news()
        except SlackApiError as error:
            LOGGER.error(
                "Slack does not take the digest in %s (%s): check SLACK_DIGEST_CHANNEL, and invite the bot to that "
                "channel. It is kept and posted later.",
                self._channel,
                error.response["error"],
            )
        except FAR_END_ERRORS as error:
            LOGGER.warning("Slack cannot be reached, so the digest is kept and posted later: %s", error)
        except SQLAlchemyError:
            LOGGER.exception("The catalogue cannot be used, so the digest is posted later")
        else:
            return True
        return False

    async def _tell_news(self) -> None:
        news, last = await asyncio.to_thread(self._news)
        earlier, shown = news[:-_MOST_AT_ONCE], news[-_MOST_AT_ONCE:]
        if earlier:
            await self._post(sentence(_earlier(len(earlier), self._base_url)))
            await self._keep(earlier[-1].after)
        for one in shown:
            if self._stopping:
                return
            await self._tell(one)
        await self._keep(last)

    def _news(self) -> tuple[list[_News], Told]:
        """What the channel is to be told, oldest first, and what it knows then."""
        told = read_told(self._catalogue)
        still_failing = failing([failed.source for failed in failures(self._catalogue)])
        news = []
        for run_id in untold_runs(self._catalogue, told, self._ended):
            if run := find_run(self._catalogue, run_id):
                after = told.after(run, still_failing)
                if told.has_news(run):
                    news.append(_News(run, after))
                told = after
        return news, told

    async def _tell(self, news: _News) -> None:
        """Posts a digest; one that is broken off between two messages goes on with the second."""
        told = await asyncio.to_thread(read_told, self._catalogue)
        messages = await asyncio.to_thread(self._messages, news.run)
        done = told.parts if told.partly == news.run.run_id else 0
        for posted, message in enumerate(messages[done:], start=done + 1):
            await self._post(message)
            await self._keep(replace(told, partly=news.run.run_id, parts=posted))
        await self._keep(news.after)

    def _messages(self, run: Run) -> list[Message]:
        return plain(_text(run), after=_links(run, self._titles(run), self._base_url))

    def _titles(self, run: Run) -> Mapping[str, str]:
        """What the documents that came in are called, by their ids; only of those that everybody may read."""
        ids = [step.after for step in run.steps if step.after and step.change in ("new", "changed")]
        records = self._catalogue.read_documents(ids[:_DOCUMENTS_LINKED])
        return {record.document_id: record.symbol or record.title for record in records if record.audience == PUBLIC}

    async def _post(self, message: Message) -> None:
        await self._poster.post(message, channel=self._channel, thread_ts=None)

    async def _keep(self, told: Told) -> None:
        await asyncio.to_thread(keep_told, self._catalogue, told)


def _text(run: Run) -> str:
    """The digest of a run; where nothing was changed, that and why."""
    if run.state == "failed":
        return f"A refresh failed. {run.digest or _BROKEN_OFF}"
    return "\n".join([run.digest, *run.problems])


def _links(run: Run, titles: Mapping[str, str], base_url: str) -> str:
    """Markup that leads to a refresh, and to the documents that came in by it."""
    when = (run.finished_at or run.started_at)[:16].replace("T", " ")
    links = [link(f"Refresh of {when} UTC", f"/v1/refresh/{run.run_id}", base_url)]
    for document_id, title in titles.items():
        shown = " ".join(title.split())
        label = shown if len(shown) <= _LABEL_LIMIT else shown[: _LABEL_LIMIT - 1] + "…"
        links.append(link(directed(escaped(label)), f"/documents/{document_id}", base_url))
    return " · ".join(links)


def _earlier(count: int, base_url: str) -> str:
    refreshes = "1 refresh" if count == 1 else f"{count} refreshes"
    return f"… and {refreshes} before, while Slack could not be told: {base_url}/v1/refresh lists them."
