"""What Slack does with messages that are streamed, updated or deleted, and what it says where it does not.

https://docs.slack.dev/reference/methods/chat.startStream and the methods beside it; what these do not tell, others have
measured: https://github.com/slackapi/python-slack-sdk/issues/1859
"""

from collections.abc import Callable, Mapping
from typing import Any

Messages = list[dict[str, Any]]
_CHUNKS = ("markdown_text", "task_update", "plan_update", "blocks")
_RICH = ("rich_text", "markdown")  # blocks; the second is made the first


def start(messages: Messages, asked: Mapping[str, Any], place: Mapping[str, Any]) -> str:
    """Begins a stream; the error, if any."""
    if not asked.get("thread_ts"):
        return "invalid_arguments"
    if not asked["channel"].startswith("D"):
        for name in ("recipient_user_id", "recipient_team_id"):
            if not asked.get(name):
                return f"missing_{name}"
    if wrong := _wrong(asked):
        return wrong
    stream = {"thread_ts": asked["thread_ts"], "streaming_state": "in_progress", "chunks": []}
    messages.append({"channel": asked["channel"], **place, **stream, "chunks": list(asked.get("chunks", ()))})
    return ""


def _append(messages: Messages, message: dict[str, Any], asked: Mapping[str, Any]) -> str:
    if message.get("streaming_state") != "in_progress":
        return "message_not_in_streaming_state"
    if wrong := _wrong(asked):
        return wrong
    message["chunks"] = [*message["chunks"], *asked.get("chunks", ())]
    return ""


def _stop(messages: Messages, message: dict[str, Any], asked: Mapping[str, Any]) -> str:
    if wrong := _append(messages, message, asked):
        return wrong
    message |= {name: asked[name] for name in ("blocks", "metadata") if name in asked}
    message["streaming_state"] = "completed"
    return ""


def _update(messages: Messages, message: dict[str, Any], asked: Mapping[str, Any]) -> str:
    if message.get("streaming_state") == "in_progress":
        return "streaming_state_conflict"
    was_rich = any(chunk["type"] == "markdown_text" for chunk in message.get("chunks", ()))
    if was_rich and not any(block["type"] in _RICH for block in asked.get("blocks", ())):
        return "block_mismatch"
    message.pop("chunks", None)
    message |= {name: asked[name] for name in ("text", "blocks", "metadata") if name in asked}
    if not message.get("blocks"):
        message.pop("blocks", None)
    return ""


def _delete(messages: Messages, message: dict[str, Any], asked: Mapping[str, Any]) -> str:
    if message.get("streaming_state") == "in_progress":
        return "cant_delete_message"
    messages.remove(message)
    return ""


def _wrong(asked: Mapping[str, Any]) -> str:
    chunks = asked.get("chunks", ())
    if "markdown_text" in asked:
        return "streaming_mode_mismatch"  # in a stream that is begun with chunks
    is_odd = any(chunk["type"] not in _CHUNKS or len(chunk.get("title", "")) > 256 for chunk in chunks)
    return "invalid_chunks" if is_odd or len(chunks) > 50 else ""


_CHANGES: Mapping[str, Callable[[Messages, dict[str, Any], Mapping[str, Any]], str]] = {
    "chat.appendStream": _append,
    "chat.stopStream": _stop,
    "chat.update": _update,
    "chat.delete": _delete,
}


def change(method: str, messages: Messages, asked: Mapping[str, Any]) -> str:
    """Carries out what one of these methods is for; the error, if any."""
    if method not in _CHANGES:
        return ""
    found = [one for one in messages if (one["channel"], one["ts"]) == (asked["channel"], asked["ts"])]
    return _CHANGES[method](messages, found[0], asked) if found else "message_not_found"
