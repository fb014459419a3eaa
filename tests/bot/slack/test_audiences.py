"""Reports that are not for everybody, in Slack: what a channel sees is decided by its least entitled member."""

import time
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from pydantic import ValidationError

from bot.service import Service
from bot.slack import lately
from bot.slack.settings import SlackSettings
from tests.bot.restricted import BOARD, SECRETS, leaks
from tests.bot.slack.people import click, elements, serving, texts, until_called
from tests.bot.slack.stand_in import (
    BOT_USER,
    GUEST,
    OTHER_BOT,
    PERSON,
    STRANGER,
    TEAM,
    Failure,
    SlackStandIn,
)

ASKED = "Who is to lead the lighthouse reserve?"
NAMED = SECRETS[3]  # who the board's report says it is
HIDDEN, POST, SHOW, SHARE = "chat.postEphemeral", "chat.postMessage", "show_paragraph-0", "share_answer"
COLLEAGUE = "U8"  # of the board too
OF_THE_BOARD = {BOARD: ("S1", COLLEAGUE)}
_NUMBERS = count(1)


pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("posts_follow_at_once")]


@pytest.fixture
def service(restricted_service: Service) -> Service:
    """With a report for the board alone."""
    return restricted_service


def set_up(slack: SlackStandIn, *others: str, **channel: Any) -> None:
    """A private channel C1 with two of the board, two bots, and others."""
    slack.users[COLLEAGUE] = {"id": COLLEAGUE, "team_id": TEAM, "is_bot": False}
    slack.users[BOT_USER] = {"id": BOT_USER, "team_id": TEAM, "is_bot": True}
    slack.groups["S1"] = [PERSON]
    slack.channels["C1"] = {"id": "C1", "is_private": True, "is_ext_shared": False, "creator": PERSON} | channel
    slack.members["C1"] = [PERSON, BOT_USER, COLLEAGUE, OTHER_BOT, *others]


async def ask(
    slack: SlackStandIn, *, user: str = PERSON, channel: str = "C1", text: str = ASKED, thread_ts: str = "", **more: Any
) -> dict[str, Any]:
    """What is posted in answer to a mention, or in "D1" to a direct message."""
    before, ts = len(slack.posts), f"{time.time():.6f}"
    kind = {"type": "message", "channel_type": "im"} if channel.startswith("D") else {"type": "app_mention"}
    said = {"text": text if channel.startswith("D") else f"<@{BOT_USER}> {text}"}
    place = {"user": user, "channel": channel, "ts": ts} | ({"thread_ts": thread_ts} if thread_ts else {})
    await slack.deliver(kind | said | place, event_id=f"Ev-{next(_NUMBERS)}", **more)
    post = (await slack.until_posted(before + 1))[-1]
    return dict(post) | {"ts": f"{time.time():.6f}"}


async def hidden(slack: SlackStandIn, *, user: str = PERSON, text: str = ASKED) -> dict[str, Any]:
    """What the asker of a command in C1 alone sees."""
    before = len(slack.calls(HIDDEN))
    await slack.command(text, user=user)
    return dict(await until_called(slack, HIDDEN, before + 1)) | {"ts": f"{time.time():.6f}"}


def a_minute_later() -> Any:
    return patch.object(lately, "monotonic", lambda: time.monotonic() + 61)


async def test_a_direct_message_is_answered_from_what_its_asker_may_read(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack)
        for user in (PERSON, COLLEAGUE):
            assert NAMED in (await ask(slack, user=user, channel="D1"))["text"]
        for user in (GUEST, STRANGER):
            assert leaks(await ask(slack, user=user, channel="D1")) == []
        assert slack.calls("conversations.members") == []


async def test_a_private_channel_of_the_board_alone_is_answered_from_its_report(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack)
        post = await ask(slack)
        assert NAMED in post["text"]
        assert not any("/answers/" in text or "/documents/" in text for text in texts(post["blocks"]))
        await ask(slack)
        assert len(slack.calls("conversations.members")) == 1


async def test_so_is_a_group_message_of_the_board_alone(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack, is_private=False, is_mpim=True)
        assert NAMED in (await ask(slack))["text"]


