"""Servers in processes of their own, for benchmarks that time them from outside."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from bot.operations.folder import find_address
from tests.bot.processes import started
from vectorstore.settings import IndexSettings

START_SECONDS = 120.0


@dataclass(frozen=True)
class Server:
    """Where it listens, the token that gives every right there, and its process."""

    url: str
    token: str
    pid: int


@contextmanager
def reformbot(index: IndexSettings, **environment: str) -> Iterator[Server]:
    """`reformbot serve`, within the block; its log goes to a file in the index folder."""
    with (index.path / "served.log").open("w") as log:
        # As it is by itself, with processes that search, which tests do without.
        environment = {"BOT_PORT": "0", "BOT_SEARCH_PROCESSES": ""} | environment
        process = started("serve", settings=index, stdout=log, stderr=log, **environment)
        try:
            deadline = time.monotonic() + START_SECONDS
            while (address := find_address(index.path)) is None and time.monotonic() < deadline:
                time.sleep(0.1)
            assert address, (index.path / "served.log").read_text()
            _wait_for(address.url)
            yield Server(address.url, address.token, process.pid)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def app_in_a_process(make: Callable[..., Any], *arguments: object) -> Iterator[str]:
    """The address of the ASGI app that a function makes in a process of its own, within the block."""
    context = multiprocessing.get_context("spawn")
    port = context.Queue()
    process = context.Process(target=_serve, args=(make, arguments, port), daemon=True)
    process.start()
    try:
        url = f"http://127.0.0.1:{port.get(timeout=START_SECONDS)}"
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.join()


def _serve(make: Callable[..., Any], arguments: tuple[object, ...], port: "multiprocessing.Queue[int]") -> None:
    config = uvicorn.Config(make(*arguments), port=0, log_level="error", access_log=False)
    listener = config.bind_socket()
    port.put(listener.getsockname()[1])
    uvicorn.Server(config).run(sockets=[listener])


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            httpx.get(f"{url}/healthz")
            return
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
