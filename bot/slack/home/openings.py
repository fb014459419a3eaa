"""What is shown when somebody opens the app: first questions in the Messages tab, the index in the Home tab."""

import asyncio
import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.service import Service
from bot.slack.home.holdings import holdings
from bot.slack.home.suggestions import Suggestions
from bot.slack.home.tab import home_tab
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS
from bot.slack.settings import SlackSettings
from prompts import phrase

LOGGER = logging.getLogger(__name__)


class Openings:
    """Greets those who open the app, in the language in which they have Slack."""

    def __init__(self, settings: SlackSettings, client: AsyncWebClient, people: People, service: Service) -> None:
        self._operators = frozenset(settings.operators)
        self._client = client
        self._people = people
        self._service = service
        self._suggestions = Suggestions(service)

    def register(self, app: AsyncApp) -> None:
        """Has the app hand over what was opened."""
        app.event("app_home_opened")(self._opened)

    async def _opened(self, event: dict[str, Any]) -> None:
        try:
            language = await self._people.language(event["user"])
            if event.get("tab") == "home":
                await self._publish(event["user"], language)
            else:
                await self._suggest(event["channel"], language)
        except FAR_END_ERRORS as error:
            LOGGER.warning("Slack did not take what the app shows when it is opened: %s", error)
        except SQLAlchemyError:
            LOGGER.exception("The catalogue cannot be used, so nothing is shown in the app")

    async def _publish(self, user: str, language: str) -> None:
        held = await asyncio.to_thread(holdings, self._service)
        base_url = self._service.bot_settings.public_url
        view = home_tab(held, language, base_url=base_url, is_operator=user in self._operators)
        await self._client.views_publish(user_id=user, view=view)

    async def _suggest(self, channel: str, language: str) -> None:
        questions = await asyncio.to_thread(self._suggestions.questions, language)
        prompts = [{"title": question, "message": question} for question in questions]
        if prompts:
            # Without thread_ts: with one the call does nothing for an app with the agent view.
            # https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
            await self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=phrase("suggestions", language), prompts=prompts
            )