OTHERS = {
    "a guest": ([GUEST], {}),
    "somebody of whom Slack does not tell": (["U99"], {}),
    "a guest on the third page": ([f"U{COLLEAGUE}{number}" for number in range(500)] + [GUEST], {}),
    "whoever reads a public channel": ([], {"is_private": False}),
    "another organisation": ([], {"is_ext_shared": True}),
    "another organisation soon": ([], {"is_pending_ext_shared": True}),
    "a connected workspace": ([], {"connected_team_ids": ["T9"]}),
}


@pytest.mark.parametrize(("others", "channel"), OTHERS.values(), ids=OTHERS.keys())
async def test_with_one_who_is_not_entitled_a_channel_is_told_nothing_of_it(
    others: list[str], channel: dict[str, Any], service: Service
) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        bots = {user: {"id": user, "is_bot": True} for user in others if len(user) > 3}
        set_up(slack, *others, **channel)
        slack.users |= bots
        for text in (ASKED, f"What does {SECRETS[0]} say?", "How much is the lighthouse reserve, as of 2025?"):
            told = await ask(slack, text=text)
            assert set(leaks(told)) <= {SECRETS[0]} & set(text.split())
        assert {post["channel"] for post in slack.posts} == {"C1"}


async def test_an_event_from_a_channel_with_outsiders_is_told_nothing_of_it(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack)
        assert leaks(await ask(slack, is_ext_shared_channel=True)) == []


async def test_a_command_in_a_channel_with_outsiders_is_told_nothing_of_it(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack, is_ext_shared=True)
        assert leaks(await hidden(slack)) == []


@pytest.mark.parametrize(
    "method", ["conversations.info", "conversations.members", "usergroups.users.list", "users.info", "auth.test"]
)
async def test_where_slack_does_not_tell_the_public_is_taken_for_there(method: str, service: Service) -> None:
    async with serving(service, audiences={BOARD: ("S1",)}) as slack:
        set_up(slack)
        slack.groups["S1"] = [PERSON, COLLEAGUE]
        slack.failures[method].extend([Failure(error="fatal_error")] * 3)
        assert leaks(await ask(slack)) == []


async def test_an_answer_to_its_asker_alone_is_not_shared_where_others_may_not_read_it(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack, GUEST)
        shown = await hidden(slack)
        assert NAMED in shown["text"]
        assert leaks(await hidden(slack, user=GUEST)) == []
        await click(slack, shown, SHARE)
        [refused] = await slack.until_posted()
        assert refused["channel"] == PERSON
        assert refused["text"].startswith("This answer may draw on reports that not everybody in the channel may read")
        slack.members["C1"].remove(GUEST)
        with a_minute_later():
            for _ in range(50):  # that it was refused may not be noted yet
                if slack.posts[-1]["channel"] == "C1":
                    break
                await click(slack, shown, SHARE)
                await slack.until_posted(len(slack.posts) + 1)
        assert NAMED in slack.posts[-1]["text"]


async def test_somebody_else_may_not_have_it_shared_with_them(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD | {"drafts": (GUEST,)}) as slack:
        set_up(slack)
        shown = await hidden(slack)
        await click(slack, shown, SHARE, user=GUEST)
        [refused] = await slack.until_posted()
        assert (refused["channel"], leaks(refused)) == (GUEST, [])


async def test_a_conversation_that_the_board_began_tells_who_joins_it_nothing(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack)
        begun = await ask(slack)
        assert NAMED in begun["text"]
        thread = begun["thread_ts"]
        slack.members["C1"].append(GUEST)
        with a_minute_later():
            for text in ("And who leads it now?", "What does this report say of it?", "And when?"):
                for user in (GUEST, PERSON):
                    assert leaks(await ask(slack, user=user, thread_ts=thread, text=text)) == []


