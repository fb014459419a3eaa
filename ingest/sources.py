"""Where documents come from: files and folders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path


@dataclass(frozen=True)
class SourceFile:
    """A file to take in, and the name that its document goes by."""

    source: str
    path: Path


def files_under(paths: Iterable[Path]) -> tuple[SourceFile, ...]:
    """The files named and those in the folders named, at any depth, hidden ones left out."""
    found = chain.from_iterable(_walk(path.resolve()) for path in paths)
    return tuple(SourceFile(source=str(path), path=path) for path in dict.fromkeys(found))


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for found in sorted(path.rglob("*")):
        if found.is_file() and not any(part.startswith(".") for part in found.relative_to(path).parts):
            yield found
