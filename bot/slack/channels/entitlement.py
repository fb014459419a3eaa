"""Who may see which reports in Slack: people by the settings, and a channel by its least entitled member."""

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.lately import Lately
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS
from bot.slack.refused import RefusedError
from bot.slack.settings import SlackSettings
from vectorstore.paragraph import PUBLIC

LOGGER = logging.getLogger(__name__)

EVERYBODY = frozenset({PUBLIC})
_PATIENCE_SECONDS = 6.0  # of the thirty in which an asker is answered
_SECONDS = 30.0  # for which a channel or a group is taken to be as it was
_PAGE = 200  # members; Slack advises no more: https://docs.slack.dev/reference/methods/conversations.members
DIRECT = "D"  # what the id of a conversation of two begins with


class Entitlement:
    """Tells the audiences that a person is of, and those that all people in a channel are of.

    Nobody is asked about where the settings name no audience and let people from outside ask. Where Slack does not
    tell, or not in time, it is the public. So it is where people from outside are, and in public channels, which all of
    the workspace can read, members or not. A change in a channel or a group counts within a minute: for so long
    somebody who has just joined may be shown what the other members may see. That somebody has left the workspace, or
    was deactivated and is back, counts within ten.
    """

    def __init__(self, settings: SlackSettings, client: AsyncWebClient, people: People) -> None:
        self._named = settings.audiences
        self._answers_outside = settings.outside == "public"
        self._client = client
        self._people = people
        self._channel = Lately(self._told_of_channel, seconds=_SECONDS)
        self._all_are = Lately(self._told_of_members, seconds=_SECONDS)
        self._group = Lately(self._told_of_group, seconds=_SECONDS)

    async def of_answer(
        self, channel: str, user: str, *, alone: bool = False, has_outsiders: bool = False
    ) -> frozenset[str]:
        """The audiences that somebody is of and, unless they `alone` see the answer, all others in the channel.

        Raises RefusedError where they are not to be answered. Slack says with some questions that the channel
        `has_outsiders`.
        """
        if self._is_open or channel.startswith(DIRECT):
            return await self.of_person(user)
        return await self._found(self._of_answer(channel, user, alone, has_outsiders), "outside_channel")

    async def of_person(self, user: str) -> frozenset[str]:
        """The audiences that somebody is of. Raises RefusedError where that is somebody who is not answered."""
        return EVERYBODY if self._is_open else await self._found(self._of_person(user), "outside_person")

    @property
    def _is_open(self) -> bool:
        """Whether all are answered from the same, whoever they are."""
        return self._answers_outside and not self._named

    async def _found(self, asking: Awaitable[frozenset[str]], reason: str) -> frozenset[str]:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await asking
        except FAR_END_ERRORS as error:
            LOGGER.warning("Slack does not tell who is to see an answer, so it takes public reports at most: %s", error)
            return self._outside(reason)

    def _outside(self, reason: str) -> frozenset[str]:
        if self._answers_outside:
            return EVERYBODY
        raise RefusedError(reason)

    async def _of_answer(self, channel: str, user: str, alone: bool, has_outsiders: bool) -> frozenset[str]:
        told = await self._channel(channel)
        if has_outsiders or _is_shared_outside(told):
            return self._outside("outside_channel")
        person = await self._of_person(user)
        if alone or person == EVERYBODY:
            return person
        is_closed = told.get("is_private") or told.get("is_mpim")
        return person & await self._all_are(channel) if is_closed else EVERYBODY

    async def _of_person(self, user: str) -> frozenset[str]:
        if not await self._people.is_member(user):
            return self._outside("outside_person")
        members = await self._members()
        return EVERYBODY | {audience for audience in members if user in members[audience]}

    async def _members(self) -> Mapping[str, frozenset[str]]:
        """The ids of the people of each audience."""
        return {
            audience: frozenset[str]().union(*[await self._group(each) for each in named])
            for audience, named in self._named.items()
        }

    async def _told_of_group(self, named: str) -> frozenset[str]:
        """The people of a user group; a person is one alone."""
        if not named.startswith("S"):
            return frozenset({named})
        try:
            return frozenset((await self._client.usergroups_users_list(usergroup=named))["users"])
        except SlackApiError as error:
            LOGGER.warning("Nobody counts as of the user group %s: %s", named, error.response["error"])
            return frozenset()

    async def _told_of_channel(self, channel: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (await self._client.conversations_info(channel=channel))["channel"]
        return found

    async def _told_of_members(self, channel: str) -> frozenset[str]:
        """The audiences that all people in a channel are of."""
        members = await self._members()
        shared, somebody = frozenset(members), False
        async for page in await self._client.conversations_members(channel=channel, limit=_PAGE):
            for user in page["members"]:
                lacking = {audience for audience in shared if user not in members[audience]}
                if lacking and await self._people.is_human(user):
                    shared -= lacking
                if not shared:
                    return EVERYBODY
                somebody = True
        return EVERYBODY | shared if somebody else EVERYBODY


def _is_shared_outside(channel: Mapping[str, Any]) -> bool:
    # https://docs.slack.dev/reference/objects/conversation-object
    return any(channel.get(sign) for sign in ("is_ext_shared", "is_pending_ext_shared", "connected_team_ids"))
