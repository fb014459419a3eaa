"""What others wrote, sent to a chat model as data."""

import re

from bot.model.plain import visible

FENCE_TOKENS = 15  # of the two lines of a fence
_FENCE = re.compile(r"[<＜〈‹](?=\W{0,20}(?:paragraph|quote|conversation))", re.IGNORECASE)


def fenced(name: str, text: str, *, marker: int | None = None) -> str:
    """A text as data; a fence in the text itself cannot end it, nor begin another."""
    opening = name if marker is None else f'{name} marker="[{marker}]"'
    return f"<{opening}>\n{_FENCE.sub('(', visible(text))}\n</{name}>"
