"""Ends a command that cannot go on with a sentence and an exit code, and never with a traceback."""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pydantic import ValidationError
    from rich.console import Console

FAILED = 1
MISUSE = 2
INTERRUPTED = 128 + signal.SIGINT
_CURSOR_SHOWN = b"\x1b[?25h\n"
_log = logging.getLogger(__name__)


def complain(sentence: str) -> None:
    """Tells the user beside the command's output."""
    typer.echo(sentence, err=True)


@contextmanager
def sentences() -> Iterator[None]:
    """Ends the command with a sentence for each error, and never with a traceback.

    It ends without a word where nobody reads its output any more.
    """
    from pydantic import ValidationError

    from bot.operations.folder import CommandError

    try:
        with _output_written():
            yield
    except CommandError as error:
        complain(str(error))
        raise typer.Exit(error.exit_code) from error
    except ValidationError as error:
        for sentence in _explained(error):
            complain(sentence)
        raise typer.Exit(MISUSE) from error
    except typer.Exit:
        raise
    except Exception as error:
        _log.exception("A command failed")
        complain(f"Something unexpected went wrong ({type(error).__name__}); {_log_name()} says more.")
        raise typer.Exit(FAILED) from error


@contextmanager
def _output_written() -> Iterator[None]:
    """Writes the whole output by the end of the block. Raises CommandError where it or a file cannot be written."""
    from bot.operations.folder import CommandError

    try:
        yield
        if sys.stdout:  # a command that is started without one has none
            sys.stdout.flush()
    except BrokenPipeError as error:
        _write_no_more()
        raise typer.Exit(FAILED) from error
    except OSError as error:
        _log.exception("A command cannot go on")
        _write_no_more()
        where = f" ({error.filename})" if error.filename else ""
        raise CommandError(f"The command cannot go on: {error.strerror or error}{where}.") from error


def _write_no_more() -> None:
    """Else Python tries to write the rest when the process ends, and complains."""
    if sys.stdout:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


@contextmanager
def interrupted_at_once(console: "Console") -> Iterator[None]:
    """Makes an interrupt end the process within the block: as an exception, it may be lost in a library's import."""

    def end(*_: object) -> None:
        if console.is_terminal:
            os.write(sys.stderr.fileno(), _CURSOR_SHOWN)
        os._exit(INTERRUPTED)

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _explained(error: "ValidationError") -> Iterator[str]:
    """What is wrong with the settings, a sentence for each, in terms of the environment variables."""
    prefix = error.title.removesuffix("Settings").upper()
    for problem in error.errors():
        message = problem["msg"].removeprefix("Value error, ")
        variable = "_".join([prefix, *(str(part).upper() for part in problem["loc"])])
        yield message if prefix in message else f"{variable}: {message.replace('Input', 'the value')}."


def _log_name() -> str:
    files = [
        handler.baseFilename for handler in logging.getLogger().handlers if isinstance(handler, logging.FileHandler)
    ]
    return files[0] if files else "the log above"
