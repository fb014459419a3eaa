"""slack-manifest.yaml asks Slack for what the code uses, and for no more."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import needs

ROOT = Path(__file__).parents[3]
MANIFEST = yaml.safe_load((ROOT / "slack-manifest.yaml").read_text(encoding="utf-8"))
MODULES = [path for path in (ROOT / "bot" / "slack").rglob("*.py") if path.name != "needs.py"]

# https://docs.slack.dev/reference/events
EVENT_SCOPES: Mapping[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "file_shared": {"files:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
}
# Events that Slack has and the app must not listen for without asking for them; its own lists are far longer.
OTHER_EVENTS = {
    "app_uninstalled", "assistant_thread_context_changed", "assistant_thread_started", "channel_archive",
    "channel_left", "link_shared", "member_joined_channel", "member_left_channel", "reaction_added",
    "reaction_removed", "team_join", "tokens_revoked", "user_change",
}  # fmt: skip
# https://docs.slack.dev/reference/methods
METHOD_SCOPES: Mapping[str, set[str]] = {
    "apps_connections_open": set(),
    "apps_manifest_export": set(),
    "assistant_threads_setStatus": {"assistant:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "assistant_threads_setTitle": {"assistant:write"},
    "auth_test": set(),
    "bots_info": {"users:read"},
    "chat_appendStream": {"chat:write"},
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_startStream": {"chat:write"},
    "chat_stopStream": {"chat:write"},
    "chat_stream": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_info": {"channels:read", "groups:read", "mpim:read"},
    "conversations_members": {"channels:read", "groups:read", "mpim:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "files_info": {"files:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}


def nodes() -> Iterator[ast.AST]:
    for module in MODULES:
        yield from ast.walk(ast.parse(module.read_text(encoding="utf-8")))


def methods_called() -> set[str]:
    """The methods of Slack's web API that the code calls."""
    names = {node.func.attr for node in nodes() if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    return {name for name in names if "_" in name.strip("_") and hasattr(AsyncWebClient, name)}


def strings() -> set[str]:
    return {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def constants() -> dict[str, str]:
    """The texts that have a name."""
    return {
        target.id: node.value.value
        for node in nodes()
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def listened_for(*kinds: str) -> set[str]:
    """What listeners of these kinds are registered for."""
    named = constants()
    told = {
        ast.unparse(node.args[0])
        for node in nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in kinds and node.args
    }
    return {named.get(name.rpartition(".")[2], name.strip("'")) for name in told}


def test_the_scopes_are_those_that_the_calls_and_events_need() -> None:
    called = methods_called()
    assert called <= METHOD_SCOPES.keys(), "say which scopes they need"
    needed = set().union(*(METHOD_SCOPES[name] for name in called), *(EVENT_SCOPES[name] for name in needs.EVENTS))
    if MANIFEST["features"].keys() & {"slash_commands", "shortcuts"}:
        needed.add("commands")  # https://docs.slack.dev/reference/scopes/commands
    assert MANIFEST["oauth_config"]["scopes"] == {"bot": sorted(needed)}
    assert sorted(needs.SCOPES) == sorted(needed)


def test_the_events_are_those_that_the_app_listens_for() -> None:
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert subscribed == sorted(needs.EVENTS)
    named = strings()
    assert {event.partition(".")[0] for event in subscribed} == named & {
        *OTHER_EVENTS, *(event.partition(".")[0] for event in EVENT_SCOPES),
    }  # fmt: skip


def test_the_commands_and_shortcuts_are_those_that_the_app_answers() -> None:
    features = MANIFEST["features"]
    assert {each["command"] for each in features.get("slash_commands", ())} == listened_for("command")
    assert {each["callback_id"] for each in features.get("shortcuts", ())} == listened_for("shortcut")
    listens = listened_for("action", "options", "shortcut", "view")
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] == bool(listens)


def test_the_app_can_be_written_to_and_needs_no_public_address() -> None:
    assert MANIFEST["features"]["app_home"]["messages_tab_enabled"] is True
    assert MANIFEST["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert MANIFEST["settings"]["org_deploy_enabled"] is False


def test_the_manifest_is_within_the_limits_of_slack_s_schema() -> None:
    # https://github.com/slackapi/manifest-schema/blob/main/schemas/manifest.schema.2.0.0.json
    shown, view = MANIFEST["display_information"], MANIFEST["features"]["agent_view"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(view["agent_description"]) <= 300
    assert len(view["suggested_prompts"]) <= 4
    for command in MANIFEST["features"].get("slash_commands", ()):
        assert command["command"].startswith("/")
        assert len(command["command"]) <= 32
    for shortcut in MANIFEST["features"].get("shortcuts", ()):
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
