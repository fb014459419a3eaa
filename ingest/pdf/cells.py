"""The lines in a frame to the rows and cells of a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.joining import Vocabulary, join
from ingest.lines import Line
from ingest.pdf.entries import LEVEL, TIGHT, Entry, entries_of, rivers
from ingest.pdf.frames import Frame
from ingest.pdf.row_breaks import body_rows
from ingest.rows import BETWEEN_CELLS

_ONE_HEIGHT = 4.0
_STOPS = (".", ",", ";", ":", "–", "—", "-", "/", "。", "；", "：", "、", "،", "؛")


@dataclass(frozen=True)
class Row:
    """The cells of a row, and the lines that they come from."""

    cells: tuple[str, ...]
    lines: tuple[Line, ...]


def rows_of(frame: Frame, lines: Sequence[Line], words: Vocabulary) -> list[Row]:
    """The rows of the table in a frame, its header first; none where its text does not stand in columns."""
    borders = frame.borders or rivers(frame, lines)
    if not borders:
        return []
    entries = [entry for line in lines for entry in entries_of(frame, line, borders)]
    head = [entry for entry in entries if entry.height > frame.head]
    body = [entry for entry in entries if entry.height <= frame.head]
    width = len(borders) + 1
    rows = [_row(cells, width, words) for cells in body_rows(frame, body)]
    return [_header(frame, head, borders, words), *rows] if head else rows


def _header(frame: Frame, entries: Sequence[Entry], borders: Sequence[float], words: Vocabulary) -> Row:
    """The header as one row: what stands above several columns is said of each of them."""
    spread = [_spread(frame, entry, borders) for entry in entries]
    columns = [[entry for entry in spread if _is_said_of(entry, column, spread)] for column in range(len(borders) + 1)]
    cells = tuple(_text(sorted(column, key=_reading), words, parted=False) for column in columns)
    return Row(cells, tuple({id(entry.line): entry.line for entry in entries}.values()))


def _is_said_of(entry: Entry, column: int, header: Sequence[Entry]) -> bool:
    """Whether a text of the header belongs to a column: its first, or one that has a text of its own below it."""
    if entry.first == column:
        return True
    below = (other for other in header if other.height < entry.height - LEVEL * entry.size)
    spanned = entry.first < column <= entry.last
    return spanned and any(other.first <= column <= other.last and not _spans_like(entry, other) for other in below)


def _spans_like(entry: Entry, other: Entry) -> bool:
    return (entry.first, entry.last) == (other.first, other.last)


def _reading(entry: Entry) -> tuple[float, float]:
    return -round(entry.height / _ONE_HEIGHT), entry.left


def _spread(frame: Frame, entry: Entry, borders: Sequence[float]) -> Entry:
    """An entry of a header, spread over the columns of the short bar below it where the frame tells no borders."""
    if frame.uprights or frame.borders:
        return entry
    middle = (entry.left + entry.right) / 2
    below = [bar for bar in frame.bars if frame.head - 1 <= bar.at < entry.height and bar.covers(middle)]
    bar = max(below, key=lambda bar: bar.at, default=None)
    if bar is None or bar.at <= frame.head + 1:
        return entry
    edges = (frame.left, *borders, frame.right)
    inside = [n for n, (a, b) in enumerate(pairwise(edges)) if bar.covers((a + b) / 2)]
    return replace(entry, first=inside[0], last=inside[-1]) if inside else entry


def _row(entries: Sequence[Entry], width: int, words: Vocabulary) -> Row:
    columns = [[entry for entry in entries if entry.first == column] for column in range(width)]
    cells = tuple(_text(column, words) for column in columns)
    return Row(cells, tuple({id(entry.line): entry.line for entry in entries}.values()))


def _text(entries: Sequence[Entry], words: Vocabulary, *, parted: bool = True) -> str:
    """The lines of a cell as one text; paragraphs in it end with a stop of their own or with a semicolon."""
    paragraphs: list[list[str]] = []
    for before, entry in zip((None, *entries), entries, strict=False):
        step = before.height - entry.height if before else 0.0
        if before and abs(step) < LEVEL * entry.size:
            paragraphs[-1][-1] += f" {entry.text}"
        elif before and (not parted or abs(step) <= TIGHT * entry.size):
            paragraphs[-1].append(entry.text)
        else:
            paragraphs.append([entry.text])
    return sentences(join(lines, words) for lines in paragraphs)


def sentences(texts: Iterable[str]) -> str:
    """The paragraphs of a cell as one text, parted by semicolons where they end with no stop."""
    whole = ""
    for text in texts:
        goes_on = whole.endswith(_STOPS) or text[:1].islower()
        whole += (" " if goes_on else "; ") + text if whole else text
    return whole.replace(BETWEEN_CELLS, " / ")
