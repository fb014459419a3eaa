"""Puts the paragraphs of a document together, block by block: sections, numbers, footnotes with what bears them."""

import re
from dataclasses import replace

from ingest.blocks import Block
from ingest.captions import caption_label
from ingest.heading import Path, titles, under
from vectorstore.paragraph import Paragraph

_FRAGMENT = 100
_STOPS = (".", ":", ";", ",", "!", "?", "。", "؟", "”")
_LIST_ITEM = re.compile(
    r"^(?:[•●▪■–—]\s|[(（]?(?:[a-zа-яأ-ي]|[ivx]{1,5}|\d{1,2}|[٠-٩]{1,2}|[一二三四五六七八九十]+)[)）]\s*|[㈠-㈩]\s*|\d{1,2}\.\s)"
)


class Assembly:
    """The paragraphs so far, and the one that further text belongs to."""

    def __init__(self) -> None:
        self._paragraphs: list[Paragraph] = []
        self._notes: dict[int, list[Paragraph]] = {}
        self._bearers: dict[str, int] = {}  # which paragraph bore a mark last
        self._path: Path = ()
        self._body_path: Path = ()
        self._after_heading = False
        self._into: int | None = None

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in order, each followed by its footnotes."""
        return tuple(
            each
            for index, paragraph in enumerate(self._paragraphs)
            for each in (paragraph, *self._notes.get(index, ()))
        )

    def open_section(self, block: Block) -> None:
        """Begins a section with its heading."""
        self._path = under(self._path, block, next_to=self._after_heading)
        self._into, self._after_heading = None, True

    def leave_body(self) -> None:
        """Begins an annex or a resolution."""
        self._body_path = self._path

    def return_to_body(self) -> None:
        """Goes back to the section that an annex or a resolution stood in."""
        self._path, self._into = self._body_path, None

    def begin(self, block: Block, number: str | None, text: str) -> None:
        """Begins a paragraph, to which further text may belong."""
        self._put(Paragraph(text=text, number=number, section=titles(self._path), page=block.page), block)
        self._into = len(self._paragraphs) - 1

    def add(self, block: Block) -> None:
        """Adds a block without a number: to the open paragraph where it belongs there, else as one of its own."""
        if block.kind == "footnote":
            self._add_footnote(block)
        elif block.kind == "table":
            self._add_table(block)
        elif self._into is not None and _belongs(self._paragraphs[self._into], block):
            opened = self._paragraphs[self._into]
            self._paragraphs[self._into] = replace(opened, text=f"{opened.text}\n{block.text}")
            self._bear(block, self._into)
        else:
            self.begin(block, None, block.text)

    def _put(self, paragraph: Paragraph, block: Block) -> None:
        self._paragraphs.append(paragraph)
        self._after_heading = False
        self._bear(block, len(self._paragraphs) - 1)

    def _bear(self, block: Block, index: int) -> None:
        self._bearers.update(dict.fromkeys(block.marks, index))

    def _add_table(self, block: Block) -> None:
        section, mark = titles(self._path), caption_label(block.text)
        self._put(Paragraph(text=block.text, section=section, page=block.page, kind="table", mark=mark), block)

    def _add_footnote(self, block: Block) -> None:
        """Keeps a footnote with the paragraph that bears its mark, else where it stands."""
        bearer = self._bearers.pop(block.mark or "", None)
        note = Paragraph(
            text=block.text,
            section=titles(self._path) if bearer is None else self._paragraphs[bearer].section,
            page=block.page,
            kind="footnote",
            mark=block.mark,
            bearer=None if bearer is None else self._paragraphs[bearer].number,
        )
        if not self._paragraphs:
            self._paragraphs.append(note)
            return
        self._notes.setdefault(len(self._paragraphs) - 1 if bearer is None else bearer, []).append(note)


def is_list_item(text: str) -> bool:
    """Whether a text begins as an item of a list: "(b)", "•", "2."."""
    return bool(_LIST_ITEM.match(text))


def _belongs(paragraph: Paragraph, block: Block) -> bool:
    if paragraph.number is not None or _is_fragment(paragraph.text, paragraph.page, block):
        return True
    return is_list_item(block.text) or paragraph.text.rstrip().endswith((":", "："))


def _is_fragment(text: str, page: int | None, block: Block) -> bool:
    """Whether both are bits of one page that end no sentence, as the cells of a table without rules are."""
    last = text.rsplit("\n", 1)[-1]
    both = (last, block.text)
    return (
        page is not None
        and page == block.page
        and all(len(each) < _FRAGMENT and not each.rstrip().endswith(_STOPS) for each in both)
    )
