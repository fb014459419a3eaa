"""`/reform` in Slack: the answer is for the asker alone, until it is shared in the channel."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from bot.answer import QuestionError
from bot.service import Service
from prompts import phrase
from tests.bot.slack.people import click, elements, serving, texts, until_called
from tests.bot.slack.stand_in import GUEST, PERSON, TEAM, Failure, SlackStandIn, slack_stand_in
from tests.bot.slack.test_desk import QUESTION, ScriptedAnswers, connected
from tests.bot.slack.test_once import changed, rows, settled
from tests.bot.slack.test_threads import said

SAMPLE = "How much did the Programme pay as its share of the cost-sharing arrangement?"
HIDDEN, POST, SHARE = "chat.postEphemeral", "chat.postMessage", "share_answer"


pytestmark = pytest.mark.anyio


async def test_a_command_is_acknowledged_at_once_and_answered_to_its_asker_alone(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    answers.may_answer.clear()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.until_acknowledged(await slack.command(QUESTION))
        assert [QUESTION in row["asked"] for row in rows(tmp_path)] == [True]
        assert slack.calls(HIDDEN) == []
        answers.may_answer.set()
        await settled(tmp_path)
        [shown] = slack.calls(HIDDEN)
    assert (shown["channel"], shown["user"], shown.get("thread_ts")) == ("C1", PERSON, None)
    assert (shown["parse"], shown["link_names"]) == ("none", False)
    assert shown["text"].startswith("The programme reached 25 towns [1].")
    assert elements(shown["blocks"])[SHARE]["value"] == "a1/C1"
    assert slack.posts == []
    assert slack.calls("assistant.threads.setStatus") == []


async def test_the_same_command_is_answered_once_and_two_commands_twice(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        for trigger in ("1.1", "1.1", "2.2"):
            await slack.until_acknowledged(await slack.command(QUESTION, trigger_id=trigger))
        await settled(tmp_path, 2)
        await asyncio.sleep(0.2)
        assert len(slack.calls(HIDDEN)) == 2
    conversations = {question.conversation_id for question in answers.questions}
    assert len(conversations) == 2


async def test_a_command_that_a_restart_interrupts_is_answered_by_the_next_process(tmp_path: Path) -> None:
    slow = ScriptedAnswers()
    slow.may_answer.clear()
    async with slack_stand_in() as slack:
        async with connected(slack, slow, tmp_path) as bot:
            await slack.until_acknowledged(await slack.command(QUESTION))
            await bot.stop()
            assert slack.calls(HIDDEN) == []
        async with connected(slack, ScriptedAnswers(), tmp_path):
            await settled(tmp_path)
        assert len(slack.calls(HIDDEN)) == 1


async def test_a_command_that_cannot_be_kept_is_not_acknowledged(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        changed(tmp_path, "ALTER TABLE slack_events RENAME TO away")
        envelope = await slack.command(QUESTION)
        await asyncio.sleep(0.3)
        assert envelope not in slack.acknowledged


@pytest.mark.parametrize("text", ["", "  ", "help", "Aide", "帮助"])
async def test_alone_or_with_help_it_says_how_to_ask(text: str, tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.locales[PERSON] = "fr-FR"
        await slack.command(text)
        await settled(tmp_path)
        [shown] = slack.calls(HIDDEN)
    assert shown["text"].startswith("Écrivez la question après la commande")
    assert answers.questions == []


async def test_the_reason_for_no_answer_is_for_the_asker_alone_too(tmp_path: Path) -> None:
    answers = ScriptedAnswers(QuestionError("question_empty"))
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.command(QUESTION)
        await settled(tmp_path)
        assert [shown["text"] for shown in slack.calls(HIDDEN)] == [phrase("question_empty", "en")]
        assert slack.posts == []


async def test_where_the_bot_is_not_in_the_channel_the_asker_gets_a_direct_message(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        slack.failures[HIDDEN].append(Failure(error="not_in_channel"))
        await slack.command(QUESTION)
        await settled(tmp_path)
    assert {message["channel"] for message in slack.messages} == {f"D-{PERSON}"}
    reason, answer = (message["text"] for message in slack.messages)
    assert reason.startswith("I could not post the answer to your question in <#C1>: I am not a member of that channel")
    assert answer.startswith("The programme reached 25 towns")


async def test_what_may_have_been_shown_is_shown_again_rather_than_not_at_all(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        slack.failures[HIDDEN].append(Failure(status=503, taken=True))
        await slack.command(QUESTION)
        await settled(tmp_path)
        assert len(slack.calls(HIDDEN)) == 2
        assert slack.calls("conversations.history") == []


async def hidden_answer(slack: SlackStandIn) -> dict[str, Any]:
    """What the asker of a command alone sees, as a message that can be clicked on."""
    await slack.command(SAMPLE)
    return dict(await until_called(slack, HIDDEN)) | {"ts": f"{time.time():.6f}"}


async def test_the_answer_is_shared_once_with_who_asked_what(sample_service: Service) -> None:
    async with serving(sample_service, colleagues="U7") as slack:
        shown = await hidden_answer(slack)
        slack.failures[POST].append(Failure(status=503, taken=True))
        for _ in range(2):
            await slack.until_acknowledged(await click(slack, shown, SHARE, user=GUEST))
        [shared] = await slack.until_posted()
        await asyncio.sleep(1.5)
        assert len(slack.posts) == 1
    assert (shared["channel"], shared.get("thread_ts")) == ("C1", None)
    told, *same = texts(shared["blocks"])
    assert told == f"Asked by <@{GUEST}>: {SAMPLE}"
    assert shared["text"] == f"{told}\n{shown['text']}"
    answer = texts(shown["blocks"])
    assert same[: answer.index("Copy as footnote")] == answer[: answer.index("Copy as footnote")]
    assert SHARE not in elements(shared["blocks"])
    assert "ask_colleague" in elements(shared["blocks"])
    assert "ask_colleague" not in elements(shown["blocks"])


@pytest.mark.parametrize("failure", [None, Failure(status=503, taken=True)], ids=["told", "not told"])
async def test_below_a_shared_answer_further_questions_need_no_mention(
    sample_service: Service, failure: Failure | None
) -> None:
    async with serving(sample_service) as slack:
        shown = await hidden_answer(slack)
        slack.failures[POST].extend([failure] if failure else [])
        await click(slack, shown, SHARE)
        await slack.until(lambda: slack.messages, "a shared answer")
        [shared] = slack.messages
        asked = said("And in 2020?", ts=f"{time.time():.6f}", thread_ts=shared["ts"])
        for _ in range(40):  # that it is posted may not be noted yet
            await slack.deliver(asked)
            if slack.calls("assistant.threads.setStatus"):
                break
            await asyncio.sleep(0.2)
        further = (await slack.until_posted(2))[-1]
    assert (further["channel"], further["thread_ts"]) == ("C1", shared["ts"])
    first, second = sample_service.conversations.history(f"slack:{TEAM}:C1:{shared['ts']}")
    assert first.turn.question == SAMPLE
    assert "cost-sharing arrangement" in second.turn.query


async def test_where_it_may_not_be_shared_whoever_clicked_is_told(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        shown = await hidden_answer(slack)
        slack.failures[f"{POST} C1"].append(Failure(error="restricted_action"))
        await click(slack, shown, SHARE)
        reason, answer = await slack.until_posted(2)
        for _ in range(20):  # the direct message may not be noted yet
            if len(slack.posts) < 3:
                await click(slack, shown, SHARE)
                await asyncio.sleep(0.2)
        assert [post["channel"] for post in slack.posts] == [PERSON, PERSON, "C1"]
    assert answer["text"].startswith("Asked by")
    assert reason["text"] == "I could not post the answer to your question in <#C1>: only some people may post there."


async def test_an_answer_that_is_no_longer_kept_is_said_to_be(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        shown = await hidden_answer(slack)
        await click(slack, shown, SHARE, value="gone/C1")
        [told] = await slack.until_posted()
    assert told["channel"] == PERSON
    assert told["text"].startswith("This answer is no longer kept")


async def test_the_other_buttons_below_it_work(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        shown = await hidden_answer(slack)
        await click(slack, shown, "copy_footnote")
        told = await until_called(slack, HIDDEN, 2)
    assert (told["user"], told.get("thread_ts")) == (PERSON, None)
    assert told["text"].startswith("Footnotes to copy:")
