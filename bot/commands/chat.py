"""Asks in a terminal: one question with its answer, and the questions of conversations."""

from urllib.parse import quote

import httpx
from rich.console import Console

from bot.commands.client import Json, call, events
from bot.operations.folder import CommandError
from bot.terminal.answer import answer_on_its_way, show_answer
from bot.terminal.ending import complain
from bot.terminal.remembered import Remembered
from bot.terminal.tables import text
from bot.terminal.typed import is_typed, lines, unechoed

_COMMANDS = {
    "/new": "begins a new conversation",
    "/forget": "deletes this conversation",
    "/help": "tells what can be typed",
    "/exit": "ends",
}
_FAREWELLS = ("/exit", "exit", "quit")
_WELCOME = 'Ask in any of the six languages; "/help" tells what else can be typed.'
_KEYS = (
    "Arrow up brings back what was typed before, Ctrl-R searches it, the right arrow takes what is suggested, and Tab "
    "completes. Ctrl-C stops an answer or clears the line, Ctrl-D ends."
)


def ask(client: httpx.Client, console: Console, body: Json, *, pages: str | None) -> Json:
    """Shows the answer to a question, in a terminal from its first words on, and returns it. Raises CommandError."""
    answer = _streamed(client, console, body) if console.is_terminal else call(client, "POST", "/v1/ask", body)
    show_answer(console, answer, pages=pages)
    return answer


def _streamed(client: httpx.Client, console: Console, body: Json) -> Json:
    with answer_on_its_way(console) as show:
        for name, content in events(client, "/v1/ask", body):
            if name == "answer":
                return content  # the verified one; what was shown so far was provisional
            show(name, content)
    raise CommandError("The connection to the server ended before the answer was there; ask again.")


def converse(
    client: httpx.Client, console: Console, remembered: Remembered, *, language: str, pages: str | None
) -> None:
    """Answers what is typed, as one conversation until another is begun."""
    conversation = _Conversation(client, console, remembered, language, pages)
    if is_typed():
        console.print(text(_WELCOME, "dim"))
    for line in lines(remembered, _COMMANDS):
        if line.lower() in _FAREWELLS:
            return
        try:
            conversation.take(line)
        except CommandError as error:
            complain(str(error))


class _Conversation:
    """The conversation in a terminal, and the ones that take its place."""

    def __init__(
        self, client: httpx.Client, console: Console, remembered: Remembered, language: str, pages: str | None
    ) -> None:
        self._client = client
        self._console = console
        self._remembered = remembered
        self._language = language
        self._pages = pages
        self._id: str | None = None

    def take(self, line: str) -> None:
        """Answers a question or obeys a command. Raises CommandError."""
        match line.lower():
            case "/new":
                self._begin()
            case "/forget":
                self._forget()
            case "/help":
                self._help()
            case command if command.startswith("/"):
                raise CommandError(f'There is no command {line}: "/help" tells which there are.')
            case _:
                self._ask(line)

    def _ask(self, question: str) -> None:
        if not is_typed():
            self._answer(question)
            return
        self._remembered.add(question)
        try:
            with unechoed():
                self._answer(question)
        except KeyboardInterrupt:
            self._console.print(text("Stopped.", "dim"))
        self._console.print()

    def _answer(self, question: str) -> None:
        body = {"question": question, "language": self._language, "conversation_id": self._id}
        self._id = ask(self._client, self._console, body, pages=self._pages)["conversation_id"]

    def _begin(self) -> None:
        self._id = None
        self._remembered.begin()
        self._console.print("A new conversation begins.")

    def _forget(self) -> None:
        """Deletes this one, and what was typed in it, and begins another."""
        if self._id:
            call(self._client, "DELETE", f"/v1/conversations/{quote(self._id, safe='')}")
            self._console.print("The questions and answers of this conversation are deleted.")
        self._remembered.forget()
        self._begin()

    def _help(self) -> None:
        for command, meaning in _COMMANDS.items():
            self._console.print(text(f"{command:8} {meaning}"))
        self._console.print(text(_KEYS))
