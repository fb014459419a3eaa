"""A question bank on its way, and its scores, in a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.terminal.tables import Json, shortened, show_table, text

_SHARES = ("answered", "refused", "cited", "first", "precision", "facts", "complete", "verbatim")
_SHORTENED = 80


@contextmanager
def bank_on_its_way(console: Console, count: int) -> Iterator[Callable[[], None]]:
    """Takes a call for each question that is done and shows a bar and the time left, until the block ends."""
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=count)
        yield lambda: progress.advance(task)


def show_scores(console: Console, scores: Json) -> None:
    """The figures of each language and of all, what went wrong, and how long answers took."""
    rows = [(name, *_row(figures)) for name, figures in scores["by_language"].items()]
    show_table(console, ("language", "questions", *_SHARES), [*rows, ("all", *_row(scores))])
    wrong = [
        (one["id"], one["language"], shortened(one["question"], _SHORTENED), _fault(one))
        for one in scores["results"]
        if not one["right"]
    ]
    if wrong:
        show_table(console, ("id", "language", "question", "what is wrong"), wrong)
    console.print(text(f"Half of the answers took {scores['p50_ms']:.0f} ms at most, 95 % {scores['p95_ms']:.0f} ms."))


def _row(figures: Json) -> tuple[str, ...]:
    shares = (figures[name] for name in _SHARES)
    return (str(figures["questions"]), *("–" if share is None else f"{share:.1%}" for share in shares))


def _fault(result: Json) -> str:
    if not result["answerable"]:
        return "answered, though the reports do not say"
    if result["abstained"]:
        return "not answered"
    cites = "" if result["cited"] else f"cites {', '.join(result['citations'])}"
    lacks = f"lacks {', '.join(result['missing'])}" if result["missing"] else ""
    return "; ".join(filter(None, (cites, lacks)))
