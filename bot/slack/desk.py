"""Slack as an edge: a mention or a direct message in, one cited answer in its thread out; files in, digests out."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer, Question, QuestionError
from bot.service import Service
from bot.slack.event import Asked, SeenEvents, read_event
from bot.slack.message import Message, render, sentence
from bot.slack.news import NewsDesk
from bot.slack.post import FAR_END_ERRORS, Poster, build_client
from bot.slack.settings import SlackSettings
from bot.slack.socket import SocketMode
from vectorstore.rebuild import IndexUnavailableError

LOGGER = logging.getLogger(__name__)

HOW_TO_ASK = (
    "Ask me about the reports, in any UN language, for example: "
    "“How many Common Country Analyses were completed?” I answer with the numbered paragraph that says so."
)
WORKING = "is searching the reports…"
TOO_LONG = "That took too long, so I stopped. Please ask again, perhaps more narrowly."
FAILED = "Something went wrong on my side, and it has been logged. Please ask again in a while."
STOPPING = "I am being restarted and could not finish this. Please ask again in a minute."

_GRACE_SECONDS = 3.0
_STATUS_SECONDS = 1.0


class Answers(Protocol):
    """Whatever answers questions."""

    def answer(self, question: Question) -> Answer:
        """The cited answer; raises QuestionError with a sentence for the asker."""


class SlackBot:
    """Answers in Slack until it is stopped. `app` is the Bolt app, for other ways of delivering events to it.

    With a service it also takes in the files that are shared, and tells of its refreshes, where the settings say so.
    """

    def __init__(
        self, settings: SlackSettings, answers: Answers, *, base_url: str, service: Service | None = None
    ) -> None:
        if not settings.enabled:
            raise ValueError("Slack needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN.")
        self._app_token = str(settings.app_token)
        client = build_client(settings, token=settings.bot_token)
        self._desk = Desk(client, answers, base_url=base_url, answer_seconds=settings.answer_seconds)
        self._news = NewsDesk(settings, client, service) if service else None
        self.app = build_app(settings, self._receive)
        self._socket: SocketMode | None = None

    async def start(self) -> None:
        """Connects over Socket Mode in the background, so that serving need not wait for Slack."""
        if self._news:
            await self._news.start()
        self._socket = SocketMode(self.app, self._app_token)
        self._socket.start()

    async def stop(self) -> None:
        """Takes no more questions and finishes those begun, or tells their askers, within seconds."""
        if self._socket is not None:
            await self._socket.stop()
        await asyncio.gather(self._desk.finish(), *([self._news.stop()] if self._news else []))

    async def _receive(self, body: dict[str, Any]) -> None:
        await self._desk.receive(body)
        if self._news:
            await self._news.receive(body)


class Desk:
    """Takes each question once and sees that its asker gets an answer or a reason."""

    def __init__(self, client: AsyncWebClient, answers: Answers, *, base_url: str, answer_seconds: float) -> None:
        self._client = client
        self._poster = Poster(client)
        self._answers = answers
        self._base_url = base_url
        self._answer_seconds = answer_seconds
        self._seen = SeenEvents()
        self._begun: set[asyncio.Task[None]] = set()

    async def receive(self, body: dict[str, Any]) -> None:
        """Begins the work on what was asked, if anything was, and returns at once."""
        asked = read_event(body)
        if asked is None or not self._seen.claim(asked):
            return
        task = asyncio.create_task(self._respond(asked))
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def finish(self, grace_seconds: float = _GRACE_SECONDS) -> None:
        """Waits for the answers on their way; those that take longer are given up and their askers told."""
        if not self._begun:
            return
        _, late = await asyncio.wait(set(self._begun), timeout=grace_seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=grace_seconds)

    async def _respond(self, asked: Asked) -> None:
        messages = await self._messages(asked) if asked.question else [sentence(HOW_TO_ASK)]
        try:
            for message in messages:
                await self._poster.post(message, channel=asked.channel, thread_ts=asked.thread_ts)
        except FAR_END_ERRORS:
            LOGGER.exception("Slack did not take the answer in %s", asked.conversation_id)

    async def _messages(self, asked: Asked) -> list[Message]:
        status = asyncio.create_task(self._show_working(asked))
        question = Question(asked.question, conversation_id=asked.conversation_id)
        try:
            async with asyncio.timeout(self._answer_seconds):
                answer = await asyncio.to_thread(self._answers.answer, question)
            return render(answer, base_url=self._base_url)
        except (QuestionError, IndexUnavailableError) as error:
            return [sentence(str(error))]
        except TimeoutError:
            LOGGER.warning("The answer in %s took too long", asked.conversation_id, exc_info=True)
            return [sentence(TOO_LONG)]
        except asyncio.CancelledError:  # finish() gives up; the asker is told before the task ends
            return [sentence(STOPPING)]
        except Exception:
            LOGGER.exception("No answer in %s", asked.conversation_id)
            return [sentence(FAILED)]
        finally:
            # A status that reached Slack after the answer would stay there.
            await asyncio.wait({status}, timeout=_STATUS_SECONDS)
            status.cancel()

    async def _show_working(self, asked: Asked) -> None:
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=asked.channel, thread_ts=asked.thread_ts, status=WORKING
            )
        except FAR_END_ERRORS as error:
            LOGGER.debug("Slack shows no status in %s: %s", asked.conversation_id, error)


def build_app(settings: SlackSettings, receive: Callable[[dict[str, Any]], Awaitable[None]]) -> AsyncApp:
    """A Bolt app that acknowledges every event and hands on mentions, messages and shared files."""

    async def hand_on(body: dict[str, Any]) -> None:  # Bolt hands each listener what its parameters are called
        await receive(body)

    # Left to itself Bolt calls auth.test before it acknowledges, and drops the event when that fails.
    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token)

    app = AsyncApp(
        name="reformbot",
        client=build_client(settings),
        authorize=authorize,
        signing_secret=settings.signing_secret or "",
    )
    for event in ("app_mention", "message", "file_shared"):
        app.event(event)(hand_on)
    # Bolt would refuse any other event, and write its whole body into the log.
    app.event(re.compile(".*"))(_acknowledge)
    return app


async def _acknowledge() -> None:
    """Nothing more: Bolt has acknowledged the event already."""
