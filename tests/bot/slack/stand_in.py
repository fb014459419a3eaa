"""A stand-in for slack.com on loopback: the web API that the bot calls, and Socket Mode, both over real connections."""

import asyncio
import itertools
import json
import secrets
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.bot.slack.changes import change, start

APP_TOKEN, BOT_TOKEN, CONFIG_TOKEN = "xapp-stand-in", "xoxb-stand-in", "xoxe.xoxp-stand-in"
_TOKENS = {"apps.connections.open": APP_TOKEN, "apps.manifest.export": CONFIG_TOKEN}  # of all others the bot's
APP, TEAM, BOT_USER, BOT_ID, PERSON = "A1", "T1", "UREFORM", "BREFORM", "U1"
GUEST, STRANGER, OTHER_BOT = "U2", "U3", "U4"
USERS: Mapping[str, Mapping[str, Any]] = {
    PERSON: {"id": PERSON, "team_id": TEAM, "is_bot": False},
    GUEST: {"id": GUEST, "team_id": TEAM, "is_bot": False, "is_restricted": True},
    STRANGER: {"id": STRANGER, "team_id": "T9", "is_bot": False},
    OTHER_BOT: {"id": OTHER_BOT, "team_id": TEAM, "is_bot": True},
    "USLACKBOT": {"id": "USLACKBOT", "team_id": TEAM, "is_bot": False},
}


@dataclass(frozen=True)
class Failure:
    """How one call is to fail: an HTTP status, or Slack's `ok: false` with an error, or not answering for a while.

    With `taken` Slack does first what it was asked; with `reset` the connection breaks instead of an answer.
    """

    status: int = 200
    error: str = ""
    needed: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    taken: bool = False
    reset: bool = False


@dataclass(frozen=True)
class Download:
    """What Slack's file server answers to the request for one file."""

    body: bytes
    content_type: str = "application/octet-stream"
    status: int = 200
    location: str = ""
    seconds: float = 0


