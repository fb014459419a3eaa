"""Reformbot in processes of its own, each in a process group that can be killed at once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.operations.folder import Address, find_address

Json = dict[str, Any]

ROOT = Path(__file__).parent.parent.parent
_STARTED_IN_SECONDS = 180
_ENDED_IN_SECONDS = 60
_REFRESHED_IN_SECONDS = 3600
_POLL_SECONDS = 0.02
_ANSWER = httpx.Timeout(120)  # seconds
# Much shorter than the server keeps an idle connection, so that none is used that it is just closing.
_LIMITS = httpx.Limits(keepalive_expiry=2)


class ServerError(Exception):
    """A process did not do what it must; the message says what, with the end of its log."""


@dataclass(frozen=True)
class Setup:
    """Where the index lies, the prepared models, what the processes write besides, and their other settings."""

    index: Path
    models: Path
    scratch: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """What the processes print."""
        return self.scratch / "processes.log"

    def told_last(self) -> str:
        """The end of the log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]


def start(setup: Setup, *arguments: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
    """A reformbot command in a process group of its own, on an index that lies apart."""
    temporary = setup.scratch / "tmp"  # where the killed leave what they had in hand
    temporary.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INDEX_", "BOT_", "SLACK_"))}
    environment = {
        **kept,
        "INDEX_PATH": str(setup.index),
        "INDEX_MODELS_PATH": str(setup.models),
        "BOT_PORT": "0",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(temporary),
        **setup.settings,
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    with setup.log.open("ab") as log:
        return subprocess.Popen(
            command, env=environment, cwd=setup.scratch, stdout=stdout or log, stderr=log, start_new_session=True
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a process with its group; one that has ended stays as it is."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Server:
    """`reformbot serve`, called as the owner of the index. Raises ServerError where it does not get ready."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.was_unready = False  # after it had begun to answer, as while an index is rebuilt
        stale = find_address(setup.index)
        started = time.monotonic()
        self._process = start(setup, "serve")
        try:
            self._client = self._ready(stale.token if stale else None)
        except BaseException:
            kill(self._process)
            raise
        self.ready_seconds = time.monotonic() - started

    @property
    def url(self) -> str:
        """Where it serves."""
        return str(self._client.base_url)

    def kill(self) -> None:
        """Kills it with its whole group, whatever it is doing; may be called in another thread."""
        kill(self._process)

    def stop(self) -> None:
        """Ends it as an operator would."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=_ENDED_IN_SECONDS)
        self._client.close()

    def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """What it answers. Raises ServerError for an error, and httpx.TransportError where it has been killed."""
        response = self.request(method, path, body)
        if response.is_error:
            raise ServerError(f"{method} {path}: {response.status_code} {response.text[:500]}")
        answer: Json = response.json()
        return answer

    def request(self, method: str, path: str, body: Json | None = None) -> httpx.Response:
        """How it responds. Raises httpx.TransportError where it has been killed."""
        return self._client.request(method, path, json=body)

    def begin_refresh(self, folder: Path) -> str:
        """The id of a refresh that makes the index mirror the folder."""
        body = {"paths": [str(folder)], "replace_folder": True, "force": True}
        return str(self.call("POST", "/v1/refresh", body)["run_id"])

    def ended(self, run_id: str, *, look: Callable[[Json], None] = lambda _: None) -> Json:
        """The refresh when it has ended; `look` is shown it meanwhile."""
        deadline = time.monotonic() + _REFRESHED_IN_SECONDS
        while (run := self.call("GET", f"/v1/refresh/{run_id}"))["state"] == "running":
            look(run)
            if time.monotonic() > deadline:
                raise ServerError(f"The refresh {run_id} does not end: {json.dumps(run)}")
            time.sleep(_POLL_SECONDS)
        return run

    def documents(self) -> list[Json]:
        """All documents of the index."""
        found: list[Json] = []
        after: str | None = ""
        while after is not None:
            page = self.call("GET", f"/v1/documents?limit=500&after={after}")
            found += page["documents"]
            after = page["next"]
        return found

    def _ready(self, stale: str | None) -> httpx.Client:
        deadline = time.monotonic() + _STARTED_IN_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise ServerError(f"The server ended with {self._process.returncode}: {self._setup.told_last()}")
            address = find_address(self._setup.index)
            if address and address.token != stale and (client := self._connected(address)):
                return client
            time.sleep(_POLL_SECONDS)
        raise ServerError(f"The server is not ready after {_STARTED_IN_SECONDS} s: {self._setup.told_last()}")

    def _connected(self, address: Address) -> httpx.Client | None:
        """A client, once the server says that it is ready."""
        headers = {"Authorization": f"Bearer {address.token}"}
        client = httpx.Client(base_url=address.url, headers=headers, timeout=_ANSWER, limits=_LIMITS, trust_env=False)
        with suppress(httpx.TransportError):
            if client.get("/readyz").is_success:
                return client
            self.was_unready = True
        client.close()
        return None
