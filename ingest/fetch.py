"""Fetches documents by symbol or address from allowed hosts, one request at a time.

Proxies and certificates are those of the environment (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE), which machines behind an
organisation's proxy need; nothing else of it is used: no cookies, no log-in.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from threading import Lock
from urllib.parse import quote, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from ingest.fetch_answers import DOCUMENT_SUFFIXES, HEAD_BYTES, OK, FetchError, PassingError, refusal, suffix_of
from ingest.fetch_hosts import Hosts, address, shown
from ingest.fetch_list import Listed
from ingest.fetch_request import Answer, FetchLimits, ask
from ingest.fetch_shelf import Kept, Note, Shelf, fit_header
from ingest.sources import SourceFile

__all__ = ["FetchError", "FetchLimits", "Fetcher"]

_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED = 304
_BACK_OFF = wait_exponential_jitter(initial=1, max=30)
# The marker at a PDF's end stands in its last 1024 bytes (PDF 1.7, appendix H, note 18); some grace for real ones.
_END_BYTES = 4096


class Fetcher:
    """Fetches documents into a folder, and gives the one kept there where the server has nothing newer.

    `allowed` are the hosts that may be asked, see Hosts; `template` is the address at which a symbol is asked for.
    Raises FetchError where one is malformed or the host of the template is not allowed. `sleep` and `clock` count
    seconds.
    """

    def __init__(
        self,
        folder: Path,
        *,
        allowed: Iterable[str],
        limits: FetchLimits,
        template: str,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shelf = Shelf(folder)
        self._hosts = Hosts(allowed)
        self._limits = limits
        self._template = template
        self._sleep = sleep
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self._one_at_a_time = Lock()
        if "{symbol}" not in template:
            raise FetchError("The template of addresses must hold {symbol}, and {language} where it is to be told.")
        self._address(Listed("A/80/1"))

    def fetch(self, listed: Listed) -> SourceFile:
        """The document, as the server has it now; not to be called from within an event loop.

        What passes is tried again at once, `tries` times in all. Raises FetchError, with a sentence for the operator,
        where it cannot be had; what was fetched before stays as it is.
        """
        retrying = Retrying(
            stop=stop_after_attempt(self._limits.tries),
            wait=_wait,
            retry=retry_if_exception_type(PassingError),
            sleep=self._sleep,
            reraise=True,
        )
        with self._one_at_a_time:
            try:
                return SourceFile(source=listed.source, path=retrying(self._try, listed))
            except OSError as error:
                raise FetchError(
                    f"{listed} cannot be kept ({error.strerror}): check the folder of downloads and its disk's space.",
                    transient=True,
                ) from error

    def kept(self, listed: Listed) -> SourceFile | None:
        """The document as it was fetched last, or None."""
        kept = self._shelf.kept(listed.source)
        return SourceFile(source=listed.source, path=kept.path) if kept else None

    def _try(self, listed: Listed) -> Path:
        kept = self._shelf.kept(listed.source)
        part = self._shelf.part(listed.source)
        try:
            answer, is_conditional = self._follow(listed, kept, part)
            if answer.status == _NOT_MODIFIED and kept and is_conditional:
                return kept.path
            if answer.status != OK:
                raise refusal(answer.status, answer.headers, what=str(listed), host=shown(answer.url))
            return self._shelf.keep(listed.source, _note(answer, part, listed))
        finally:
            part.unlink(missing_ok=True)

    def _follow(self, listed: Listed, kept: Kept | None, part: Path) -> tuple[Answer, bool]:
        """The answer where redirects end, and whether it was asked for only if newer; each is checked before asked."""
        url = self._address(listed)
        seconds = self._limits.seconds
        for _ in range(_MOST_REDIRECTS + 1):
            conditions = kept.conditions(str(url)) if kept else {}
            self._wait_for(url)
            began = self._clock()
            try:
                answer = ask(
                    url,
                    {"Accept-Language": listed.language, **conditions},
                    part,
                    what=str(listed),
                    seconds=seconds,
                    limits=self._limits,
                )
            finally:
                self._free_at[shown(url)] = self._clock() + self._limits.pause
            if answer.status not in _REDIRECTS or not answer.location:
                return answer, bool(conditions)
            seconds -= self._clock() - began
            here, url = url, address(answer.location, seen_from=url)
            self._hosts.check(url, coming_from=here)
        raise FetchError(f"{shown(url)} sends on and on, more than {_MOST_REDIRECTS} times: check the address.")

    def _wait_for(self, url: httpx.URL) -> None:
        """Leaves a host in peace for a while after each request."""
        seconds = self._free_at.get(shown(url), 0) - self._clock()
        if seconds > 0:
            self._sleep(seconds)

    def _address(self, listed: Listed) -> httpx.URL:
        symbol = quote(listed.name, safe="/()")
        asked = self._template.replace("{symbol}", symbol).replace("{language}", listed.language)
        url = address(asked if listed.is_symbol else listed.name)
        self._hosts.check(url)
        return url


def _wait(state: RetryCallState) -> float:
    """What the server asked for, or longer each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait_seconds if isinstance(error, PassingError) else None
    return _BACK_OFF(state) if asked is None else asked


def _note(answer: Answer, part: Path, listed: Listed) -> Note:
    """What to keep of a document that came; raises FetchError where it is none that is read, or came cut short."""
    with part.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(max(0, file.seek(0, os.SEEK_END) - _END_BYTES))
        end = file.read()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    suffix = suffix_of(
        head,
        content_type=answer.headers.get("content-type", ""),
        path=answer.url.path,
        what=str(listed),
        document_wanted=listed.is_symbol or _suffix(urlsplit(listed.name).path) in DOCUMENT_SUFFIXES,
    )
    if suffix == ".pdf" and b"%%EOF" not in end:
        raise PassingError(f"{listed} came cut short: try again later, or download it in a browser and add the file.")
    return Note(
        url=str(answer.url),
        suffix=suffix,
        sha256=digest,
        etag=fit_header(answer.headers.get("etag")),
        last_modified=fit_header(answer.headers.get("last-modified")),
    )


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