class SlackStandIn:
    """Remembers in `log`, in order, what was acknowledged and called; fails as scripted.

    `failures` are those of a method, or of a method in one channel ("chat.postMessage C1"), each for one call, and
    `refused` the errors of those that Slack never does. `messages` are those that were posted and are still there, as
    they lie in their conversations; `acknowledged` the ids of envelopes. `files` are the file objects by id,
    `downloads` what is served of each, once in the order given and the last of them for ever after, and `tokens` what
    was sent along to get them. `scopes` are those of the bot, `manifest` is the app's, `channels` are the channel
    objects by id, `users` those of users and `locales` theirs; `members` are the ids of those in a channel, and
    `groups` of those in a user group. `answered` is what was acknowledged with.
    """

    def __init__(self) -> None:
        self.log: list[tuple[str, Any]] = []
        self.failures: defaultdict[str, deque[Failure]] = defaultdict(deque)
        self.refused: dict[str, str] = {}
        self.messages: list[dict[str, Any]] = []
        self.acknowledged: set[str] = set()
        self.answered: dict[str, Any] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.downloads: dict[str, deque[Download]] = {}
        self.tokens: list[str] = []
        self.scopes: tuple[str, ...] = ()
        self.manifest: Mapping[str, Any] = {}
        self.channels: dict[str, Mapping[str, Any]] = {}
        self.users: dict[str, Mapping[str, Any]] = dict(USERS)
        self.locales: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.groups: dict[str, list[str]] = {}
        self.addresses_given = 0
        self.refuse_connections = False
        self.api_url = ""
        self._unused_tickets: set[str] = set()
        self._connections: list[web.WebSocketResponse] = []
        self._numbers = itertools.count(1)
        self._changed = asyncio.Condition()

    def calls(self, method: str) -> list[Any]:
        """What that method was called with, in order."""
        return [payload for name, payload in self.log if name == method]

    @property
    def connected(self) -> bool:
        """True while the bot holds a connection."""
        return bool(self._connections)

    @property
    def posts(self) -> list[Any]:
        """The messages posted."""
        return self.calls("chat.postMessage")

    @property
    def texts(self) -> list[str]:
        """What was posted, without blocks."""
        return [post["text"] for post in self.posts]

    def expire(self) -> None:
        """Ends the streams, as Slack does by itself after five minutes."""
        for message in self.messages:
            if message.get("streaming_state"):
                message["streaming_state"] = "completed"

    def hold(self, file_id: str, *downloads: Download, channel: str = "C1", ts: str = "100.1", **fields: Any) -> None:
        """Has a file that was shared in a channel by the message `ts`."""
        self.downloads[file_id] = deque(downloads)
        url = f"{self.api_url.removesuffix('/api/')}/files-pri/{TEAM}-{file_id}/download/{file_id}"
        self.files[file_id] = {
            "id": file_id,
            "name": f"{file_id}.md",
            "mode": "hosted",
            "size": len(downloads[0].body) if downloads else 1,
            "user": PERSON,
            "is_external": False,
            "url_private_download": url,
            "shares": {"public": {channel: [{"ts": ts}]}},
        } | fields

    async def deliver(
        self, event: Mapping[str, Any], *, event_id: str | None = None, retry: int = 0, **more: Any
    ) -> str:
        """Sends an event over Socket Mode; returns the envelope's id, which the bot is to acknowledge."""
        number = next(self._numbers)
        envelope = {
            "type": "events_api",
            "envelope_id": f"envelope-{number}",
            "accepts_response_payload": False,
            "retry_attempt": retry,
            "retry_reason": "timeout" if retry else "",
            "payload": {
                "type": "event_callback",
                "team_id": TEAM,
                "api_app_id": "A1",
                "event_id": event_id or f"Ev{secrets.token_hex(5)}",
                "event": dict(event),
                **more,
            },
        }
        return await self._send(envelope)

    async def interact(self, payload: Mapping[str, Any]) -> str:
        """Sends what somebody clicked or sent off over Socket Mode; returns the envelope's id."""
        envelope = {
            "type": "interactive",
            "envelope_id": f"envelope-{next(self._numbers)}",
            "accepts_response_payload": True,
            "payload": {"team": {"id": TEAM}, "api_app_id": "A1", "trigger_id": f"trigger-{secrets.token_hex(5)}"}
            | dict(payload),
        }
        return await self._send(envelope)

    async def command(self, text: str, *, user: str = PERSON, channel: str = "C1", **fields: str) -> str:
        """Sends a slash command over Socket Mode; returns the envelope's id."""
        place = {
            "team_id": TEAM,
            "user_id": user,
            "channel_id": channel,
            "trigger_id": f"trigger-{secrets.token_hex(5)}",
        }
        envelope = {
            "type": "slash_commands",
            "envelope_id": f"envelope-{next(self._numbers)}",
            "accepts_response_payload": True,
            "payload": {"command": "/reform", "text": text, "api_app_id": APP, **place, **fields},
        }
        return await self._send(envelope)

    async def _send(self, envelope: Mapping[str, Any]) -> str:
        await self.until(lambda: self.connected, "connection", seconds=60)
        await self._connections[-1].send_json(envelope)
        return str(envelope["envelope_id"])

    async def until(self, condition: Any, what: str, *, seconds: float = 20) -> None:
        """Waits for it; fails when it does not come true in time."""
        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(condition), seconds)
            except TimeoutError:
                raise AssertionError(f"no {what} within {seconds} s; got {self.log[-100:]}") from None

    async def until_posted(self, count: int = 1) -> list[Any]:
        """The posts, once there are so many."""
        await self.until(lambda: len(self.posts) >= count, f"{count} posts")
        return self.posts

    async def until_acknowledged(self, envelope: str) -> None:
        """Returns when the bot has acknowledged it."""
        await self.until(lambda: envelope in self.acknowledged, f"acknowledgement of {envelope}")

    async def hang_up(self) -> None:
        """Closes every connection, as Slack does now and then."""
        for connection in list(self._connections):
            await connection.close()

    async def _record(self, name: str, payload: Any) -> None:
        async with self._changed:
            self.log.append((name, payload))
            self._changed.notify_all()

    async def api(self, request: web.Request) -> web.Response:
        method, payload = request.match_info["method"], await _payload(request)
        failures = self.failures[method] or self.failures[f"{method} {payload.get('channel')}"]
        failure = failures.popleft() if failures else Failure()
        answer = await self._answer(method, payload, request) if failure.taken else {}
        await asyncio.sleep(failure.seconds)
        if failure.reset and request.transport:
            await self._record(f"failed {method}", failure)
            request.transport.abort()
            return web.Response()
        if failure.status != 200 or failure.error:
            await self._record(f"failed {method}", failure)
            body = {"ok": False, "error": failure.error or "internal_error", "needed": failure.needed}
            return web.json_response(body, status=failure.status, headers=dict(failure.headers))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != _TOKENS.get(method, BOT_TOKEN):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        found = answer or await self._answer(method, payload, request)
        return web.json_response({"ok": True, **found}, headers={"X-OAuth-Scopes": ",".join(self.scopes)})

    async def _answer(self, method: str, payload: dict[str, Any], request: web.Request) -> dict[str, Any]:
        if method == "apps.connections.open":
            return {"url": f"ws://{request.host}/link?ticket={await self._new_ticket()}"}
        if method == "auth.test":
            named = {"team": "The workspace", "user": "reformbot"}
            return {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID, **named}
        if method == "apps.manifest.export":
            return {"manifest": self.manifest}
        ts = f"{int(time.time())}.{next(self._numbers):06}"
        if wrong := self._refusal(method, payload) or self._carried_out(method, payload, ts):
            await self._record(f"failed {method}", Failure(error=wrong))
            return {"ok": False, "error": wrong}
        await self._record(method, payload)
        return self._found(method, payload) or {"channel": payload.get("channel"), "ts": ts}

    def _refusal(self, method: str, payload: Mapping[str, Any]) -> str:
        return self.refused.get(method) or self.refused.get(f"{method} {payload.get('channel')}") or ""

    def _carried_out(self, method: str, payload: Mapping[str, Any], ts: str) -> str:
        """Does with the messages what is asked; the error, if any."""
        place = {"ts": ts, "at": time.monotonic(), "bot_id": BOT_ID}
        if method == "chat.postMessage":
            self.messages.append({**payload, **place, "channel": _conversation(payload["channel"])})
        elif method == "chat.startStream":
            return start(self.messages, payload, place)
        return change(method, self.messages, payload)

    def _found(self, method: str, payload: Mapping[str, str]) -> dict[str, Any]:
        """What is asked for; nothing where a method asks for nothing."""
        listed = {
            "conversations.replies": self._page,
            "conversations.history": self._page,
            "conversations.members": self._members,
            "usergroups.users.list": self._group,
        }
        if method in listed:
            return listed[method](payload)
        if method == "conversations.open":
            return {"channel": {"id": _conversation(payload["users"])}}
        if method == "bots.info":
            return {"bot": {"id": payload["bot"], "app_id": APP}}
        known: dict[str, tuple[str, Mapping[str, Any]]] = {
            "files.info": ("file", self.files),
            "users.info": ("user", self._users(payload)),
            "conversations.info": ("channel", self.channels),
        }
        if method not in known:
            return {}
        name, objects = known[method]
        found = objects.get(payload[name])
        return {name: found} if found else {"ok": False, "error": f"{name}_not_found"}

    def _users(self, wanted: Mapping[str, str]) -> Mapping[str, Any]:
        """All users, with their locales where these are wanted."""
        if not wanted.get("include_locale"):
            return self.users
        return {user_id: {**user, "locale": self.locales.get(user_id, "en-US")} for user_id, user in self.users.items()}

    def _group(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        known = self.groups.get(wanted["usergroup"])
        return {"users": known} if known is not None else {"ok": False, "error": "no_such_subteam"}

    def _members(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """A page of the members of a channel."""
        members, start, limit = self.members[wanted["channel"]], int(wanted.get("cursor", "0")), int(wanted["limit"])
        cursor = str(start + limit) if start + limit < len(members) else ""
        return {"members": members[start : start + limit], "response_metadata": {"next_cursor": cursor}}

    def _page(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """A page of a thread, or of a conversation's messages that are in none."""
        thread_ts, start, limit = wanted.get("ts"), int(wanted.get("cursor", "0")), int(wanted["limit"])
        there = [
            message
            for message in self.messages
            if message["channel"] == wanted["channel"] and message.get("thread_ts") == thread_ts
        ]
        found = [message for message in there if float(message["ts"]) > float(wanted["oldest"])]
        if wanted.get("include_all_metadata") not in ("1", "true"):
            found = [{name: message[name] for name in message if name != "metadata"} for message in found]
        question = [{"ts": thread_ts, "text": "what was asked"}] if thread_ts else []
        cursor = str(start + limit) if start + limit < len(found) else ""
        page = found[start : start + limit]
        return {"messages": [*question, *page], "response_metadata": {"next_cursor": cursor}}

    async def file(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers.get("Authorization", ""))
        answers = self.downloads[request.match_info["file_id"]]
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        await self._record("download", request.match_info["file_id"])
        await asyncio.sleep(answer.seconds)
        headers = {"Location": answer.location} if answer.location else {}
        return web.Response(body=answer.body, status=answer.status, headers=headers, content_type=answer.content_type)

    async def _new_ticket(self) -> str:
        async with self._changed:
            self.addresses_given += 1
            self._unused_tickets.add(str(self.addresses_given))
            self._changed.notify_all()
        return str(self.addresses_given)

    async def link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.refuse_connections or ticket not in self._unused_tickets:
            self._unused_tickets.discard(ticket)
            return web.Response(status=401)
        self._unused_tickets.remove(ticket)
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        await connection.send_json({"type": "hello", "num_connections": 1})
        await self._connected(connection)
        try:
            async for message in connection:
                if message.type == WSMsgType.TEXT:
                    told = json.loads(message.data)
                    envelope = told["envelope_id"]
                    self.acknowledged.add(envelope)
                    self.answered[envelope] = told.get("payload")
                    await self._record("ack", envelope)
        finally:
            await self._disconnected(connection)
        return connection

    async def _connected(self, connection: web.WebSocketResponse) -> None:
        async with self._changed:
            self._connections.append(connection)
            self._changed.notify_all()

    async def _disconnected(self, connection: web.WebSocketResponse) -> None:
        async with self._changed:
            self._connections.remove(connection)
            self._changed.notify_all()


async def _payload(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json" and request.can_read_body:
        return dict(await request.json())
    return {**request.query, **{name: str(value) for name, value in (await request.post()).items()}}


def _conversation(channel: str) -> str:
    """A channel itself, or where a person and the bot write to each other alone."""
    return f"D-{channel}" if channel.startswith("U") else channel


@asynccontextmanager
async def slack_stand_in() -> AsyncIterator[SlackStandIn]:
    """A stand-in that serves until the end of the block."""
    slack = SlackStandIn()
    app = web.Application()
    app.router.add_post("/api/{method}", slack.api)
    app.router.add_get("/api/{method}", slack.api)
    app.router.add_get("/files-pri/{team}-{file_id}/download/{name}", slack.file)
    app.router.add_get("/link", slack.link)
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    slack.api_url = f"http://{host}:{port}/api/"
    try:
        yield slack
    finally:
        await slack.hang_up()
        await runner.cleanup()
