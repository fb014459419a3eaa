"""The command line: each command is a call of the server that owns the index folder, started where none runs."""

import logging
import sys
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.commands.keys import key_commands
from bot.commands.refresh import add_refresh_commands
from bot.commands.shared import AsJson, bank_in, connected, console, pages, print_json, show
from bot.commands.slack import slack_commands
from bot.terminal.ending import FAILED, sentences

app = typer.Typer(
    name="reformbot",
    help="Answers questions about United Nations reform reports, cited to the numbered paragraph.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Language = Annotated[
    Literal["auto", "ar", "en", "es", "fr", "ru", "zh"],
    typer.Option(help="Language of the answer; auto is that of the question."),
]


def main() -> None:
    """Runs the command that the process was started with."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # None where the process was started without it
            stream.reconfigure(encoding="utf-8")
    app(prog_name="reformbot")


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


@app.command(epilog="Example: BOT_PORT=8080 reformbot serve")
def serve() -> None:
    """Serve the HTTP API, the web page, and Slack where it is set up."""
    with sentences():
        from bot.operations.logs import form_for, log_to
        from bot.serving import serve as serve_until_stopped
        from bot.settings import BotSettings
        from bot.slack.settings import SlackSettings
        from vectorstore.settings import IndexSettings

        bot_settings = BotSettings()
        log_to(logging.StreamHandler(), bot_settings.log_format or form_for(sys.stderr))
        serve_until_stopped(IndexSettings(), bot_settings, SlackSettings())


@app.command(epilog='Example: reformbot ask "Who chairs the regional platforms?" --language fr')
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    language: Language = "auto",
    as_json: AsJson = False,
) -> None:
    """Answer one question, cited to the paragraph."""
    body = {"question": question, "language": language}
    with connected() as (client, index_settings):
        from bot.commands.chat import ask as ask_and_show
        from bot.commands.client import call

        if as_json:
            print_json(call(client, "POST", "/v1/ask", body))
        else:
            ask_and_show(client, console(), body, pages=pages(index_settings))


@app.command(epilog="Example: reformbot chat --no-history")
def chat(
    language: Language = "auto",
    history: Annotated[
        bool, typer.Option("--history/--no-history", help="Remember what is typed for the next time, for you alone.")
    ] = True,
) -> None:
    """Answer questions in a conversation, until Ctrl-D or "exit"; "/help" tells what else can be typed."""
    with connected() as (client, index_settings):
        from bot.commands.chat import converse
        from bot.terminal.remembered import Remembered

        remembered = Remembered(index_settings.path / "chat_history" if history else None)
        converse(client, console(), remembered, language=language, pages=pages(index_settings))


@app.command(epilog="Example: reformbot mcp")
def mcp() -> None:
    """Serve tools to another assistant by the Model Context Protocol, over standard input and output."""
    with connected() as (client, index_settings):
        from bot.mcp_server import mcp_server
        from bot.settings import BotSettings

        mcp_server(client, base_url=pages(index_settings) or BotSettings().public_url).run("stdio")


@app.command(epilog='Example: reformbot search "coordination levy" -n 5')
def search(
    query: Annotated[str, typer.Argument(metavar="QUESTION")],
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, max=100, help="At most so many paragraphs.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Show the paragraphs that come nearest to a question."""
    with connected() as (client, index_settings):
        from bot.commands.client import call
        from bot.terminal.answer import show_results

        found = call(client, "POST", "/v1/search", {"query": query, "limit": limit})
        show(found, as_json, partial(show_results, pages=pages(index_settings)))


@app.command(epilog="Example: reformbot verify DRAFT.md")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A draft in text or Markdown, its citations too.")],
    as_json: AsJson = False,
) -> None:
    """Check each sentence of a draft against the reports: supported, or what differs and where.

    Ends with 1 where a sentence is not supported.
    """
    with connected() as (client, _):
        from bot.commands.client import call
        from bot.terminal.verify import draft_in, show_checked

        checked = call(client, "POST", "/v1/verify", {"draft": draft_in(file)})
        show(checked, as_json, show_checked)
    if not all(claim["supported"] for claim in checked["claims"]):
        raise typer.Exit(1)


@app.command("eval", epilog="Example: reformbot eval samples/questions.jsonl")
def evaluate(
    bank: Annotated[Path, typer.Argument(metavar="BANK.jsonl", help="Questions, a JSON object a line.")],
    as_json: AsJson = False,
) -> None:
    """Ask every question of a bank and score the answers, by language; nothing of it is kept."""
    questions = bank_in(bank)
    with connected() as (client, _):
        from bot.evaluation.scoring import ask_all, score
        from bot.terminal.eval import bank_on_its_way, show_scores
        from bot.terminal.tables import make_console

        with bank_on_its_way(make_console(stderr=True), len(questions)) as show_done:
            scored = ask_all(client, questions, show=show_done)
        show(score(scored), as_json, show_scores)


@app.command(epilog="Example: reformbot status A/80/74")
def status(
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="A symbol or document id: how that report was read.")
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Show what could not be read, and why.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what is in the index and what runs on it, how one report was read, or what could not be read."""
    with connected() as (client, _):
        from bot.commands.client import call, document_named
        from bot.terminal.refresh import show_failures
        from bot.terminal.tables import show_report, show_status

        if failed:
            show(call(client, "GET", "/v1/failures"), as_json, show_failures)
        elif document is None:
            show(call(client, "GET", "/v1/status"), as_json, show_status)
        else:
            show(document_named(client, document), as_json, show_report)


@app.command(epilog="Example: reformbot doctor --json")
def doctor(as_json: AsJson = False) -> None:
    """Check the models, the index, its folders, the address and Slack, and say what is wrong and how to mend it.

    Ends with 1 where something is wrong.
    """
    with sentences():
        from dataclasses import asdict

        from bot.doctor.examination import examined
        from bot.settings import BotSettings
        from bot.slack.settings import SlackSettings
        from bot.terminal.doctor import show_findings
        from vectorstore.settings import IndexSettings

        found = list(examined(IndexSettings(), BotSettings(), SlackSettings()))
        show({"findings": [asdict(one) for one in found]}, as_json, show_findings)
    if any(one.state == "problem" for one in found):
        raise typer.Exit(FAILED)


add_refresh_commands(app)
app.add_typer(key_commands, name="keys")
app.add_typer(slack_commands, name="slack")
