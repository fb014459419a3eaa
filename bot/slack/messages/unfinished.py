"""An answer on its way, as Slack shows it: the steps that are taken for it, and what is verified of it by then."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.slack.messages.markup import SECTION_LIMIT, Block, clipped, context, escaped, section, split
from bot.slack.messages.message import FALLBACK_LIMIT, Message
from bot.texts.direction import directed

Chunk = dict[str, Any]

# https://docs.slack.dev/reference/methods/chat.appendStream#using-the-chunks-parameter
_TITLE_LIMIT = 256


@dataclass(frozen=True)
class Unfinished:
    """The steps so far, of which the last is being taken, and the text so far."""

    steps: tuple[str, ...] = ()
    text: str = ""


def chunks(before: Unfinished, now: Unfinished) -> list[Chunk]:
    """What is to be added to a stream that shows what was before.

    Text goes in blocks. As Markdown Slack would make rich text of it, which no other blocks can replace once the answer
    is there, and links of bare addresses: https://docs.slack.dev/reference/methods/chat.update#errors (block_mismatch)
    """
    begun = range(max(0, len(before.steps) - 1), len(now.steps))
    tasks = [] if before.steps == now.steps else [_task(now.steps, number) for number in begun]
    added = now.text.removeprefix(before.text).strip() if now.text.startswith(before.text) else ""
    return [*tasks, *([{"type": "blocks", "blocks": list(_sections(added))}] if added else [])]


def done(now: Unfinished) -> list[Chunk]:
    """What is to be added to a stream in the end: that the last step was taken, too."""
    return [_task((*now.steps, ""), len(now.steps) - 1)] if now.steps else []


def message(now: Unfinished) -> Message:
    """The same as one message."""
    steps = [directed(clipped(escaped(step), _TITLE_LIMIT)) for step in now.steps[-1:]]
    text = clipped(escaped(now.text), FALLBACK_LIMIT) or "".join(steps)
    return Message(text, (*_sections(now.text), *map(context, steps)))


def _task(steps: tuple[str, ...], number: int) -> Chunk:
    status = "in_progress" if number == len(steps) - 1 else "complete"
    title = clipped(escaped(steps[number]), _TITLE_LIMIT)
    return {"type": "task_update", "id": f"step-{number}", "title": title, "status": status}


def _sections(text: str) -> Iterator[Block]:
    return (section(piece) for piece in split(directed(escaped(text)), SECTION_LIMIT))
