"""Room on the disk of the index: asked for before much is written, and a full disk told as such."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Left free for what must still be written when a refresh has taken all that it may: answers, runs, the catalogue's
# log, which SQLite folds back at 4 MB (https://www.sqlite.org/wal.html#automatic_checkpoint).
RESERVE = 8_000_000  # bytes
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FULL_WORDS = ("disk is full", "no space left", "disk quota exceeded")


class DiskFullError(Exception):
    """The disk has no room for what is to be written; the message says which and how much."""


def require_room(folder: Path, needed: int = 0) -> None:
    """Raises DiskFullError where the disk of a folder has no room for so many bytes and the reserve."""
    free = _free(folder)
    if free < needed + RESERVE:
        raise DiskFullError(
            f"The disk of {folder} has {_told(free)} free and about {_told(needed + RESERVE)} are needed: make room, "
            "then refresh again."
        )


@contextmanager
def full_disk_told(folder: Path) -> Iterator[None]:
    """Raises DiskFullError for whatever fails within the block because the disk of a folder is full.

    Not every library says why it failed, and the room that it took may be free again: once the reserve is touched,
    that is taken for the reason.
    """
    try:
        yield
    except DiskFullError:
        raise
    except Exception as error:
        free = _free(folder)
        if not (is_full_disk(error) or free < RESERVE):
            raise
        raise DiskFullError(
            f"The disk of {folder} has no room left ({_told(free)} free): make room, then refresh again."
        ) from error


def is_full_disk(error: BaseException) -> bool:
    """Whether an error, a library's too, says that a disk is full."""
    told = str(error).lower()
    return (isinstance(error, OSError) and error.errno in _FULL) or any(words in told for words in _FULL_WORDS)


def _free(folder: Path) -> int:
    """The bytes that may still be written to the disk of a folder, which need not be there yet."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free


def _told(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
