"""Ends a command that cannot go on with a sentence and an exit code, and never with a traceback."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pydantic import ValidationError

FAILED = 1
MISUSE = 2
_log = logging.getLogger(__name__)


def complain(sentence: str) -> None:
    """Tells the user beside the command's output."""
    typer.echo(sentence, err=True)


@contextmanager
def sentences() -> Iterator[None]:
    """Ends the command with a sentence for each error, and never with a traceback."""
    from pydantic import ValidationError

    from bot.folder import CommandError

    try:
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
