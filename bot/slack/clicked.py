"""What Slack tells of a click: who clicked what, and where."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Click:
    """A click on a button below an answer, or in the window that one opened; `value` holds the ids that it carries."""

    user: str
    team: str
    channel: str
    thread_ts: str
    trigger_id: str
    value: str

    @property
    def person(self) -> str:
        """Names the clicker among all who rate answers."""
        return f"slack:{self.team}:{self.user}"


def read_click(body: Mapping[str, Any]) -> Click:
    """A click on a message: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload."""
    message, container, action = body.get("message") or {}, body.get("container") or {}, body["actions"][0]
    return Click(
        user=body["user"]["id"],
        team=team_of(body),
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id", ""),
        thread_ts=message.get("thread_ts") or container.get("thread_ts") or message.get("ts", ""),
        trigger_id=body.get("trigger_id", ""),
        value=action.get("value", ""),
    )


def read_submission(body: Mapping[str, Any]) -> Click:
    """The click that opened the window of which Slack tells that it was sent off:
    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""
    kept = json.loads(body["view"]["private_metadata"])
    return Click(user=body["user"]["id"], team=team_of(body), trigger_id=body.get("trigger_id", ""), **kept)


def kept_in_window(click: Click) -> str:
    """What the window that a click opens keeps of it: ids alone."""
    return json.dumps({"channel": click.channel, "thread_ts": click.thread_ts, "value": click.value})


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace of whoever clicked."""
    return str(body["user"].get("team_id") or (body.get("team") or {}).get("id", ""))
