"""What a web page shows, and which of its elements part one paragraph from the next."""

import re
from collections.abc import Iterator
from typing import Any

# fmt: off
_LEFT_OUT = {
    "button", "footer", "head", "iframe", "math", "nav", "noscript", "script", "select", "style", "svg", "template",
    "textarea",
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS,
}
# fmt: on
_SPACES = re.compile(r"\s+")
_HIDDEN = re.compile(r"display\s?:\s?none", re.IGNORECASE)


def main_part(root: Any) -> Any:
    """The part of a page that is its text, where the page says so; else the page."""
    found = [element for element in root.iter() if element.tag == "main" or element.get("role") == "main"]
    return found[0] if len(found) == 1 and "".join(found[0].itertext()).strip() else root


def is_left_out(element: Any) -> bool:
    """Whether an element is not shown, or serves the site: navigation, a header or a footer without text."""
    if element.tag == "header":
        return element.find(".//h1") is None and not any(True for _ in element.iterancestors("main", "article"))
    hidden = element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
    return element.tag in _LEFT_OUT or hidden


def is_data(table: Any) -> bool:
    """Whether a table is one: not a frame for the page's layout."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return False
    return sum(1 for _ in _first_cells(table)) > 1


def _first_cells(table: Any) -> Iterator[Any]:
    return (cell for _, cell in zip(range(2), table.iter("td", "th"), strict=False))


def has_text(element: Any) -> bool:
    """Whether there is anything but white space in an element."""
    return any(text.strip() for text in element.itertext())


def start_of(element: Any, length: int) -> str:
    """The text in an element with single spaces, cut somewhere after this many characters."""
    text = ""
    for piece in element.itertext():
        text = _SPACES.sub(" ", text + piece).lstrip()
        if len(text) > length:
            break
    return text
