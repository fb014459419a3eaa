"""Runs the server: for as long as it is wanted, or for as long as one command lasts."""

import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import uvicorn
from fastapi import FastAPI

from bot.app import create_app
from bot.http.connections import Connection
from bot.model.chat_model import ChatModelError
from bot.operations.cleaning import cleaning
from bot.operations.folder import Address, CommandError, Ownership, announced, find_address
from bot.operations.memory import share_arenas
from bot.operations.tracing import tracing
from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from ingest.fetch import FetchError
from ingest.fetch_list import ListError
from ingest.watch import Watch
from vectorstore.database import CatalogueError
from vectorstore.library import OtherModelError
from vectorstore.models import ModelError
from vectorstore.settings import IndexSettings

_log = logging.getLogger(__name__)
_CLOSING_SECONDS = 30
# Longer than proxies keep idle connections, nginx for 60 s: a request that comes just when the server closes one is
# lost. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout
_KEPT_ALIVE_SECONDS = 75
_LOOPBACK = "127.0.0.1"
_EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  (compared with, not bound to)


def serve(index: IndexSettings, bot: BotSettings, slack: SlackSettings) -> None:
    """Serves until the process is interrupted or told to end.

    Raises CommandError when another process owns the folder, the address is taken or a model cannot be used.
    """
    share_arenas()
    with (
        _owned(index),
        _ended_alike(),
        _bound(bot.host, bot.port) as listener,
        _service(index, bot, bot.search_processes) as service,
    ):
        _check_that_callers_need_credentials(service)
        address = _address(listener)
        server = _server(create_app(service, slack, owner_token=address.token))
        with _watching(index, service), announced(index.path, address), suppress(KeyboardInterrupt):
            _log.info("Reformbot is at %s", address.url)
            server.run(sockets=[listener])
    _log.info("Reformbot has stopped")


@contextmanager
def temporary_server(index: IndexSettings, bot: BotSettings) -> Iterator[Address]:
    """A server in this process, on a free port of this machine alone and without Slack, within the block.

    The caller owns the folder. An interrupt ends the process at once: what has been read is kept.
    Raises CommandError when a model cannot be used.
    """
    with _bound(_LOOPBACK, 0) as listener, _service(index, bot, 0) as service:
        address = _address(listener)
        no_slack = SlackSettings(bot_token=None, app_token=None, signing_secret=None)
        try:
            with running(create_app(service, no_slack, owner_token=address.token), listener):
                yield address
        except KeyboardInterrupt:
            _end_process()


@contextmanager
def running(app: FastAPI, listener: socket.socket) -> Iterator[None]:
    """Serves an app on a bound socket, in a thread of its own, within the block."""
    server = _server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="server", daemon=True)
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield
    finally:
        server.should_exit = True
        thread.join()


def _end_process() -> None:
    """Ends without waiting for the refresh under way."""
    # The end of the process frees the folder, so no other process works there while a thread of this one still does.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(128 + signal.SIGINT)


@contextmanager
def _ended_alike() -> Iterator[None]:
    """Makes a request to end the process the same as an interrupt, so that what was opened is closed."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _owned(index: IndexSettings) -> Iterator[None]:
    ownership = Ownership(index.path)
    if not ownership.take():
        address = find_address(index.path)
        owner = f"A server at {address.url}" if address else "Another reformbot command"
        raise CommandError(
            f"{owner} is using the folder {index.path}: stop it first, or set INDEX_PATH to another folder.",
            exit_code=2,
        )
    try:
        yield
    finally:
        ownership.free()


@contextmanager
def _service(index: IndexSettings, bot: BotSettings, search_processes: int) -> Iterator[Service]:
    try:
        service = build_service(index, bot, search_processes=search_processes)
    except (ModelError, ChatModelError, OtherModelError, CatalogueError, FetchError) as error:
        raise CommandError(str(error), exit_code=2) from error
    with tracing(), closing(service), cleaning(service.conversations):
        yield service


def _check_that_callers_need_credentials(service: Service) -> None:
    bot = service.bot_settings
    if not (bot.on_loopback or bot.has_credentials or service.keys.any_counts):
        raise CommandError(
            f"BOT_HOST={bot.host} can be reached from other machines: set BOT_API_KEYS or BOT_OIDC_ISSUER, make a key "
            "with `reformbot keys add NAME`, or serve on 127.0.0.1.",
            exit_code=2,
        )


@contextmanager
def _watching(index: IndexSettings, service: Service) -> Iterator[None]:
    """Refreshes what the settings name whenever it changes, within the block."""
    try:
        has_list = bool(service.sources().listed)
    except ListError as error:
        raise CommandError(str(error), exit_code=2) from error
    folders = index.folders
    minutes = index.refresh_minutes if folders or has_list else 0
    watch = Watch(service.catalogue, service.worker, service.sources, folders=folders, seconds=60 * minutes)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that has the address, but does not listen yet."""
    try:
        family, kind, _, _, target = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(target)
    except OSError as error:
        raise CommandError(
            f"The address {host}, port {port}, cannot be served on ({error.strerror}): stop what uses it, "
            "or set BOT_HOST and BOT_PORT to another.",
            exit_code=2,
        ) from error
    with listener:
        yield listener


def _address(listener: socket.socket) -> Address:
    """How this machine reaches a bound socket, with a token of its own."""
    host, port = listener.getsockname()[:2]
    reachable = "localhost" if host in _EVERY_ADDRESS else host
    shown = f"[{reachable}]" if ":" in reachable else reachable
    return Address(url=f"http://{shown}:{port}", token=secrets.token_urlsafe(32))


def _server(app: FastAPI) -> uvicorn.Server:
    # No access log: the page's address can hold a question.
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=_CLOSING_SECONDS,
        timeout_keep_alive=_KEPT_ALIVE_SECONDS,
    )
    return uvicorn.Server(config)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    while not server.started:
        if not thread.is_alive():
            raise CommandError("The server could not be started; the log in the index folder says why.")
        time.sleep(0.01)
