"""Fingerprints of folders that are written once: whether every byte is still as it was."""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

_BLOCK = 1024 * 1024  # bytes hashed at a time, so that several cores share a large file
_THREADS = min(4, os.cpu_count() or 1)


class IndexDamagedError(Exception):
    """A generation does not open or is not what was written; rebuild it from the catalogue."""


@dataclass(frozen=True)
class _File:
    path: Path
    name: str
    size: int


def fingerprint(folder: Path) -> str:
    """The bytes that the files of a folder hold together, a colon, and a hash of their names and contents.

    Raises IndexDamagedError where something in it cannot be read or is no plain file.
    """
    with _read_errors_told(folder):
        return _fingerprint(_files(folder))


def check_fingerprint(folder: Path, kept: str) -> None:
    """Raises IndexDamagedError where a folder is not byte for byte what had the fingerprint `kept`."""
    with _read_errors_told(folder):
        files = _files(folder)
        # Sizes first: what is left of a crash can be a sparse file of terabytes.
        if _size(files) != size_told(kept) or _fingerprint(files) != kept:
            raise IndexDamagedError(f"The index in {folder} is not what was written there.")


def size_told(kept: str) -> int:
    """The bytes of the files that a fingerprint is of."""
    return int(kept.partition(":")[0])


@contextmanager
def _read_errors_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexDamagedError(f"The index in {folder} cannot be read ({error.strerror}).") from error


def _files(folder: Path) -> Sequence[_File]:
    """All files of a folder at any depth, in the order of their names."""
    return sorted(_walk(folder), key=lambda file: file.name)


def _walk(folder: Path) -> Iterator[_File]:
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            yield _File(path, path.relative_to(folder).as_posix(), status.st_size)
        elif not stat.S_ISDIR(status.st_mode):
            raise IndexDamagedError(f"The index in {folder} holds {path.name}, which is no file.")


def _size(files: Sequence[_File]) -> int:
    return sum(file.size for file in files)


def _fingerprint(files: Sequence[_File]) -> str:
    whole = hashlib.sha256()
    with ThreadPoolExecutor(_THREADS) as threads:
        for file in files:
            whole.update(f"{file.name}\0{file.size}\0".encode())
            for block in threads.map(partial(_hash_block, file.path), range(0, file.size, _BLOCK)):
                whole.update(block)
    return f"{_size(files)}:{whole.hexdigest()}"


def _hash_block(path: Path, start: int) -> bytes:
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        return hashlib.sha256(file.read(_BLOCK)).digest()
