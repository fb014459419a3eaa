"""Shows refreshes in a terminal: on their way, and what came of them."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.terminal.tables import moment, show_table, text

Json = Mapping[str, Any]

_COUNTS = ("new", "changed", "unchanged", "removed")
_READING, _EMBEDDING, _WRITING = "Reading", "Embedding", "Writing the index"
# What the bar of a stage shows the whole of, and how much of it is done.
_BARS = {
    _READING: ("files", "files_done"),
    _EMBEDDING: ("passages", "passages_embedded"),
    _WRITING: ("files", "files_done"),
}
_WIDE = 80  # columns for the bar and all figures beside it
_SECONDS_BETWEEN_LINES = 30


@contextmanager
def refresh_on_its_way(console: Console) -> Iterator[Callable[[Json], None]]:
    """Takes a refresh as it comes along and shows how far it is and the time left, until the block ends.

    In a terminal that is a bar, elsewhere a line now and then.
    """
    if not console.is_terminal:
        yield _Lines(console).show
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Starting", total=None, told="")

        def show(run: Json) -> None:
            stage = _stage(run)
            total, done = (run[name] for name in _BARS[stage])
            told = _told(run) if console.width >= _WIDE else _told_shortly(run)
            progress.update(task, description=stage, total=total, completed=done, told=told)

        yield show


class _Lines:
    """A line now and then on how far a refresh is, for a log."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._told_at = time.monotonic()

    def show(self, run: Json) -> None:
        """Tells of the refresh where that is some time ago."""
        if time.monotonic() - self._told_at >= _SECONDS_BETWEEN_LINES:
            self._console.print(text(f"{_stage(run)}: {_told(run)}"))
            self._told_at = time.monotonic()


def _stage(run: Json) -> str:
    """What is being done: the last files are embedded after all are read, and how long the rest takes is not known."""
    if run["files_done"] < run["files"]:
        return _READING
    is_embedded = run["passages_embedded"] and run["seconds_left"] is None
    return _EMBEDDING if run["passages"] and not is_embedded else _WRITING


def _told(run: Json) -> str:
    rate = run["passages_per_second"]
    passages = f"{run['passages_embedded']} of {run['passages']} passages embedded"
    parts = (f"{run['files_done']}/{run['files']} files", passages, f"{rate:.0f} a second" if rate else "", _left(run))
    return ", ".join(filter(None, parts))


def _told_shortly(run: Json) -> str:
    return _left(run) or f"{run['files_done']}/{run['files']} files"


def _left(run: Json) -> str:
    if run["seconds_left"] is None:
        return ""
    minutes, seconds = divmod(int(run["seconds_left"]), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d} left" if hours else f"{minutes}:{seconds:02d} left"


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
    if console.is_terminal and not listed["runs"]:
        console.print("Nothing has been taken in yet: `reformbot ingest` takes reports in.")
        return
    rows = [
        (run["run_id"], moment(run["started_at"]), run["state"], run["digest"].partition("\n")[0])
        for run in listed["runs"]
    ]
    show_table(console, ("run", "started", "state", "what changed"), rows)


def _counts(run: Json) -> tuple[object, ...]:
    return (*(run[name] for name in _COUNTS), len(run["failed"]), run["moved"])
