"""An app that wants credentials, on the index of another service and with keys of its own, and those who call it."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.access.keys import Keys
from bot.app import create_app
from bot.service import Service
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from tests.conftest import OWNER
from vectorstore.catalogue import Catalogue


def guarded(service: Service, folder: Path, **settings: Any) -> tuple[FastAPI, Keys]:
    """The app, and the keys that it lets in."""
    keys = Keys(Catalogue(f"sqlite:///{folder / 'keys.sqlite'}"))
    parts = {**vars(service), "bot_settings": BotSettings(**settings), "keys": keys}
    return create_app(Service(**parts), SlackSettings(), owner_token=OWNER), keys


def caller(app: FastAPI, credential: str | None = None) -> TestClient:
    """Somebody who sends a credential, or none."""
    headers = {"Authorization": f"Bearer {credential}"} if credential else {}
    return TestClient(app, base_url="http://127.0.0.1", headers=headers, raise_server_exceptions=False)
