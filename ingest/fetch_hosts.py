"""Which addresses may be asked: https on the hosts that are allowed, and http on this machine where it is."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

import httpx

from ingest.fetch_answers import FetchError

_PORTS = {"https": 443, "http": 80}
_SHOWN = 100


@dataclass(frozen=True)
class _Origin:
    scheme: str
    host: str  # as it goes out to the network: ASCII, lower case
    port: int


class Hosts:
    """The hosts that may be asked.

    An entry is a host, with a port where it is not 443 ("documents.un.org", "mirror.example:8443"), or all of an
    origin; "http://127.0.0.1:8001" allows http on that port of this machine. A host allows none of its subdomains.
    Raises FetchError for an entry that is neither.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._origins = frozenset(map(_allowed, entries))

    def check(self, url: httpx.URL, *, coming_from: httpx.URL | None = None) -> None:
        """Raises FetchError where an address, or one to which another sends on, may not be asked."""
        if _origin(url) not in self._origins:
            sent = f"{shown(coming_from)} sends on to {shown(url)}, which" if coming_from else shown(url)
            raise FetchError(f"{sent} is not among the allowed hosts: allow it if you trust it, or leave this out.")
        if coming_from and (coming_from.scheme, url.scheme) == ("https", "http"):
            raise FetchError(f"{shown(coming_from)} sends on from https to http: name the document's own address.")


def address(text: str, *, seen_from: httpx.URL | None = None) -> httpx.URL:
    """An address without its fragment, relative ones as seen from another; raises FetchError for one not to be asked.

    What is compared with the allowed hosts is the very host that httpx connects to, so that no spelling gets past.
    """
    try:
        url = (seen_from.join(text) if seen_from else httpx.URL(text)).copy_with(fragment=None)
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError("This is no address: copy it anew from the browser.") from error
    if url.userinfo:
        raise FetchError("The address holds a user name or password: take it out, nothing is fetched with a log-in.")
    if not host or not (url.scheme == "https" or (url.scheme == "http" and _is_this_machine(host))):
        raise FetchError("The address is not one of https: only those are fetched.")
    return url


def shown(url: httpx.URL) -> str:
    """A host as messages name it, and its port where it has one."""
    return url.netloc.decode("ascii")[:_SHOWN]


def _allowed(entry: str) -> _Origin:
    try:
        url = address(entry if "://" in entry else f"https://{entry}")
    except FetchError as error:
        raise FetchError(f'"{entry}" is no host to allow: write it as documents.un.org is written.') from error
    if url.raw_path != b"/" or "*" in entry:
        raise FetchError(f'"{entry}" is no host to allow: name each host by itself, without a path.')
    return _origin(url)


def _origin(url: httpx.URL) -> _Origin:
    return _Origin(url.scheme, url.raw_host.decode("ascii"), url.port or _PORTS[url.scheme])


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
