"""Which pages of a document are pictures of text. It is asked of every document, and loads no recogniser."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from ingest.lines import Page
from vectorstore.paragraph import RecognisedPage

# A page with less text than this under a picture that fills half of it bears a stamp or a number, and is a scan.
_FEW_CHARACTERS = 100
# Characters that a font gives no meaning to.
_UNMAPPED = {"Co", "Cn", "Cc"}
_GARBAGE_SHARE = 0.3
# On a page that is turned, the heading comes after its number and job number.
_MAP = re.compile(r"(?:^(?:Map|Carte|Mapa|Карта|地图|خريطة)\b|\b(?:Map|Carte|Mapa|Карта|地图|خريطة)$)")


@dataclass(frozen=True)
class Scans:
    """The pages of a document with what was recognised on them, how well, and what the operator must know."""

    pages: tuple[Page, ...]
    recognised: tuple[RecognisedPage, ...] = ()
    warnings: tuple[str, ...] = ()


def is_suspect(page: Page) -> bool:
    """Whether the page must be looked at: it is a scan, or its text may have been recognised long ago, and poorly."""
    return is_layered(page) or is_scan(page)


def is_layered(page: Page) -> bool:
    """Whether the page has text under pictures that cover most of it, other than the heading of a map."""
    return bool(page.lines) and page.pictured and not _is_map(page)


def is_scan(page: Page) -> bool:
    """Whether the page holds no usable text, and something is drawn on it."""
    counts = _characters(page)
    characters = counts.total()
    if not characters:
        return page.drawn
    unmapped = sum(count for character, count in counts.items() if _is_unmapped(character))
    if unmapped > _GARBAGE_SHARE * characters:
        return True
    return characters < _FEW_CHARACTERS and page.pictured and not _is_map(page)


def _is_map(page: Page) -> bool:
    """Whether the page holds little but a heading that calls its picture a map: names on a map are no text to read."""
    headed = any(_MAP.search(line.text.strip()) for line in page.lines)
    return headed and _characters(page).total() < _FEW_CHARACTERS


def _characters(page: Page) -> Counter[str]:
    return Counter("".join(part for line in page.lines for part in line.text.split()))


def _is_unmapped(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in _UNMAPPED
