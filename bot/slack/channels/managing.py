"""`/reform settings`: those who manage a channel choose what holds there, and are told what does."""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.library.offered import Offered
from bot.slack.channels.chosen import OWN_LANGUAGE, Chosen
from bot.slack.channels.entitlement import DIRECT, EVERYBODY
from bot.slack.channels.rulings import Rulings
from bot.slack.channels.window import REPORTS, SETTINGS, read_window, settings_window, suggested, what_holds
from bot.slack.interactions.windows import TOO_LATE
from bot.slack.messages.message import Message, sentence
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS, Poster
from bot.slack.questions.requested import COMMAND, is_for_settings
from bot.slack.refused import RefusedError
from bot.slack.settings import SlackSettings
from prompts import phrase
from vectorstore.paragraph import LANGUAGES

LOGGER = logging.getLogger(__name__)

_UNSEEN = ("channel_not_found", "not_in_channel")


class Managing:
    """Opens the window for who made the channel, the admins and owners of the workspace, and the operators.

    Slack tells of the role of channel manager only where an Enterprise organisation installs the app with the token of
    one of its admins: https://docs.slack.dev/reference/methods/admin.roles.listAssignments
    """

    def __init__(self, settings: SlackSettings, client: AsyncWebClient, people: People, rulings: Rulings) -> None:
        self._operators = frozenset(settings.operators)
        self._client = client
        self._poster = Poster(client)
        self._people = people
        self._rulings = rulings

    def register(self, app: AsyncApp) -> None:
        """Has the app hand over the command, what is typed in the window's menu, and the window."""
        app.command(COMMAND, matchers=[_asks_for_settings])(self._asked)
        app.options(REPORTS)(self._typed)
        app.view(SETTINGS)(self._sent)

    async def _asked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await self._see_to(body["channel_id"], body["user_id"], trigger_id=body["trigger_id"])

    async def _sent(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        await self._see_to(_channel_of(view), body["user"]["id"], chosen=read_window(view))

    async def _typed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Only what both the channel and whoever types may read is offered."""
        user = body["user"]["id"]
        offered, language = await asyncio.gather(
            self._offered(_channel_of(body["view"]), user), self._people.language(user)
        )
        await ack(options=suggested([one for one in offered if one.is_meant(body.get("value", ""))], language))

    async def _see_to(self, channel: str, user: str, *, trigger_id: str = "", chosen: Chosen | None = None) -> None:
        """Opens the window or, where it was sent, keeps what was chosen; else says why not."""
        language = await self._people.language(user)
        try:
            await self._check(channel, user)
            if chosen is None:
                await self._open(channel, user, language, trigger_id)
            else:
                await self._keep(channel, user, language, chosen)
        except RefusedError as error:
            await self._tell(channel, user, sentence(phrase(error.reason, language)))
        except (*FAR_END_ERRORS, SQLAlchemyError) as error:
            too_late = isinstance(error, SlackApiError) and error.response["error"] in TOO_LATE
            LOGGER.warning("Nothing came of the settings of %s: %s", channel, error)
            reason = "click_expired" if too_late else "click_failed"
            await self._tell(channel, user, sentence(phrase(reason, language)))

    async def _check(self, channel: str, user: str) -> None:
        """Raises RefusedError where somebody may not choose for a channel, or there is none."""
        if channel.startswith(DIRECT):
            raise RefusedError("settings_not_here")
        try:
            made_by = (await self._client.conversations_info(channel=channel))["channel"].get("creator")
        except SlackApiError as error:
            if error.response["error"] in _UNSEEN:
                raise RefusedError("settings_unseen") from error
            raise
        if user in self._operators or await self._people.runs_workspace(user):
            return
        if made_by != user or not await self._people.is_member(user):
            raise RefusedError("settings_not_yours")

    async def _open(self, channel: str, user: str, language: str, trigger_id: str) -> None:
        offered = await self._offered(channel, user)
        chosen = await self._rulings.chosen.of(channel)
        window = settings_window(chosen, _among(offered, chosen.reports), language, json.dumps({"channel": channel}))
        await self._client.views_open(trigger_id=trigger_id, view=window)

    async def _keep(self, channel: str, user: str, language: str, sent: Chosen) -> None:
        """Keeps what was sent, and of what held before the reports that whoever sent it cannot see."""
        offered = await self._offered(channel, user)
        before = await self._rulings.chosen.of(channel)
        seen = frozenset[str]().union(*(one.ids for one in offered))
        unseen = [each for each in before.reports if each not in seen]
        wanted = [each for each in sent.reports if each in seen]
        spoken = sent.language if sent.language in LANGUAGES else OWN_LANGUAGE
        chosen = replace(sent, language=spoken, reports=(*wanted, *unseen))
        await self._rulings.chosen.keep(channel, chosen, by=user)
        await self._tell(channel, user, what_holds(chosen, _among(offered, chosen.reports), language))

    async def _offered(self, channel: str, user: str) -> Sequence[Offered]:
        try:
            audiences = await self._rulings.entitlement.of_answer(channel, user)
        except RefusedError:
            audiences = EVERYBODY
        return await asyncio.to_thread(self._rulings.reports.offered, audiences)

    async def _tell(self, channel: str, user: str, message: Message) -> None:
        """Tells one person alone, in the channel or else in a direct message."""
        try:
            await self._poster.send(message, channel=channel, thread_ts=None, only_to=user)
        except FAR_END_ERRORS:
            await self._poster.send(message, channel=user, thread_ts=None)


async def _asks_for_settings(body: dict[str, Any]) -> bool:
    return is_for_settings(body)


def _channel_of(view: dict[str, Any]) -> str:
    return str(json.loads(view["private_metadata"])["channel"])


def _among(offered: Sequence[Offered], ids: Sequence[str]) -> list[Offered]:
    """Those that are chosen by these ids."""
    return [one for one in offered if not one.ids.isdisjoint(ids)]
