"""The command line: each command is a call of the server that owns the index folder, started where none runs."""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import quote

import typer

from bot.ending import FAILED, MISUSE, complain, log_to, sentences

# What takes long to import is imported by the commands that need it, so that help and mistakes are told at once.
if TYPE_CHECKING:
    import httpx
    from rich.console import Console

    from vectorstore.settings import IndexSettings

Json = Mapping[str, Any]

_LOG_FILE = "reformbot.log"
_LOG_BYTES = 5_000_000

app = typer.Typer(
    name="reformbot",
    help="Answers questions about United Nations reform reports, cited to the numbered paragraph.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print the API's own object.")]
Language = Annotated[
    Literal["auto", "ar", "en", "es", "fr", "ru", "zh"],
    typer.Option(help="Language of the answer; auto is that of the question."),
]


def main() -> None:
    """Runs the command that the process was started with."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text file wherever a command runs
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("reformbot"))
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def serve() -> None:
    """Serve the HTTP API, the web page, and Slack where its tokens are set."""
    log_to(logging.StreamHandler())
    with sentences():
        from bot.serving import serve as serve_until_stopped
        from bot.settings import BotSettings
        from bot.slack_settings import SlackSettings
        from vectorstore.settings import IndexSettings

        serve_until_stopped(IndexSettings(), BotSettings(), SlackSettings())


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, folders, or .jsonl of paragraphs.")],
    replace_folder: Annotated[
        bool, typer.Option("--replace-folder", help="Take out what came from these folders and is gone.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take reports into the index; ends with 0 when all went in, with 1 when some failed."""
    if missing := [str(path) for path in paths if not path.exists()]:
        complain(f"There is no file or folder {', '.join(missing)}.")
        raise typer.Exit(MISUSE)
    body = {"paths": [str(path.absolute()) for path in paths], "replace_folder": replace_folder}
    with _connected() as (client, _):
        run = _refreshed(client, "POST", "/v1/refresh", body)
        _show_run(run, as_json)
    if run["failed"] or run["state"] != "done":
        raise typer.Exit(FAILED)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    language: Language = "auto",
    as_json: AsJson = False,
) -> None:
    """Answer one question, cited to the paragraph."""
    body = {"question": question, "language": language}
    with _connected() as (client, _):
        from bot.chat import ask as ask_and_show
        from bot.client import call

        if as_json:
            _print_json(call(client, "POST", "/v1/ask", body))
        else:
            ask_and_show(client, _console(), body)


@app.command()
def chat(language: Language = "auto") -> None:
    """Answer questions in a conversation, until Ctrl-D or "exit"."""
    with _connected() as (client, index_settings):
        from bot.chat import ask as ask_and_show
        from bot.chat import questions
        from bot.folder import CommandError

        console, conversation_id = _console(), None
        for question in questions(index_settings.path / "chat_history"):
            body = {"question": question, "language": language, "conversation_id": conversation_id}
            try:
                conversation_id = ask_and_show(client, console, body)["conversation_id"]
            except CommandError as error:
                complain(str(error))


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUESTION")],
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, max=100, help="At most so many paragraphs.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Show the paragraphs that come nearest to a question."""
    with _connected() as (client, _):
        from bot.client import call
        from bot.terminal import show_results

        _show(call(client, "POST", "/v1/search", {"query": query, "limit": limit}), as_json, show_results)


@app.command()
def status(
    document: Annotated[
        str | None, typer.Argument(metavar="[DOCUMENT]", help="A symbol or document id: how that report was read.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is in the index and what runs on it, or how one report was read."""
    with _connected() as (client, _):
        from bot.client import call, document_named
        from bot.terminal import show_report, show_status

        if document is None:
            _show(call(client, "GET", "/v1/status"), as_json, show_status)
        else:
            _show(document_named(client, document), as_json, show_report)


@app.command()
def history(as_json: AsJson = False) -> None:
    """List the last refreshes, newest first."""
    with _connected() as (client, _):
        from bot.client import call
        from bot.terminal import show_runs

        _show(call(client, "GET", "/v1/refresh"), as_json, show_runs)


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Document ids, as `search --json` gives them.")],
    as_json: AsJson = False,
) -> None:
    """Take documents out of the index; ends with 1 when some could not be."""
    failed = False
    with _connected() as (client, _):
        from bot.folder import CommandError

        for document_id in ids:
            try:
                run = _refreshed(client, "DELETE", f"/v1/documents/{quote(document_id, safe='')}")
                _show_run(run, as_json)
                failed |= run["state"] != "done"
            except CommandError as error:
                complain(f"{document_id}: {error}")
                failed = True
    if failed:
        raise typer.Exit(FAILED)


@contextmanager
def _connected() -> Iterator[tuple["httpx.Client", "IndexSettings"]]:
    """A client of the server, and the settings of its index; whatever goes wrong ends the command with a sentence."""
    with sentences():
        from bot.client import connect
        from bot.settings import BotSettings
        from bot.terminal import make_console
        from vectorstore.settings import IndexSettings

        index_settings, bot_settings = IndexSettings(), BotSettings()
        log_to(RotatingFileHandler(index_settings.path / _LOG_FILE, maxBytes=_LOG_BYTES, backupCount=1, delay=True))
        with ExitStack() as opened:
            with make_console(stderr=True).status("Opening the index …"):
                client = opened.enter_context(connect(index_settings, bot_settings, tell=complain))
            yield client, index_settings


def _refreshed(client: "httpx.Client", method: str, path: str, body: dict[str, Any] | None = None) -> Json:
    """The finished refresh that a call starts, with its progress shown meanwhile."""
    from bot.client import refresh
    from bot.terminal import make_console, refresh_on_its_way

    try:
        with refresh_on_its_way(make_console(stderr=True)) as show:
            return refresh(client, method, path, body, show=show)
    except KeyboardInterrupt:
        complain("Interrupted. What has been read is kept: the same command takes up from there.")
        raise


def _show_run(run: Json, as_json: bool) -> None:
    from bot.terminal import show_run

    _show(run, as_json, show_run)


def _show(content: Json, as_json: bool, show: Callable[["Console", Json], None]) -> None:
    if as_json:
        _print_json(content)
    else:
        show(_console(), content)


def _console() -> "Console":
    from bot.terminal import make_console

    return make_console()


def _print_json(content: Json) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
