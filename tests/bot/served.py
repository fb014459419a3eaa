"""The HTTP API of a service on a real port, served as `reformbot serve` does."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from bot.app import create_app
from bot.service import Service
from bot.serving import running
from bot.slack.settings import SlackSettings
from tests.conftest import OWNER


@contextmanager
def served(service: Service) -> Iterator[int]:
    """The port on 127.0.0.1, within the block."""
    app = create_app(service, SlackSettings(), owner_token=OWNER)
    with socket.create_server(("127.0.0.1", 0)) as listener, running(app, listener):
        yield listener.getsockname()[1]
