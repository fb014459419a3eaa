"""An answer that takes a while is shown on its way, in the one message that it ends in; whatever Slack says to that."""

import asyncio
import json
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot.answer import QuestionError, Status, Token, Verified
from bot.model.breaker import Breaker
from bot.service import Service
from bot.slack import post
from bot.slack.questions import progress
from bot.slack.questions.ways import Streamed, Updated
from prompts import YES, phrase
from tests.bot.model_server import Behaviour, Reply, by_purpose, says
from tests.bot.model_service import served_model
from tests.bot.slack.people import serving
from tests.bot.slack.stand_in import PERSON, TEAM, Failure, SlackStandIn, slack_stand_in
from tests.bot.slack.test_desk import ANSWER, QUESTION, ScriptedAnswers, connected, direct, mention
from tests.bot.slack.test_once import LONG_ANSWER, POST, changed, in_a_process, parts, rows, sections, settled
from tests.bot.slack.test_threads import FURTHER, said
from tests.bot.test_model_failures import written_by
from tests.faults import slack_bot

START, APPEND, STOP, UPDATE = "chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update"
DELETE = "chat.delete"
SEARCHING, READING = Status("Searching …"), Status("Reading 5 paragraphs …")
FIRST = "The programme reached 25 towns [1]."
UNVERIFIED = Token("Nobody has verified this.")
TOLD = (SEARCHING, UNVERIFIED, READING, Verified(FIRST))


pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "WORTH_SECONDS", 0.05)
    monkeypatch.setattr(progress, "_UNSURE_SECONDS", 0.2)
    monkeypatch.setattr("bot.slack.desk.SECONDS_BETWEEN", 0.01)
    for way in (Streamed, Updated):
        monkeypatch.setattr(way, "every_seconds", 0.05)


def slow(*told: Any) -> ScriptedAnswers:
    """Answers that are made until they may be there, and what is told by then."""
    answers = ScriptedAnswers(ANSWER, *(told or TOLD))
    answers.may_answer.clear()
    return answers


async def called(slack: SlackStandIn, method: str, count: int = 1) -> list[Any]:
    await slack.until(lambda: len(slack.calls(method)) >= count, f"{count} calls of {method}")
    return slack.calls(method)


def added(call: Any) -> list[str]:
    """What a call adds to a stream: of steps how they stand, of text the words."""
    return [
        f"{chunk['status']}: {chunk['title']}"
        if chunk["type"] == "task_update"
        else " ".join(block["text"]["text"] for block in chunk["blocks"])
        for chunk in call["chunks"]
    ]


def is_answered(slack: SlackStandIn, channel: str = "C1") -> bool:
    """Whether what lies in a channel is the one answer, as it would lie there had nothing been shown before."""
    [there] = [message for message in slack.messages if message["channel"] == channel]
    payload = there["metadata"]["event_payload"]
    kinds = [block["type"] for block in there["blocks"]]
    assert "chunks" not in there
    assert kinds == ["section", "context", "context", "actions", "context_actions"]
    return there.get("streaming_state") != "in_progress" and (payload["part"], payload["of"]) == (1, 1)


async def test_an_answer_that_takes_a_while_is_streamed_to_its_asker(tmp_path: Path) -> None:
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.deliver(mention(), event_id="Ev1")
        [begun] = await called(slack, START)
        assert (begun["channel"], begun["thread_ts"]) == ("C1", "100.1")
        assert (begun["recipient_user_id"], begun["recipient_team_id"]) == (PERSON, TEAM)
        assert added(begun) == ["complete: Searching …", "in_progress: Reading 5 paragraphs …", FIRST]
        answers.may_answer.set()
        await settled(tmp_path)
        assert added(*slack.calls(STOP)) == ["complete: Reading 5 paragraphs …"]
    assert is_answered(slack)
    assert parts(slack, "C1") == [("Ev1", 1, 1)]
    assert slack.posts == []
    names = [name for name, _ in slack.log]
    assert names.index("assistant.threads.setStatus") < names.index(START) < names.index(STOP) < names.index(UPDATE)


