"""What is known of Slack's users: asked of Slack once for all parts of the bot, and again after ten minutes."""

import pytest

from bot.service import Service
from bot.slack import lately
from bot.slack.people import People
from bot.slack.post import build_client
from bot.slack.settings import SlackSettings
from tests.bot.slack.people import answer_to, click, open_app, serving, until_called
from tests.bot.slack.stand_in import APP_TOKEN, BOT_TOKEN, PERSON, STRANGER, Failure, slack_stand_in

pytestmark = pytest.mark.anyio


async def test_somebody_s_language_and_membership_count_for_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(lately, "monotonic", lambda: now)
    async with slack_stand_in() as slack:
        settings = SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=slack.api_url)
        people = People(build_client(settings, token=BOT_TOKEN))
        slack.locales[PERSON] = "fr-FR"
        assert (await people.language(PERSON), await people.is_member(PERSON)) == ("fr", True)
        slack.locales[PERSON] = "ru-RU"
        now = 599.0
        assert (await people.language(PERSON), await people.is_member(STRANGER)) == ("fr", False)
        now = 601.0
        assert await people.language(PERSON) == "ru"
        assert [asked["user"] for asked in slack.calls("users.info")] == [PERSON, STRANGER, PERSON]


async def test_what_slack_did_not_tell_is_asked_again() -> None:
    async with slack_stand_in() as slack:
        settings = SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=slack.api_url)
        people = People(build_client(settings, token=BOT_TOKEN))
        slack.locales[PERSON] = "fr-FR"
        slack.failures["users.info"].append(Failure(error="missing_scope"))
        assert [await people.language(PERSON) for _ in range(2)] == ["en", "fr"]


async def test_all_parts_of_the_bot_know_the_same_people(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        await open_app(slack, "home")
        await until_called(slack, "views.publish")
        post = await answer_to(slack, "How much did the Programme pay as its share of the cost-sharing arrangement?")
        await click(slack, post, "an_old_button")
        await until_called(slack, "chat.postEphemeral")
        assert len(slack.calls("users.info")) == 1
