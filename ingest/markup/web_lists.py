"""The numbers, letters and bullets before the items of a page's lists."""

import re
from typing import Any

from ingest.markup.web_shown import is_left_out
from ingest.number_forms import formatted

BULLET = "•"
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s?:\s?(none|(?:lower|upper)-(?:alpha|latin|roman))", re.IGNORECASE)
_STYLED = {"alpha": "Letter", "latin": "Letter", "roman": "Roman"}
_WHOLE = re.compile(r"-?\d{1,6}")


def item_labels(root: Any) -> dict[Any, str]:
    """What stands before each item of the lists in a page: "1.", "b.", "•" or nothing."""
    following: dict[Any, int] = {}
    labels: dict[Any, str] = {}
    for item in root.iter("li"):
        if is_left_out(item):
            continue
        holder = next(item.iterancestors("ol", "ul"), None)
        start = 1 if holder is None else whole(holder.get("start"), 1)
        number = whole(item.get("value"), following.get(holder, start))
        following[holder] = number + 1
        labels[item] = _label(number, "bullet" if holder is None else _form(holder))
    return labels


def whole(text: str | None, default: int) -> int:
    """The whole number that an attribute gives, else the default."""
    return int(text) if text and _WHOLE.fullmatch(text) else default


def _form(element: Any) -> str:
    """How the items of a list are numbered."""
    styled = _LIST_STYLE.search(element.get("style") or "")
    if styled:
        case, _, script = styled[1].lower().partition("-")
        return "none" if case == "none" else f"{case}{_STYLED[script]}"
    return "bullet" if element.tag == "ul" else _FORMS.get(element.get("type") or "", "decimal")


def _label(number: int, form: str) -> str:
    if form in ("none", "bullet"):
        return "" if form == "none" else BULLET
    return f"{formatted(number, form)}."