async def test_what_comes_later_is_added_and_nothing_that_is_not_verified(tmp_path: Path) -> None:
    further = Verified(f"{FIRST} It <!here> reached 3 cities [2].")
    told = [(READING, UNVERIFIED), (Verified(FIRST), UNVERIFIED), (further,)]
    gates = [threading.Event() for _ in told]
    answers = slow(SEARCHING, *(one for gate, events in zip(gates, told, strict=True) for one in (gate, *events)))
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.deliver(direct())
        await called(slack, START)
        for count, gate in enumerate(gates, start=1):
            gate.set()
            await called(slack, APPEND, count)
        answers.may_answer.set()
        await settled(tmp_path)
    assert [added(call) for call in slack.calls(APPEND)] == [
        ["complete: Searching …", "in_progress: Reading 5 paragraphs …"],
        [FIRST],
        ["It &lt;!here&gt; reached 3 cities [2]."],
    ]
    assert is_answered(slack, "D1")
    assert UNVERIFIED.text not in json.dumps(slack.log)


async def test_an_answer_that_is_there_at_once_is_posted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "WORTH_SECONDS", 30)
    async with slack_stand_in() as slack, connected(slack, ScriptedAnswers(ANSWER, *TOLD), tmp_path):
        await slack.deliver(mention(), event_id="Ev1")
        await settled(tmp_path)
    assert len(slack.posts) == 1
    assert not slack.calls(START)
    assert not slack.calls(UPDATE)


async def test_below_an_answer_that_was_streamed_further_questions_need_no_mention(tmp_path: Path) -> None:
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.deliver(mention())
        await called(slack, START)
        answers.may_answer.set()
        await settled(tmp_path)
        await slack.deliver(said(FURTHER))
        await settled(tmp_path, 2)
    assert [question.text for question in answers.questions] == [QUESTION, FURTHER]


async def test_whoever_is_shown_the_answer_on_its_way_is_not_told_that_it_waits_for_a_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.desk.SECONDS_BETWEEN", 3)
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path, answer_seconds=7):
        await slack.deliver(mention())
        await called(slack, START)
        answers.may_answer.set()
        await settled(tmp_path)
    assert is_answered(slack)
    assert not slack.calls("chat.postEphemeral")


async def test_what_is_for_its_asker_alone_is_not_shown_on_its_way(tmp_path: Path) -> None:
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.command("How many towns were reached?")
        await slack.until(lambda: answers.questions, "question")
        await asyncio.sleep(0.3)
        answers.may_answer.set()
        await settled(tmp_path)
    assert [name for name, _ in slack.log if name.startswith("chat.")] == ["chat.postEphemeral"]


REFUSALS = ["unknown_method", "missing_scope", "not_allowed_token_type", "feature_not_enabled", "invalid_chunks"]


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_where_slack_streams_nothing_one_message_is_updated(refusal: str, tmp_path: Path) -> None:
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.refused[START] = refusal
        await slack.deliver(mention(), event_id="Ev1")
        await called(slack, POST)
        [shown] = slack.messages
        assert sections(shown) == [FIRST]
        assert shown["blocks"][-1]["elements"][0]["text"] == READING.text
        assert (shown["thread_ts"], shown["unfurl_links"], shown["parse"]) == ("100.1", False, "none")
        await slack.deliver(mention(channel="C2", ts="2.1"), event_id="Ev2")
        await called(slack, POST, 2)
        answers.may_answer.set()
        await settled(tmp_path, 2)
        assert len(slack.calls(f"failed {START}")) == 1  # it is not asked again for a while
    assert is_answered(slack)
    assert is_answered(slack, "C2")
    assert len(slack.posts) == 2


async def test_a_channel_in_which_slack_streams_nothing_says_nothing_of_others(tmp_path: Path) -> None:
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.refused[f"{START} C1"] = "channel_type_not_supported"
        await slack.deliver(mention(), event_id="Ev1")
        await called(slack, POST)
        await slack.deliver(mention(channel="C2", ts="2.1"), event_id="Ev2")
        await called(slack, START)
        answers.may_answer.set()
        await settled(tmp_path, 2)
    assert is_answered(slack)
    assert is_answered(slack, "C2")


