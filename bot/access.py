"""Who calls: turns a credential into what the caller may do."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request
from starlette.exceptions import HTTPException

from bot.settings import BotSettings
from vectorstore.paragraph import PUBLIC


@dataclass(frozen=True)
class Caller:
    """Somebody who may ask; the owner of the index folder may also name files on the server's machine.

    `name` tells callers apart by the place of their key in the settings.
    """

    owner: bool
    name: str

    def may_read(self, audience: str) -> bool:
        """Whether documents of this audience are for this caller."""
        return self.owner or audience == PUBLIC

    def may_read_all(self, audiences: Iterable[str]) -> bool:
        """Whether what was read in documents of all these audiences is for this caller."""
        return all(map(self.may_read, audiences))


class Gate:
    """Lets callers in: with a key of the settings or the owner's token, or anyone where the settings have no keys."""

    def __init__(self, settings: BotSettings, *, owner_token: str) -> None:
        self._keys = [key.get_secret_value() for key in settings.api_keys]
        self._owner_token = owner_token

    def caller(self, request: Request) -> Caller:
        """Who sends this request. Raises HTTPException 401."""
        scheme, _, credential = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(credential, self._owner_token):
            return Caller(owner=True, name="owner")
        if not self._keys:
            return Caller(owner=False, name="anyone")
        # Every key is compared, so that the time taken does not tell which one is near.
        matches = [_same(credential, key) for key in self._keys]
        if scheme.lower() == "bearer" and any(matches):
            return Caller(owner=False, name=f"key {matches.index(True) + 1}")
        raise HTTPException(401, "Send a key: Authorization: Bearer KEY.", headers={"WWW-Authenticate": "Bearer"})

    def operator(self, request: Request) -> Caller:
        """Who sees to the bot: the owner, or anyone where no keys are set. Raises HTTPException 401 or 403."""
        caller = self.caller(request)
        if self._keys and not caller.owner:
            raise HTTPException(403, "Only the owner of the index folder may do this: use the reformbot command there.")
        return caller


def _same(credential: str, key: str) -> bool:
    return secrets.compare_digest(credential.encode(), key.encode())
