"""Shows refreshes in a terminal: on their way, and what came of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.terminal import moment, show_table, text

Json = Mapping[str, Any]

_COUNTS = ("new", "changed", "unchanged", "removed")


@contextmanager
def refresh_on_its_way(console: Console) -> Iterator[Callable[[Json], None]]:
    """Takes a refresh as it comes along and shows a bar and the time left, until the block ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[passages]}{task.fields[left]}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Starting", total=None, passages="", left="")

        def show(run: Json) -> None:
            files, done = run["files"], run["files_done"]
            # All files are read before the last of them are embedded, and how long that takes is not known.
            total = files if done < files else None
            description = "Reading" if total else "Embedding"
            progress.update(
                task, description=description, total=total, completed=done, passages=_passages(run), left=_left(run)
            )

        yield show


def _passages(run: Json) -> str:
    rate = run["passages_per_second"]
    embedded = f"{run['passages_embedded']} of {run['passages']} passages embedded"
    return f"{embedded}, {rate:.0f} a second" if rate else embedded


def _left(run: Json) -> str:
    seconds = run["seconds_left"]
    return "" if seconds is None else f", {int(seconds) // 60}:{int(seconds) % 60:02d} left"


def show_run(console: Console, run: Json) -> None:
    """What a refresh did or would do, what it could not read and why, and why it was held."""
    headings = (*_COUNTS, "failed", "moved")
    show_table(console, headings, [_counts(run)])
    if run["dry_run"] and run["steps"]:
        show_table(console, ("would be", "source"), [(one["change"], one["source"]) for one in run["steps"]])
    if run["failed"]:
        show_table(console, ("failed", "reason"), [(one["source"], one["reason"]) for one in run["failed"]])
    if run["state"] != "done" or run["dry_run"]:
        style = "" if run["state"] == "done" else "red"
        console.print(text(run["digest"] or f"The refresh is {run['state']}.", style))
    elif run["editions"]:
        console.print(text(run["digest"]))
    for problem in run["problems"]:
        console.print(text(f"• {problem}"))


def show_failures(console: Console, listed: Json) -> None:
    """What could not be read, why, how often it was tried, and when it is tried again."""
    if not listed["failures"]:
        console.print("Nothing has failed.")
        return
    rows = [
        (one["source"], one["reason"], one["attempts"], moment(one["again_at"]) if one["again_at"] else "set aside")
        for one in listed["failures"]
    ]
    show_table(console, ("failed", "reason", "tries", "again"), rows)


def show_runs(console: Console, listed: Json) -> None:
    """Refreshes, one a line."""
    rows = [
        (run["run_id"], moment(run["started_at"]), run["state"], run["digest"].partition("\n")[0])
        for run in listed["runs"]
    ]
    show_table(console, ("run", "started", "state", "what changed"), rows)


def _counts(run: Json) -> tuple[object, ...]:
    return (*(run[name] for name in _COUNTS), len(run["failed"]), run["moved"])
