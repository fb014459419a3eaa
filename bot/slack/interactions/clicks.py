"""What is done at a click below an answer. Whoever clicks gets what the button says, or the reason why not."""

import asyncio
import logging
import re
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, cast

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Answer
from bot.answers.feedback import Rating
from bot.service import Service
from bot.slack.channels.entitlement import Entitlement
from bot.slack.clicked import Click, kept_in_window, read_click, read_submission
from bot.slack.interactions.kept import given_answer
from bot.slack.interactions.said import asking, footnotes
from bot.slack.interactions.surroundings import surroundings
from bot.slack.interactions.windows import COMMENT, TOO_LATE, comment_window, paragraph_window
from bot.slack.messages.buttons import COLLEAGUE, DOWN, FOOTNOTE, RATE, SHOW, parted
from bot.slack.messages.message import Message, sentence
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS, Poster
from bot.slack.refused import RefusedError
from bot.slack.settings import SlackSettings
from prompts import phrase

LOGGER = logging.getLogger(__name__)

_REMEMBERED = 1000  # answers that colleagues have been asked about lately


class Clicks:
    """Sees to the buttons below answers."""

    def __init__(
        self,
        settings: SlackSettings,
        client: AsyncWebClient,
        people: People,
        service: Service,
        entitlement: Entitlement,
    ) -> None:
        self._colleagues = settings.colleagues
        self._client = client
        self._poster = Poster(client)
        self._people = people
        self._service = service
        self._entitlement = entitlement
        self._base_url = service.bot_settings.public_url
        self._asked: deque[str] = deque(maxlen=_REMEMBERED)

    def register(self, app: AsyncApp) -> None:
        """Has the app hand over clicks, those on buttons that are no longer known too."""
        app.action(re.compile(rf"{SHOW}-\d+"))(self._seen_to(read_click, self._show))
        app.action(FOOTNOTE)(self._seen_to(read_click, self._footnotes))
        app.action(COLLEAGUE)(self._seen_to(read_click, self._ask))
        app.action(RATE)(self._seen_to(read_click, self._rate))
        app.view(COMMENT)(self._seen_to(read_submission, self._comment))
        app.action(re.compile(".*"))(self._seen_to(read_click, self._unknown))

    def _seen_to(
        self, read: Callable[[dict[str, Any]], Click], work: Callable[[Click, dict[str, Any]], Awaitable[None]]
    ) -> Callable[..., Awaitable[None]]:
        async def seen_to(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            click = read(body)
            try:
                await work(click, body)
            except RefusedError as refused:
                await self._tell_why(click, refused.reason)
            except SlackApiError as error:
                too_late = error.response["error"] in TOO_LATE
                LOGGER.warning("Slack did not take what came of a click: %s", error.response["error"])
                await self._tell_why(click, "click_expired" if too_late else "click_failed")
            except Exception:
                LOGGER.exception("Nothing came of a click in %s", click.channel)
                await self._tell_why(click, "click_failed")

        return seen_to

    async def _show(self, click: Click, _: dict[str, Any]) -> None:
        answer_id, place = parted(click.value)
        audiences = await self._entitlement.of_person(click.user)
        answer = await self._readable(answer_id, audiences)
        service, citation = self._service, answer.shown[int(place)]
        shown = await asyncio.to_thread(surroundings, citation, service.catalogue, service.library, audiences)
        window = paragraph_window(shown, answer.language, "" if answer.audiences else self._base_url)
        await self._client.views_open(trigger_id=click.trigger_id, view=window)

    async def _footnotes(self, click: Click, _: dict[str, Any]) -> None:
        answer = await self._readable(click.value, await self._entitlement.of_person(click.user))
        await self._tell(click, footnotes(answer.shown, answer.language))

    async def _ask(self, click: Click, _: dict[str, Any]) -> None:
        answer = await self._answer(click.value)
        if not self._colleagues:
            raise RefusedError("no_colleagues")
        before = answer.answer_id in self._asked
        if not before:
            self._asked.append(answer.answer_id)
            await self._put_to_colleagues(answer, click)
        done = "colleague_asked_before" if before else "colleague_asked"
        await self._tell(click, sentence(phrase(done, answer.language)))

    async def _put_to_colleagues(self, answer: Answer, click: Click) -> None:
        message = asking(self._colleagues, answer.question, answer.language, asker=click.user)
        try:
            await self._poster.post(message, channel=click.channel, thread_ts=click.thread_ts or None)
        except BaseException:
            self._asked.remove(answer.answer_id)
            raise

    async def _rate(self, click: Click, _: dict[str, Any]) -> None:
        answer_id, rating = parted(click.value)
        answer = await self._answer(answer_id)
        await self._keep(answer, rating, click)
        if rating == DOWN:
            window = comment_window(answer.language, kept_in_window(click))
            await self._client.views_open(trigger_id=click.trigger_id, view=window)
        else:
            await self._tell(click, sentence(phrase("thanks", answer.language)))

    async def _comment(self, click: Click, body: dict[str, Any]) -> None:
        answer_id, rating = parted(click.value)
        answer = await self._answer(answer_id)
        comment = body["view"]["state"]["values"][COMMENT][COMMENT].get("value")
        await self._keep(answer, rating, click, comment)
        await self._tell(click, sentence(phrase("thanks", answer.language)))

    async def _unknown(self, _: Click, __: dict[str, Any]) -> None:
        raise RefusedError("click_unknown")

    async def _readable(self, answer_id: str, audiences: frozenset[str]) -> Answer:
        """An answer that somebody of these audiences may see."""
        answer = await self._answer(answer_id)
        if not answer.is_open_to(audiences):
            raise RefusedError("not_for_clicker")
        return answer

    async def _answer(self, answer_id: str) -> Answer:
        answer = await asyncio.to_thread(given_answer, self._service.conversations, answer_id)
        if answer is None:
            raise RefusedError("answer_gone")
        return answer

    async def _keep(self, answer: Answer, rating: str, click: Click, comment: str | None = None) -> None:
        give = self._service.feedback.give
        await asyncio.to_thread(give, answer.answer_id, cast(Rating, rating), person=click.person, comment=comment)

    async def _tell_why(self, click: Click, reason: str) -> None:
        """Tells the clicker why nothing came of it, in the clicker's language."""
        try:
            await self._tell(click, sentence(phrase(reason, await self._people.language(click.user))))
        except FAR_END_ERRORS:
            LOGGER.exception("Slack did not take why nothing came of a click in %s", click.channel)

    async def _tell(self, click: Click, message: Message) -> None:
        """Tells the clicker alone."""
        thread_ts = click.thread_ts or None
        await self._poster.send(message, channel=click.channel, thread_ts=thread_ts, only_to=click.user)
