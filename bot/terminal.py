"""Shows answers, paragraphs and the state of the index in a terminal, and plainly where there is none."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.live import Live
from rich.padding import Padding
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from bot.direction import directed
from prompts import phrase

Json = Mapping[str, Any]

_UNWRAPPED = 1_000_000  # columns of what is not a terminal
_SHORTENED = 200
_LINE = "\n"
# A report's words must not steer the terminal: control characters, but for tabs and line ends, are left out.
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {ord("\t"), ord("\n")})


def make_console(*, stderr: bool = False) -> Console:
    """Where to show things; what goes into a file or a pipe is neither coloured nor broken into lines."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _UNWRAPPED
    return console


def show_answer(console: Console, answer: Json) -> None:
    """The answer, its numbered citations, and how recent the index is; or the reason for none and what comes near."""
    for one in answer.get("definitions", ()):
        _show_definition(console, one)
    console.print(text(directed(answer["answer"]), "" if answer["citations"] else "bold"))
    if answer["nearest"]:
        console.print("\nNearest paragraphs:")
    for citation in (*answer["citations"], *answer["nearest"]):
        console.print()
        _show_citation(console, citation, answer["language"])
    console.print()
    console.print(text(" · ".join(filter(None, (answer["as_of_line"], answer["model"]))), "dim"))


def _show_definition(console: Console, definition: Json) -> None:
    called = " · ".join([definition["name"], *definition["short"]])
    source = phrase("from_glossary", definition["language"])
    console.print(text(called, "bold").append_text(text(f": {definition['meaning']} ", "not bold")), end="")
    console.print(text(f"({source})\n", "dim"))


def _show_citation(console: Console, citation: Json, language: str) -> None:
    mark = "•" if citation["marker"] is None else f"[{citation['marker']}]"
    page = "" if citation["page"] is None else f", page {citation['page']}"
    heading = text(f"{mark} {directed(citation['label'])}", "bold cyan")
    heading.append_text(text(f" ({citation['language']}{page})", "dim"))
    if citation["superseded_by"]:
        heading.append_text(text(f" superseded by {citation['superseded_by']}", "yellow"))
    console.print(heading)
    lines = [f"“{_one_line(citation['quote'])}”"]
    if citation["translation"]:
        lines.append(f"{phrase('unofficial_translation', language)}: “{_one_line(citation['translation'])}”")
    for line in lines:
        console.print(Padding(text(directed(line)), (0, 0, 0, 4), expand=False))


@contextmanager
def answer_on_its_way(console: Console) -> Iterator[Callable[[str, Json], None]]:
    """Takes an answer's events by name and shows what there is so far, until the block ends."""
    status, words = "", ""
    with Live(console=console, transient=True, refresh_per_second=12) as live:

        def show(name: str, content: Json) -> None:
            nonlocal status, words
            if name == "status":
                status = content["text"]
            elif name == "token":
                words += content["text"]
            # What it is about shows at once, also where the answer comes before the next look at the screen.
            live.update(Group(text(directed(words)), Spinner("dots", text(status, "dim"))), refresh=name == "status")

        yield show


def show_results(console: Console, found: Json) -> None:
    """Paragraphs that were found, best first, each shortened to a line."""
    rows = [
        (place, f"{result['score']:.2f}", result["label"], result["language"], shortened(result["text"]))
        for place, result in enumerate(found["results"], start=1)
    ]
    show_table(console, ("", "score", "paragraph", "language", "text"), rows)


def show_status(console: Console, status: Json) -> None:
    """What is in the index, what runs on it, and what is wrong with it."""
    languages = ", ".join(f"{language} {count}" for language, count in sorted(status["languages"].items()))
    last = status["last_refresh"]
    lines = [
        ("Documents", f"{status['documents']}, {status['superseded']} of them superseded"),
        ("Paragraphs", status["paragraphs"]),
        ("Pages", f"{status['pages']}, {status['ocr_pages']} of them read by OCR"),
        ("Tables", status["tables"]),
        ("Languages", languages or "none"),
        ("Embedding model", status["embedding_model"]),
        ("Answers by", status["model"]),
        ("As of", moment(status["as_of"])),
        ("Index version", status["index_version"] or "none"),
        (
            "Last refresh",
            f"{moment(last['started_at'])}, {last['state']}: {last['digest'].partition(_LINE)[0]}" if last else "none",
        ),
        *(("Failed", f"{one['source']}: {one['reason']}") for one in (last["failed"] if last else ())),
        *(("Look at", _flaws(document)) for document in status["flagged"]),
    ]
    _show_lines(console, lines)


def show_report(console: Console, document: Json) -> None:
    """What reading one document found and missed."""
    report = document["report"]
    numbered = [one for one in document["outline"] if one["paragraph"]]
    recognised = (f"{one['page']} ({one['confidence']:.0%})" for one in report["recognised"])
    lines = [
        ("Source", document["source"]),
        ("Title", document["title"]),
        ("Language", document["language"]),
        *((one["name"].capitalize(), f"{one['value']} ({one['where']})") for one in report["metadata"]),
        ("Pages", f"{document['pages'] or 'none'}, {report['pages_without_text']} of them without text"),
        ("Read by OCR", ", ".join(recognised) or "none"),
        ("Paragraphs", f"{document['paragraphs']}, {len(numbered)} of them numbered"),
        ("Tables", report["tables"]),
        ("Missing numbers", ", ".join(report["numbering_gaps"]) or "none"),
        ("Repeated numbers", ", ".join(report["numbering_repeats"]) or "none"),
        *(("Warning", warning) for warning in report["warnings"]),
    ]
    _show_lines(console, lines)


def _show_lines(console: Console, lines: Iterable[tuple[str, object]]) -> None:
    for name, value in lines:
        console.print(text(f"{name}: ", "bold").append_text(text(str(value))))


def _flaws(document: Json) -> str:
    """What a person should know of how a document was read."""
    report = document["report"]
    told = (
        ("lacks paragraph", ", ".join(report["numbering_gaps"])),
        ("repeats paragraph", ", ".join(report["numbering_repeats"])),
        ("pages without text:", report["pages_without_text"]),
        ("pages read by OCR:", report["ocr_pages"]),
        ("", " ".join(report["warnings"])),
    )
    name = document["symbol"] or document["source"]
    return f"{name}: {'; '.join(f'{what} {value}'.strip() for what, value in told if value)}"


def show_table(console: Console, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table in a terminal, and tab-separated lines where there is none."""
    if not console.is_terminal:
        for row in (headings, *rows):
            # The console itself would turn the tabs into spaces.
            console.file.write("\t".join(_one_line(str(cell).translate(_CONTROLS)) for cell in row) + "\n")
        return
    table = Table(*headings, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(text(str(cell)) for cell in row))
    console.print(table)


def text(words: str, style: str = "") -> Text:
    """Words for the terminal, without what would steer it."""
    return Text(words.translate(_CONTROLS), style=style)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def shortened(words: str, most: int = _SHORTENED) -> str:
    """Words on one line, at most so many characters of them."""
    line = _one_line(words)
    return line if len(line) <= most else f"{line[:most].rstrip()}…"


def moment(iso: str | None) -> str:
    """A moment as people read it."""
    if iso is None:
        return "never"
    return datetime.fromisoformat(iso).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
