"""What was typed in conversations, for the arrow keys, the search and the completion of the next."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_MOST = 1000
_OWN = 0o600  # questions may be confidential: nobody but their user reads them


class Remembered:
    """The questions that were typed, the newest last, in a file that only its user may read.

    Without a file, or where it cannot be written, they last as long as this does.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._before = _read(file)[-_MOST:]
        self._typed: list[str] = []

    @property
    def questions(self) -> tuple[str, ...]:
        """All that are remembered, oldest first."""
        return (*self._before, *self._typed)

    def add(self, question: str) -> None:
        """Remembers one more."""
        self._typed.append(question)
        if self._file:
            _write(self._file, [question], os.O_APPEND)

    def begin(self) -> None:
        """Begins a conversation: what was typed until now is not forgotten with it."""
        self._before, self._typed = self.questions, []

    def forget(self) -> None:
        """Forgets what was typed since the conversation began, wherever else it was typed too."""
        forgotten = set(self._typed)
        self._before = tuple(one for one in self._before if one not in forgotten)
        self._typed = []
        if self._file and self._file.exists():
            _write(self._file, (one for one in _read(self._file)[-_MOST:] if one not in forgotten), os.O_TRUNC)


def _read(file: Path | None) -> tuple[str, ...]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n") if file else []
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(_questions(lines))


def _questions(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        with suppress(ValueError):
            if isinstance(question := json.loads(line), str):
                yield question


def _write(file: Path, questions: Iterable[str], how: int) -> None:
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    with suppress(OSError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | how, _OWN)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            file.chmod(_OWN)
            opened.write(lines)
