"""Who owns an index folder: one process at a time, which tells the others where it serves, if it does."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

_ADDRESS_FILE = "server.json"
USER_AGENT = "reformbot"  # of the commands that call the owner of their folder


class CommandError(Exception):
    """A command cannot go on; the message says why and what to do, `exit_code` is what the command ends with."""

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True)
class Address:
    """Where the server of a folder listens, and the token that gives every right there."""

    url: str
    token: str = field(repr=False)


class Ownership:
    """The right to work in an index folder, held by one process at a time and freed when that process ends.

    Raises CommandError where the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "lock", thread_local=False)
        with _usable(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def take(self) -> bool:
        """Whether this process owns the folder now. What a server that was killed left behind is cleared."""
        with _usable(self._folder):
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                return False
            (self._folder / _ADDRESS_FILE).unlink(missing_ok=True)
        return True

    def free(self) -> None:
        """Lets another process own the folder."""
        self._lock.release()


@contextmanager
def announced(folder: Path, address: Address) -> Iterator[None]:
    """Tells other processes of the same user where the owner of the folder serves, within the block."""
    path = folder / _ADDRESS_FILE
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(address), file)
    unfinished.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def find_address(folder: Path) -> Address | None:
    """Where the owner of the folder said that it serves."""
    try:
        return Address(**json.loads((folder / _ADDRESS_FILE).read_text()))
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise CommandError(
            f"The server of {folder} was started by another user: run this command as that user.", exit_code=2
        ) from error


@contextmanager
def _usable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CommandError(
            f"The folder {folder} cannot be used ({error.strerror}): set INDEX_PATH to a folder that you may write to.",
            exit_code=2,
        ) from error
