"""Asks in a terminal: one question with its answer, and the questions of a conversation with their history."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import httpx
import typer
from rich.console import Console

from bot.client import Json, call, events
from bot.ending import complain
from bot.folder import CommandError
from bot.terminal import answer_on_its_way, show_answer, text

_FAREWELLS = ("exit", "quit")
_PROMPT = "? "
_REMEMBERED = 1000
_HINT = '"/new" begins a new conversation, "/forget" deletes this one, "exit" ends it.'


def ask(client: httpx.Client, console: Console, body: Json) -> Json:
    """Shows the answer to a question, in a terminal from its first words on, and returns it. Raises CommandError."""
    answer = _streamed(client, console, body) if console.is_terminal else call(client, "POST", "/v1/ask", body)
    show_answer(console, answer)
    return answer


def _streamed(client: httpx.Client, console: Console, body: Json) -> Json:
    with answer_on_its_way(console) as show:
        for name, content in events(client, "/v1/ask", body):
            if name == "answer":
                return content  # the verified one; what was shown so far was provisional
            show(name, content)
    raise CommandError("The connection to the server ended before the answer was there; ask again.")


def converse(client: httpx.Client, console: Console, history: Path, *, language: str) -> None:
    """Answers what is typed, as one conversation until another is begun; `history` keeps it for the next time."""
    conversation_id: str | None = None
    if sys.stdin.isatty():
        console.print(text(_HINT, "dim"))
    for line in _lines(history):
        try:
            if line.startswith("/"):
                conversation_id = _obey(client, console, line, conversation_id)
            else:
                body = {"question": line, "language": language, "conversation_id": conversation_id}
                conversation_id = ask(client, console, body)["conversation_id"]
        except CommandError as error:
            complain(str(error))


def _obey(client: httpx.Client, console: Console, command: str, conversation_id: str | None) -> str | None:
    """Carries out a command; the conversation to go on with. Raises CommandError where there is no such command."""
    if command not in ("/new", "/forget"):
        raise CommandError(f"There is no command {command}: {_HINT}")
    if command == "/forget" and conversation_id:
        call(client, "DELETE", f"/v1/conversations/{quote(conversation_id, safe='')}")
        console.print("The questions and answers of this conversation are deleted.")
    console.print("A new conversation begins.")
    return None


def _lines(history: Path) -> Iterator[str]:
    """What is typed, line by line, until its end or a farewell; the file keeps it for the next conversation."""
    if not sys.stdin.isatty():
        yield from filter(None, map(str.strip, sys.stdin))
        return
    with _remembered(history):
        while (line := _typed()) is not None and line.lower() not in _FAREWELLS:
            if line:
                yield line


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


@contextmanager
def _remembered(history: Path) -> Iterator[None]:
    try:
        import readline  # Python on Windows has none
    except ImportError:
        yield
        return
    with suppress(OSError):
        readline.read_history_file(history)
    readline.set_history_length(_REMEMBERED)
    try:
        yield
    finally:
        with suppress(OSError):
            history.touch(mode=0o600)
            readline.write_history_file(history)
