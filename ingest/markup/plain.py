"""Plain text to blocks: its encoding, and which of its line ends are only the width of a page."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from ingest.blocks import Reading, ReadingError, Style
from ingest.joining import join, without_direction_signs
from ingest.lines import Line, Page
from ingest.numbering import is_numbered
from ingest.pdf.layout import blocks_of

_AGENDA = re.compile(r"(?:agenda|ordre du jour|programa|повестк|议程|جدول الأعمال)", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "：", "；", "؟", "؛", "”", '"')
_MOST = 0.5
_OLDER_ENCODINGS = ("gb18030", "big5", "cp1251", "koi8_r", "iso8859_5", "cp1256", "iso8859_6", "cp1252")
_FRONT_LINES = 40
_LEADING = 12.0
_HALF_WIDTH = 5.0


def read_text(path: Path) -> Reading:
    """The blocks of a plain text file; a text has no pages."""
    text = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    lines = text.split("\n")
    start = _body_start(lines)
    body = list(_set(lines[start:], gap=2.0 if _gaps_count(lines[start:]) else 1.0))
    page = Page(number=None, width=0.0, height=_LEADING * len(lines), lines=tuple(body))
    blocks = blocks_of([page])
    front = lines[: start or _FRONT_LINES]
    return Reading(blocks=blocks, title=_title(lines[:start]), front="\n".join(front))


def _body_start(lines: Sequence[str]) -> int:
    """Where the head of the document ends: before the first numbered paragraph or numbered heading near the top."""
    for index, line in enumerate(lines[:_FRONT_LINES]):
        if is_numbered(line.strip()):
            return index
    return 0


def _title(head: Sequence[str]) -> str | None:
    """The first lines of the head that stand together, the agenda item aside."""
    title: list[str] = []
    for line in head:
        if title and not line.strip():
            break
        if line.strip() and not _AGENDA.search(line):
            title.append(line)
    return join(title) or None


def _gaps_count(lines: Sequence[str]) -> bool:
    """Whether empty lines part paragraphs; in text taken from a PDF they may stand after every line."""
    before = [line.strip() for line, after in pairwise(lines) if line.strip() and not after.strip()]
    return sum(line.endswith(_ENDS) for line in before) >= _MOST * len(before)


def _set(lines: Sequence[str], *, gap: float) -> Iterator[Line]:
    """The lines as if set on an endless page in one size, empty lines as a gap."""
    bottom, empty = _LEADING * len(lines) * 2, False
    for line in lines:
        text = line.strip()
        if not text:
            empty = True
            continue
        bottom -= _LEADING * (gap if empty else 1.0)
        empty = False
        yield Line(text=text, left=0.0, right=_width(text), bottom=bottom, style=Style())


def _width(text: str) -> float:
    return _HALF_WIDTH * sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or an older encoding of the six languages, without signs of direction."""
    return without_direction_signs(_unicode(data))


def _unicode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, _guess(data))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(f"The text is not in UTF-8 and no {encoding} either: save it as UTF-8.") from error


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # most texts need no guess

    best = from_bytes(data, cp_isolation=list(_OLDER_ENCODINGS)).best()
    return best.encoding if best else "cp1252"
