"""Shows tables and the state of the index in a terminal, and plainly where there is none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.texts.direction import directed

Json = Mapping[str, Any]

_UNWRAPPED = 1_000_000  # columns of what is not a terminal
_SHORTENED = 200
_WRAPPED = 30  # columns that a column of a table may have before its cells are broken into lines
_BETWEEN = 3  # columns between two of a table
_INDENTED = 4
_LINE = "\n"
# A report's words must not steer the terminal: control characters, but for tabs and line ends, are left out.
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {ord("\t"), ord("\n")})


def make_console(*, stderr: bool = False) -> Console:
    """Where to show things; what goes into a file or a pipe is neither coloured nor broken into lines."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _UNWRAPPED
    return console


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
    """A table in a terminal, or line by line in one too narrow for it; tab-separated lines where there is none."""
    cells = [[one_line(str(cell).translate(_CONTROLS)) for cell in row] for row in rows]
    if not console.is_terminal:
        for line in (headings, *cells):
            console.file.write("\t".join(line) + "\n")  # the console itself would turn the tabs into spaces
    elif _needs(headings, cells) <= console.width:
        console.print(_table(headings, cells))
    else:
        for line in cells:
            console.print()
            _show_lines(console, zip(headings, line, strict=True))


def _needs(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """How many columns of a terminal show the table with each word whole where words are short."""
    widths = (max(map(cell_len, column)) for column in zip(headings, *rows, strict=True))
    return sum(min(width, _WRAPPED) + _BETWEEN for width in widths)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for heading, *column in zip(headings, *rows, strict=True):
        is_short = max(map(cell_len, (heading, *column))) <= _WRAPPED
        is_number = bool(column) and all(map(str.isdecimal, column))
        table.add_column(heading, no_wrap=is_short, overflow="fold", justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*(Text(directed(cell)) for cell in row))
    return table


def indented(words: str, style: str = "") -> Padding:
    """Words for the terminal under a heading, each paragraph in its direction."""
    return Padding(text(directed(words), style), (0, 0, 0, _INDENTED), expand=False)


def text(words: str, style: str = "") -> Text:
    """Words for the terminal, without what would steer it."""
    return Text(words.translate(_CONTROLS), style=style)


def one_line(words: str) -> str:
    """The words without breaks."""
    return " ".join(words.split())


def shortened(words: str, most: int = _SHORTENED) -> str:
    """Words on one line, at most so many characters of them."""
    line = one_line(words)
    return line if len(line) <= most else f"{line[:most].rstrip()}…"


def moment(iso: str | None) -> str:
    """A moment as people read it."""
    if iso is None:
        return "never"
    return datetime.fromisoformat(iso).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
