"""The opening of a document given as blocks: its title, and the lines of a UN masthead taken off."""

from collections.abc import Iterator, Sequence

from ingest.blocks import Block, Reading
from ingest.masthead import MASTHEAD
from ingest.numbering import is_numbered
from ingest.rows import BETWEEN_CELLS

_FRONT_BLOCKS = 30
_FRAGMENT = 120
_STOPS = ".,;:!?。，；：！？،؛؟"
_CLOSING = '”»")'


def opened(
    blocks: Sequence[Block], *, title: str | None = None, head: Sequence[str] = (), running_heads: Sequence[str] = ()
) -> Reading:
    """The reading that blocks make; `title` is for a document without a heading that is its title.

    `head` are lines that stand above the blocks, such as a letterhead.
    """
    front = "\n".join([*head, *(line for block in _before_body(blocks) for line in _lines(block))])
    heading = _title(blocks)
    rest = _without_masthead([block for block in blocks if block is not heading])
    named = heading.text if heading else title
    return Reading(blocks=tuple(rest), front=front, running_heads=tuple(running_heads), title=named)


def _lines(block: Block) -> Iterator[str]:
    """The lines of a block; a cell of a table is one."""
    for line in block.text.splitlines():
        yield from line.split(BETWEEN_CELLS) if block.kind == "table" else (line,)


def _before_body(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks before the first numbered paragraph or numbered heading."""
    starts = (i for i, block in enumerate(blocks) if is_numbered(block.text))
    return blocks[: min(next(starts, len(blocks)), _FRONT_BLOCKS)]


def _title(blocks: Sequence[Block]) -> Block | None:
    """The first heading before the body, where it stands first, or right below the masthead, or none is as high."""
    title = next((block for block in _before_body(blocks) if block.kind == "heading"), None)
    if title is None:
        return None
    first = title is blocks[0] or title is _without_masthead(blocks)[0]
    same = sum(block.kind == "heading" and block.level == title.level for block in blocks)
    return title if first or same == 1 else None


def _without_masthead(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the lines of a UN masthead: symbol, distribution, date, session, whose report it is."""
    before = _before_body(blocks)
    last = max((i for i, block in enumerate(before) if _is_masthead(block)), default=None)
    if last is None:
        return list(blocks)
    text_starts = (i for i in range(last + 1, len(before)) if not _is_fragment(before[i]))
    end = next(text_starts, len(before))
    return [block for block in blocks[:end] if not _is_fragment(block)] + list(blocks[end:])


def _is_masthead(block: Block) -> bool:
    return any(MASTHEAD.match(line) for line in _lines(block))


def _is_fragment(block: Block) -> bool:
    """A line that says nothing by itself: short, and no sentence or part of one; or the masthead set as a table."""
    if block.kind == "table":
        return _is_masthead(block)
    ends = block.text.rstrip().rstrip(_CLOSING).endswith(tuple(_STOPS))
    return block.kind == "text" and len(block.text) < _FRAGMENT and not ends
