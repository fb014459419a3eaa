"""What is typed in a terminal, line by line, remembered for the next time where the terminal can."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import typer

_FAREWELLS = ("exit", "quit")
_PROMPT = "? "
_REMEMBERED = 1000


def lines() -> Iterator[str]:
    """What is typed until its end or a farewell."""
    if not sys.stdin.isatty():
        yield from filter(None, map(str.strip, sys.stdin))
        return
    while (line := _typed()) is not None and line.lower() not in _FAREWELLS:
        if line:
            yield line


@contextmanager
def remembering(history: Path) -> Iterator[None]:
    """Remembers what this file holds and, in it, what is typed in a terminal within the block."""
    if not (_can_remember() and sys.stdin.isatty()):
        yield
        return
    import readline

    with suppress(OSError):
        readline.read_history_file(history)
    readline.set_history_length(_REMEMBERED)
    try:
        yield
    finally:
        with suppress(OSError):
            history.touch(mode=0o600)
            readline.write_history_file(history)


def remembered() -> int:
    """How many lines are remembered now."""
    if not _can_remember():
        return 0
    import readline

    return readline.get_current_history_length()


def forget_since(count: int) -> None:
    """Forgets what was typed since so many lines were remembered."""
    for place in reversed(range(count, remembered())):
        import readline

        readline.remove_history_item(place)


def _can_remember() -> bool:
    return find_spec("readline") is not None  # Python on Windows has none


def _typed() -> str | None:
    """The next line; "" where it was interrupted, None at the end."""
    try:
        return input(_PROMPT).strip()
    except KeyboardInterrupt:
        typer.echo()
        return ""
    except EOFError:
        typer.echo()
        return None
