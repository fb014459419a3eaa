"""Markdown to blocks: headings with their level, paragraphs, list items, tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.blocks import Block, Reading, Style
from ingest.joining import join, tidy
from ingest.opening import opened
from ingest.rows import BETWEEN_CELLS

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(?:=+|-+)$")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[^\n]*\n){0,100}?---[ \t]*\n")
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_LIST_MARK = re.compile(r"^\s*[-*+]\s+(?=\S)")
_TABLE_RULE = re.compile(r"^\|?[\s:|-]+\|?$")
# A line that begins a block of its own although no empty line stands before it.
_STARTS = re.compile(r"^(?:#{1,6}\s|\s*[-*+]\s|\s*\d{1,4}\\?[.)]\s|\||[(（](?:[a-z]|[ivx]+)[)）]\s)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|(?<!\w)_(?=\w))(?=\S)(.+?)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\]\([^()\s]{0,2000}\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_NOTE = re.compile(r"^\[\^([\w*-]{1,40})\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^([\w*-]{1,40})\]")
_CONTINUES = re.compile(r"^(?:[ \t]{2,}\S|\s*$)")
_COMMENT = re.compile(r"<!--(?:.*?-->|.*\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown text; its title is the first heading of its highest level that stands first."""
    header = _FRONT_MATTER.match(text)
    named = _FRONT_TITLE.search(header.group()) if header else None
    body, notes = _without_notes(_COMMENT.sub("", text[header.end() :] if header else text))
    blocks = [each for chunk in _chunks(body) for each in _with_notes(_block(chunk), notes) if each.text]
    return opened(blocks, title=named[1] if named else None)


def _without_notes(text: str) -> tuple[str, dict[str, str]]:
    """The text without its footnotes, and those by their marks."""
    kept, notes, mark = list[str](), dict[str, list[str]](), ""
    for line in text.splitlines():
        found = _NOTE.match(line)
        mark = found[1] if found else mark if _CONTINUES.match(line) else ""
        if found:
            notes[mark] = [line[found.end() :]]
        elif mark:
            notes[mark].append(line)
        else:
            kept.append(line)
    return "\n".join(kept), {mark: _plain(join(lines)) for mark, lines in notes.items()}


def _with_notes(block: Block, notes: Mapping[str, str]) -> Iterator[Block]:
    """A block without the marks in it, and the footnotes that they stand for."""
    marks = tuple(mark for mark in _NOTE_MARK.findall(block.text) if mark in notes)
    text = _NOTE_MARK.sub(lambda found: "" if found[1] in notes else found.group(), block.text)
    yield replace(block, text=tidy(text), marks=marks) if marks else block
    yield from (Block(notes[mark], "footnote", mark=mark) for mark in dict.fromkeys(marks))


def _chunks(text: str) -> Iterator[list[str]]:
    """Runs of lines that make one block each."""
    chunk: list[str] = []
    for line in text.splitlines():
        in_table = bool(chunk) and chunk[0].lstrip().startswith("|") and line.lstrip().startswith("|")
        if chunk and (not line.strip() or (_STARTS.match(line) and not in_table)):
            yield chunk
            chunk = []
        if not line.strip():
            continue
        if _UNDERLINE.match(line.strip()) and chunk:
            yield ["# " + " ".join(chunk)] if line.strip().startswith("=") else ["## " + " ".join(chunk)]
            chunk = []
        elif not _UNDERLINE.match(line.strip()):
            chunk.append(line)
        if chunk and _HEADING.match(chunk[0]):
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _block(chunk: list[str]) -> Block:
    heading = _HEADING.match(chunk[0])
    if heading and len(chunk) == 1:
        level = len(heading[1])
        return Block(text=_plain(heading[2]), kind="heading", level=level, style=Style(size=20.0 - level, bold=True))
    if chunk[0].lstrip().startswith("|"):
        rows = [row for row in chunk if not _TABLE_RULE.match(row.strip())]
        return Block(text="\n".join(_row(row) for row in rows), kind="table")
    lines = [_LIST_MARK.sub("• ", line) for line in chunk]
    return Block(text=_plain(join(lines)))


def _row(row: str) -> str:
    cells = [_plain(cell) for cell in row.strip().strip("|").split("|")]
    return BETWEEN_CELLS.join(cells)


def _plain(text: str) -> str:
    """The text without Markdown's own signs."""
    bare = _LINK.sub(r"\1", _TAG.sub("", text.strip().removeprefix("> ")))
    for _ in range(2):
        bare = _EMPHASIS.sub(r"\2", bare)
    return tidy(_ESCAPE.sub(r"\1", bare))
