"""A file that lies in Slack: what it is, whether it can be had, and its download."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize

import aiohttp
import anyio
from slack_sdk.web.async_client import AsyncWebClient
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from bot.library.uploads import LONGEST_NAME
from prompts import phrase

_TRIES = 4
_CHUNK_BYTES = 1024 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=900, sock_connect=10, sock_read=60)
_MEGABYTE = 1024 * 1024
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_GONE = (404, 410)
_SENT_TO_SIGN_IN = (401, 403, *range(300, 400))
# Slack makes a snippet of every text file, and calls one that was typed there "-" or "Untitled".
_TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".eml")
_UNNAMED = ("", "-", "untitled")

_IN_SLACK = "file_in_slack"
_NO_FILE = {
    "external": "file_external",
    "snippet": "file_snippet",
    "tombstone": "file_tombstone",
    "hidden_by_limit": "file_hidden",
}


class DownloadError(Exception):
    """A file cannot be had from Slack; the message, in English, goes on after its name, and says what to do."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(phrase(reason, "en", **values))
        self._reason = reason
        self._values = values

    def said(self, language: str) -> str:
        """The message in a language."""
        return phrase(self._reason, language, **self._values)


class _PassingError(DownloadError):
    """One that may pass by itself."""


@dataclass(frozen=True)
class SlackFile:
    """A file as Slack describes it; `size` in bytes, `threads` where it was shared, by channel."""

    name: str
    mode: str
    size: int
    url: str
    threads: Mapping[str, str]


def read_file(described: Mapping[str, Any]) -> SlackFile:
    """What is asked of Slack's file object: https://docs.slack.dev/reference/objects/file-object"""
    return SlackFile(
        name=_name(described),
        mode="external" if described.get("is_external") else described.get("mode") or "",
        size=described.get("size") or 0,
        url=described.get("url_private_download") or described.get("url_private") or "",
        threads=_threads(described.get("shares") or {}),
    )


def _name(described: Mapping[str, Any]) -> str:
    shown = normalize("NFC", described.get("name") or described.get("title") or "")
    return "".join(c for c in shown if c.isprintable()).strip()[-LONGEST_NAME:] or str(described.get("id"))


def _threads(shares: Mapping[str, Mapping[str, list[dict[str, str]]]]) -> Mapping[str, str]:
    """For each channel the thread of the last message that shares the file."""
    last = {
        channel: max(messages, key=lambda message: message["ts"])
        for kind in shares.values()
        for channel, messages in kind.items()
        if messages
    }
    return {channel: message.get("thread_ts") or message["ts"] for channel, message in last.items()}


def check_file(file: SlackFile, *, origin: str, at_most: int) -> None:
    """Raises DownloadError where a file is not to be downloaded.

    `origin` is the only scheme, host and port that the bot's token is sent to, `at_most` the largest size in bytes.
    """
    if file.mode != "hosted" and not _is_text_file(file):
        raise DownloadError(_NO_FILE.get(file.mode, _IN_SLACK))
    if not file.size:
        raise DownloadError("file_empty")
    if file.size > at_most:
        raise _too_large(at_most)
    # Compared as text: what stands before the first slash then is the host, however an address is parsed.
    if not file.url.startswith(f"{origin}/"):
        raise DownloadError("file_elsewhere")


def _is_text_file(file: SlackFile) -> bool:
    path = PurePosixPath(file.name)
    return file.mode == "snippet" and path.suffix.lower() in _TEXT_SUFFIXES and path.stem.lower() not in _UNNAMED


def _too_large(at_most: int) -> DownloadError:
    return DownloadError("file_too_large", most=f"{at_most / _MEGABYTE:.0f}")


class Downloads:
    """Downloads files with the bot's token, which goes nowhere but to the address of a file that was not refused."""

    def __init__(self, client: AsyncWebClient, *, at_most: int, pause_seconds: float = 1.0) -> None:
        self._client = client
        self._at_most = at_most
        self._pause_seconds = pause_seconds

    async def save(self, file: SlackFile, path: Path) -> None:
        """Writes a file to a path; what fails for a passing reason is tried again. Raises DownloadError, or OSError."""
        again = AsyncRetrying(
            retry=retry_if_exception_type(_PassingError),
            stop=stop_after_attempt(_TRIES),
            wait=wait_exponential(multiplier=self._pause_seconds),
            reraise=True,
        )
        await again(self._try, file, path)

    async def _try(self, file: SlackFile, path: Path) -> None:
        headers = {"Authorization": f"Bearer {self._client.token}", "Accept-Encoding": "identity"}
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.get(
                    file.url,
                    headers=headers,
                    allow_redirects=False,
                    proxy=self._client.proxy,
                    ssl=self._client.ssl or True,
                ) as response,
            ):
                _check(response.status)
                is_page = await self._write(response, path)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _PassingError("file_unreachable") from error
        if is_page and path.stat().st_size != file.size:
            raise DownloadError("file_sign_in")

    async def _write(self, response: aiohttp.ClientResponse, path: Path) -> bool:
        """Writes what comes; whether it is a web page."""
        is_page, received = response.content_type == "text/html", 0
        async with await anyio.open_file(path, "wb") as target:
            async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                is_page |= not received and chunk.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))
                received += len(chunk)
                if received > self._at_most:
                    raise _too_large(self._at_most)
                await target.write(chunk)
        return is_page


def _check(status: int) -> None:
    if status in _BUSY:
        raise _PassingError("file_unreachable")
    if status in _GONE:
        raise DownloadError("file_was_deleted")
    if status in _SENT_TO_SIGN_IN:
        raise DownloadError("file_sign_in")
    if status != HTTPStatus.OK:
        raise DownloadError("file_refused", status=status)
