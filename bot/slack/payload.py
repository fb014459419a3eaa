"""What Bolt takes for granted in what Slack sends, and fails without."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, Json


class _Typed(BaseModel):
    type: str


class _Event(BaseModel):
    event_id: str
    event: _Typed


class _Actions(BaseModel):
    actions: list[_Typed] = Field(min_length=1)


class _View(BaseModel):
    view: _Typed


class _Called(BaseModel):
    callback_id: str


class _Named(BaseModel):
    id: str


class _Window(BaseModel):
    private_metadata: Json[Mapping[str, str]]


class _Suggestion(BaseModel):
    action_id: str
    value: str
    user: _Named
    view: _Window


class _Message(BaseModel):
    ts: str


class _MessageCalled(_Called):
    trigger_id: str
    user: _Named
    channel: _Named
    message: _Message


class _Command(BaseModel):
    command: str
    trigger_id: str
    team_id: str
    channel_id: str
    user_id: str
    text: str = ""


class _Check(BaseModel):
    ssl_check: str


# https://docs.slack.dev/apis/events-api and https://docs.slack.dev/reference/interaction-payloads
_KINDS: Mapping[str, type[BaseModel]] = {
    "event_callback": _Event,
    "block_actions": _Actions,
    "block_suggestion": _Suggestion,
    "view_submission": _View,
    "view_closed": _View,
    "message_action": _MessageCalled,
    "shortcut": _Called,
}


def well_formed(payload: Any) -> dict[str, Any]:
    """The same, where it is an object of Slack's and has what its kind has; else raises ValueError."""
    if not isinstance(payload, dict):
        raise ValueError("not an object")
    kind = payload.get("type")
    if kind is None:
        shape: type[BaseModel] = _Command if "command" in payload else _Check
    else:
        shape = _KINDS.get(kind, _Typed) if isinstance(kind, str) else _Typed
    shape.model_validate(payload)
    return payload
