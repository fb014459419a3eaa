"""What is asked of the bot in whichever way: in a message, by slash command, by shortcut, or by a click on "Share"."""

import time
from collections.abc import Mapping
from typing import Any

from bot.slack.clicked import read_click, team_of
from bot.slack.messages.buttons import SHARE, parted
from bot.slack.questions.asking import asks_for_help, asks_for_settings, question_in
from bot.slack.questions.event import Asked, plain_text, read_event

COMMAND = "/reform"
ABOUT_THIS = "ask_about_this"
_CLOCKS_DIFFER_SECONDS = 600


def read_request(body: Mapping[str, Any]) -> Asked | None:
    """What was asked, and where its answer belongs; None where nothing was, or not of the bot."""
    if body.get("command") == COMMAND:
        return None if is_for_settings(body) else _command(body)
    if body.get("type") == "message_action" and body["callback_id"] == ABOUT_THIS:
        return _shortcut(body)
    if body.get("type") == "block_actions" and body["actions"][0].get("action_id") == SHARE:
        return _share(body)
    return read_event(body)


def is_for_settings(body: Mapping[str, Any]) -> bool:
    """Whether a slash command asks for the settings of its channel, and nothing of the reports."""
    return asks_for_settings(plain_text(body.get("text", "")))


def _command(body: Mapping[str, Any]) -> Asked:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    question, ts = plain_text(body.get("text", "")), _time()
    return Asked(
        event_id=f"command-{body['trigger_id']}",
        team=body["team_id"],
        channel=body["channel_id"],
        ts=ts,
        thread_ts=ts,
        user=body["user_id"],
        question="" if asks_for_help(question) else question,
        way="command",
    )


def _shortcut(body: Mapping[str, Any]) -> Asked:
    """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    message = body["message"]
    return Asked(
        event_id=f"shortcut-{body['trigger_id']}",
        team=team_of(body),
        channel=body["channel"]["id"],
        ts=_time(),
        thread_ts=message.get("thread_ts") or message["ts"],
        user=body["user"]["id"],
        question=question_in(plain_text(message.get("text") or "")),
        way="shortcut",
    )


def _share(body: Mapping[str, Any]) -> Asked:
    """However often somebody clicks, the answer is in the channel once."""
    click = read_click(body)
    answer_id, channel = parted(click.value)
    ts = _time()
    return Asked(
        event_id=f"share-{answer_id}",
        team=click.team,
        channel=channel,
        ts=ts,
        thread_ts=ts,
        user=click.user,
        question="",
        way="share",
        answer_id=answer_id,
    )


def _time() -> str:
    """A time as Slack writes it, for what has no message of its own: its answer can't be older.

    Slack's clock may be behind ours, so it is earlier than now; answers are told apart by more than their time.
    """
    return f"{time.time() - _CLOCKS_DIFFER_SECONDS:.6f}"
