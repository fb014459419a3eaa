"""What a parser makes of a file: blocks of text, or the reason why not."""

from dataclasses import dataclass

from vectorstore.paragraph import Kind, RecognisedPage


class ReadingError(ValueError):
    """The file cannot be read; the message is a sentence that tells the operator why and what to do.

    `transient` is whether the same file may well be read another time.
    """

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message)
        self.transient = transient


@dataclass(frozen=True)
class Style:
    """How a line or a block is set: size in points, and whether all of it is bold or italic."""

    size: float = 10.0
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Block:
    """A run of text that belongs together, in reading order.

    `level` is a heading's depth where the file says it. `marks` are the footnote marks that the text bears, in order;
    `mark` is a footnote's own ("3", "a", "*"). The rows of a table are lines, its cells parted by " | ".
    """

    text: str
    kind: Kind = "text"
    page: int | None = None
    style: Style = Style()
    level: int | None = None
    marks: tuple[str, ...] = ()
    mark: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a parser found: the blocks, the head of the first page, pages, and what the file says of itself."""

    blocks: tuple[Block, ...]
    front: str = ""
    running_heads: tuple[str, ...] = ()
    title: str | None = None
    pages: int | None = None
    pages_without_text: int = 0
    recognised: tuple[RecognisedPage, ...] = ()
    warnings: tuple[str, ...] = ()
