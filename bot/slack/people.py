"""Who is who in Slack: the people of the workspace, who may hand files in, and the languages that they read."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.questions.follow_up import likely_language
from bot.slack.lately import Lately
from bot.slack.post import FAR_END_ERRORS
from bot.slack.questions.event import SLACKBOT, Asked
from vectorstore.paragraph import LANGUAGES

LOGGER = logging.getLogger(__name__)

_UNKNOWN = ("user_not_found", "user_not_visible")
_DEFAULT = "en"
_KNOWN_SECONDS = 600  # after which somebody's new language, or leaving, counts at the latest


class People:
    """The users of Slack, as the bot's workspace knows them; what Slack tells of one counts for ten minutes."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._home: AsyncSlackResponse | None = None
        self._user = Lately(self._told_of_user, seconds=_KNOWN_SECONDS)

    async def is_member(self, user_id: str) -> bool:
        """Whether a user is a person of this workspace, guests among them, or of its organisation."""
        home = self._home = self._home or await self._client.auth_test()
        try:
            user = await self._user(user_id)
        except SlackApiError as error:
            if error.response["error"] in _UNKNOWN:
                return False
            raise
        return _is_person(user) and _is_at_home(user, home)

    async def is_human(self, user_id: str) -> bool:
        """Whether a user may be somebody who reads: no bot, and not deactivated."""
        user = await self._user(user_id)
        return not (user.get("is_bot") or user.get("deleted") or user_id == SLACKBOT)

    async def runs_workspace(self, user_id: str) -> bool:
        """Whether a user is an admin or an owner of this workspace."""
        user = await self._user(user_id)
        return bool(user.get("is_admin") or user.get("is_owner")) and await self.is_member(user_id)

    async def language(self, user_id: str) -> str:
        """Which of the six languages a user has Slack in; English where it is another or Slack does not tell."""
        try:
            user = await self._user(user_id)
        except FAR_END_ERRORS as error:
            LOGGER.debug("Slack does not tell the language of %s: %s", user_id, error)
            return _DEFAULT
        language = str(user.get("locale", "")).partition("-")[0]
        return language if language in LANGUAGES else _DEFAULT

    async def language_for(self, asked: Asked) -> str:
        """The language in which to speak to somebody of what they asked: that of its words, else their own."""
        own = asked.muted_in or await self.language(asked.user)
        return await asyncio.to_thread(likely_language, asked.question, own) if asked.question else own

    async def _told_of_user(self, user_id: str) -> Mapping[str, Any]:
        user: Mapping[str, Any] = (await self._client.users_info(user=user_id, include_locale=True))["user"]
        return user


def _is_person(user: Mapping[str, Any]) -> bool:
    return not (user.get("is_bot") or user.get("deleted") or user.get("is_stranger") or user.get("id") == SLACKBOT)


def _is_at_home(user: Mapping[str, Any], home: AsyncSlackResponse) -> bool:
    organisation = home.get("enterprise_id")
    same = (user.get("enterprise_user") or {}).get("enterprise_id") == organisation if organisation else False
    return same or user.get("team_id") == home.get("team_id")
