"""From a mention in Slack to a cited answer in its thread, through the served app and the sample reports."""

import asyncio
import json

import pytest

from bot.app import create_app
from bot.service import Service
from bot.slack.settings import SlackSettings
from tests.bot.slack_stand_in import APP_TOKEN, BOT_TOKEN, BOT_USER, PERSON, slack_stand_in
from tests.conftest import OWNER


async def asked_in_slack(service: Service, question: str) -> dict[str, object]:
    async with slack_stand_in() as slack:
        settings = SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=slack.api_url)
        app = create_app(service, settings, owner_token=OWNER)
        async with app.router.lifespan_context(app):
            await slack.until(lambda: slack.connected, "a connection")
            event = {"type": "app_mention", "user": PERSON, "channel": "C1", "ts": "100.1"}
            await slack.deliver(event | {"text": f"<@{BOT_USER}> {question}"})
            [post] = await slack.until_posted()
            return dict(post)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        (
            "How much did the Programme pay as its share of the cost-sharing arrangement?",
            "SAMPLE/2021/1/Rev.1, para. 11",
        ),
        ("谁担任联合国可持续发展集团的秘书处？", "SAMPLE/2022/3, para. 13"),
    ],
)
def test_a_mention_is_answered_in_its_thread_with_citations(sample_service: Service, question: str, label: str) -> None:
    post = asyncio.run(asked_in_slack(sample_service, question))
    assert (post["channel"], post["thread_ts"]) == ("C1", "100.1")
    shown = json.dumps(post["blocks"], ensure_ascii=False)
    assert label in shown
    assert "[1]" in shown


def test_a_question_about_another_subject_is_declined_in_the_thread(sample_service: Service) -> None:
    post = asyncio.run(asked_in_slack(sample_service, "Who won the 1998 football world cup?"))
    assert "the ingested reports do not deal with" in json.dumps(post)
