"""Whether Slack is set up as the bot needs it, as far as Slack itself tells, and what to do where it is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.http import PATH
from bot.slack.needs import APP_SCOPE, COMMANDS, EVENTS, SCOPES, SHORTCUTS
from bot.slack.post import build_client
from bot.slack.settings import SlackSettings

APPS = "https://api.slack.com/apps"
_GRANTED = "x-oauth-scopes"  # https://docs.slack.dev/legacy/legacy-authentication/legacy-oauth-scopes
_EXPIRED = ("token_expired", "invalid_auth", "token_revoked")


@dataclass(frozen=True)
class Finding:
    """One thing about the set-up; `fine` is None where it is for a person to see to."""

    fine: bool | None
    text: str


async def check(settings: SlackSettings, *, public_url: str) -> list[Finding]:
    """What is right, what is wrong and what to do; raises one of FAR_END_ERRORS where Slack is out of reach."""
    client = build_client(settings, token=settings.bot_token)
    try:
        home = await client.auth_test()
    except SlackApiError as error:
        return [Finding(False, _bad_bot_token(_code(error)))]
    found = [Finding(True, f"The bot is {home['user']} in {home['team']}."), *_scopes(home)]
    if settings.app_token:
        found.append(await _socket_mode(settings, settings.app_token))
    if settings.signing_secret:
        found.append(Finding(None, _over_http(f"{public_url}{PATH}")))
    found += await _events(settings, home)
    for channel in dict.fromkeys((*settings.ingest_channels, settings.digest_channel)):
        if channel:
            found.append(await _channel(settings, channel, bot=home["user"]))
    for audience, named in settings.audiences.items():
        found += [await _group(settings, audience, each) for each in named if each.startswith("S")]
    return found


def _code(error: SlackApiError) -> str:
    return str(error.response["error"])


def _bad_bot_token(code: str) -> str:
    return (
        f"Slack does not take SLACK_BOT_TOKEN ({code}): install the app at {APPS} under Install App, and copy the Bot "
        "User OAuth Token (xoxb-…)."
    )


def _scopes(home: AsyncSlackResponse) -> Iterator[Finding]:
    granted = {scope.strip() for scope in home.headers.get(_GRANTED, "").split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    if not missing:
        yield Finding(True, f"The bot has its {len(SCOPES)} scopes.")
        return
    for scope in missing:
        yield Finding(False, f"The scope {scope} is missing, {SCOPES[scope]}.")
    yield Finding(None, f"Add what is missing at {APPS} under OAuth & Permissions, and install the app again.")


async def _socket_mode(settings: SlackSettings, app_token: str) -> Finding:
    try:
        await build_client(settings).apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        return Finding(
            False,
            f"Slack gives SLACK_APP_TOKEN no connection ({_code(error)}): at {APPS} turn on Socket Mode, and under "
            f"Basic Information make an App-Level Token with the scope {APP_SCOPE} (xapp-…).",
        )
    return Finding(True, "Socket Mode works.")


def _over_http(address: str) -> str:
    return (
        f"For Slack over HTTP the address {address} must stand at {APPS} under Event Subscriptions and under "
        "Interactivity & Shortcuts, there as Options Load URL too, with Socket Mode off. Slack tries it when it is "
        "saved, and so the signing secret."
    )


async def _events(settings: SlackSettings, home: AsyncSlackResponse) -> list[Finding]:
    """What the app's own manifest lacks, where there is a token to read it with: no other token may."""
    if settings.config_token is None:
        needed = "; ".join(f"{event} ({what})" for event, what in EVENTS.items())
        return [
            Finding(
                None,
                f"Without SLACK_CONFIG_TOKEN Slack does not tell which events the app gets. At {APPS}, under Event "
                f"Subscriptions, there must be: {needed}.",
            )
        ]
    try:
        bot = await build_client(settings, token=settings.bot_token).bots_info(bot=home["bot_id"])
        reader = build_client(settings, token=settings.config_token)
        exported = await reader.apps_manifest_export(app_id=bot["bot"]["app_id"])
    except SlackApiError as error:
        return [Finding(False, _unread(_code(error)))]
    lacking = list(_lacking(exported["manifest"], over_socket=bool(settings.app_token)))
    return [Finding(False, text) for text in lacking] or [Finding(True, f"The app gets its {len(EVENTS)} events.")]


def _unread(code: str) -> str:
    new = f" Make a new App Configuration Token at {APPS}: each lasts 12 hours." if code in _EXPIRED else ""
    return f"What the app is set up with cannot be read by SLACK_CONFIG_TOKEN ({code}).{new}"


def _lacking(manifest: Mapping[str, Any], *, over_socket: bool) -> Iterator[str]:
    """What an app's manifest lacks: https://docs.slack.dev/reference/app-manifest"""
    settings, features = manifest.get("settings", {}), manifest.get("features", {})
    subscribed = settings.get("event_subscriptions", {}).get("bot_events", ())
    for event, what in EVENTS.items():
        if event not in subscribed:
            yield f"The event {event} is missing ({what}): add it at {APPS} under Event Subscriptions."
    offered = {command["command"] for command in features.get("slash_commands", ())}
    for command in COMMANDS:
        if command not in offered:
            yield f"The slash command {command} is missing: add it at {APPS} under Slash Commands."
    callbacks = {shortcut["callback_id"] for shortcut in features.get("shortcuts", ())}
    for callback, name in SHORTCUTS.items():
        if callback not in callbacks:
            yield f"The shortcut “{name}” ({callback}) is missing: add it at {APPS} under Interactivity & Shortcuts."
    if not features.get("app_home", {}).get("messages_tab_enabled"):
        yield f"The Messages tab is off: turn it on at {APPS} under App Home."
    if over_socket and not settings.get("socket_mode_enabled"):
        yield f"Socket Mode is off: turn it on at {APPS} under Socket Mode."


async def _channel(settings: SlackSettings, channel: str, *, bot: str) -> Finding:
    client = build_client(settings, token=settings.bot_token)
    try:
        told = (await client.conversations_info(channel=channel))["channel"]
    except SlackApiError as error:
        return Finding(False, _unseen(channel, bot, _code(error)))
    if not told.get("is_member"):
        return Finding(False, f"The bot is not in #{told.get('name')} ({channel}): write /invite @{bot} there.")
    return Finding(True, f"The bot is in #{told.get('name')} ({channel}).")


async def _group(settings: SlackSettings, audience: str, group: str) -> Finding:
    client = build_client(settings, token=settings.bot_token)
    try:
        people = (await client.usergroups_users_list(usergroup=group))["users"]
    except SlackApiError as error:
        return Finding(False, f"Slack does not tell who is in the user group {group} of {audience} ({_code(error)}).")
    if not people:
        return Finding(False, f"Nobody is in the user group {group} of the audience {audience}.")
    return Finding(True, f"The user group {group} of the audience {audience} has {len(people)}.")


def _unseen(channel: str, bot: str, code: str) -> str:
    if code == "channel_not_found":
        return f"The bot sees no channel {channel}: compare its id, and if it is private write /invite @{bot} there."
    return f"Slack does not tell of the channel {channel} ({code})."
