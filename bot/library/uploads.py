"""Files that arrive from elsewhere, kept in the index folder under names of ours."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from ingest.sources import SourceFile

LONGEST_NAME = 1000  # characters
_FOLDER = "uploads"
_LONGEST_SUFFIX = 16


@contextmanager
def arriving(index_path: Path) -> Iterator[Path]:
    """A new path to write to in the folder of uploads; what was not kept is deleted when the block ends."""
    folder = index_path / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid4().hex
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(arrived: Path, name: str) -> SourceFile:
    """Keeps a file under a name made of its content, the same for the same: its own `name` only names the document."""
    with arrived.open("rb") as written:
        content = hashlib.file_digest(written, "sha256").hexdigest()
    suffix = "".join(c for c in Path(name).suffix if c.isascii() and c.isalnum())[:_LONGEST_SUFFIX]
    path = arrived.with_name(f"{content}.{suffix}" if suffix else content)
    return SourceFile(source=name, path=arrived.replace(path))
