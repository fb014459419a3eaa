"""A file that lies in Slack: what it is, whether it can be had, and its download."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from bot.uploads import LONGEST_NAME

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

_IN_SLACK = "is written in Slack itself: export it as PDF or DOCX, and share that file here."
_NO_FILE = {
    "external": "lies outside Slack, where I may not read: download it there, and share the file itself here.",
    "snippet": "is a snippet without a report's name: save it as a file such as report.txt, and share that here.",
    "tombstone": "was deleted before I could read it.",
    "hidden_by_limit": "is hidden by the plan of this workspace: share it again.",
}
_EMPTY = "is empty: export or download it again, and share it here."
_ELSEWHERE = "lies at an address that is not Slack's own, where I send no token: share the file itself here."
_SIGN_IN = (
    "did not come, a sign-in page did: give the app the scope files:read (slack-manifest.yaml has it), install it "
    "again in this workspace, and share the file again."
)
_WAS_DELETED = "is no longer in Slack: share it again."
_UNREACHABLE = "could not be downloaded, Slack's file server does not answer: share it again in a while."
_REFUSED = "could not be downloaded (Slack's file server says {status}): share it again in a while."


class DownloadError(Exception):
    """A file cannot be had from Slack; the message goes on after its name, and says what to do."""


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


def refusal(file: SlackFile, *, origin: str, at_most: int) -> str | None:
    """Why a file is not to be downloaded, to go on after its name; None where it may be.

    `origin` is the only scheme, host and port that the bot's token is sent to, `at_most` the largest size in bytes.
    """
    if file.mode != "hosted" and not _is_text_file(file):
        return _NO_FILE.get(file.mode, _IN_SLACK)
    if not file.size:
        return _EMPTY
    if file.size > at_most:
        return _too_large(at_most)
    # Compared as text: what stands before the first slash then is the host, however an address is parsed.
    return None if file.url.startswith(f"{origin}/") else _ELSEWHERE


def _is_text_file(file: SlackFile) -> bool:
    path = PurePosixPath(file.name)
    return file.mode == "snippet" and path.suffix.lower() in _TEXT_SUFFIXES and path.stem.lower() not in _UNNAMED


def _too_large(at_most: int) -> str:
    return f"is larger than {at_most / _MEGABYTE:,.0f} MiB, which is the most that is taken in: share it in parts."


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
            raise _PassingError(_UNREACHABLE) from error
        if is_page and path.stat().st_size != file.size:
            raise DownloadError(_SIGN_IN)

    async def _write(self, response: aiohttp.ClientResponse, path: Path) -> bool:
        """Writes what comes; whether it is a web page."""
        is_page, received = response.content_type == "text/html", 0
        with path.open("wb") as target:
            async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                is_page |= not received and chunk.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))
                received += len(chunk)
                if received > self._at_most:
                    raise DownloadError(_too_large(self._at_most))
                await asyncio.to_thread(target.write, chunk)
        return is_page


def _check(status: int) -> None:
    if status in _BUSY:
        raise _PassingError(_UNREACHABLE)
    if status in _GONE:
        raise DownloadError(_WAS_DELETED)
    if status in _SENT_TO_SIGN_IN:
        raise DownloadError(_SIGN_IN)
    if status != HTTPStatus.OK:
        raise DownloadError(_REFUSED.format(status=status))
