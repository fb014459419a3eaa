"""The parts of a document that are numbered for themselves: the body, annexes, resolutions; and their numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.blocks import Block
from ingest.heading import annex_label, draft_label
from ingest.numbering import Numbered, heading_label, main_series, paragraph_number

# The organ that speaks in a resolution stands alone in a line that ends in a comma. French and Spanish preambles have
# lines that begin like it, so there the organ's kind is named.
_ORGAN = re.compile(
    r"^(?:The [A-Z][\w’' -]{3,80}"
    r"|(?:L[’']\s?|La |Le |Les )(?:Assemblée|Conseil|Comité|Commission|Conférence|Réunion|Forum|Sous-Comité)"
    r"\b[\w’' -]{0,80}"
    r"|(?:La |El |Los )(?:Asamblea|Consejo|Comité|Comisión|Conferencia|Junta|Reunión|Foro|Subcomité)\b[\w -]{0,80}"
    r"|(?:[А-Я][\w-]+ (?:и [\w-]+ )?)?(?i:Ассамблея|Совет|Комитет|Комиссия|Конференция|Форум|Совещание|Подкомитет)"
    r"\b[\w -]{0,80}"
    r"|[\u4e00-\u9fff、]{0,20}(?:大会|理事会|委员会|会议|执行局|论坛)"
    r"|إن (?:ال|مجلس |لجنة |مؤتمر |منتدى |هيئة )[\u0600-\u06ff ]{2,80})[,，،]$"
)
# What a paragraph says before a decision that has only a title of its own.
_ANNOUNCED = re.compile(
    r"(?:following (draft decision)|(projet de décision) (?:suivant|ci-après)|siguiente (proyecto de decisión)"
    r"|следующ\w+ (проект\w* решения)|下列(决定草案)|(مشروع المقرر) التالي)\s*[:：]$",
    re.IGNORECASE,
)
_RESOLUTION = "Resolution"
_NUMBERED = ("roman", "letter", "chinese", "ordinal", "abjad", "chapter")


@dataclass(frozen=True)
class Scope:
    """A part of a document whose paragraphs are numbered for themselves: the body, an annex, a resolution."""

    blocks: tuple[Block, ...]
    label: str = ""
    resolution: bool = False

    @property
    def is_body(self) -> bool:
        """Whether this is the body or a part of it."""
        return not self.label and not self.resolution


def scopes(blocks: Sequence[Block]) -> tuple[Scope, ...]:
    """The document's parts that are numbered for themselves, in order; the body may come back after a resolution."""
    labels = list(_labels(blocks))
    return tuple(
        Scope(tuple(block for _, block in group), label=label, resolution=resolution)
        for (_, label, resolution), group in groupby(zip(labels, blocks, strict=True), key=lambda pair: pair[0])
    )


def _labels(blocks: Sequence[Block]) -> Iterator[tuple[int, str, bool]]:
    """For each block which scope it is in: a running number, the label, and whether it is a resolution.

    After a draft resolution and its annex, a numbered heading is the body's again, and so is the paragraph whose number
    follows the body's last and not the resolution's.
    """
    run, annex, draft, resolution = 0, "", "", False
    body, last, announced = 0, 0, ""
    for block in blocks:
        number = paragraph_number(block.text) if block.kind == "text" else None
        called, drafted = annex_label(block), draft_label(block) or (announced if _may_be_draft(block, number) else "")
        announced = _announced(block)
        if called:
            run, annex, resolution = run + 1, called, False
        elif drafted:
            run, annex, draft, resolution = run + 1, "" if draft else annex, drafted, False
        elif _ORGAN.match(block.text.strip()):
            run, resolution, last = run + 1, True, 0
        elif ((draft or resolution) and _is_numbered_heading(block)) or (
            resolution and body > 1 and number == body + 1 and number != last + 1
        ):
            run, annex, draft, resolution = run + 1, "", "", False
        if resolution:
            last = number if number == last + 1 else last
        elif not (annex or draft):
            body = number if number == body + 1 else body
        yield run, ", ".join(filter(None, (draft, annex) if draft else (annex,))), resolution


def _announced(block: Block) -> str:
    """What a paragraph says that follows it: "Draft decision"; else nothing."""
    found = _ANNOUNCED.search(block.text)
    return next(filter(None, found.groups())).capitalize() if found else ""


def _may_be_draft(block: Block, number: int | None) -> bool:
    return block.kind == "heading" or number == 1


def _is_numbered_heading(block: Block) -> bool:
    label = heading_label(block.text) if block.kind == "heading" else None
    return label is not None and label[0] in _NUMBERED


def series_of(parts: Sequence[Scope]) -> list[dict[int, int]]:
    """The numbered blocks of each part; the parts of the body are one series."""
    body = [part for part in parts if part.is_body]
    whole = _series([block for part in body for block in part.blocks])
    result, start = [], 0
    for part in parts:
        if not part.is_body:
            result.append(_series(part.blocks))
            continue
        end = start + len(part.blocks)
        result.append({index - start: number for index, number in whole.items() if start <= index < end})
        start = end
    return result


def labels_of(parts: Sequence[Scope], series: Sequence[dict[int, int]]) -> list[str]:
    """The label that goes before each part's numbers so that each stands once.

    None where an annex goes on with the body's numbers and where there is one resolution; a second part of the same
    name is told apart by a count.
    """
    alone = sum(part.resolution for part in parts) == 1
    labels: list[str] = []
    seen: Counter[tuple[str, bool]] = Counter()
    last = 0
    for part, numbered in zip(parts, series, strict=True):
        numbers = list(numbered.values())
        label = "" if (part.resolution and alone) or (numbers and last and numbers[0] == last + 1) else part.label
        if part.resolution and not alone:
            label = label or _RESOLUTION
        if label and (numbers or part.resolution):
            seen[label, part.resolution] += 1
        again = seen[label, part.resolution]
        labels.append(f"{label} ({again})" if again > 1 else label)
        last = numbers[-1] if numbers and not part.resolution else last
    return labels


def _series(blocks: Sequence[Block]) -> dict[int, int]:
    """The indexes of the numbered paragraphs among the blocks, with their numbers."""
    candidates = [
        Numbered(index, number)
        for index, block in enumerate(blocks)
        if block.kind == "text" and (number := paragraph_number(block.text)) is not None
    ]
    chosen = main_series(candidates)
    series = {each.index: each.number for each in candidates if each.index in chosen}
    return series | _misprinted(blocks, series)


def _misprinted(blocks: Sequence[Block], series: dict[int, int]) -> dict[int, int]:
    """Paragraphs whose number lacks its stop or first digit in print, where the series lacks just that number."""
    found: dict[int, int] = {}
    for (before, low), (after, high) in pairwise(sorted(series.items())):
        missing = [str(number) for number in range(low + 1, high)]
        for index in range(before + 1, after):
            first = blocks[index].text.split(" ", 1)[0].rstrip(".")
            if missing and blocks[index].kind == "text" and first.isdecimal() and missing[0].endswith(first):
                found[index] = int(missing.pop(0))
    return found


def number_in(label: str, resolution: bool, number: int) -> str:
    printed = f"OP {number}" if resolution else str(number)
    return f"{label}, {printed}" if label else printed
