"""One request: what it may take, what is sent, and the answer, its body written to a file."""

import asyncio
import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx

from ingest.fetch_answers import OK, FetchError, PassingError
from ingest.fetch_hosts import shown
from ingest.sandbox import Limits

_USER_AGENT = "Reformbot (reads UN reports; one request at a time)"
_PLAIN = ("", "identity")
_GZIP = ("gzip", "x-gzip")  # once: two on top of each other are a bomb
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_LOCATION = "location"
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class FetchLimits:
    """What fetching one document may take.

    `size` are its bytes, unpacked. `seconds` are for one try from its first request to its last byte, `silence` for
    each wait within it (documents.un.org takes up to half a minute to find a symbol). `pause` are the seconds between
    two requests to one host, `tries` how often what passes is tried in all.
    """

    size: int = Limits.input_bytes
    seconds: float = 300
    silence: float = 60
    pause: float = 1
    tries: int = 3


@dataclass(frozen=True)
class Answer:
    """What a server said; with status 200 the body is in the file that was named for it.

    `location` is where it sends on to, as it says it: not yet known to be an address, or allowed.
    """

    url: httpx.URL
    status: int
    headers: Mapping[str, str]
    location: str


def ask(
    url: httpx.URL, headers: Mapping[str, str], body: Path, *, what: str, seconds: float, limits: FetchLimits
) -> Answer:
    """The answer to one request, which is given up after `seconds`; `what` is asked for, as messages name it.

    Raises FetchError; OSError where the body cannot be written.
    """
    host = shown(url)
    try:
        return asyncio.run(_request(url, headers, body, seconds, limits))
    except TimeoutError as error:
        message = f"{host} is too slow: {what} did not come in {limits.seconds:.0f} seconds. Try again later."
        raise FetchError(message, transient=True) from error
    except (httpx.TransportError, zlib.error) as error:
        raise _broken(error, what, host) from error


async def _request(
    url: httpx.URL, headers: Mapping[str, str], body: Path, seconds: float, limits: FetchLimits
) -> Answer:
    """One request within a time for all of it: time-outs for each wait alone let a byte a second go on for ever."""
    async with (
        asyncio.timeout(seconds),
        _client(limits) as client,
        client.stream("GET", url, headers=dict(headers)) as response,
    ):
        if response.status_code == OK:
            await _receive(response, body, limits.size)
        return Answer(url, response.status_code, response.headers, response.extensions[_LOCATION])


def _client(limits: FetchLimits) -> httpx.AsyncClient:
    """A client for one request, so that nothing of an earlier one goes along."""
    try:
        return httpx.AsyncClient(
            headers={"User-Agent": _USER_AGENT, "Accept": "application/pdf, */*;q=0.5", "Accept-Encoding": "gzip"},
            verify=_certificates(),
            event_hooks={"response": [_set_location_aside]},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=httpx.Timeout(limits.silence),
            mounts={"http://": None},  # http is only for this machine, to which no proxy leads
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise FetchError(f"The proxy that the environment names cannot be used: {error}") from error


@cache
def _certificates() -> ssl.SSLContext:
    """Those of the environment; reading them anew for each request would take more than the rest of it."""
    return httpx.create_ssl_context()


async def _set_location_aside(response: httpx.Response) -> None:
    """Keeps httpx from reading where an answer sends on to: it trips over what is no address."""
    response.extensions[_LOCATION] = response.headers.pop(_LOCATION, "")


async def _receive(response: httpx.Response, body: Path, most: int) -> None:
    host = shown(response.url)
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in _PLAIN + _GZIP:
        raise FetchError(f"{host} packs what it sends in a way that is not read: download it in a browser.")
    declared = response.headers.get("content-length", "")
    _check_size(int(declared) if declared.isdecimal() else 0, most, host)
    unpacking = zlib.decompressobj(_GZIP_WINDOW) if packing in _GZIP else None
    received = 0
    with body.open("wb") as file:
        async for chunk in response.aiter_raw():
            for piece in _unpacked(unpacking, chunk) if unpacking else (chunk,):
                received += len(piece)
                _check_size(received, most, host)
                file.write(piece)
    if unpacking and not unpacking.eof:
        raise zlib.error("it ends before its end")


def _unpacked(unpacking: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    """What a chunk unpacks to, a mebibyte at a time, so that a bomb is noticed before it fills the memory."""
    while chunk:
        yield unpacking.decompress(chunk, _MEBIBYTE)
        chunk = unpacking.unconsumed_tail


def _check_size(size: int, most: int, host: str) -> None:
    if size > most:
        raise FetchError(
            f"What {host} sends has more than the {most / _MEBIBYTE:.0f} MB allowed: check the address, or raise the "
            "limit."
        )


def _broken(error: Exception, what: str, host: str) -> FetchError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return FetchError(
            f"The certificate of {host} is not trusted: check the address; behind an organisation's proxy, name the "
            "file of its certificates in SSL_CERT_FILE."
        )
    if isinstance(error, httpx.ProxyError):
        return PassingError(f"The proxy does not connect to {host}: have it allowed there, or try again later.")
    return PassingError(
        f"The connection to {host} failed while {what} was fetched: check the network, try again later."
    )
