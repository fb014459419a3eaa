"""`/reform settings`: a window for those who manage a channel, and what they choose there holds from then on."""

import json
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.slack.channels.chosen import Chosen, ChosenSettings
from tests.bot.restricted import BOARD, fleet_report, leaks, reports
from tests.bot.slack.people import click, elements, serving, until_called
from tests.bot.slack.requests import FORM, interaction_body, signed
from tests.bot.slack.stand_in import BOT_USER, GUEST, PERSON, STRANGER, TEAM, Failure, SlackStandIn
from tests.bot.slack.test_http import running, send
from tests.conftest import ingest
from vectorstore.settings import IndexSettings
from vectorstore.tables import SlackChannelRow

HIDDEN, OPEN, SHARE = "chat.postEphemeral", "views.open", "share_answer"
MAKER, ADMIN = PERSON, "U6"
ASKED = "How much is the lighthouse reserve?"
FLEET = "How many boats did the fishing fleet have?"
SWITCHED_OFF = "Those who manage this channel have switched me off in it. You may ask me in a direct message."
_NUMBERS = count(1)


pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("posts_follow_at_once")]


@pytest.fixture(name="service")
def with_nothing_chosen(restricted_service: Service) -> Service:
    """With a report for the board alone among others, and no channel settings."""
    with restricted_service.catalogue.begin() as session:
        session.execute(delete(SlackChannelRow))
        session.commit()
    return restricted_service


def set_up(slack: SlackStandIn, **channel: Any) -> None:
    """The channel C1, made by one person, in a workspace with an admin."""
    slack.channels["C1"] = {"id": "C1", "creator": MAKER, "is_private": True} | channel
    slack.users[ADMIN] = {"id": ADMIN, "team_id": TEAM, "is_bot": False, "is_admin": True}


async def window(slack: SlackStandIn, *, user: str = MAKER, word: str = "settings") -> dict[str, Any]:
    """The window that opens at the command."""
    before = len(slack.calls(OPEN))
    await slack.command(word, user=user)
    return dict((await until_called(slack, OPEN, before + 1))["view"])


async def send_off(
    slack: SlackStandIn, view: dict[str, Any], *, user: str = MAKER, reports: Sequence[str] | None = None, **chosen: str
) -> str:
    """Sends the window off with something else chosen; what the sender alone is told then."""
    before = len(slack.calls(HIDDEN))
    state = {"type": "modal", "state": {"values": _values(view, reports, chosen)}}
    kept = {name: view[name] for name in ("callback_id", "private_metadata", "blocks")}
    await slack.interact({"type": "view_submission", "user": {"id": user, "team_id": TEAM}, "view": state | kept})
    return str((await until_called(slack, HIDDEN, before + 1))["text"])


