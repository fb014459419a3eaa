"""Shows in a terminal what is wrong with a set-up."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from bot.terminal.tables import show_table

_MARKS = {"ok": "✓", "warning": "•", "problem": "✗"}


def show_findings(console: Console, examined: Mapping[str, Any]) -> None:
    """A line for each finding, with what to do."""
    rows = [[_MARKS[one["state"]], one["part"], one["text"], one["remedy"]] for one in examined["findings"]]
    show_table(console, ("", "part", "found", "what to do"), rows)
    problems = sum(one["state"] == "problem" for one in examined["findings"])
    console.print(f"{problems} to mend." if problems else "Nothing has to be mended.")
