"""What people do in Slack beside writing: open the app, click below an answer, send off a window."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.app import create_app
from bot.service import Service
from bot.slack.settings import SlackSettings
from tests.bot.slack.stand_in import APP_TOKEN, BOT_TOKEN, BOT_USER, PERSON, TEAM, SlackStandIn, slack_stand_in
from tests.conftest import OWNER


@asynccontextmanager
async def serving(service: Service, **settings: Any) -> AsyncIterator[SlackStandIn]:
    """A stand-in for Slack with the served app connected to it."""
    async with slack_stand_in() as slack:
        tokens: dict[str, Any] = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api_url": slack.api_url}
        app = create_app(service, SlackSettings(**tokens, **settings), owner_token=OWNER)
        async with app.router.lifespan_context(app):
            await slack.until(lambda: slack.connected, "a connection")
            yield slack


async def answer_to(slack: SlackStandIn, question: str) -> dict[str, Any]:
    """The message that answers a mention, with the time at which it was posted; each mention is another."""
    before, ts = len(slack.posts), f"{time.time():.6f}"
    event = {"type": "app_mention", "user": PERSON, "channel": "C1", "ts": ts, "text": f"<@{BOT_USER}> {question}"}
    await slack.deliver(event, event_id=f"Ev-{ts}")
    return dict((await slack.until_posted(before + 1))[-1]) | {"ts": f"{time.time():.6f}"}


def elements(blocks: list[Any]) -> dict[str, dict[str, Any]]:
    """The buttons and fields of blocks by the names of what they do."""
    found = [element for block in blocks for element in block.get("elements", []) if "action_id" in element]
    return {element["action_id"]: element for element in found}


async def click(
    slack: SlackStandIn, post: Mapping[str, Any], action: str, *, value: str = "", user: str = PERSON
) -> str:
    """Clicks what does this below a message; `value` is of which of two thumbs, or of a button of another answer.

    Of a message that one person alone sees, Slack tells only where it is.
    """
    is_ephemeral, message = "user" in post, {"ts": post["ts"], "thread_ts": post.get("thread_ts")}
    element = elements(post["blocks"]).get(action, {"type": "button"})
    place = {"message_ts": post["ts"], "channel_id": post["channel"], "thread_ts": post.get("thread_ts")}
    return await slack.interact(
        {
            "type": "block_actions",
            "user": {"id": user, "team_id": TEAM},
            "container": {"type": "message", "is_ephemeral": is_ephemeral, **place},
            "channel": {"id": post["channel"]},
            **({} if is_ephemeral else {"message": {"type": "message", **message}}),
            "actions": [{"type": element["type"], "action_id": action, "value": value or element.get("value", "")}],
        }
    )


async def rate(slack: SlackStandIn, post: Mapping[str, Any], thumb: str, *, user: str = PERSON) -> str:
    """Clicks a thumb below an answer: "positive" or "negative"."""
    value = elements(post["blocks"])["rate_answer"][f"{thumb}_button"]["value"]
    return await click(slack, post, "rate_answer", value=value, user=user)


async def send_off(slack: SlackStandIn, view: Mapping[str, Any], said: str | None, *, user: str = PERSON) -> str:
    """Sends off a window with one field."""
    [field] = view["blocks"]
    state = {
        "values": {field["block_id"]: {field["element"]["action_id"]: {"type": "plain_text_input", "value": said}}}
    }
    sent = {"id": "V1", "team_id": TEAM, "type": "modal", "state": state}
    kept = {name: view[name] for name in ("callback_id", "private_metadata", "blocks")}
    return await slack.interact({"type": "view_submission", "user": {"id": user, "team_id": TEAM}, "view": sent | kept})


async def open_app(slack: SlackStandIn, tab: str, *, user: str = PERSON) -> str:
    """Opens a tab of the app: "home" or "messages"."""
    return await slack.deliver(
        {"type": "app_home_opened", "user": user, "channel": "D1", "tab": tab, "event_ts": "1.1"}
    )


async def until_called(slack: SlackStandIn, method: str, count: int = 1) -> Any:
    """What a method was called with last, once it was called so often."""
    await slack.until(lambda: len(slack.calls(method)) >= count, f"{count} calls of {method}")
    return slack.calls(method)[-1]


def texts(blocks: Any) -> list[str]:
    """Every text in blocks, in order."""
    if isinstance(blocks, list):
        return [text for block in blocks for text in texts(block)]
    if not isinstance(blocks, dict):
        return []
    own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
    return own + [text for value in blocks.values() for text in texts(value)]
