"""Lines that make one block, before it is one."""

from collections import Counter
from dataclasses import dataclass

from ingest.blocks import Style
from ingest.lines import Line
from vectorstore.paragraph import Kind

# What the last line of a paragraph ends with; text without it goes on, or is a heading, a title or a label.
BLOCK_ENDS = tuple('.!?:;。！？：；؟؛”"»…')


@dataclass(frozen=True)
class Group:
    """The lines of a block, and what it is; `starts` are the indexes of the lines at which a box's paragraphs begin."""

    lines: tuple[Line, ...]
    kind: Kind
    starts: tuple[int, ...] = ()

    @property
    def style(self) -> Style:
        """How most of it is set."""
        sizes = Counter(line.style.size for line in self.lines)
        return Style(
            size=sizes.most_common(1)[0][0],
            bold=all(line.style.bold for line in self.lines),
            italic=all(line.style.italic for line in self.lines),
        )

    @property
    def text(self) -> str:
        """The lines one after the other, as far as what it begins or ends with goes."""
        return " ".join(line.text.strip() for line in self.lines)
