"""Running heads, page numbers, job numbers, bar codes and tables of contents: what no paragraph holds."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line, Page
from ingest.pdf.line_numbers import without_line_numbers

_HEAD_ZONE = 0.90
_FOOT_ZONE = 0.09
# A symbol in a box of its own stands lower than other running heads.
_SYMBOL_ZONE = 0.85
_SAME_HEIGHT = 4.0
_REPEATED = 3
_LEADERS = re.compile(r"(?:[.…·]\s?){4,}|…{2,}")
_LEADER_LINES = 3
_ENTRY_LINES = 3
_CONTENTS = re.compile(
    r"^(contents|table of contents|table des matières|sommaire|índice|contenido|содержание"
    r"|目录|目次|المحتويات)\b",
    re.IGNORECASE,
)
_PAGE_LABEL = re.compile(r"^(page|页次|страница|página|الصفحة)$", re.IGNORECASE)
_JOB_NUMBER = r"\d{2}-\d{5}(?:X|\*)?"
_RECYCLE = (
    r"please recycle|.*recycled paper|(?:veuillez|merci de|prière de) recycler|(?:se ruega reciclar|por favor,? recicl)"
    r"|просьба отправить на вторичную переработку|请\s?回收|(?:الرجاء|يرجى) إعادة (?:ال)?استعمال"
)
_ALWAYS = re.compile(
    rf"^(?:{_JOB_NUMBER}(?: \d{{4}}[a-z])?(?: ?\([A-Z]\))?[\d\s*]*(?:/\s?(?:\.\.\.|…))?"
    rf"|(?:[*★]\s*){{3}}|{_JOB_NUMBER}\s+(?:\d+(?:/\d+)?|[ivxl]+)"
    rf"|(?:\d+|[ivxl]+|(?=/\d))(?:/\d+)?\s+{_JOB_NUMBER}|\*\s?\d{{7}}\s?\*"
    rf"|(?:\d+\s+)?GE\.{_JOB_NUMBER}.*|/\s?(?:\.\s?\.\s?\.|…)|(?:{_RECYCLE}).*)$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"^[-–]?\s?(?:page\s)?(?:\d{1,4}|[ivxl]{1,6})(?:\s?/\s?\d{1,4})?\s?[-–]?$", re.IGNORECASE)
# The head of a page before 1996 has three lines: symbol, language, page.
_STACKED_HEAD = re.compile(
    r"^(?:English|French|Spanish|Russian|Chinese|Arabic|Français|Español|Page \d{1,4})$", re.IGNORECASE
)
_STACKED_ZONE = 0.85
# A running head also stands at the side of a page that is turned.
_SYMBOL_ALONE = re.compile(r"^[A-Z]{1,6}(?:/[\w.]+)+(?: \(\d{4}\))?$")


def without_furniture(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """The pages with only what the paragraphs are made of, and the running heads that were taken off."""
    repeated = _repeated(pages)
    kept: list[Page] = []
    heads: list[str] = []
    in_contents = False
    for page in map(without_line_numbers, pages):
        off = [line for line in page.lines if _is_furniture(line, page, repeated)]
        heads += [line.text.strip() for line in off if line.bottom > page.height / 2]
        gone = {id(line) for line in off}
        left = [line for line in page.lines if id(line) not in gone]
        lines = _without_contents(left, at_least=1 if in_contents else _LEADER_LINES)
        in_contents = len(lines) < len(left)
        kept.append(replace(page, lines=tuple(lines)))
    return tuple(kept), tuple(heads)


def _repeated(pages: Sequence[Page]) -> set[str]:
    """Lines that stand, their digits aside, at the edge of several pages."""
    shapes = ({_shape(line) for line in page.lines if _may_repeat(line, page)} for page in pages)
    seen = Counter(shape for page in shapes for shape in page)
    return {shape for shape, count in seen.items() if count >= min(_REPEATED, max(2, len(pages) - 1))}


def _is_furniture(line: Line, page: Page, repeated: set[str]) -> bool:
    text = line.text.strip()
    if line.raised or line.table is not None:
        return False
    if _ALWAYS.match(text) or (line.pieces and all(_ALWAYS.match(part.text.strip()) for part in line.pieces)):
        return True
    if _SYMBOL_ALONE.match(text) and page.number != 1:
        return _at_edge(line, page) or _shape(line) in repeated
    if _STACKED_HEAD.match(text) and page.number != 1 and line.bottom > _STACKED_ZONE * page.height:
        return True
    return _at_edge(line, page) and (_shape(line) in repeated or _is_page_number(line, page))


def _is_page_number(line: Line, page: Page) -> bool:
    """Whether a line is a number that no text stands beyond."""
    if not _PAGE_NUMBER.match(line.text.strip()):
        return False
    texts = [each.bottom for each in page.lines if not _is_number(each) and not _ALWAYS.match(each.text.strip())]
    return not texts or not min(texts) + _SAME_HEIGHT < line.bottom < max(texts) - _SAME_HEIGHT


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.match(line.text.strip()))


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom > _HEAD_ZONE * page.height or line.bottom < _FOOT_ZONE * page.height


def _may_repeat(line: Line, page: Page) -> bool:
    head = line.bottom > _SYMBOL_ZONE * page.height and bool(_SYMBOL_ALONE.match(line.text.strip()))
    return head or _at_edge(line, page)


def _shape(line: Line) -> str:
    """The line with its digits alike, and without a page number at one of its ends."""
    parts = [part.text.strip() for part in line.parts]
    text = " ".join(part for part in parts if not _PAGE_NUMBER.match(part)) or line.text.strip()
    return re.sub(r"\d+", "#", text)


def _without_contents(lines: list[Line], *, at_least: int) -> list[Line]:
    """The lines of a page without its table of contents, known by its title or by the dots before page numbers."""
    dotted = [index for index, line in enumerate(lines) if _LEADERS.search(line.text)] or _below_title(lines)
    if len(dotted) < at_least:
        return lines
    first, last = _contents_start(lines, dotted[0]), _contents_end(lines, dotted[-1])
    return lines[:first] + lines[last + 1 :]


def _below_title(lines: Sequence[Line]) -> list[int]:
    """The entries below the title of contents that have wide white space, not dots, before their page numbers."""
    entries = [index for index, line in enumerate(lines) if _CONTENTS.fullmatch(line.text.strip())][:1]
    for index in range(entries[0] + 1, len(lines)) if entries else ():
        last = lines[index].parts[-1].text.strip()
        if lines[index].pieces and _PAGE_NUMBER.match(last) and index - entries[-1] <= _ENTRY_LINES:
            entries.append(index)
    return entries[1:]


def _contents_start(lines: Sequence[Line], dotted: int) -> int:
    titles = [index for index in range(dotted) if _CONTENTS.match(lines[index].text.strip())]
    if titles:
        return titles[-1]
    start = dotted
    while start and not _ends_a_sentence(lines[start - 1].text):
        start -= 1
    return start


def _contents_end(lines: Sequence[Line], dotted: int) -> int:
    end = dotted
    while end + 1 < len(lines) and _is_contents_rest(lines[end + 1].text.strip()):
        end += 1
    return end


def _is_contents_rest(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(text) or _PAGE_LABEL.match(text))


def _ends_a_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "。", ";", ":"))
