"""Slack's markup: text that says what we mean and nothing that Slack would act on, within Slack's limits."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

Block = dict[str, Any]

# https://docs.slack.dev/reference/block-kit/blocks/section-block
SECTION_LIMIT = 3000
# https://docs.slack.dev/reference/block-kit/blocks/header-block
HEADER_LIMIT = 150
# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_LIMIT = 75
_SENTENCE_END = re.compile(r"(?:[.!?؟][\"»”’)]*(?:\s*\[\d+\])*(?=\s)|[。！？][”」]?(?:\s*\[\d+\])*|\n)")
_ENTITY_LENGTH = len("&amp;")
_ADDRESS_LIMIT = 500  # characters; ours have less than a hundred
_SAFE_IN_ADDRESS = "/:#?=&%+,;@!$~*()'"


def escaped(text: str) -> str:
    """Text in which Slack finds no mention, channel, broadcast or link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(label: str, path: str, base_url: str) -> str:
    """An escaped label that leads to a path of the server, or the label alone where there is no address for it."""
    if not path or not leads_somewhere(base_url):
        return label
    address = escaped(quote(base_url.rstrip("/") + path, safe=_SAFE_IN_ADDRESS))
    return f"<{address}|{label}>" if len(address) <= _ADDRESS_LIMIT else label


def leads_somewhere(base_url: str) -> bool:
    """Whether the server has an address that a link can begin with."""
    return base_url.startswith(("http://", "https://"))


def clipped(text: str, limit: int) -> str:
    """Escaped text that is no longer than `limit`, and shows where it was cut."""
    return text if len(text) <= limit else text[: _outside_entity(text[: limit - 1])].rstrip() + "…"


def split(text: str, limit: int) -> Iterator[str]:
    """The pieces of escaped text, none longer than `limit`, cut at sentence ends where there are any."""
    rest = text.strip()
    while len(rest) > limit:
        cut = _cut(rest[:limit])
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def whole_lines(text: str, limit: int) -> Iterator[str]:
    """The pieces of escaped text, none longer than `limit`, cut between its lines but where one line is longer."""
    piece = ""
    for line in text.split("\n"):
        for part in [line] if len(line) <= limit else split(line, limit):
            if piece and len(piece) + len(part) >= limit:
                yield piece
                piece = part
            else:
                piece = f"{piece}\n{part}" if piece else part
    if piece.strip():
        yield piece


def quoted(text: str, limit: int) -> Iterator[str]:
    """Escaped text behind the bar of a quote, in pieces none longer than `limit`."""
    bars = "\n".join(f">{line}" for line in text.split("\n") if line.strip())
    return (piece if piece.startswith(">") else f">{piece}" for piece in split(bars, limit - 1))


def section(text: str) -> Block:
    """A block of markup in the usual size."""
    return {"type": "section", "expand": True, "text": _markup(text)}


def context(*texts: str) -> Block:
    """A block of markup in small."""
    return {"type": "context", "elements": [_markup(text) for text in texts]}


def header(text: str) -> Block:
    """A block that is a heading, of unescaped text."""
    return {"type": "header", "text": words(text, HEADER_LIMIT)}


def words(text: str, limit: int) -> dict[str, Any]:
    """Unescaped text as an object without markup, which Slack's titles, labels and buttons are made of."""
    # Slack reads the three characters as control characters in text objects of both kinds:
    # https://docs.slack.dev/messaging/formatting-message-text#escaping
    return {"type": "plain_text", "text": clipped(escaped(text), limit), "emoji": False}


def button(text: str, *, action: str, value: str, label: str | None = None) -> Block:
    """A button, of unescaped text; `label` is what it is called to those who do not see it."""
    element = {"type": "button", "text": words(text, BUTTON_LIMIT), "action_id": action, "value": value}
    return element | ({"accessibility_label": clipped(escaped(label), BUTTON_LIMIT)} if label else {})


def _markup(text: str) -> dict[str, Any]:
    # verbatim: Slack makes no links of its own out of bare addresses and names.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _cut(window: str) -> int:
    ends = [end.end() for end in _SENTENCE_END.finditer(window)]
    if ends:
        return ends[-1]
    if (space := window.rfind(" ")) > 0:
        return space
    return _outside_entity(window) or len(window)


def _outside_entity(window: str) -> int:
    """The length of a window, less the entity that its end cuts through."""
    entity = window.rfind("&", max(0, len(window) - _ENTITY_LENGTH + 1))
    return entity if entity >= 0 and ";" not in window[entity:] else len(window)
