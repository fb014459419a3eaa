"""Captions of the tables of a Word document, which it keeps as paragraphs above them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.captions import caption_label

_SENTENCE_ENDS = (".", ";", ":", "。", "；", "：", "؛")


def captioned(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, each caption right above a table made the table's first line, before the notes that it bears."""
    whole: list[Block] = []
    for block in blocks:
        if block.kind == "table":
            _add_table(block, whole)
        else:
            whole.append(block)
    return whole


def _add_table(table: Block, whole: list[Block]) -> None:
    end = len(whole)
    while end and whole[end - 1].kind == "footnote":
        end -= 1
    start = end - _caption_length(whole[max(0, end - 2) : end])
    if start < end:
        whole[start:] = [_under(whole[start:end], table), *whole[end:]]
    else:
        whole.append(table)


def _under(caption: Sequence[Block], table: Block) -> Block:
    parts = (*caption, table)
    marks = tuple(mark for part in parts for mark in part.marks)
    return replace(table, text="\n".join(part.text for part in parts), marks=marks)


def _caption_length(above: Sequence[Block]) -> int:
    """How many of the last blocks are a caption: "Table 1. Rent", or "Table 1" with "Rent" below it."""
    first, last = (["", ""] + [block.text if block.kind in ("heading", "text") else "" for block in above])[-2:]
    if not last or last.endswith(_SENTENCE_ENDS):
        return 0
    if caption_label(last):
        return 1
    return 2 if first and caption_label(first) == first else 0
