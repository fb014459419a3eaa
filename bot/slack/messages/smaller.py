"""Messages that Slack finds too long or ill-formed, with the same words in a form that it takes."""

from collections.abc import Iterator

from bot.slack.messages.markup import split
from bot.slack.messages.message import Message

_NOT_PARTED = 200  # characters; what is no longer was not refused for its length


def without_blocks(message: Message) -> Message:
    """The words of a message's blocks as text, or its own text where they have none."""
    return Message("\n".join(_words(message.blocks)) or message.text)


def parted(message: Message) -> tuple[Message, ...]:
    """The same in shorter messages; none where it is short."""
    if len(message.blocks) > 1:
        middle = len(message.blocks) // 2
        return Message(message.text, message.blocks[:middle]), Message("…", message.blocks[middle:])
    words = without_blocks(message).text
    return tuple(map(Message, split(words, len(words) * 2 // 3))) if len(words) > _NOT_PARTED else ()


def _words(part: object) -> Iterator[str]:
    """The texts of blocks that are markup, and so escaped already."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        else:
            yield from _words(tuple(part.values()))
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _words(each)
