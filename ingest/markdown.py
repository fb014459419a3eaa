"""Markdown to blocks: headings with their level, paragraphs, list items, tables."""

import re
from collections.abc import Iterator

from ingest.blocks import Block, Reading, Style
from ingest.front import MASTHEAD
from ingest.joining import join, tidy
from ingest.numbering import heading_label, paragraph_number

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(?:=+|-+)$")
# YAML between two rules, or, as kreuzberg gives a web page's head, after one rule in a heading of its own.
_FRONT_MATTER = re.compile(r"\A---\s*\n(?:\s*## title:[^\n]*\n|(?:[^\n]*\n)*?---\s*\n)")
_FRONT_TITLE = re.compile(r"^(?:#*\s*)title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_LIST_MARK = re.compile(r"^\s*[-*+]\s+(?=\S)")
_TABLE_RULE = re.compile(r"^\|?[\s:|-]+\|?$")
_FRONT_LINES = 30
_FRAGMENT = 120
_SENTENCE_END = re.compile(r"[.,;:!?。，；：！？،؛؟][”»\")]*$")
# A line that begins a block of its own although no empty line stands before it.
_STARTS = re.compile(r"^(?:#{1,6}\s|\s*[-*+]\s|\s*\d{1,4}\\?[.)]\s|\||[(（](?:[a-z]|[ivx]+)[)）]\s)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|(?<!\w)_(?=\w))(?=\S)(.+?)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown text; its title is the first heading of its highest level that stands first."""
    header = _FRONT_MATTER.match(text)
    named = _FRONT_TITLE.search(header.group()) if header else None
    blocks = [block for chunk in _chunks(_body(text, header)) if (block := _block(chunk)).text]
    front = "\n".join(line for block in _before_body(blocks) for line in block.text.splitlines())
    title, rest = _titled(blocks)
    rest = _without_masthead(rest)
    return Reading(
        blocks=tuple(rest),
        front=front,
        title=title or (named[1] if named else None),
        tables=sum(block.kind == "table" for block in rest),
    )


def _body(text: str, header: re.Match[str] | None) -> str:
    return _COMMENT.sub("", text[header.end() :] if header else text)


def _before_body(blocks: list[Block]) -> list[Block]:
    """The blocks before the first numbered paragraph or numbered heading."""
    starts = (i for i, block in enumerate(blocks) if paragraph_number(block.text) or heading_label(block.text))
    return blocks[: min(next(starts, len(blocks)), _FRONT_LINES)]


def _titled(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """The title and the blocks without it: the first heading, where no other is as high and it stands at the start."""
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings:
        return None, blocks
    title = headings[0]
    same = sum(block.level == title.level for block in headings)
    if title is not blocks[0] and (same > 1 or blocks.index(title) > _FRONT_LINES):
        return None, blocks
    rest = [block for block in blocks if block is not title]
    return title.text, rest


def _without_masthead(blocks: list[Block]) -> list[Block]:
    """The blocks without the lines of a UN masthead: symbol, distribution, date, session, whose report it is."""
    before = _before_body(blocks)
    last = max((i for i, block in enumerate(before) if MASTHEAD.match(block.text)), default=None)
    if last is None:
        return blocks
    text_starts = (i for i in range(last + 1, len(before)) if not _is_fragment(before[i]))
    end = next(text_starts, len(before))
    return [block for block in blocks[:end] if not _is_fragment(block)] + blocks[end:]


def _is_fragment(block: Block) -> bool:
    """A line that says nothing by itself: short, and no sentence or part of one."""
    return block.kind != "heading" and len(block.text) < _FRAGMENT and not _SENTENCE_END.search(block.text)


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
    return " | ".join(cells)


def _plain(text: str) -> str:
    """The text without Markdown's own signs."""
    bare = _LINK.sub(r"\1", _TAG.sub("", text.strip().removeprefix("> ")))
    for _ in range(2):
        bare = _EMPHASIS.sub(r"\2", bare)
    return tidy(_ESCAPE.sub(r"\1", bare))
