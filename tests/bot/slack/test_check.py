"""`reformbot slack check` before a stand-in for Slack: each lack is named, with what to do; the exit code tells."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.slack.needs import EVENTS, SCOPES
from tests.bot.slack.stand_in import APP_TOKEN, BOT_TOKEN, CONFIG_TOKEN, Failure, SlackStandIn, slack_stand_in

MANIFEST: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[3] / "slack-manifest.yaml").read_text(encoding="utf-8")
)
TOKENS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_CONFIG_TOKEN": CONFIG_TOKEN}

pytestmark = pytest.mark.anyio


def set_up_as_the_manifest_says(slack: SlackStandIn) -> None:
    slack.scopes = tuple(MANIFEST["oauth_config"]["scopes"]["bot"])
    slack.manifest = MANIFEST


async def checked(slack: SlackStandIn, environment: Mapping[str, str] = TOKENS) -> Result:
    """What the command prints and ends with."""
    settings = {"SLACK_API_URL": slack.api_url, **environment}
    return await asyncio.to_thread(CliRunner().invoke, app, ["slack", "check"], env=settings)


def complaints(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line.startswith("✗")]


async def test_an_app_made_from_the_manifest_lacks_nothing() -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        slack.channels["C1"] = {"id": "C1", "name": "reform", "is_member": True}
        result = await checked(slack, TOKENS | {"SLACK_DIGEST_CHANNEL": "C1"})
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "✓ The bot is reformbot in The workspace.",
        f"✓ The bot has its {len(SCOPES)} scopes.",
        "✓ Socket Mode works.",
        f"✓ The app gets its {len(EVENTS)} events.",
        "✓ The bot is in #reform (C1).",
    ]


@pytest.mark.parametrize("scope", SCOPES)
async def test_each_missing_scope_is_named(scope: str) -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        slack.scopes = tuple(granted for granted in slack.scopes if granted != scope)
        result = await checked(slack)
    assert result.exit_code == 1
    assert complaints(result) == [f"✗ The scope {scope} is missing, {SCOPES[scope]}."]
    assert "install the app again" in result.stdout


@pytest.mark.parametrize("event", EVENTS)
async def test_each_missing_event_is_named(event: str) -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        subscribed = [other for other in EVENTS if other != event]
        slack.manifest = manifest_with("settings", event_subscriptions={"bot_events": subscribed})
        result = await checked(slack)
    assert result.exit_code == 1
    (complaint,) = complaints(result)
    assert complaint.startswith(f"✗ The event {event} is missing ({EVENTS[event]})")


def manifest_with(part: str, **fields: Any) -> Mapping[str, Any]:
    return MANIFEST | {part: MANIFEST[part] | fields}


LACKING: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "everything": ({}, "The Messages tab is off"),
    "command": (manifest_with("features", slash_commands=[]), "The slash command /reform is missing"),
    "shortcut": (manifest_with("features", shortcuts=[]), "The shortcut “Ask about this” (ask_about_this) is missing"),
    "Messages tab": (manifest_with("features", app_home={"messages_tab_enabled": False}), "The Messages tab is off"),
    "Socket Mode": (manifest_with("settings", socket_mode_enabled=False), "Socket Mode is off"),
}


@pytest.mark.parametrize(("manifest", "said"), LACKING.values(), ids=LACKING.keys())
async def test_what_is_turned_off_is_named(manifest: Mapping[str, Any], said: str) -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        slack.manifest = manifest
        result = await checked(slack)
    assert result.exit_code == 1
    assert said in "\n".join(complaints(result))


async def test_without_a_configuration_token_the_events_are_told_to_compare() -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        result = await checked(slack, {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": "secret"})
    assert result.exit_code == 0
    assert all(f"{event} ({what})" in result.stdout for event, what in EVENTS.items())
    assert "http://127.0.0.1:8000/slack/events" in result.stdout
    assert "Socket Mode works" not in result.stdout


REFUSED: Mapping[str, tuple[str, str, str]] = {
    "bot token": ("auth.test", "token_revoked", "Slack does not take SLACK_BOT_TOKEN (token_revoked)"),
    "app token": ("apps.connections.open", "missing_scope", "no connection (missing_scope)"),
    "configuration token": ("apps.manifest.export", "token_expired", "Make a new App Configuration Token"),
}


@pytest.mark.parametrize(("method", "error", "said"), REFUSED.values(), ids=REFUSED.keys())
async def test_a_token_that_slack_refuses_is_named(method: str, error: str, said: str) -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        slack.failures[method].append(Failure(error=error))
        result = await checked(slack)
    assert result.exit_code == 1
    (complaint,) = complaints(result)
    assert said in complaint


CHANNELS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "not in it": ({"C1": {"name": "reform", "is_member": False}}, "not in #reform (C1): write /invite @reformbot"),
    "no such channel": ({}, "sees no channel C1"),
}


@pytest.mark.parametrize(("channels", "said"), CHANNELS.values(), ids=CHANNELS.keys())
async def test_a_channel_of_the_settings_that_it_is_not_in_is_named(
    channels: Mapping[str, Mapping[str, Any]], said: str
) -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        slack.channels |= channels
        result = await checked(slack, TOKENS | {"SLACK_INGEST_CHANNELS": "C1", "SLACK_DIGEST_CHANNEL": "C1"})
    assert result.exit_code == 1
    (complaint,) = complaints(result)
    assert said in complaint


GROUPS: Mapping[str, tuple[Mapping[str, list[str]], str]] = {
    "no such group": ({}, "does not tell who is in the user group S1 of board (no_such_subteam)"),
    "nobody": ({"S1": []}, "Nobody is in the user group S1"),
}


@pytest.mark.parametrize(("groups", "said"), GROUPS.values(), ids=GROUPS.keys())
async def test_a_user_group_of_an_audience_that_cannot_work_is_named(
    groups: Mapping[str, list[str]], said: str
) -> None:
    async with slack_stand_in() as slack:
        set_up_as_the_manifest_says(slack)
        slack.groups |= {**groups, "S2": ["U2", "U3"]}
        result = await checked(slack, TOKENS | {"SLACK_AUDIENCES": "board=S1,U1; drafts=S2"})
    assert result.exit_code == 1
    (complaint,) = complaints(result)
    assert said in complaint
    assert "✓ The user group S2 of the audience drafts has 2." in result.stdout


async def test_settings_that_cannot_work_are_misuse() -> None:
    async with slack_stand_in() as slack:
        nothing, half = [await checked(slack, env) for env in ({}, {"SLACK_BOT_TOKEN": "xoxb-secret"})]
    assert (nothing.exit_code, half.exit_code) == (2, 2)
    assert "Slack is not set up: set SLACK_BOT_TOKEN" in nothing.stderr
    assert "set SLACK_APP_TOKEN too" in half.stderr
    assert "secret" not in half.output


async def test_slack_out_of_reach_is_a_sentence() -> None:
    async with slack_stand_in() as slack:
        pass
    result = await checked(slack)
    assert result.exit_code == 1
    assert f"Slack cannot be reached at {slack.api_url}" in result.stderr
