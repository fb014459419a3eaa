"""Answers and paragraphs in a terminal, and plainly where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.live import Live
from rich.spinner import Spinner
from rich.style import Style

from bot.terminal.tables import Json, indented, one_line, shortened, show_table, text
from bot.texts.direction import directed
from prompts import phrase

_COMPARED = 24  # characters by whose last occurrence the end of what is verified is found


def show_answer(console: Console, answer: Json, *, pages: str | None = None) -> None:
    """The answer, its numbered citations, and how recent the index is; or the reason for none and what comes near.

    `pages` is the address of a server whose pages show the cited paragraphs, to which citations then lead.
    """
    for one in answer.get("definitions", ()):
        _show_definition(console, one)
    console.print(text(directed(answer["answer"]), "" if answer["citations"] else "bold"))
    if answer["nearest"]:
        console.print("\nNearest paragraphs:")
    for citation in (*answer["citations"], *answer["nearest"]):
        console.print()
        _show_citation(console, citation, answer["language"], pages)
    console.print()
    console.print(text(" · ".join(filter(None, (answer["as_of_line"], answer["model"]))), "dim"))


def _show_definition(console: Console, definition: Json) -> None:
    called = " · ".join([definition["name"], *definition["short"]])
    source = phrase("from_glossary", definition["language"])
    console.print(text(called, "bold").append_text(text(f": {definition['meaning']} ", "not bold")), end="")
    console.print(text(f"({source})\n", "dim"))


def _show_citation(console: Console, citation: Json, language: str, pages: str | None) -> None:
    mark = "•" if citation["marker"] is None else f"[{citation['marker']}]"
    _show_heading(console, mark, citation, pages)
    console.print(indented(f"“{one_line(citation['quote'])}”"))
    if citation["translation"]:
        translated = f"{phrase('unofficial_translation', language)}: “{one_line(citation['translation'])}”"
        console.print(indented(translated))


def _show_heading(console: Console, mark: str, citation: Json, pages: str | None) -> None:
    """Which paragraph it is, as a link to it where a page shows it and the terminal takes links."""
    page = "" if citation["page"] is None else f", page {citation['page']}"
    heading = text(f"{mark} {directed(citation['label'])}", "bold cyan")
    if pages:
        heading.stylize(Style(link=f"{pages}{citation['url']}"))
    heading.append_text(text(f" ({citation['language']}{page})", "dim"))
    if citation["superseded_by"]:
        heading.append_text(text(f" superseded by {citation['superseded_by']}", "yellow"))
    console.print(heading)


def show_results(console: Console, found: Json, *, pages: str | None = None) -> None:
    """Paragraphs that were found, best first, each shortened; where there is no terminal, each on a line."""
    results = list(enumerate(found["results"], start=1))
    if not console.is_terminal:
        rows = [
            (place, f"{one['score']:.2f}", one["label"], one["language"], shortened(one["text"]))
            for place, one in results
        ]
        show_table(console, ("", "score", "paragraph", "language", "text"), rows)
        return
    if not results:
        console.print("Nothing was found: `reformbot status` tells what is in the index.")
    for place, one in results:
        _show_heading(console, f"{place}.", one, pages)
        console.print(indented(shortened(one["text"])))
        console.print(indented(f"{one['title']} · {one['score']:.2f}\n", "dim"))


@contextmanager
def answer_on_its_way(console: Console) -> Iterator[Callable[[str, Json], None]]:
    """Takes an answer's events by name and shows what there is so far, until the block ends."""
    so_far = _SoFar()
    with Live(so_far, console=console, transient=True, refresh_per_second=12) as live:

        def show(name: str, content: Json) -> None:
            so_far.take(name, content)
            # What it is about shows at once, also where the answer comes before the next look at the screen.
            live.update(so_far, refresh=name == "status")

        yield show


class _SoFar:
    """What there is of an answer: the words that are verified, dimly those that are not yet, and what is being done."""

    def __init__(self) -> None:
        self._words = ""
        self._verified = ""
        self._spinner = Spinner("dots")

    def take(self, name: str, content: Json) -> None:
        """Takes an event by its name."""
        if name == "status":
            self._spinner.update(text=text(content["text"], "dim"))
        elif name == "token":
            self._words += content["text"]
        elif name == "verified":
            self._verified = content["text"]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The last lines that the terminal has room for, above the status."""
        words = Group(text(directed(self._verified)), text(directed(self._unverified()), "dim"))
        lines = console.render_lines(words, options, pad=False, new_lines=True)
        for line in lines[-max(1, console.height - 2) :]:
            yield from line
        yield self._spinner

    def _unverified(self) -> str:
        """The words after those that are verified, as far as these can be told among them."""
        if not self._verified:
            return self._words
        end = self._verified[-_COMPARED:]
        return self._words.rpartition(end)[2].lstrip() if end in self._words else ""