async def test_a_stream_that_slack_ends_is_gone_on_with_as_a_message(tmp_path: Path) -> None:
    answers = slow(SEARCHING)
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.deliver(mention(), event_id="Ev1")
        await called(slack, START)
        slack.expire()
        answers.may_answer.set()
        await settled(tmp_path)
    assert is_answered(slack)
    assert slack.posts == []


async def test_a_stream_that_ends_while_more_is_told_is_updated(tmp_path: Path) -> None:
    may_go_on = threading.Event()
    answers = slow(SEARCHING, may_go_on, Verified(FIRST))
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.deliver(mention(), event_id="Ev1")
        await called(slack, START)
        slack.expire()
        may_go_on.set()
        [shown] = await called(slack, UPDATE)
        assert sections(shown) == [FIRST]
        answers.may_answer.set()
        await settled(tmp_path)
    assert is_answered(slack)


# How a call fails that shows an answer on its way; the answer is there, once, all the same.
FAILURES = {
    "500": Failure(status=500),
    "500 after it was taken": Failure(status=500, taken=True),
    "503": Failure(status=503),
    "fatal_error after it was taken": Failure(error="fatal_error", taken=True),
    "late": Failure(seconds=1.5, taken=True),
    "reset": Failure(reset=True),
    "reset after it was taken": Failure(reset=True, taken=True),
    "429": Failure(status=429, error="ratelimited", headers={"Retry-After": "1"}),
    "invalid_auth": Failure(error="invalid_auth"),
    "is_archived": Failure(error="is_archived"),
    "stopped by the asker": Failure(error="stopped_by_user"),
    "something new": Failure(error="something_new"),
}


@pytest.mark.parametrize("method", [START, APPEND, STOP, UPDATE, POST])
async def test_whatever_slack_says_to_what_is_shown_the_answer_is_there_once(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "SHOW_SECONDS", 0.7)
    monkeypatch.setattr(post, "POST_SECONDS", 0.7)
    monkeypatch.setattr("bot.slack.questions.queue._AT_ONCE", len(FAILURES))
    may_go_on = threading.Event()
    answers = slow(SEARCHING, may_go_on, READING)
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        if method == POST:
            slack.refused[START] = "unknown_method"
        for number, failure in enumerate(FAILURES.values()):
            slack.failures[f"{method} C{number}"].append(failure)
            await slack.deliver(mention(channel=f"C{number}", ts=f"{number}.1"), event_id=f"Ev{number}")
        if method in (START, POST):
            await slack.until(lambda: not any(slack.failures.values()), "failures")
        else:
            await called(slack, START, len(FAILURES))
        may_go_on.set()
        if method == APPEND:
            await slack.until(lambda: not any(slack.failures.values()), "failures")
        answers.may_answer.set()
        await settled(tmp_path, len(FAILURES))
        assert not any(slack.failures.values())
    assert {number: parts(slack, f"C{number}") for number in range(len(FAILURES))} == {
        number: [(f"Ev{number}", 1, 1)] for number in range(len(FAILURES))
    }
    assert not any(message.get("streaming_state") == "in_progress" for message in slack.messages)


GONE = ["message_not_found", "cant_update_message", "edit_window_closed", "block_mismatch"]


@pytest.mark.parametrize("error", GONE)
async def test_what_cannot_be_made_the_answer_is_deleted_and_the_answer_posted(error: str, tmp_path: Path) -> None:
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.refused[UPDATE] = error
        await slack.deliver(mention(), event_id="Ev1")
        await called(slack, START)
        answers.may_answer.set()
        await settled(tmp_path)
        assert len(slack.calls(DELETE)) == 1
    assert is_answered(slack)


async def test_a_long_answer_begins_in_the_message_that_was_begun(tmp_path: Path) -> None:
    answers = slow()
    answers.outcome = LONG_ANSWER
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.failures[UPDATE].append(Failure(error="msg_too_long"))
        await slack.deliver(mention(), event_id="Ev1")
        await called(slack, START)
        answers.may_answer.set()
        await settled(tmp_path)
    assert [part for _, part, _ in parts(slack, "C1")] == [1, 2]
    assert " ".join(words for one in slack.messages for words in sections(one)) == LONG_ANSWER.answer
    assert ["streaming_state" in one for one in slack.messages] == [True, False]


