"""What a person does in the emulated Slack, and the signed requests by which Slack tells the bot of it.

The emulator keeps what people write and what the bot shows them, but tells no app of clicks, mentions or openings.
"""

import asyncio
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.slack.http import PATH
from tests.bot.slack.people import elements
from tests.bot.slack.requests import FORM, Sent, event_body, interaction_body, signed
from tests.bot.slack.stand_in import BOT_USER
from tests.emulator.emulator import PERSON_TOKEN, Emulator, Json, MissedError


@dataclass(frozen=True)
class Message:
    """What a person wrote, and the event that tells of it."""

    channel: str
    ts: str
    thread_ts: str
    event: Json
    event_id: str


@dataclass
class Person:
    """Somebody in the emulated Slack whose bot serves at this address."""

    slack: Emulator
    bot: httpx.AsyncClient
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def mention(self, text: str, *, thread_ts: str | None = None) -> Message:
        """Writes to the bot in the channel, or in a thread there."""
        return await self._write("app_mention", self.slack.channel, f"<@{BOT_USER}> {text}", thread_ts)

    async def direct(self, text: str) -> Message:
        """Writes to the bot alone."""
        opened = await self.slack.call("conversations.open", token=PERSON_TOKEN, users=BOT_USER)
        return await self._write("message", opened["channel"]["id"], text, None, channel_type="im")

    async def tell_again(self, message: Message, times: int) -> None:
        """Has the same event delivered so many times more, at once."""
        await asyncio.gather(*(self._tell(message, retry=number + 1) for number in range(times)))

    async def open_app(self, tab: str) -> None:
        """Opens a tab of the app: "home" or "messages"."""
        event = {"type": "app_home_opened", "user": self.slack.person, "channel": "D1", "tab": tab}
        await self._send(signed(self._told(event, f"EvOpened{next(self._numbers)}")))

    async def trigger(self) -> str:
        """What Slack sends with a click, for a window to be opened with."""
        return str((await self.slack.call("views.generateTriggerId", user_id=self.slack.person))["trigger_id"])

    async def click(self, answer: Mapping[str, Any], action: str, *, trigger: str, value: str = "") -> None:
        """Clicks what does this below an answer; `value` is that of one of two thumbs."""
        element = elements(answer["blocks"])[action]
        place = {"message_ts": answer["ts"], "channel_id": self.slack.channel, "thread_ts": answer["thread_ts"]}
        clicked = {
            "type": "block_actions",
            "trigger_id": trigger,
            "container": {"type": "message", "is_ephemeral": False, **place},
            "channel": {"id": self.slack.channel},
            "message": answer,
            "actions": [
                {"type": element["type"], "action_id": action, "value": value or element["value"], "block_id": "b"}
            ],
        }
        await self._interact(clicked)

    async def send_off(self, view: Mapping[str, Any], said: str) -> None:
        """Sends off a window with one field."""
        [block] = view["blocks"]
        value = {"type": "plain_text_input", "value": said}
        state = {"values": {block["block_id"]: {block["element"]["action_id"]: value}}}
        await self._interact({"type": "view_submission", "view": {**view, "state": state}})

    async def _write(self, kind: str, channel: str, text: str, thread_ts: str | None, **more: str) -> Message:
        place = {"channel": channel} | ({"thread_ts": thread_ts} if thread_ts else {})
        ts = (await self.slack.call("chat.postMessage", token=PERSON_TOKEN, text=text, **place))["ts"]
        event = {"type": kind, "user": self.slack.person, "text": text, "ts": ts, **place, **more}
        message = Message(channel, ts, thread_ts or ts, event, f"Ev{next(self._numbers)}")
        await self._tell(message)
        return message

    async def _tell(self, message: Message, *, retry: int = 0) -> None:
        await self._send(signed(self._told(message.event, message.event_id), retry=retry))

    def _told(self, event: Json, event_id: str) -> bytes:
        return event_body(event, event_id=event_id, team_id=self.slack.team)

    async def _interact(self, payload: Json) -> None:
        user = {"id": self.slack.person, "team_id": self.slack.team}
        body = interaction_body({**payload, "user": user, "team": {"id": self.slack.team}})
        await self._send(signed(body, content_types=(FORM,)))

    async def _send(self, sent: Sent) -> None:
        response = await self.bot.post(PATH, content=sent.body, headers=list(sent.headers))
        if response.status_code != httpx.codes.OK:
            raise MissedError(f"the bot answers {response.status_code} to {json.dumps(sent.body.decode())[:300]}")
