"""Slack as an edge: a mention or a direct message in, one cited answer in its thread out; files in, digests out."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation import Conversations
from bot.library.offered import Reports
from bot.service import Service
from bot.slack.channels.chosen import ChosenSettings
from bot.slack.channels.entitlement import Entitlement
from bot.slack.channels.rulings import Rulings
from bot.slack.interactions.kept import given_answer
from bot.slack.messages.buttons import SHARE
from bot.slack.people import People
from bot.slack.post import SECONDS_BETWEEN, Poster, build_client, build_posting_client, build_showing_client
from bot.slack.questions.delivery import Delivery
from bot.slack.questions.inbox import Inbox
from bot.slack.questions.progress import Showing
from bot.slack.questions.queue import Answers, QuestionDesk
from bot.slack.questions.requested import ABOUT_THIS, COMMAND
from bot.slack.refreshing.news import NewsDesk
from bot.slack.settings import SlackSettings
from bot.slack.socket import SocketMode
from bot.slack.surfaces import register
from vectorstore.catalogue import Catalogue

LOGGER = logging.getLogger(__name__)

Receive = Callable[[dict[str, Any]], Awaitable[None]]


class SlackBot:
    """Answers in Slack until it is stopped. `app` is the Bolt app, for other ways of delivering events to it.

    With a service it also takes in the files that are shared, and tells of its refreshes, where the settings say so.
    """

    def __init__(
        self,
        settings: SlackSettings,
        answers: Answers,
        catalogue: Catalogue,
        conversations: Conversations,
        *,
        base_url: str,
        service: Service | None = None,
    ) -> None:
        if not settings.enabled:
            raise ValueError("Slack needs SLACK_BOT_TOKEN.")
        self._app_token = settings.app_token
        client = build_client(settings, token=settings.bot_token)
        poster = Poster(build_posting_client(settings), seconds_between=SECONDS_BETWEEN)
        people = People(client)
        self._inbox = Inbox(catalogue)
        self._chosen = ChosenSettings(catalogue)
        reports = Reports(service.library.records if service else dict)
        rulings = Rulings(self._chosen, Entitlement(settings, client, people), reports)
        self._desk = QuestionDesk(
            self._inbox,
            Delivery(self._inbox, poster, client, people),
            people,
            answers,
            progress=Showing(self._inbox, poster, build_showing_client(settings), people),
            rulings=rulings,
            given=partial(given_answer, conversations),
            base_url=base_url,
            answer_seconds=settings.answer_seconds,
            has_colleagues=bool(settings.colleagues),
        )
        self._news = NewsDesk(settings, client, people, service) if service else None
        seen_to = partial(register, settings=settings, client=client, people=people, rulings=rulings)
        surfaces = partial(seen_to, service=service) if service else None
        self.app = build_app(settings, self._desk.receive, self._receive_files, surfaces)
        self._socket: SocketMode | None = None

    async def start(self) -> None:
        """Goes on with what was left, and connects in the background over Socket Mode, if that is set up."""
        await self._desk.start()
        if self._news:
            await self._news.start()
        if self._app_token is not None:
            self._socket = SocketMode(self.app, self._app_token)
            self._socket.start()

    async def stop(self) -> None:
        """Takes no more questions and finishes those begun, or leaves them to the next start, within seconds."""
        if self._socket is not None:
            await self._socket.stop()
        await asyncio.gather(self._desk.finish(), *([self._news.stop()] if self._news else []))
        self._inbox.close()
        self._chosen.close()

    async def _receive_files(self, body: dict[str, Any]) -> None:
        if self._news:
            await self._news.receive(body)


def build_app(
    settings: SlackSettings, keep: Receive, take_up: Receive, surfaces: Callable[[AsyncApp], None] | None = None
) -> AsyncApp:
    """A Bolt app that acknowledges an event once `keep` has it, and then has mentions, messages and files taken up.

    `surfaces` adds what else is to be seen to.
    """

    # Bolt runs this before it acknowledges, and the listeners after; it hands over what the parameters are called.
    async def keep_first(body: dict[str, Any], next_: Callable[[], Awaitable[None]]) -> BoltResponse | None:
        try:
            await keep(body)
        except SQLAlchemyError:
            LOGGER.exception("An event cannot be kept, so Slack is to deliver it again")
            return BoltResponse(status=503)
        await next_()
        return None

    async def hand_on(body: dict[str, Any]) -> None:
        await take_up(body)

    # Left to itself Bolt calls auth.test before it acknowledges, and drops the event when that fails.
    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token)

    app = AsyncApp(
        name="reformbot",
        client=build_client(settings),
        authorize=authorize,
        signing_secret=settings.signing_secret or "",
    )
    app.middleware(keep_first)
    for event in ("app_mention", "message", "file_shared"):
        app.event(event)(hand_on)
    app.shortcut(ABOUT_THIS)(_acknowledge_kept)
    app.action(SHARE)(_acknowledge_kept)
    if surfaces:
        surfaces(app)
    # After the surfaces, one of which sees to the command that asks for settings.
    app.command(COMMAND)(_acknowledge_kept)
    # Bolt would refuse any other event, and write its whole body into the log.
    app.event(re.compile(".*"))(_acknowledge)
    return app


async def _acknowledge() -> None:
    """Nothing more: Bolt has acknowledged the event already."""


async def _acknowledge_kept(ack: AsyncAck) -> None:
    """Nothing more: what was asked is kept and being answered."""
    await ack()
