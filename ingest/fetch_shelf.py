"""Where fetched documents are kept: a file each, and beside it a note of what the server said of it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_NAME_LETTERS = 32
_LONGEST_HEADER = 500


class Note(BaseModel):
    """What is kept of an answer, to ask next time only for something newer."""

    model_config = ConfigDict(frozen=True)

    url: str
    suffix: str = Field(pattern=r"^\.[a-z]{2,4}$")
    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Kept:
    """A document that was fetched before, whole as it came."""

    path: Path
    note: Note

    def conditions(self, url: str) -> dict[str, str]:
        """The headers that ask an address only for something newer; none where it was another that gave this."""
        if url != self.note.url:
            return {}
        said = {"If-None-Match": self.note.etag, "If-Modified-Since": self.note.last_modified}
        return {name: value for name, value in said.items() if value}


class Shelf:
    """A folder of fetched documents, named by digests of what they go by: no address chooses a path.

    A crash at any moment leaves the old document or the new; a note that is not of the document is not believed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def part(self, source: str) -> Path:
        """Where a document is written while it comes; the same each time, so that crashes leave no litter."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._path(source, ".part")

    def kept(self, source: str) -> Kept | None:
        """The document that was fetched before, or None."""
        try:
            note = Note.model_validate_json(self._path(source, ".json").read_bytes())
            path = self._path(source, note.suffix)
            with path.open("rb") as file:
                is_whole = hashlib.file_digest(file, "sha256").hexdigest() == note.sha256
        except (OSError, ValidationError):
            return None
        return Kept(path, note) if is_whole else None

    def keep(self, source: str, note: Note) -> Path:
        """Puts the part of a document in the place of what was kept before."""
        before = self.kept(source)
        path = self._path(source, note.suffix)
        self._path(source, ".part").replace(path)
        written = self._path(source, ".note")
        written.write_text(note.model_dump_json(), encoding="utf-8")
        written.replace(self._path(source, ".json"))
        if before and before.path != path:
            before.path.unlink(missing_ok=True)
        return path

    def _path(self, source: str, suffix: str) -> Path:
        return self._folder / (hashlib.sha256(source.encode()).hexdigest()[:_NAME_LETTERS] + suffix)


def fit_header(value: str | None) -> str | None:
    """A header's value where it can be sent back as it came, or None."""
    return value if value and len(value) <= _LONGEST_HEADER and value.isascii() and value.isprintable() else None