ENDINGS = {
    "a reason": (QuestionError("question_empty"), phrase("question_empty", "en")),
    "a failure": (RuntimeError("gone"), phrase("failed", "en")),
}


@pytest.mark.parametrize(("outcome", "said"), ENDINGS.values(), ids=ENDINGS.keys())
async def test_where_there_is_no_answer_the_reason_takes_its_place(
    outcome: Exception, said: str, tmp_path: Path
) -> None:
    answers = slow()
    answers.outcome = outcome
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await slack.deliver(mention(), event_id="Ev1")
        await called(slack, START)
        answers.may_answer.set()
        await settled(tmp_path)
    assert [(one["text"], "blocks" in one) for one in slack.messages] == [(said, False)]


async def test_an_answer_that_takes_too_long_is_said_to_in_what_was_begun(tmp_path: Path) -> None:
    async with slack_stand_in() as slack, connected(slack, slow(), tmp_path, answer_seconds=1.5):
        await slack.deliver(mention(), event_id="Ev1")
        await settled(tmp_path)
    assert [(one["text"], one["streaming_state"]) for one in slack.messages] == [
        (phrase("too_long", "en"), "completed")
    ]


async def test_while_slack_wants_to_be_left_alone_nothing_is_shown(tmp_path: Path) -> None:
    answers = slow()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        limited = Failure(status=429, error="ratelimited", headers={"Retry-After": "60"})
        slack.failures[START].append(limited)
        await slack.deliver(mention(), event_id="Ev1")
        await slack.until(lambda: slack.calls(f"failed {START}"), "refusal")
        await slack.deliver(mention(channel="C2", ts="2.1"), event_id="Ev2")
        await slack.until(lambda: len(answers.questions) == 2, "question")
        await asyncio.sleep(0.3)
        answers.may_answer.set()
        await settled(tmp_path, 2)
    assert len(slack.posts) == 2
    assert not slack.calls(START)


async def test_a_bot_killed_in_a_stream_finishes_the_same_message_at_the_next_start(tmp_path: Path) -> None:
    async with slack_stand_in() as slack:
        async with in_a_process(slack, tmp_path, seconds=3000, least=1, worth=0.05):
            await slack.deliver(mention(f"{slack_bot.LONG}Killed?"), event_id="Ev1")
            await called(slack, START)
            await until_kept(tmp_path)
        [begun] = slack.messages
        async with connected(slack, ScriptedAnswers(), tmp_path):
            await settled(tmp_path)
        assert [one["ts"] for one in slack.messages] == [begun["ts"]]
    assert is_answered(slack)
    assert len(slack.calls(START)) == 1


async def until_kept(folder: Path) -> None:
    """Returns once the inbox knows what was begun."""
    for _ in range(400):
        if [row["begun"] for row in rows(folder)] not in ([], [None]):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(rows(folder))


async def test_two_streams_of_one_thread_that_nobody_knows_of_end_in_two_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "SHOW_SECONDS", 0.5)
    answers = slow()
    async with slack_stand_in() as slack:
        async with connected(slack, answers, tmp_path) as bot:
            slack.failures[START].extend(2 * [Failure(seconds=60, taken=True)])
            for number in range(2):
                await slack.deliver(mention(ts=f"101.{number}", thread_ts="100.1"), event_id=f"Ev{number}")
            await slack.until(lambda: len(slack.messages) == 2, "what was begun")
            slack.messages.append({"channel": "C1", "thread_ts": "100.1", "ts": "9999999999.1", "bot_id": "BOTHER"})
            slack.messages[-1]["streaming_state"] = "in_progress"
            await bot.stop()
        async with connected(slack, ScriptedAnswers(), tmp_path):
            await settled(tmp_path, 2)
        with pytest.raises(sqlite3.IntegrityError):
            changed(tmp_path, "UPDATE slack_events SET begun = '9999999999.1'")  # also where both look at once
        *ours, other = slack.messages
        assert sorted(one["metadata"]["event_payload"]["event"] for one in ours) == ["Ev0", "Ev1"]
        assert [len(ours), "metadata" in other] == [2, False]


