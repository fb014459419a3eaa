"""Whether what lies around the bot is as it must be: folders, collector, text recognition, Slack, server."""

import asyncio
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.doctor.finding import Finding, State
from bot.operations.folder import find_address
from bot.operations.tracing import collector
from bot.settings import BotSettings
from bot.slack.check import check as check_slack
from bot.slack.post import FAR_END_ERRORS
from bot.slack.settings import SlackSettings
from ingest.fetch_list import ListError, read_list
from ingest.ocr.tesseract import DATA, installed
from ingest.sources import files_under
from vectorstore.settings import IndexSettings

_SECONDS = 5.0
_SLACK: dict[bool | None, State] = {True: "ok", None: "warning", False: "problem"}


def sources(settings: IndexSettings) -> Iterator[Finding]:
    """The folders and the list that the index follows."""
    yield from map(_folder, settings.folders)
    if settings.fetch_list:
        try:
            listed = read_list(settings.fetch_list)
        except ListError as error:
            yield Finding("fetch list", "problem", f"{settings.fetch_list} cannot be used.", str(error))
        else:
            yield Finding("fetch list", "ok", f"{settings.fetch_list} names {len(listed)} documents.")
    if not (settings.folders or settings.fetch_list):
        yield Finding("folders", "ok", "None is followed: INDEX_FOLDERS and INDEX_FETCH_LIST are not set.")


def _folder(folder: Path) -> Finding:
    if not folder.is_dir():
        remedy = "Mount or make it, or take it out of INDEX_FOLDERS; meanwhile nothing of it is removed."
        return Finding("folders", "problem", f"There is no folder {folder}.", remedy)
    if not os.access(folder, os.R_OK | os.X_OK):
        return Finding("folders", "problem", f"{folder} cannot be read.", "Let the user that runs the bot read it.")
    return Finding("folders", "ok", f"{folder} has {len(files_under([folder]))} files.")


def traces() -> Finding:
    """The collector of traces, if there is one."""
    part, url = "traces", collector()
    if url is None:
        return Finding(part, "ok", "OTEL_EXPORTER_OTLP_ENDPOINT is not set: none are sent.")
    parts = urlsplit(url)
    default = 443 if parts.scheme == "https" else 80
    try:
        socket.create_connection((parts.hostname or "", parts.port or default), timeout=_SECONDS).close()
    except (OSError, ValueError):
        remedy = "See that the collector runs and takes OTLP over HTTP there, mostly on port 4318."
        return Finding(part, "problem", f"Nobody answers at {parts.hostname}, port {parts.port or default}.", remedy)
    return Finding(part, "ok", f"They are sent to {parts.hostname}.")


def recognition() -> Finding:
    """Whether scans in all six languages can be read."""
    missing = [f"tesseract-ocr-{data}" for data in DATA.values() if data not in installed()]
    if not missing:
        return Finding("scans", "ok", "Scans in all six languages are read.")
    needed = " ".join([*([] if shutil.which("tesseract") else ["tesseract-ocr"]), *missing])
    text = "Scans in Arabic or Russian are not all read, the others are."
    return Finding("scans", "warning", text, f"If there are any: apt install {needed}.")


def slack(settings: SlackSettings, bot: BotSettings) -> Iterator[Finding]:
    """What `reformbot slack check` tells."""
    if not settings.enabled:
        yield Finding("Slack", "ok", "It is not set up: SLACK_BOT_TOKEN is not set.")
        return
    try:
        found = asyncio.run(check_slack(settings, public_url=bot.public_url))
    except FAR_END_ERRORS:
        yield Finding("Slack", "problem", f"It cannot be reached at {settings.api_url}.", "Try again in a while.")
        return
    for one in found:
        yield Finding("Slack", _SLACK[one.fine], one.text)


def server(settings: IndexSettings) -> Finding:
    """The server that owns the folder, if one does."""
    part, at = "server", find_address(settings.path)
    if at is None:
        return Finding(part, "ok", "None runs on this folder now.")
    try:
        told = httpx.get(f"{at.url}/readyz", timeout=_SECONDS, trust_env=False).json()
        lacking = [name for name, is_ready in told["parts"].items() if not is_ready]
    except (httpx.HTTPError, ValueError, KeyError):
        remedy = "See its log; if it is gone, start reformbot serve again."
        return Finding(part, "problem", f"The one at {at.url} does not answer.", remedy)
    if lacking:
        remedy = told.get("detail") or "See its log for the reason."
        return Finding(part, "problem", f"The one at {at.url} is not ready: {', '.join(lacking)}.", remedy)
    return Finding(part, "ok", f"The one at {at.url} is ready.")
