""" "Ask about this" on a message in Slack: the reports are asked what the message asks, in its thread."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.slack.stand_in import PERSON, TEAM, Failure, SlackStandIn, slack_stand_in
from tests.bot.slack.test_desk import QUESTION, ScriptedAnswers, connected, mention
from tests.bot.slack.test_once import changed, settled
from tests.bot.slack.test_threads import left_alone, said

HIDDEN = "chat.postEphemeral"


pytestmark = pytest.mark.anyio


async def ask_about(slack: SlackStandIn, text: str | None, *, trigger_id: str = "1.1", **message: Any) -> str:
    """What Slack sends when somebody uses the shortcut on a message of somebody else."""
    return await slack.interact(
        {
            "type": "message_action",
            "callback_id": "ask_about_this",
            "trigger_id": trigger_id,
            "user": {"id": PERSON, "team_id": TEAM},
            "channel": {"id": "C1", "name": "reform"},
            "message": {"type": "message", "user": "U2", "ts": "100.1", "text": text, **message},
        }
    )


async def test_it_is_acknowledged_once_kept_and_answered_in_the_thread_of_the_message(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    answers.may_answer.clear()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.until_acknowledged(await ask_about(slack, QUESTION))
        [kept] = changed(tmp_path, "SELECT * FROM slack_events")
        assert QUESTION in kept["asked"]
        await slack.until_acknowledged(await ask_about(slack, QUESTION))
        answers.may_answer.set()
        await settled(tmp_path)
        await slack.deliver(said("And in 2023?"))
        await settled(tmp_path, 2)
    assert [(post["channel"], post["thread_ts"]) for post in slack.posts] == [("C1", "100.1")] * 2
    assert [(question.text, question.conversation_id) for question in answers.questions] == [
        (QUESTION, "slack:T1:C1:100.1"),
        ("And in 2023?", "slack:T1:C1:100.1"),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("<@U3> I read A/79/1, para. 4. How many towns were reached? I forgot.", "How many towns were reached?"),
        ("Two things: why? And by whom?", "Two things: why? And by whom?"),
        ("The programme reached 25 towns.", "The programme reached 25 towns."),
        ("我读过报告。有多少城镇？谢谢。", "有多少城镇？"),
    ],
)
async def test_it_asks_what_the_message_asks_or_else_says(text: str, asked: str, tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await ask_about(slack, text, ts="101.1", thread_ts="100.1")
        await settled(tmp_path)
    assert [question.text for question in answers.questions] == [asked]
    assert [post["thread_ts"] for post in slack.posts] == ["100.1"]


async def test_where_the_bot_may_not_post_the_asker_alone_is_answered(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        slack.failures["chat.postMessage C1"].append(Failure(error="not_in_channel"))
        await ask_about(slack, QUESTION)
        await settled(tmp_path)
    reason, answer = slack.posts
    assert (reason["channel"], answer["channel"]) == (PERSON, PERSON)
    assert "I am not a member of that channel" in reason["text"]
    assert answer["text"].startswith("The programme reached 25 towns")


@pytest.mark.parametrize("text", [None, "", "<@U3>"])
async def test_about_a_message_without_text_the_asker_alone_is_told(text: str | None, tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.locales[PERSON] = "es-ES"
        await ask_about(slack, text)
        await settled(tmp_path)
        [shown] = slack.calls(HIDDEN)
    assert (shown["user"], shown["text"]) == (PERSON, "Ese mensaje no tiene texto sobre el que consultar los informes.")
    assert answers.questions == []


async def test_in_a_muted_thread_it_answers_and_the_thread_stays_muted(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.deliver(mention())
        await settled(tmp_path)
        await slack.deliver(said("mute"))
        await settled(tmp_path, 2)
        await ask_about(slack, "mute", ts="101.1", thread_ts="100.1")
        await settled(tmp_path, 3)
        await left_alone(slack, said("And in 2023?", ts="102.1"))
        await slack.deliver(mention("Last?", ts="103.1", channel="C2"))
        await settled(tmp_path, 4)
    assert [question.text for question in answers.questions] == [QUESTION, "mute", "Last?"]
