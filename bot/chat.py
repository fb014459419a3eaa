"""Asks in a terminal: one question with its answer, and the questions of conversations."""

import sys
from pathlib import Path
from urllib.parse import quote

import httpx
from rich.console import Console

from bot.client import Json, call, events
from bot.ending import complain
from bot.folder import CommandError
from bot.terminal import answer_on_its_way, show_answer, text
from bot.typed import forget_since, lines, remembered, remembering

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
    if sys.stdin.isatty():
        console.print(text(_HINT, "dim"))
    with remembering(history):
        conversation = _Conversation(client, console, language)
        for line in lines():
            try:
                conversation.take(line)
            except CommandError as error:
                complain(str(error))


class _Conversation:
    """The conversation in a terminal, and the ones that take its place."""

    def __init__(self, client: httpx.Client, console: Console, language: str) -> None:
        self._client = client
        self._console = console
        self._language = language
        self._id: str | None = None
        self._typed_before = remembered()

    def take(self, line: str) -> None:
        """Answers a question or obeys a command. Raises CommandError."""
        match line.lower():
            case "/new":
                self._begin()
            case "/forget":
                self._forget()
            case command if command.startswith("/"):
                raise CommandError(f"There is no command {line}: {_HINT}")
            case _:
                body = {"question": line, "language": self._language, "conversation_id": self._id}
                self._id = ask(self._client, self._console, body)["conversation_id"]

    def _begin(self) -> None:
        self._id, self._typed_before = None, remembered()
        self._console.print("A new conversation begins.")

    def _forget(self) -> None:
        """Deletes this one, and what was typed in it, and begins another."""
        if self._id:
            call(self._client, "DELETE", f"/v1/conversations/{quote(self._id, safe='')}")
            self._console.print("The questions and answers of this conversation are deleted.")
        forget_since(self._typed_before)
        self._begin()
