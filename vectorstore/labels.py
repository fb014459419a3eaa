"""What a paragraph is called: in UN form, and on its document's page."""

import re
from typing import Protocol

from vectorstore.paragraph import Paragraph

_ANCHOR = re.compile(r"[^\w.-]+")


class Titled(Protocol):
    """What is asked of a document to name its paragraphs."""

    @property
    def symbol(self) -> str | None: ...
    @property
    def title(self) -> str: ...


def label(document: Titled, paragraph: Paragraph, item: str | None = None) -> str:
    """The paragraph, or a sub-item of it, in UN form.

    "A/80/74, para. 34 (b)", "A/80/74, annex II, para. 4", "S/RES/2771 (2025), OP 3", "A/80/74, para. 12, footnote 3".
    """
    parts = [document.symbol or document.title]
    number = paragraph.number or paragraph.bearer
    if number:
        parts.append(" ".join(filter(None, (_printed(number), item))))
    if paragraph.mark:
        parts.append(f"footnote {paragraph.mark}" if paragraph.kind == "footnote" else _lowered(paragraph.mark))
    if len(parts) == 1 and paragraph.page is not None:
        parts.append(f"p. {paragraph.page}")
    return ", ".join(parts)


def _printed(number: str) -> str:
    """A paragraph's number in UN form: "annex II, para. 4" for "Annex II, 4"; OP and PP stay."""
    *above, last = number.split(", ")
    return ", ".join([*map(_lowered, above), f"para. {last}" if last[0].isdecimal() else _lowered(last)])


def _lowered(name: str) -> str:
    """The name of a part with its word in small letters: "annex II", "recommendation 3", "OP 3"."""
    word, _, rest = name.partition(" ")
    return name if word.isupper() else f"{word.lower()} {rest}".strip()


def anchor(paragraph: Paragraph, position: int) -> str:
    """The paragraph's place on its document's page."""
    return f"para-{_ANCHOR.sub('-', paragraph.number)}" if paragraph.number else f"block-{position}"


def same_number(number: str, named: str) -> bool:
    """Whether a printed number is meant: "OP 3" by "3", "12" by "12 (b)"."""
    wanted = named.casefold().strip()
    return number.casefold() in (wanted, f"op {wanted}", wanted.partition("(")[0].strip())
