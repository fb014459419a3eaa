"""What people can click below an answer. A button carries ids alone, never text."""

from collections.abc import Sequence
from typing import Protocol

from bot.slack.messages.markup import BUTTON_LIMIT, Block, button, words
from prompts import phrase

SHOW, FOOTNOTE, COLLEAGUE, RATE = "show_paragraph", "copy_footnote", "ask_colleague", "rate_answer"
SHARE = "share_answer"
UP, DOWN = "up", "down"
# https://docs.slack.dev/reference/block-kit/blocks/actions-block
_MOST_BUTTONS = 25
_BETWEEN = "/"  # the parts of a value; an answer's id holds none


class Cited(Protocol):
    """What is asked of a citation to name it on a button."""

    @property
    def marker(self) -> int | None: ...
    @property
    def label(self) -> str: ...


def buttons(
    answer_id: str, cited: Sequence[Cited], language: str, *, has_colleagues: bool, share_in: str | None = None
) -> list[Block]:
    """The blocks of buttons below an answer: of each citation its paragraph, and of all the answer the rest.

    With `share_in`, the id of a channel, there is one that shares the answer there.
    """
    row = [_show(answer_id, place, citation, language) for place, citation in enumerate(cited)]
    if cited:
        row.append(button(phrase("copy_footnote", language), action=FOOTNOTE, value=answer_id))
    if has_colleagues:
        row.append(button(phrase("ask_colleague", language), action=COLLEAGUE, value=answer_id))
    if share_in:
        row.append(button(phrase("share", language), action=SHARE, value=joined(answer_id, share_in)))
    rows = [row[start : start + _MOST_BUTTONS] for start in range(0, len(row), _MOST_BUTTONS)]
    return [*({"type": "actions", "elements": each} for each in rows), _thumbs(answer_id, language)]


def joined(answer_id: str, part: str | int) -> str:
    """The value of a button that is about a part of an answer."""
    return f"{answer_id}{_BETWEEN}{part}"


def parted(value: str) -> tuple[str, str]:
    """The answer's id and the part that a button's value is about."""
    answer_id, _, part = value.rpartition(_BETWEEN)
    return answer_id, part


def _show(answer_id: str, place: int, citation: Cited, language: str) -> Block:
    """Only the first says what it does, as the rest stand beside it; those who hear them are told of each."""
    name = phrase("show_paragraph", language)
    mark = f"[{citation.marker}]"
    shown = mark if place else f"{name} {mark}"
    return button(
        shown, action=f"{SHOW}-{place}", value=joined(answer_id, place), label=f"{name} {mark} {citation.label}"
    )


def _thumbs(answer_id: str, language: str) -> Block:
    # https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element
    thumbs = {
        "type": "feedback_buttons",
        "action_id": RATE,
        "positive_button": _thumb("👍", phrase("good_answer", language), joined(answer_id, UP)),
        "negative_button": _thumb("👎", phrase("bad_answer", language), joined(answer_id, DOWN)),
    }
    return {"type": "context_actions", "elements": [thumbs]}


def _thumb(sign: str, label: str, value: str) -> Block:
    text = {"type": "plain_text", "text": sign, "emoji": True}
    return {"text": text, "accessibility_label": words(label, BUTTON_LIMIT)["text"], "value": value}
