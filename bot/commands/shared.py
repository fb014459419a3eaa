"""What the commands share: the connection to the server, a refresh on its way, and how things are printed."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.terminal.ending import complain, interrupted_at_once, sentences

# What takes long to import is imported by the commands that need it, so that help and mistakes are told at once.
if TYPE_CHECKING:
    import httpx
    from rich.console import Console

    from bot.evaluation.bank import BankQuestion
    from vectorstore.settings import IndexSettings

Json = Mapping[str, Any]
AsJson = Annotated[bool, typer.Option("--json", help="Print the API's own object.")]

_LOG_FILE = "reformbot.log"
_LOG_BYTES = 5_000_000


@contextmanager
def connected() -> Iterator[tuple["httpx.Client", "IndexSettings"]]:
    """A client of the server, and the settings of its index; whatever goes wrong ends the command with a sentence."""
    with sentences():
        from bot.commands.client import connect
        from bot.operations.logs import log_to
        from bot.settings import BotSettings
        from bot.terminal.tables import make_console
        from vectorstore.settings import IndexSettings

        index_settings, bot_settings = IndexSettings(), BotSettings()
        log = RotatingFileHandler(index_settings.path / _LOG_FILE, maxBytes=_LOG_BYTES, backupCount=1, delay=True)
        log_to(log, bot_settings.log_format or "text")
        with ExitStack() as opened:
            console = make_console(stderr=True)
            with interrupted_at_once(console), console.status("Opening the index …"):
                client = opened.enter_context(connect(index_settings, bot_settings, tell=complain))
            yield client, index_settings


def pages(index_settings: "IndexSettings") -> str | None:
    """The address whose pages show the reports; None where the command runs a server of its own, for its time only."""
    from bot.operations.folder import find_address
    from bot.settings import BotSettings

    address = find_address(index_settings.path)
    return (BotSettings().base_url or address.url).rstrip("/") if address else None


def bank_in(file: Path) -> "tuple[BankQuestion, ...]":
    """The questions of a bank; what is wrong with it ends the command with a sentence."""
    with sentences():
        from bot.evaluation.bank import read_bank

        return read_bank(file)


def refreshed(client: "httpx.Client", method: str, path: str, body: dict[str, Any] | None = None) -> Json:
    """The finished refresh that a call starts, with its progress shown meanwhile."""
    from bot.commands.client import refresh
    from bot.terminal.refresh import refresh_on_its_way
    from bot.terminal.tables import make_console

    try:
        with refresh_on_its_way(make_console(stderr=True)) as show:
            return refresh(client, method, path, body, show=show)
    except KeyboardInterrupt:
        complain("Interrupted. What has been read is kept: the same command takes up from there.")
        raise


def show_finished(run: Json, as_json: bool) -> None:
    """Prints what came of a refresh."""
    from bot.terminal.refresh import show_run

    show(run, as_json, show_run)


def show(content: Json, as_json: bool, in_words: Callable[["Console", Json], None]) -> None:
    """Prints what the server answered, as its JSON or in words."""
    if as_json:
        print_json(content)
    else:
        in_words(console(), content)


def console() -> "Console":
    """Where to print."""
    from bot.terminal.tables import make_console

    return make_console()


def print_json(content: Json) -> None:
    """Prints an object of the API."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
