"""From a mention in Slack to a cited answer in its thread, through the served app and the sample reports."""

import asyncio
import json
import re
from typing import Any

import pytest

from bot.service import Service
from tests.bot.slack.people import answer_to, serving


async def asked_in_slack(service: Service, question: str) -> dict[str, Any]:
    async with serving(service) as slack:
        return await answer_to(slack, question)


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
    assert post["channel"] == "C1"
    assert re.fullmatch(r"\d+\.\d+", post["thread_ts"])
    shown = json.dumps(post["blocks"], ensure_ascii=False)
    assert label in shown
    assert "[1]" in shown


def test_a_question_about_another_subject_is_declined_in_the_thread(sample_service: Service) -> None:
    post = asyncio.run(asked_in_slack(sample_service, "Who won the 1998 football world cup?"))
    assert "the ingested reports do not deal with" in json.dumps(post)