async def test_a_stream_of_another_question_is_never_taken_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, at_once = slow(), ScriptedAnswers(ANSWER, SEARCHING)
    at_once.may_answer.clear()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        first = answers.events
        monkeypatch.setattr(
            answers, "events", lambda asked: first(asked) if asked.text == "First?" else at_once.events(asked)
        )
        await slack.deliver(mention("First?", ts="101.1", thread_ts="100.1"), event_id="Ev1")
        await until_kept(tmp_path)
        slack.failures[START].append(Failure(reset=True))
        await slack.deliver(mention("Second?", ts="102.1", thread_ts="100.1"), event_id="Ev2")
        await slack.until(lambda: slack.calls(f"failed {START}"), "failure")
        at_once.may_answer.set()
        [second] = await called(slack, POST)
        assert second["metadata"]["event_payload"]["event"] == "Ev2"
        answers.may_answer.set()
        await settled(tmp_path, 2)
    assert sorted(parts(slack, "C1")) == [("Ev1", 1, 1), ("Ev2", 1, 1)]


async def test_a_stop_leaves_what_was_begun_to_the_next_start(tmp_path: Path) -> None:
    async with slack_stand_in() as slack:
        async with connected(slack, slow(), tmp_path) as bot:
            await slack.deliver(mention(), event_id="Ev1")
            await called(slack, START)
            await until_kept(tmp_path)
            await bot.stop()
        async with connected(slack, ScriptedAnswers(), tmp_path):
            await settled(tmp_path)
    assert is_answered(slack)
    assert len(slack.messages) == 1


async def test_what_was_begun_before_all_is_taken_back_where_the_answer_is_for_its_asker_alone_by_then(
    tmp_path: Path,
) -> None:
    async with slack_stand_in() as slack:
        async with connected(slack, slow(), tmp_path) as bot:
            await slack.deliver(mention(), event_id="Ev1")
            await called(slack, START)
            await until_kept(tmp_path)
            await bot.stop()
        changed(tmp_path, "INSERT INTO slack_channels VALUES ('C1', 0, 'auto', 1, '[]', 'U1', '2026-11-20T09:00:00Z')")
        async with connected(slack, ScriptedAnswers(), tmp_path):
            await settled(tmp_path)
    assert slack.messages == []
    [shown] = slack.calls("chat.postEphemeral")
    assert shown["text"].startswith(FIRST)


def halting(said: str, may_end: threading.Event) -> Behaviour:
    """Says so much, and the rest only when it may."""

    def behave(reply: Reply) -> None:
        reply.start()
        for start in range(0, len(said), 12):
            reply.chunk(said[start : start + 12])
        may_end.wait(20)
        reply.chunk("is not known.", "stop")
        reply.send("data: [DONE]\n\n")

    return behave


async def test_of_what_a_chat_model_writes_only_what_is_true_is_streamed(sample_service: Service) -> None:
    may_end, true = threading.Event(), "The coordination levy is 1 per cent [1]."
    said = f"{true} It brings in 99 million dollars a year [1]. <!channel> What more there is of it "
    behave = by_purpose(judge=says(YES), answer=halting(said, may_end))
    with served_model(behave, model_seconds=20) as (model, limits, _):
        async with serving(written_by(sample_service, model, limits, Breaker())) as slack:
            await slack.deliver(mention("How much is the coordination levy?", ts=f"{time.time():.6f}"))
            await slack.until(lambda: true in str(slack.calls(START) + slack.calls(APPEND)), "text")
            may_end.set()
            await slack.until(lambda: slack.calls(UPDATE), "answer")
            [answer] = slack.messages
    assert sections(answer) == [true]
    shown = json.dumps([payload for name, payload in slack.log if name.startswith("chat.")])
    assert shown.count(true) >= 2
    assert not any(words in shown for words in ("99 million", "channel>", "not known"))