async def test_who_may_not_read_it_gets_no_window_and_no_footnote(service: Service) -> None:
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack)
        post = await ask(slack)
        for action in (SHOW, "copy_footnote"):
            for user in (GUEST, STRANGER, "U99"):
                before = len(slack.calls(HIDDEN))
                await click(slack, post, action, user=user)
                told = await until_called(slack, HIDDEN, before + 1)
                assert (told["user"], told["text"]) == (user, "This answer may draw on reports that you may not read.")
        assert slack.calls("views.open") == []
        await click(slack, post, SHOW, user=COLLEAGUE)
        opened = texts((await until_called(slack, "views.open"))["view"]["blocks"])
        assert any(text.startswith("*Before it · ") for text in opened)
        assert NAMED in " ".join(opened)


async def test_the_nearest_paragraphs_are_those_that_all_may_read(service: Service) -> None:
    question = "Which colour has the door of the lighthouse reserve's oldest boathouse in the archipelago?"
    async with serving(service, audiences=OF_THE_BOARD) as slack:
        set_up(slack, GUEST)
        post = await ask(slack, text=question)
        assert leaks(post) == []
        before = len(slack.calls(HIDDEN))
        for action in [name for name in elements(post["blocks"]) if name.startswith("show_")]:
            await click(slack, post, action, user=GUEST)
        await slack.until(lambda: len(slack.calls(HIDDEN)) == before, "no refusal")
        assert leaks(slack.log) == []


async def test_where_only_public_reports_answer_nobody_s_entitlement_is_asked_about(service: Service) -> None:
    async with serving(service) as slack:
        assert leaks(await ask(slack)) == []
        assert leaks(await ask(slack, user=GUEST, channel="D1")) == []
        asked = {"conversations.info", "conversations.members", "usergroups.users.list"}
        assert not asked & {name for name, _ in slack.log}


NO_OUTSIDERS = "There may be people from outside the organisation in this channel"


async def test_channels_with_outsiders_get_no_answers_where_the_operator_says_so(service: Service) -> None:
    async with serving(service, outside="none") as slack:
        set_up(slack, is_ext_shared=True)
        for number in range(2):
            await slack.deliver(
                {"type": "app_mention", "user": PERSON, "channel": "C1", "ts": f"{number}.1", "text": ASKED},
                event_id=f"Ev-{next(_NUMBERS)}",
            )
            told = await until_called(slack, HIDDEN, number + 1)
            assert (told["user"], told["text"].startswith(NO_OUTSIDERS)) == (PERSON, True)
        assert (await hidden(slack))["text"].startswith(NO_OUTSIDERS)
        assert slack.posts == []
        assert "SAMPLE/HBR/1" in (await ask(slack, channel="D1"))["text"]
        refused = await ask(slack, user=STRANGER, channel="D2")
        assert refused["text"] == "I answer only those who belong to this organisation."


async def test_where_slack_does_not_tell_of_outsiders_they_are_taken_for_there(service: Service) -> None:
    async with serving(service, outside="none") as slack:
        set_up(slack)
        slack.failures["conversations.info"].append(Failure(error="fatal_error"))
        assert (await hidden(slack))["text"].startswith(NO_OUTSIDERS)
        assert "SAMPLE/HBR/1" in (await ask(slack))["text"]


async def test_outsiders_open_no_windows_where_they_are_not_answered(service: Service) -> None:
    async with serving(service, outside="none") as slack:
        set_up(slack)
        post = await ask(slack, text="How many lighthouses does the harbour programme keep?")
        await click(slack, post, SHOW, user=STRANGER)
        told = await until_called(slack, HIDDEN)
        assert told["text"] == "I answer only those who belong to this organisation."
        await click(slack, post, SHOW, user=GUEST)
        await until_called(slack, "views.open")


def test_audiences_are_named_with_those_who_are_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_AUDIENCES", "board=S1, U1; drafts = U2;")
    assert SlackSettings().audiences == {"board": ("S1", "U1"), "drafts": ("U2",)}


@pytest.mark.parametrize("wrong", ["public=U1", "Board=U1", "board=somebody", "board", "board=C1"])
def test_audiences_that_cannot_work_are_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_AUDIENCES", wrong)
    with pytest.raises(ValidationError, match="audiences"):
        SlackSettings()
