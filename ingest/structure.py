"""Blocks to a document: title, symbol, date, language, and its numbered paragraphs with their sections."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Block, Reading
from ingest.heading import Path, annex_label, titles, under
from ingest.metadata import body_of, date_of, edition_of, symbol_of
from ingest.numbering import gaps_of, paragraph_number, without_number
from ingest.scopes import Scope, labels_of, number_in, scopes, series_of
from vectorstore.paragraph import Document, IngestReport, Paragraph

_RECOMMENDATION = re.compile(r"^(?:Recommend?ation|Recomendación|Рекомендация|建议|التوصية)\s*\S{1,4}$", re.IGNORECASE)
_FRAGMENT = 100
_STOPS = (".", ":", ";", ",", "!", "?", "。", "؟", "”")
_LIST_ITEM = re.compile(r"^(?:[•●▪■–—]\s|[(（]?(?:[a-zа-я]|[ivx]{1,5}|\d{1,2})[)）]\s*|\d{1,2}\.\s)")


@dataclass(frozen=True)
class _Open:
    """Paragraphs so far, the headings above, and the index of the paragraph that further text belongs to."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    path: Path = ()
    into: int | None = None


def document_from(reading: Reading, *, name: str) -> Document:
    """The document that a file's blocks make, its source, hash and language left empty for the caller to fill.

    `name` is the file's name, which gives the symbol where the document prints none.
    """
    blocks = [block for block in reading.blocks if block.kind != "heading" or block.text != reading.title]
    paragraphs, gaps, repeats = _paragraphs(scopes(blocks))
    symbol = symbol_of(reading.front, reading.running_heads, name)
    return Document(
        source="",
        content_hash="",
        title=reading.title or symbol or name,
        language="",
        paragraphs=tuple(paragraphs),
        symbol=symbol,
        date=date_of(reading.front),
        body=body_of(symbol),
        edition=edition_of(symbol),
        pages=reading.pages,
        report=IngestReport(
            pages_without_text=reading.pages_without_text,
            numbering_gaps=gaps,
            numbering_repeats=repeats,
            tables=reading.tables,
            warnings=(*reading.warnings, *_warnings(paragraphs)),
        ),
    )


def _warnings(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """What no other field of the report says."""
    if not any(paragraph.number for paragraph in paragraphs):
        yield "No numbered paragraphs were found: citations name the page or the section only."


def _paragraphs(parts: Sequence[Scope]) -> tuple[list[Paragraph], tuple[str, ...], tuple[str, ...]]:
    """The paragraphs of all parts, the numbers missing in each, and the numbers that stand twice."""
    state, series, gaps = _Open(), series_of(parts), list[str]()
    labels = labels_of(parts, series)
    for part, numbered, label in zip(parts, series, labels, strict=True):
        state = _read_scope(replace(part, label=label), numbered, state)
    for label, resolution in dict.fromkeys((label, part.resolution) for label, part in zip(labels, parts, strict=True)):
        numbers = [
            number
            for part, numbered, shown in zip(parts, series, labels, strict=True)
            if (shown, part.resolution) == (label, resolution)
            for number in numbered.values()
        ]
        gaps += [number_in(label, resolution, number) for number in gaps_of(numbers)]
    counts = Counter(paragraph.number for paragraph in state.paragraphs if paragraph.number)
    return state.paragraphs, tuple(gaps), tuple(number for number, count in counts.items() if count > 1)


def _read_scope(scope: Scope, series: dict[int, int], state: _Open) -> _Open:
    preambular = 0
    for index, block in enumerate(scope.blocks):
        if _is_heading(block):
            state = replace(state, path=under(state.path, block), into=None)
        elif index in series:
            state = _begin(
                state, block, number_in(scope.label, scope.resolution, series[index]), _text(block, series[index])
            )
        elif scope.resolution and _is_preambular(index, block, series):
            preambular += 1
            state = _begin(state, block, _number_of_preamble(scope.label, preambular), block.text)
        else:
            state = _add(state, block)
    return state


def _is_heading(block: Block) -> bool:
    """Whether a block opens a section; a recommendation's heading only names the recommendation below it."""
    return bool(annex_label(block)) or (block.kind == "heading" and not _RECOMMENDATION.match(block.text))


def _text(block: Block, number: int) -> str:
    return without_number(block.text) if paragraph_number(block.text) else block.text.removeprefix(str(number)).strip()


def _is_preambular(index: int, block: Block, series: dict[int, int]) -> bool:
    before_operative = not series or index < min(series)
    return index > 0 and before_operative and block.kind == "text" and block.text.rstrip().endswith((",", "，", "،"))


def _number_of_preamble(label: str, number: int) -> str:
    return f"{label}, PP {number}" if label else f"PP {number}"


def _begin(state: _Open, block: Block, number: str | None, text: str) -> _Open:
    paragraph = Paragraph(text=text, number=number, section=titles(state.path), page=block.page)
    state.paragraphs.append(paragraph)
    return replace(state, into=len(state.paragraphs) - 1)


def _add(state: _Open, block: Block) -> _Open:
    """Text without a number: part of the open paragraph where it belongs there, else a paragraph of its own."""
    if block.kind in ("table", "footnote"):
        opened = state.into
        return replace(_begin(state, block, None, block.text), into=opened)
    if state.into is not None and _belongs(state.paragraphs[state.into], block):
        open_paragraph = state.paragraphs[state.into]
        state.paragraphs[state.into] = replace(open_paragraph, text=f"{open_paragraph.text}\n{block.text}")
        return state
    return _begin(state, block, None, block.text)


def _is_fragment(text: str, page: int | None, block: Block) -> bool:
    """Whether both are bits of one page that end no sentence, as the cells of a table without rules are."""
    last = text.rsplit("\n", 1)[-1]
    both = (last, block.text)
    return (
        page is not None
        and page == block.page
        and all(len(each) < _FRAGMENT and not each.rstrip().endswith(_STOPS) for each in both)
    )


def _belongs(paragraph: Paragraph, block: Block) -> bool:
    if paragraph.number is not None or _is_fragment(paragraph.text, paragraph.page, block):
        return True
    return bool(_LIST_ITEM.match(block.text)) or paragraph.text.rstrip().endswith((":", "："))
