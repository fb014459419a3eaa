"""The Slack emulator that others wrote, in a process of its own: https://emulate.dev/slack."""

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot.slack.needs import SCOPES
from tests.bot.slack.stand_in import BOT_ID, BOT_TOKEN, BOT_USER
from tests.faults.server import kill

Json = dict[str, Any]

PERSON_TOKEN = "xoxp-emulated"
_APP, _PERSON, _CHANNEL = "A0REFORM", "ana", "reform"
_STARTED_IN_SECONDS = 60
_SEED: Json = {
    "slack": {
        "users": [{"name": _PERSON, "real_name": "Ana"}],
        "channels": [{"name": _CHANNEL}],
        "oauth_apps": [
            {
                "client_id": "1.2",
                "client_secret": "secret",
                "app_id": _APP,
                "name": "Reformbot",
                "redirect_uris": [],
                "bot_id": BOT_ID,
                "bot_user_id": BOT_USER,
                "bot_name": "reformbot",
            }
        ],
        "tokens": [
            {
                "token": BOT_TOKEN,
                "type": "bot",
                "user": BOT_USER,
                "app_id": _APP,
                "bot_id": BOT_ID,
                "scopes": list(SCOPES),
            },
            {"token": PERSON_TOKEN, "type": "user", "user": _PERSON, "app_id": _APP},
        ],
        "strict_scopes": True,
    }
}


class MissedError(Exception):
    """Something is not as it should be; the message says what."""


@dataclass(frozen=True)
class Emulator:
    """A workspace with one person and one channel beside the bot, which may do there what its scopes say."""

    url: str
    client: httpx.AsyncClient
    team: str = ""
    person: str = ""
    channel: str = ""

    async def call(self, method: str, *, token: str = BOT_TOKEN, **given: Any) -> Json:
        """What a method of Slack's answers; raises MissedError where it is refused."""
        response = await self.client.post(
            f"{self.url}/api/{method}", json=given, headers={"Authorization": f"Bearer {token}"}
        )
        answer: Json = response.json()
        if not answer.get("ok"):
            raise MissedError(f"the emulator refuses {method}: {response.text}")
        return answer

    async def replies(self, channel: str, thread_ts: str) -> list[Json]:
        """The bot's messages in a thread."""
        found = await self.call("conversations.replies", channel=channel, ts=thread_ts)
        return [message for message in found["messages"] if message["user"] == BOT_USER]

    async def page(self, tab: str, **query: str) -> str:
        """A page on which the emulator shows what it keeps, such as "views"."""
        return (await self.client.get(self.url, params={"tab": tab, **query})).text


@asynccontextmanager
async def emulator(node: Path, program: Path, scratch: Path) -> AsyncIterator[Emulator]:
    """The emulator, run by a Node of 24 or later, until the end of the block; its log goes to the folder."""
    port, seed = _free_port(), scratch / "seed.yaml"
    seed.write_text(yaml.safe_dump(_SEED))
    command: list[str | Path] = [node, program, "start", "--service", "slack", "--port", str(port), "--seed", seed]
    with (scratch / "emulator.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=scratch, env=dict(os.environ), stdout=log, stderr=log, start_new_session=True
        )
    try:
        async with httpx.AsyncClient(trust_env=False) as client:
            started = Emulator(f"http://127.0.0.1:{port}", client)
            await _ready(started, process, scratch / "emulator.log")
            yield await _entered(started)
    finally:
        await asyncio.to_thread(kill, process)


async def _ready(started: Emulator, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _STARTED_IN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            await started.call("auth.test")
            return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise MissedError(f"the emulator does not start: {log.read_text(errors='replace')[-2000:]}")


async def _entered(started: Emulator) -> Emulator:
    """The same with the ids that the emulator gave."""
    home = await started.call("auth.test", token=PERSON_TOKEN)
    channels = (await started.call("conversations.list", token=PERSON_TOKEN))["channels"]
    channel = next(each["id"] for each in channels if each["name"] == _CHANNEL)
    return Emulator(started.url, started.client, home["team_id"], home["user_id"], channel)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
