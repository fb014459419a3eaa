"""Blocks to a document: title, symbol, date, language, and its numbered paragraphs with their sections."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.assembly import Assembly, is_list_item
from ingest.blocks import Block, Reading
from ingest.heading import annex_label
from ingest.metadata import body_of, edition_of, is_date, metadata_of
from ingest.numbering import gaps_of, is_numbered, paragraph_number, without_number
from ingest.scopes import Scope, labels_of, number_in, scopes, series_of
from vectorstore.paragraph import Document, IngestReport, Paragraph

_RECOMMENDATION = re.compile(
    r"^(?:Recomm[ea]ndation|Recomendación|Рекомендация|建议|التوصية)\s*\S{1,4}$", re.IGNORECASE
)


def document_from(reading: Reading, *, name: str) -> Document:
    """The document that a file's blocks make, its source, hash and language left empty for the caller to fill.

    `name` is the file's name, which gives the symbol where the document prints none.
    """
    blocks = _without_title(reading)
    paragraphs, gaps, repeats = _paragraphs(scopes(blocks))
    metadata = metadata_of(reading, name=name)
    said = {each.name: each.value for each in reversed(metadata)}
    symbol = said.get("symbol")
    return Document(
        source="",
        content_hash="",
        title=said.get("title") or symbol or name,
        language="",
        paragraphs=paragraphs,
        symbol=symbol,
        date=said.get("date"),
        body=body_of(symbol),
        edition=edition_of(symbol),
        pages=reading.pages,
        report=IngestReport(
            pages_without_text=reading.pages_without_text,
            numbering_gaps=gaps,
            numbering_repeats=repeats,
            tables=sum(block.kind == "table" for block in blocks),
            recognised=reading.recognised,
            metadata=metadata,
            warnings=(*reading.warnings, *_warnings(paragraphs)),
        ),
    )


def _without_title(reading: Reading) -> list[Block]:
    """The blocks without the heading that is the title; a resolution further on may be called the same."""
    blocks = list(reading.blocks)
    opening = takewhile(lambda block: not is_numbered(block.text), blocks)
    title = next((block for block in opening if block.kind == "heading" and block.text == reading.title), None)
    return [block for block in blocks if block is not title]


def _warnings(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """What no other field of the report says."""
    if not any(paragraph.number for paragraph in paragraphs):
        yield "No numbered paragraphs were found: citations name the page or the section only."


def _paragraphs(parts: Sequence[Scope]) -> tuple[tuple[Paragraph, ...], tuple[str, ...], tuple[str, ...]]:
    """The paragraphs of all parts, the numbers missing in each, and the numbers that stand twice."""
    assembly, series, gaps = Assembly(), series_of(parts), list[str]()
    labels = labels_of(parts, series)
    recommended = Counter(block.text for part in parts for block in part.blocks if _is_recommendation(block))
    was_body = True
    for part, numbered, label in zip(parts, series, labels, strict=True):
        if part.is_body != was_body:
            (assembly.return_to_body if part.is_body else assembly.leave_body)()
        was_body = part.is_body
        _read_scope(replace(part, label=label), numbered, recommended, assembly)
    for label, resolution in dict.fromkeys((label, part.resolution) for label, part in zip(labels, parts, strict=True)):
        numbers = [
            number
            for part, numbered, shown in zip(parts, series, labels, strict=True)
            if (shown, part.resolution) == (label, resolution)
            for number in numbered.values()
        ]
        gaps += [number_in(label, resolution, number) for number in gaps_of(numbers)]
    paragraphs = assembly.paragraphs()
    counts = Counter(paragraph.number for paragraph in paragraphs if paragraph.number)
    return paragraphs, tuple(gaps), tuple(number for number, count in counts.items() if count > 1)


def _read_scope(scope: Scope, series: dict[int, int], recommended: Counter[str], assembly: Assembly) -> None:
    preambular = 0
    operative = min(series, default=len(scope.blocks))
    for index, block in enumerate(scope.blocks):
        if _is_recommendation(block):
            _recommend(block, assembly, alone=recommended[block.text] == 1)
        elif annex_label(block) or (block.kind == "heading" and not is_date(block.text)):
            assembly.open_section(block)
        elif index in series:
            number = number_in(scope.label, scope.resolution, series[index])
            assembly.begin(block, number, _text(block, series[index]))
        elif scope.resolution and index < operative and _is_preambular(index, block):
            preambular += 1
            assembly.begin(block, _number_of_preamble(scope.label, preambular), block.text)
        elif scope.resolution and index < operative and _begins_anew(block):
            assembly.begin(block, None, block.text)
        else:
            assembly.add(block)


def _is_recommendation(block: Block) -> bool:
    return block.kind == "heading" and bool(_RECOMMENDATION.match(block.text))


def _recommend(block: Block, assembly: Assembly, *, alone: bool) -> None:
    """A recommendation is cited by its own number, but where a document prints it twice it only stays in its place."""
    if alone:
        assembly.begin(block, block.text, block.text)
    else:
        assembly.add(block)


def _text(block: Block, number: int) -> str:
    return without_number(block.text) if paragraph_number(block.text) else block.text.removeprefix(str(number)).strip()


def _is_preambular(index: int, block: Block) -> bool:
    return index > 0 and block.kind == "text" and block.text.rstrip().endswith((",", "，", "،"))


def _begins_anew(block: Block) -> bool:
    """Whether a block before the operative paragraphs is the organ's name, or an operative one without a number."""
    return block.kind == "text" and not block.text[:1].islower() and not is_list_item(block.text)


def _number_of_preamble(label: str, number: int) -> str:
    return f"{label}, PP {number}" if label else f"PP {number}"
