"""What is typed in a terminal, with history, search and completion; or lines that are piped in."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from bot.terminal.remembered import Remembered

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

_PROMPT = "? "
_SHORTEST_WORD = 3
_LEAVE = "Ctrl-D ends the conversation."


def is_typed() -> bool:
    """Whether somebody types at a terminal and sees there what is shown."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def lines(remembered: Remembered, commands: Mapping[str, str]) -> Iterator[str]:
    """What is typed or piped in until its end, without what is empty.

    `commands` are completed, each with what it does. Ctrl-C clears a line.
    """
    if not is_typed():
        yield from filter(None, map(str.strip, sys.stdin))
        return
    while (line := _typed(remembered, commands)) is not None:
        if line:
            yield line


def _typed(remembered: Remembered, commands: Mapping[str, str]) -> str | None:
    """The next line, of several where they were pasted; "" where it was interrupted, None at the end."""
    session = _session(remembered, commands)
    try:
        return session.prompt(_PROMPT).strip()
    except KeyboardInterrupt:
        if not session.default_buffer.text:
            typer.echo(_LEAVE)
        return ""
    except EOFError:
        return None


def _session(remembered: Remembered, commands: Mapping[str, str]) -> "PromptSession[str]":
    from prompt_toolkit import PromptSession
    from prompt_toolkit.application import get_app
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.completion import ConditionalCompleter, WordCompleter, merge_completers
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.history import InMemoryHistory

    is_command = Condition(lambda: get_app().current_buffer.text.startswith("/"))
    of_commands = WordCompleter(list(commands), meta_dict=dict(commands), sentence=True)
    of_words = WordCompleter(_words(remembered), WORD=True, ignore_case=True)
    return PromptSession(
        history=InMemoryHistory(remembered.questions),
        auto_suggest=AutoSuggestFromHistory(),
        completer=merge_completers(
            [ConditionalCompleter(of_commands, is_command), ConditionalCompleter(of_words, ~is_command)]
        ),
        complete_while_typing=is_command,
    )


def _words(remembered: Remembered) -> list[str]:
    """The words worth completing, such as symbols, of what was typed before."""
    return sorted({word for one in remembered.questions for word in one.split() if len(word) > _SHORTEST_WORD})


@contextmanager
def unechoed() -> Iterator[None]:
    """Does not show what is typed within the block, where it would break into what is shown; it is taken afterwards."""
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    silent = termios.tcgetattr(sys.stdin)
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)
