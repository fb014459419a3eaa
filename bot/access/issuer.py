"""The issuer of tokens: what it signs with, fetched when it is needed, and kept."""

import asyncio
import json
import logging
import time
from typing import Any

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.access.address import is_safe_address

_log = logging.getLogger(__name__)
# https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
_CONFIGURATION = "/.well-known/openid-configuration"
_TIMEOUT_SECONDS = 5
_LARGEST_REPLY = 1_000_000  # bytes
_FRESH_SECONDS = 300  # after which keys are fetched anew, so that one which the issuer has given up counts no more
_MOST_FETCHES = RateLimitItemPerMinute(6)  # so that forged tokens do not have us hammer the issuer
_SIGNING = ("RSA", "EC")  # kinds of keys whose public half verifies


class IssuerDownError(Exception):
    """The issuer's keys cannot be had now, and none are kept: the caller may try again."""


class Issuer:
    """An issuer, by its address, and the keys with which it signs."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._keys: KeySet | None = None
        self._fetched_at = 0.0
        self._fetching: asyncio.Task[None] | None = None
        self._fetches = MovingWindowRateLimiter(MemoryStorage())

    async def keys(self, key_id: object) -> KeySet:
        """The keys, fetched anew where none is called by this id; those that are kept, where that fails.

        Raises IssuerDownError where none are kept.
        """
        if not self._has(key_id):
            if fetching := self._fetch_soon():
                await asyncio.shield(fetching)
        elif time.monotonic() > self._fetched_at + _FRESH_SECONDS:
            self._fetch_soon()
        if self._keys is None:
            raise IssuerDownError
        return self._keys

    def _has(self, key_id: object) -> bool:
        return self._keys is not None and (key_id is None or any(key.kid == key_id for key in self._keys))

    def _fetch_soon(self) -> asyncio.Task[None] | None:
        """The fetch under way, one at a time; None where there were too many of late."""
        if self._fetching is None or self._fetching.done():
            may = self._fetches.hit(_MOST_FETCHES, self._address)
            self._fetching = asyncio.create_task(self._fetch()) if may else None
        return self._fetching

    async def _fetch(self) -> None:
        try:
            self._keys = await asyncio.to_thread(_fetched, self._address)
            self._fetched_at = time.monotonic()
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            JoseError,
            LookupError,
            TypeError,
            ValueError,
            RecursionError,
        ) as error:
            _log.warning("The keys of BOT_OIDC_ISSUER cannot be fetched (%s: %s)", type(error).__name__, error)


def _fetched(issuer: str) -> KeySet:
    """The keys that an issuer names. Raises ValueError, and what httpx and joserfc raise, where it names none."""
    with httpx.Client(timeout=_TIMEOUT_SECONDS) as client:
        configuration = _object(client, issuer.rstrip("/") + _CONFIGURATION)
        if configuration["issuer"] != issuer:
            raise ValueError(f"it calls itself {configuration['issuer']!r}, not as BOT_OIDC_ISSUER does")
        found = _object(client, str(configuration["jwks_uri"]))
    keys = [key for data in found["keys"] if (key := _signing_key(data))]
    if not keys:
        raise ValueError("it names no key that verifies tokens")
    return KeySet(keys)


def _object(client: httpx.Client, address: str) -> dict[str, Any]:
    if not is_safe_address(address):
        raise ValueError(f"{address} is no https address")
    content = b""
    with client.stream("GET", address, headers={"Accept": "application/json"}) as response:
        response.raise_for_status()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _LARGEST_REPLY:
                raise ValueError(f"{address} sends too much")
    read = json.loads(content)
    if not isinstance(read, dict):
        raise TypeError(f"{address} sends no object")
    return read


def _signing_key(data: dict[str, Any]) -> Key | None:
    """A key that verifies tokens; None for one of another kind or use, which stands beside them."""
    if data["kty"] not in _SIGNING or data.get("use", "sig") != "sig":
        return None
    try:
        return JWKRegistry.import_key({name: value for name, value in data.items() if name != "key_ops"})
    except (JoseError, LookupError, TypeError, ValueError):
        return None
