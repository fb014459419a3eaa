"""Exactly one answer in Slack: however often an event comes, whatever Slack says to a post, whenever the bot ends."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.slack import post
from bot.slack.questions.delivery import EVENT_TYPE
from prompts import phrase
from tests.bot.slack.stand_in import PERSON, Failure, SlackStandIn, slack_stand_in
from tests.bot.slack.test_desk import ANSWER, QUESTION, ScriptedAnswers, connected, direct, mention
from tests.faults import slack_bot
from tests.faults.server import kill

TEXT = "The programme reached 25 towns [1].\n[1] A/99/1, para. 4 · English"
LONG_ANSWER = replace(ANSWER, answer=" ".join(f"Sentence {number} of a long answer." for number in range(20)))
POST = "chat.postMessage"


pytestmark = pytest.mark.anyio


def rows(folder: Path) -> list[dict[str, Any]]:
    """What the inbox holds, in order."""
    return changed(folder, "SELECT * FROM slack_events ORDER BY number")


def changed(folder: Path, statement: str) -> list[dict[str, Any]]:
    """What comes of a statement on the catalogue in a folder."""
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(statement)]
        connection.commit()
    return found


async def settled(folder: Path, count: int = 1) -> list[dict[str, Any]]:
    """What the inbox holds, once so many are settled."""
    for _ in range(400):
        if sum(row["settled_at"] is not None for row in rows(folder)) >= count:
            return rows(folder)
        await asyncio.sleep(0.02)
    raise AssertionError(rows(folder))


def parts(slack: SlackStandIn, channel: str) -> list[tuple[str, int, int]]:
    """The parts of answers that lie in a channel: the event, which part, of how many."""
    payloads = [one["metadata"]["event_payload"] for one in slack.messages if one["channel"] == channel]
    return [(payload["event"], payload["part"], payload["of"]) for payload in payloads]


def sections(message: dict[str, Any]) -> list[str]:
    """What a message says, without its citations."""
    if "blocks" not in message:
        return [message["text"]]
    return [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]


async def test_an_event_delivered_over_and_over_is_answered_once_also_after_a_restart(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    deliveries = [number for number in range(10) for _ in range(4)]
    Random(1).shuffle(deliveries)
    async with slack_stand_in() as slack:

        async def deliver(number: int) -> None:
            event = mention(ts=f"{number}.1", channel=f"C{number}")
            await slack.until_acknowledged(await slack.deliver(event, event_id=f"Ev{number}"))

        async with connected(slack, answers, tmp_path):
            await asyncio.gather(*map(deliver, deliveries))
            await slack.until_posted(10)
            await settled(tmp_path, 10)
        async with connected(slack, answers, tmp_path):
            await asyncio.gather(*map(deliver, deliveries))
            await slack.deliver(direct())
            await slack.until_posted(11)
        assert sorted(one["channel"] for one in slack.messages) == [*(f"C{n}" for n in range(10)), "D1"]
        assert parts(slack, "C3") == [("Ev3", 1, 1)]
        assert {one["metadata"]["event_type"] for one in slack.messages} == {EVENT_TYPE}
    assert len(answers.questions) == 11


async def test_what_was_asked_is_kept_before_slack_is_told_and_forgotten_once_answered(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    answers.may_answer.clear()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.until_acknowledged(await slack.deliver(mention(), event_id="Ev1"))
        [waiting] = rows(tmp_path)
        assert (waiting["event_id"], waiting["channel"], waiting["ts"]) == ("Ev1", "C1", "100.1")
        assert QUESTION in waiting["asked"]
        answers.may_answer.set()
        await slack.until_posted()
        [answered] = await settled(tmp_path)
    assert (answered["event_id"], answered["asked"], answered["messages"]) == ("Ev1", "{}", "[]")


async def test_what_cannot_be_kept_is_not_acknowledged_and_answered_when_it_comes_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        changed(tmp_path, "ALTER TABLE slack_events RENAME TO away")
        first = await slack.deliver(mention(), event_id="Ev1")
        other = await slack.deliver({"type": "reaction_added", "user": PERSON})
        await slack.until_acknowledged(other)
        await asyncio.sleep(0.2)
        assert first not in slack.acknowledged
        changed(tmp_path, "ALTER TABLE away RENAME TO slack_events")
        await slack.until_acknowledged(await slack.deliver(mention(), event_id="Ev1", retry=1))
        await slack.until_posted()
    assert QUESTION not in caplog.text
    assert [record.message for record in caplog.records if record.exc_info] == [
        "An event cannot be kept, so Slack is to deliver it again"
    ]


async def test_names_are_forgotten_after_some_days_and_what_is_not_answered_never(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        for number in (1, 2):
            await slack.deliver(mention(ts=f"{number}.1", channel=f"C{number}"), event_id=f"Ev{number}")
        await settled(tmp_path, 2)
        changed(tmp_path, "UPDATE slack_events SET settled_at = '2026-01-01T00:00:00Z' WHERE event_id = 'Ev1'")
        await slack.deliver(mention(ts="3.1", channel="C3"), event_id="Ev3")
        await slack.until_posted(3)
    assert [row["event_id"] for row in rows(tmp_path)] == ["Ev2", "Ev3"]


# What Slack says to the first post in a channel of that name; after it all goes well.
FAILURES = {
    "C429": Failure(status=429, error="ratelimited", headers={"Retry-After": "1"}),
    "C500": Failure(status=500),
    "C500TAKEN": Failure(status=500, taken=True),
    "C503": Failure(status=503),
    "CFATAL": Failure(error="fatal_error", taken=True),
    "CLATE": Failure(seconds=3, taken=True),
    "CRESET": Failure(reset=True),
    "CRESETTAKEN": Failure(reset=True, taken=True),
    "CINVALID": Failure(error="invalid_auth"),
    "CEXPIRED": Failure(error="token_expired"),
    "CBLOCKS": Failure(error="invalid_blocks"),
}


async def test_whatever_slack_says_to_a_post_the_answer_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "POST_SECONDS", 0.7)
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        for number, (channel, failure) in enumerate(FAILURES.items()):
            slack.failures[f"{POST} {channel}"].append(failure)
            await slack.deliver(mention(channel=channel, ts=f"{number}.1"), event_id=f"Ev-{channel}")
        await settled(tmp_path, len(FAILURES))
        assert {channel: parts(slack, channel) for channel in FAILURES} == {
            channel: [(f"Ev-{channel}", 1, 1)] for channel in FAILURES
        }
    assert {one["text"] for one in slack.messages if one["channel"] != "CBLOCKS"} == {TEXT}
    assert not any(failures for failures in slack.failures.values())


async def test_where_slack_does_not_let_it_look_the_answer_is_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        slack.failures[POST].append(Failure(reset=True))
        slack.failures["conversations.replies"].append(Failure(error="missing_scope"))
        await slack.deliver(mention(), event_id="Ev1")
        await settled(tmp_path)
        assert parts(slack, "C1") == [("Ev1", 1, 1)]
    assert "Slack does not let me look whether it has my answer (missing_scope)" in caplog.text


async def test_a_message_that_is_too_long_goes_in_shorter_ones(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(LONG_ANSWER), tmp_path):
        slack.failures[POST].extend(2 * [Failure(error="msg_too_long")])
        await slack.deliver(mention(), event_id="Ev1")
        await settled(tmp_path)
    assert " ".join(words for one in slack.messages for words in sections(one)) == LONG_ANSWER.answer
    assert [part for _, part, _ in parts(slack, "C1")] == [1, 2, 3]


REFUSED = {
    "channel_not_found": "I cannot see that channel any more",
    "not_in_channel": "I am not a member of that channel, so please invite me there",
    "is_archived": "the channel is archived",
    "restricted_action": "only some people may post there",
    "something_new": "Slack refuses it (something_new)",
}


async def test_an_answer_that_may_not_be_posted_goes_to_its_asker_with_the_reason(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        for number, error in enumerate(REFUSED):
            slack.failures[f"{POST} C{number}"].append(Failure(error=error))
            await slack.deliver(mention(channel=f"C{number}", ts=f"{number}.1", user=f"U{number}"))
        await settled(tmp_path, len(REFUSED))
    assert {one.get("thread_ts") for one in slack.messages} == {None}
    for number, reason in enumerate(REFUSED.values()):
        assert [one["text"] for one in slack.messages if one["channel"] == f"D-U{number}"] == [
            f"I could not post the answer to your question in <#C{number}>: {reason}. You asked:\n>{QUESTION}",
            TEXT,
        ]


async def test_a_post_to_the_asker_alone_is_looked_up_too(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path):
        slack.failures[f"{POST} C1"].append(Failure(error="is_archived"))
        slack.failures[f"{POST} {PERSON}"].append(Failure(status=503, taken=True))
        await slack.deliver(mention(), event_id="Ev1")
        await settled(tmp_path)
        assert parts(slack, f"D-{PERSON}") == [("Ev1", 1, 2), ("Ev1", 2, 2)]


async def test_what_slack_takes_nowhere_is_set_aside_with_the_reason(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_stand_in() as slack:
        for _ in range(2):
            async with connected(slack, ScriptedAnswers(), tmp_path):
                slack.failures[f"{POST} C1"].append(Failure(error="is_archived"))
                slack.failures[f"{POST} {PERSON}"].append(Failure(error="cannot_dm_bot"))
                await slack.deliver(mention(), event_id="Ev1")
                await settled(tmp_path)
        assert slack.messages == []
        assert len(slack.calls(f"failed {POST}")) == 2
    [row] = rows(tmp_path)
    assert row["reason"] == "cannot_dm_bot"
    assert QUESTION in row["asked"]
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "Slack takes the answer in slack:T1:C1:100.1 neither there nor for its asker alone (cannot_dm_bot), "
        "so it is set aside"
    ]


async def test_answers_wait_for_the_token_to_be_put_right_and_the_operator_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.failures[POST].extend(3 * [Failure(error="token_revoked")])
        for number in range(3):
            await slack.deliver(mention(channel=f"C{number}", ts=f"{number}.1"), event_id=f"Ev{number}")
        await settled(tmp_path, 3)
        assert sorted(one["channel"] for one in slack.messages) == ["C0", "C1", "C2"]
        assert slack.calls("conversations.replies") == []  # what Slack has refused is not there
    assert len(answers.questions) == 3
    [told] = [record.message for record in caplog.records if record.levelno == logging.ERROR]
    assert told.startswith("Slack does not let the bot post (token_revoked): install the app")


async def test_stopping_leaves_what_takes_longer_to_the_next_start(tmp_path: Path) -> None:
    async with slack_stand_in() as slack:
        slow = ScriptedAnswers()
        slow.may_answer.clear()
        async with connected(slack, slow, tmp_path) as bot:
            for number in range(12):
                event = mention(f"Question {number}?", channel=f"C{number}", ts=f"{number}.1")
                await slack.until_acknowledged(await slack.deliver(event))
            began = time.monotonic()
            await bot.stop()
            assert time.monotonic() - began < 6
            assert slack.messages == []
        answers = ScriptedAnswers()
        async with connected(slack, answers, tmp_path):
            await slack.until_posted(12)
            await settled(tmp_path, 12)
    assert len(slack.messages) == 12
    assert [question.text for question in answers.questions] == [f"Question {number}?" for number in range(12)]


async def test_eight_are_answered_at_once_and_those_who_wait_too_long_are_told_in_time(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    answers.may_answer.clear()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path, answer_seconds=1):
        began = time.monotonic()
        for number in range(20):
            await slack.deliver(mention(f"Question {number}?", channel=f"C{number}", ts=f"{number}.1"))
        await slack.until_posted(20)
        assert time.monotonic() - began < 3
        assert {one["text"] for one in slack.messages} == {phrase("too_long", "en")}
        assert len(answers.questions) == 8


async def test_those_whose_answers_wait_for_a_turn_in_their_channel_are_told_so_before_it_is_late(
    tmp_path: Path,
) -> None:
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(), tmp_path, answer_seconds=7):
        slack.locales[PERSON] = "fr-FR"
        for number in range(1, 6):
            thread = {"thread_ts": "1.1"} if number == 5 else {}
            await slack.deliver(mention("Et après ?", ts=f"{number}.1", user=PERSON, **thread))
        await settled(tmp_path, 5)
    told = slack.calls("chat.postEphemeral")
    assert {one["text"] for one in told} == {phrase("in_line", "fr")}
    assert {(one["channel"], one["user"]) for one in told} == {("C1", PERSON)}
    assert {one.get("thread_ts") for one in told} == {None, "1.1"}
    assert len(slack.posts) == 5
    assert slack.log.index(("chat.postEphemeral", told[-1])) < slack.log.index(("chat.postMessage", slack.posts[-1]))


@asynccontextmanager
async def in_a_process(
    slack: SlackStandIn, folder: Path, *, seconds: float = 0, **timing: float
) -> AsyncIterator[None]:
    """The bot in a process that is killed at the end of the block."""
    catalogue = folder / "catalogue.sqlite"
    process = slack_bot.start(catalogue, slack.api_url, seconds=seconds, log=folder / "log", **timing)
    try:
        yield
    finally:
        await asyncio.to_thread(kill, process)
        await slack.until(lambda: not slack.connected, "end of the connection")


async def test_a_bot_killed_between_receipt_and_answer_answers_at_the_next_start(tmp_path: Path) -> None:
    async with slack_stand_in() as slack:
        async with in_a_process(slack, tmp_path, seconds=10_000):
            await slack.until_acknowledged(await slack.deliver(mention(), event_id="Ev1"))
        assert slack.messages == []
        async with connected(slack, ScriptedAnswers(), tmp_path):
            await settled(tmp_path)
            await slack.until_acknowledged(await slack.deliver(mention(), event_id="Ev1", retry=1))
        assert parts(slack, "C1") == [("Ev1", 1, 1)]


async def test_a_bot_killed_between_a_post_and_noting_it_goes_on_with_the_next_part(tmp_path: Path) -> None:
    async with slack_stand_in() as slack:
        slack.failures[POST].append(Failure(seconds=60, taken=True))
        async with in_a_process(slack, tmp_path):
            await slack.deliver(mention(f"{slack_bot.LONG}Killed?"), event_id="Ev1")
            await slack.until_posted(1)
        assert [row["posted"] for row in rows(tmp_path)] == [0]
        answers = ScriptedAnswers()
        async with connected(slack, answers, tmp_path):
            await settled(tmp_path)
        assert parts(slack, "C1") == [("Ev1", 1, 2), ("Ev1", 2, 2)]
    assert answers.questions == []
