"""Plain source of a sample report to the parts that the writers set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "bold", "italic", "note"]

_MARKUP = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|\[\^(?P<note>\d+)\]")
_NOTE = re.compile(r"\[\^(\d+)\]: (.+)")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; for a note, the text is its number."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the report's title, 2 a section."""

    text: str
    level: int


@dataclass(frozen=True)
class Prose:
    """A numbered paragraph, a subparagraph or an unnumbered block."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Prose | Table


@dataclass(frozen=True)
class Report:
    """A sample report: what stands above its title, and its body."""

    symbol: str
    language: str
    format: str
    masthead: str
    distribution: str
    date: str
    original: str
    meeting: str
    title: str
    byline: str
    notice: str
    footer: str
    body: str
    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def particulars(self) -> tuple[str, ...]:
        """The lines under the masthead: distribution, date, original language and meeting."""
        return (self.distribution, self.date, self.original, *self.meeting.split(" | "))


def parse(source: str) -> Report:
    """The report that the source describes; a TypeError names a front-matter key that is missing or unknown."""
    _, head, body = source.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    chunks = body.strip().split("\n\n")
    notes = tuple(match.groups() for chunk in chunks if (match := _NOTE.fullmatch(chunk)))
    blocks = tuple(_block(chunk) for chunk in chunks if not _NOTE.fullmatch(chunk))
    return Report(**fields, body=body.strip(), blocks=blocks, notes=notes)  # type: ignore[arg-type]


def runs(text: str) -> Iterator[Run]:
    """The text in runs: `**bold**`, `*italic*`, `[^1]` for a note, and plain."""
    end = 0
    for match in _MARKUP.finditer(text):
        if match.start() > end:
            yield Run(text[end : match.start()])
        for style in ("bold", "italic", "note"):
            if match[style]:
                yield Run(match[style], style)
        end = match.end()
    if end < len(text):
        yield Run(text[end:])


def _block(chunk: str) -> Block:
    if chunk.startswith("#"):
        marks, text = chunk.split(" ", 1)
        return Heading(text, level=len(marks))
    if chunk.startswith("|"):
        lines = [line for line in chunk.splitlines() if not line.startswith("| ---")]
        return Table(tuple(tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in lines))
    return Prose(tuple(runs(chunk)))
