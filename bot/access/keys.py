"""The keys that callers send: kept in the catalogue as hashes, and in memory, where each request is compared."""

import logging
import secrets
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from bot.access.principal import EVERYBODY, Limits, Principal, Scope
from vectorstore.catalogue import Catalogue
from vectorstore.tables import KeyRow, now

_PREFIX = "reformbot_"  # by which programs that look for secrets in what is published find one
_BYTES = 32
_log = logging.getLogger(__name__)


class KeyNameError(Exception):
    """There is a key of this name already, which has to be revoked first."""


@dataclass(frozen=True)
class Key:
    """A key without itself; `last_used` is a day, the other times are to the second."""

    name: str
    digest: str
    scopes: tuple[Scope, ...]
    audiences: tuple[str, ...]
    per_minute: int | None
    at_once: int | None
    made_at: str
    expires_at: str | None
    revoked_at: str | None = None
    last_used: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it is good for anything now."""
        return self.revoked_at is None and (self.expires_at is None or now() < self.expires_at)

    def principal(self, limits: Limits) -> Principal:
        """Whoever sends it; `limits` are those of a key that has none of its own."""
        own = Limits(self.per_minute or limits.per_minute, self.at_once or limits.at_once)
        return Principal(f"key:{self.name}", frozenset(self.scopes), EVERYBODY.union(self.audiences), own)


class Keys:
    """All keys, changed in the catalogue first and from then on in memory: what is revoked counts for nothing at once.

    That holds as one process at a time owns the index.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        with catalogue.begin() as session:
            self._keys = {row.name: _key(row) for row in session.scalars(select(KeyRow))}

    @property
    def any_made(self) -> bool:
        """Whether there is any, also one that counts no more: then nobody is let in without a credential."""
        return bool(self._keys)

    @property
    def any_counts(self) -> bool:
        """Whether anybody could be let in by one."""
        return any(key.counts for key in self._keys.values())

    def listed(self) -> tuple[Key, ...]:
        """All of them, in the order of their names."""
        return tuple(sorted(self._keys.values(), key=lambda key: key.name))

    def find(self, credential: str) -> Key | None:
        """The key that this is, if it counts."""
        sent = digest(credential)
        # Every key is compared, each in constant time, so that the time taken tells nothing of any.
        matches = [key for key in self._keys.values() if secrets.compare_digest(key.digest, sent)]
        return next((key for key in matches if key.counts), None)

    def add(
        self,
        name: str,
        *,
        scopes: Iterable[Scope],
        audiences: Iterable[str] = (),
        per_minute: int | None = None,
        at_once: int | None = None,
        expires_at: str | None = None,
    ) -> tuple[Key, str]:
        """A new key, and what its holder sends, which cannot be told again. Raises KeyNameError."""
        credential = _PREFIX + secrets.token_urlsafe(_BYTES)
        key = Key(
            name=name,
            digest=digest(credential),
            scopes=tuple(sorted(set(scopes))),
            audiences=tuple(sorted(set(audiences))),
            per_minute=per_minute,
            at_once=at_once,
            made_at=now(),
            expires_at=expires_at,
        )
        with self._lock:
            if name in self._keys and self._keys[name].counts:
                raise KeyNameError
            self._keep(key)
        return key, credential

    def revoke(self, name: str) -> bool:
        """Has a key count for nothing from now on; whether there is one of this name."""
        with self._lock:
            if name in self._keys and self._keys[name].revoked_at is None:
                self._keep(replace(self._keys[name], revoked_at=now()))
            return name in self._keys

    def forget(self, name: str) -> bool:
        """Revokes a key and takes it off the list; whether there was one of this name."""
        with self._lock:
            with self._catalogue.begin() as session:
                session.execute(delete(KeyRow).where(KeyRow.name == name))
                session.commit()
            before, self._keys = self._keys, {other: key for other, key in self._keys.items() if other != name}
        return name in before

    def note_use(self, name: str) -> None:
        """Keeps that a key was used today; where the catalogue cannot take it, that day stays untold."""
        with self._lock:
            if name not in self._keys or self._keys[name].last_used == today():
                return
            used = replace(self._keys[name], last_used=today())
            self._keys = self._keys | {name: used}
            try:
                self._keep(used)
            except SQLAlchemyError:
                _log.exception("When a key was last used cannot be kept now")

    def _keep(self, key: Key) -> None:
        with self._catalogue.begin() as session:
            session.merge(KeyRow(**asdict(key)))
            session.commit()
        self._keys = self._keys | {key.name: key}


def digest(credential: str) -> str:
    """What is kept of a key, and compared.

    A key is 256 random bits, which nobody finds by trying: one SHA-256 is as good as a slow hash, which passwords need.
    """
    return sha256(credential.encode()).hexdigest()


def today() -> str:
    """The day in UTC."""
    return now()[: len("2026-11-23")]


def _key(row: KeyRow) -> Key:
    columns = {column.name: getattr(row, column.name) for column in KeyRow.__table__.columns}
    return Key(**columns | {"scopes": tuple(row.scopes), "audiences": tuple(row.audiences)})