def _values(view: dict[str, Any], reports: Sequence[str] | None, chosen: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        element, name = block["element"], block["element"]["action_id"]
        if name == "reports":
            held = element.get("initial_options", []) if reports is None else [{"value": each} for each in reports]
            values[block["block_id"]] = {name: {"type": element["type"], "selected_options": held}}
        else:
            options = {option["value"]: option for option in element["options"]}
            option = options[chosen[name]] if name in chosen else element["initial_option"]
            values[block["block_id"]] = {name: {"type": element["type"], "selected_option": option}}
    return values


async def options(slack: SlackStandIn, view: dict[str, Any], typed: str, *, user: str = MAKER) -> dict[str, str]:
    """What the menu of reports offers when something is typed: what each is called, and its value."""
    envelope = await slack.interact(
        {
            "type": "block_suggestion",
            "action_id": "reports",
            "block_id": "reports",
            "value": typed,
            "user": {"id": user, "team_id": TEAM},
            "view": {"private_metadata": view["private_metadata"]},
        }
    )
    await slack.until_acknowledged(envelope)
    return {option["text"]["text"]: option["value"] for option in slack.answered[envelope]["options"]}


def asking(text: str = ASKED, *, user: str = PERSON, channel: str = "C1", thread_ts: str = "") -> dict[str, Any]:
    """A mention, or in "D1" a direct message."""
    place = {"user": user, "channel": channel, "ts": f"{time.time():.6f}"} | (
        {"thread_ts": thread_ts} if thread_ts else {}
    )
    if channel.startswith("D"):
        return {"type": "message", "channel_type": "im", "text": text, **place}
    return {"type": "app_mention", "text": f"<@{BOT_USER}> {text}", **place}


async def hidden(slack: SlackStandIn, event: dict[str, Any]) -> dict[str, Any]:
    """What the asker alone sees of the answer."""
    before = len(slack.calls(HIDDEN))
    await slack.deliver(event, event_id=f"Ev-set-{next(_NUMBERS)}")
    return dict(await until_called(slack, HIDDEN, before + 1)) | {"ts": f"{time.time():.6f}"}


async def posted(slack: SlackStandIn, event: dict[str, Any]) -> dict[str, Any]:
    """What all see of it."""
    before = len(slack.posts)
    await slack.deliver(event, event_id=f"Ev-set-{next(_NUMBERS)}")
    return dict((await slack.until_posted(before + 1))[-1])


async def test_what_is_chosen_is_told_acts_at_once_and_is_shown_again_after_a_restart(service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        view = await window(slack)
        assert view["title"]["text"] == "Channel settings"
        told = await send_off(slack, view, language="es", shown="alone")
        assert told.splitlines() == [
            "*Settings of this channel, from the next question on:*",
            "• Answers — On",
            "• Language of the answers — Spanish",
            "• Who sees the answers — The asker alone",
            "• Reports to answer from — All reports",
        ]
        assert (await hidden(slack, asking()))["text"].startswith("Los informes dicen")
    async with serving(service) as slack:
        set_up(slack)
        assert (await hidden(slack, asking()))["text"].startswith("Los informes dicen")
        shown = {each["element"]["action_id"]: each["element"] for each in (await window(slack))["blocks"]}
        assert shown["language"]["initial_option"]["value"] == "es"
        assert shown["shown"]["initial_option"]["value"] == "alone"
        assert shown["answers"]["initial_option"]["value"] == "on"


@pytest.mark.parametrize(
    "word", ["settings", "Configuración", "réglages", "настройки", "设置", "الإعدادات", "Settings."]
)
async def test_it_opens_at_the_word_in_any_of_the_languages(word: str, service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        assert (await window(slack, word=word))["callback_id"] == "channel_settings"


MANAGERS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "its maker": (MAKER, {}, {}),
    "an admin": (ADMIN, {}, {}),
    "an owner": ("U5", {"id": "U5", "team_id": TEAM, "is_owner": True}, {}),
    "an operator": (GUEST, {}, {"operators": GUEST}),
}


@pytest.mark.parametrize(("user", "known", "settings"), MANAGERS.values(), ids=MANAGERS.keys())
async def test_those_who_manage_a_channel_may_choose(
    user: str, known: dict[str, Any], settings: dict[str, Any], service: Service
) -> None:
    async with serving(service, **settings) as slack:
        set_up(slack)
        slack.users |= {user: known} if known else {}
        assert "Answers — Off" in await send_off(slack, await window(slack, user=user), user=user, answers="off")


NOT_YOURS = "Seuls la personne qui a créé ce canal"
OTHERS = {"a guest": (GUEST, {}), "an outsider who made it": (STRANGER, {"creator": STRANGER})}


@pytest.mark.parametrize(("user", "channel"), OTHERS.values(), ids=OTHERS.keys())
async def test_others_are_told_why_not_in_their_language(user: str, channel: dict[str, Any], service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        view = await window(slack)
        slack.channels["C1"] = {**slack.channels["C1"], **channel}
        slack.locales[user] = "fr-FR"
        await slack.command("settings", user=user)
        told = await until_called(slack, HIDDEN)
        assert (told["user"], told["text"].startswith(NOT_YOURS)) == (user, True)
        assert len(slack.calls(OPEN)) == 1
        assert (await send_off(slack, view, user=user, answers="off")).startswith(NOT_YOURS)
    assert await ChosenSettings(service.catalogue).of("C1") == Chosen()


async def test_an_admin_of_another_workspace_is_no_admin_here(service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        slack.users[STRANGER] = {"id": STRANGER, "team_id": "T9", "is_admin": True}
        await slack.command("settings", user=STRANGER)
        assert (await until_called(slack, HIDDEN))["text"].startswith("Only whoever made this channel")


async def test_where_there_is_no_channel_to_choose_for_that_is_told(service: Service) -> None:
    async with serving(service) as slack:
        await slack.command("settings", channel="D1")
        assert "write /reform settings in one" in (await until_called(slack, HIDDEN))["text"]
        slack.failures[HIDDEN].append(Failure(error="channel_not_found"))
        await slack.command("settings", channel="C7")
        [told] = await slack.until_posted()
    assert (told["channel"], "invite me to it first" in told["text"]) == (PERSON, True)


async def test_a_window_that_comes_too_late_is_told_of(service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        slack.failures[OPEN].append(Failure(error="expired_trigger_id"))
        await slack.command("settings")
        assert (await until_called(slack, HIDDEN))["text"].startswith("That took longer than Slack allows")


async def test_where_it_is_off_each_asker_alone_is_told_and_direct_messages_are_answered(service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        begun = await posted(slack, asking())
        await send_off(slack, await window(slack), answers="off")
        slack.locales[GUEST] = "es-ES"
        told = await hidden(slack, asking())
        assert (told["user"], told["text"], told.get("thread_ts")) == (PERSON, SWITCHED_OFF, None)
        thread = begun["thread_ts"]
        further = {"type": "message", "channel_type": "channel", "user": GUEST, "channel": "C1", "ts": "9.9"}
        told = await hidden(slack, further | {"thread_ts": thread, "text": "¿Y en 2024?"})
        assert (told["user"], told["thread_ts"]) == (GUEST, thread)
        assert told["text"].startswith("Quienes gestionan este canal me han desactivado")
        before = len(slack.calls(HIDDEN))
        await slack.command(ASKED)
        assert (await until_called(slack, HIDDEN, before + 1))["text"] == SWITCHED_OFF
        assert "12 million" in (await posted(slack, asking(channel="D1")))["text"]
        await send_off(slack, await window(slack), answers="on")
        assert "12 million" in (await posted(slack, asking()))["text"]


async def test_answers_to_the_asker_alone_are_theirs_alone_to_follow_up_and_to_share(service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        await send_off(slack, await window(slack), shown="alone")
        shown = await hidden(slack, asking(thread_ts="50.1"))
        assert (shown["user"], shown["channel"], shown["thread_ts"]) == (PERSON, "C1", "50.1")
        assert SHARE in elements(shown["blocks"])
        await hidden(slack, asking("And who pays it?", user=GUEST, thread_ts="50.1"))
        kept = [
            service.conversations.history(f"slack:{TEAM}:C1:50.1{whose}") for whose in (f":{PERSON}", f":{GUEST}", "")
        ]
        assert [len(turns) for turns in kept] == [1, 1, 0]
        assert slack.posts == []
        assert slack.calls("assistant.threads.setStatus") == []
        await click(slack, shown, SHARE)
        [shared] = await slack.until_posted()
    assert (shared["channel"], shared.get("thread_ts")) == ("C1", None)


async def test_only_the_chosen_reports_answer(service: Service) -> None:
    async with serving(service) as slack:
        set_up(slack)
        view = await window(slack)
        [harbour] = (await options(slack, view, "HARBOUR report")).values()
        told = await send_off(slack, view, reports=[harbour])
        assert "Reports to answer from — SAMPLE/HBR/1 · Report on the harbour programme" in told
        assert "12 million" in (await posted(slack, asking()))["text"]
        assert "boats" not in (await posted(slack, asking(FLEET)))["text"]
        again = await window(slack)
        [held] = again["blocks"][-1]["element"]["initial_options"]
        assert held["value"] == harbour
        assert "All reports" in await send_off(slack, again, reports=[])
        assert "125 boats" in (await posted(slack, asking(FLEET)))["text"]


async def test_the_reports_that_a_channel_may_not_see_are_not_offered_and_stay_as_chosen(service: Service) -> None:
    async with serving(service, audiences={BOARD: (PERSON,)}) as slack:
        set_up(slack)
        slack.members["C1"] = [PERSON]
        [secret] = (await options(slack, await window(slack), "Confidential")).values()
        await send_off(slack, await window(slack), reports=[secret])
    async with serving(service, audiences={BOARD: (PERSON,)}) as slack:
        set_up(slack)
        slack.members["C1"] = [PERSON, GUEST]
        view = await window(slack)
        assert await options(slack, view, "Confidential") == {}
        assert len(await options(slack, view, "")) == 3
        told = await send_off(slack, view, language="en")
        assert told.endswith("Reports to answer from — others, which are gone or which you may not read")
        assert leaks([told, view, await posted(slack, asking())]) == []
    assert (await ChosenSettings(service.catalogue).of("C1")).reports == (secret,)


async def service_keeps(service: Service, chosen: Chosen) -> None:
    kept = ChosenSettings(service.catalogue)
    await kept.keep("C1", chosen, by=MAKER)
    kept.close()


async def test_what_is_chosen_takes_in_the_next_report_of_its_series(
    index_settings: IndexSettings, tmp_path: Path
) -> None:
    service = build_service(index_settings, BotSettings())
    ingest(service, reports(tmp_path))
    async with serving(service) as slack:
        set_up(slack)
        view = await window(slack)
        offered = await options(slack, view, "fleet")
        assert sorted(offered) == [
            "SAMPLE/2025/40 · Work of the fishing fleet in 2025",
            "Whole series: SAMPLE/2025/40 · Work of the fishing fleet in 2025",
        ]
        series, report = (offered[name] for name in sorted(offered, reverse=True))
        await send_off(slack, view, reports=[series])
        assert "125 boats" in (await posted(slack, asking(FLEET)))["text"]
        ingest(service, fleet_report(tmp_path, 2026))
        assert "126 boats" in (await posted(slack, asking(FLEET)))["text"]
        assert "12 million" not in (await posted(slack, asking()))["text"]
        await service_keeps(service, Chosen(reports=(report,)))
        assert "126 boats" in (await posted(slack, asking(FLEET)))["text"]
        [held] = (await window(slack))["blocks"][-1]["element"]["initial_options"]
        assert held["text"]["text"] == "SAMPLE/2026/40 · Work of the fishing fleet in 2026"
    service.close()


async def test_over_http_a_signed_command_opens_the_window_and_the_menu_answers(service: Service) -> None:
    async with running(service) as (slack, client):
        set_up(slack)
        command = "command=%2Freform&text=settings&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.2"
        assert (await send(client, signed(command.encode(), content_types=(FORM,)))).status_code == 200
        view = (await until_called(slack, OPEN))["view"]
        typed = {
            "type": "block_suggestion",
            "action_id": "reports",
            "value": "harbour",
            "user": {"id": PERSON, "team_id": TEAM},
            "team": {"id": TEAM},
            "view": {"private_metadata": view["private_metadata"]},
        }
        answered = await send(client, signed(interaction_body(typed), content_types=(FORM,)))
    assert json.loads(view["private_metadata"]) == {"channel": "C1"}
    assert [option["text"]["text"] for option in answered.json()["options"]] == [
        "SAMPLE/HBR/1 · Report on the harbour programme"
    ]
