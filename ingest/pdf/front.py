"""The head of a document's first page: masthead, session and agenda item, title, and where the text begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.joining import join
from ingest.lines import Line, Page, body_size
from ingest.masthead import MASTHEAD
from ingest.numbering import heading_label, is_numbered, paragraph_number

_MASTHEAD_ZONE = 0.76
_LARGER = 1.4
# The lines of an agenda item leave more of the page's width free than those of the text.
_WIDE = 0.5
# The parts of a title stand further from each other than its lines, which are a size and a seventh or so apart.
_APART = 1.6
_AGENDA = re.compile(
    r"(?:agenda|programme of work|preliminary list|ordre du jour|liste préliminaire|programa|lista preliminar"
    r"|повестк|议程|暂定项目|جدول الأعمال)",
    re.IGNORECASE,
)
# "Report of the Secretary-General", which stands on a line of its own below the title.
_WHOSE = re.compile(
    r"(?:[A-Z][a-z]+ r|R)eport of the |Note by the |Rapport d[eu] |Note d[eu] |Informe del? |Nota del? "
    r"|Доклад |Записка |.{1,12}(?:的(?:进展)?报告|的说明)$|(?:تقرير|مذكرة) "
)
_GOES_ON = re.compile(r"(?:[,:–—-]|\b(?:of|the|a|an|in|on|to|by|for|from|and|with|at|as))$", re.IGNORECASE)
_FRONT_LINES = 40
# The name of an office or a fund alone is no title.
_SHORT_TITLE = 40


@dataclass(frozen=True)
class Front:
    """A first page taken apart: the title, the text of its head, and the lines that come after."""

    title: str | None
    text: str
    rest: tuple[Line, ...]


def split_front(pages: Sequence[Page]) -> Front:
    """The head of the first page, which a UN masthead announces; without one, only the title is taken off."""
    if not pages:
        return Front(None, "", ())
    page = pages[0]
    title = _title_lines(page, body_size(pages))
    if not _has_masthead(page):
        return Front(_text(title), "\n".join(_texts_before_body(page)), _without(page, title))
    end = min((line.bottom for line in title), default=_head_end(page))
    head = [line for line in page.lines if line.bottom >= end]
    subtitle = _subtitle(page, title, end, body_size(pages))
    named = _text(title)
    if named and subtitle and len(named) <= _SHORT_TITLE:
        named = f"{named}: {_text(subtitle)}"
    text = "\n".join(line.text for line in sorted([*head, *subtitle], key=lambda line: -line.bottom))
    return Front(named or _untitled(head), text, _without(page, [*head, *subtitle]))


def _text(lines: Sequence[Line]) -> str | None:
    """The lines as one text, its parts set off by colons."""
    starts = [i for i in range(1, len(lines)) if _begins_part(lines[i - 1], lines[i])]
    parts = (lines[start:end] for start, end in pairwise((0, *starts, len(lines))))
    return ": ".join(filter(None, (join([line.text for line in part]).rstrip(" *") for part in parts))) or None


def _begins_part(last: Line, line: Line) -> bool:
    """Whether white space parts a line of a title from the last, or it says whose report it is."""
    if line.text.lstrip().startswith(("(", "（")):
        return False
    apart = last.bottom - line.bottom > _APART * line.style.size
    return apart or (bool(_WHOSE.match(line.text.strip())) and not _GOES_ON.search(last.text.strip()))


def _without(page: Page, lines: Sequence[Line]) -> tuple[Line, ...]:
    gone = {id(line) for line in lines}
    return tuple(line for line in page.lines if id(line) not in gone)


def _title_lines(page: Page, size: float) -> list[Line]:
    """The first run of the largest lines below the masthead."""
    top = _title_zone(page, size)
    below = [line for line in page.lines if line.bottom < top]
    large = [line for line in below if line.style.size > size + _LARGER and not heading_label(line.text.strip())]
    if not large:
        return []
    most = max(line.style.size for line in large)
    start = next(i for i, line in enumerate(below) if line in large and line.style.size > most - 0.5)
    run: list[Line] = []
    for line in below[start:]:
        if line.style.size < most - 0.5 or heading_label(line.text.strip()):
            break
        run.append(line)
    return run


def _title_zone(page: Page, size: float) -> float:
    """The height that a title stands below: that of the agenda item, or of the masthead's end."""
    if not _has_masthead(page):
        return page.height
    text = _text_start(page, size)
    agenda = [
        line.bottom
        for line in page.lines
        if line.bottom > text and line.style.size <= size + _LARGER and _AGENDA.search(line.text)
    ]
    return min([_MASTHEAD_ZONE * page.height, *agenda])


def _text_start(page: Page, size: float) -> float:
    """The height of the first line of the text: numbered, or wider than what names an agenda item."""
    wide = _WIDE * page.width
    return max(
        (
            line.bottom
            for line in page.lines
            if line.bottom < _MASTHEAD_ZONE * page.height
            and line.style.size <= size + _LARGER
            and (paragraph_number(line.text) or max(part.right - part.left for part in line.parts) > wide)
        ),
        default=0.0,
    )


def _has_masthead(page: Page) -> bool:
    return any(MASTHEAD.match(line.text) for line in page.lines)


def _subtitle(page: Page, title: Sequence[Line], end: float, size: float) -> list[Line]:
    """The bold lines right below the title that are larger than the text, or say whose report it is."""
    if not title:
        return []
    lines: list[Line] = []
    for line in sorted((line for line in page.lines if line.bottom < end), key=lambda line: -line.bottom):
        text = line.text.strip()
        large = line.style.size >= size + 1 or _WHOSE.match(text)
        if not line.style.bold or not large or heading_label(text):
            break
        lines.append(line)
    return lines


def _head_end(page: Page) -> float:
    """The bottom of the last line before the first numbered paragraph or numbered heading."""
    lines = sorted(page.lines, key=lambda line: -line.bottom)
    for index, line in enumerate(lines):
        text = line.text.strip()
        if line.bottom < _MASTHEAD_ZONE * page.height and is_numbered(text):
            return lines[index - 1].bottom if index else page.height
    marks = [line.bottom for line in lines if MASTHEAD.match(line.text)]
    return min(marks)


def _texts_before_body(page: Page) -> list[str]:
    texts = [line.text.strip() for line in page.lines[:_FRONT_LINES]]
    body = (index for index, text in enumerate(texts) if is_numbered(text))
    return texts[: next(body, len(texts))]


def _untitled(head: Sequence[Line]) -> str | None:
    """The lines after the agenda item, where size does not tell which is the title."""
    lines = sorted(head, key=lambda line: -line.bottom)
    agenda = [index for index, line in enumerate(lines) if _AGENDA.search(line.text)]
    return _text(lines[agenda[-1] + 1 :][:4]) if agenda else None
