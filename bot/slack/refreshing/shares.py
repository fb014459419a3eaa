"""Shared files that are not dealt with yet, kept so that the next process goes on with them."""

import json
import threading
from dataclasses import asdict

from bot.slack.questions.event import Shared
from vectorstore.catalogue import Catalogue

_UNFINISHED = "slack_unfinished_files"


class UnfinishedShares:
    """What was shared and not dealt with yet, in the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()

    def all(self) -> list[Shared]:
        """In the order in which they were shared."""
        with self._lock:
            return list(self._read().values())

    def keep(self, share: Shared) -> None:
        """Keeps one as far as it has come."""
        with self._lock:
            self._write({**self._read(), _key(share): share})

    def drop(self, share: Shared) -> None:
        """Forgets one that was dealt with."""
        with self._lock:
            self._write({key: kept for key, kept in self._read().items() if key != _key(share)})

    def _read(self) -> dict[tuple[str, str], Shared]:
        kept = [Shared(**share) for share in json.loads(self._catalogue.fact(_UNFINISHED) or "[]")]
        return {_key(share): share for share in kept}

    def _write(self, shares: dict[tuple[str, str], Shared]) -> None:
        self._catalogue.remember(_UNFINISHED, json.dumps([asdict(share) for share in shares.values()]))


def _key(share: Shared) -> tuple[str, str]:
    return share.channel, share.file_id
