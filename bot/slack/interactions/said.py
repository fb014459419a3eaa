"""What is said after a click, beside the windows: to the clicker alone, or to colleagues in the thread."""

from collections.abc import Iterable

from bot.slack.messages.markup import clipped, escaped, quoted
from bot.slack.messages.message import FALLBACK_LIMIT, Message, marked
from bot.texts.direction import directed
from bot.texts.footnote import Cited, footnote
from prompts import phrase

_FOOTNOTE_LIMIT = 1000
_QUESTION_LIMIT = 3000


def footnotes(cited: Iterable[Cited], language: str) -> Message:
    """The footnotes of what is cited, each once and ready to be copied."""
    notes = dict.fromkeys(map(footnote, cited))
    return marked([directed(phrase("footnotes", language)), *map(_to_copy, notes)])


def asking(people: Iterable[str], question: str, language: str, *, asker: str) -> Message:
    """The question put to people and groups, given by their ids, on behalf of somebody."""
    wanted = f"{' '.join(map(_mention, people))} {escaped(phrase('view_wanted', language))} {_mention(asker)}"
    return Message("\n".join([wanted, *quoted(directed(clipped(escaped(question), _QUESTION_LIMIT)), FALLBACK_LIMIT)]))


def _to_copy(note: str) -> str:
    """A footnote as preformatted text, without marks that would go into a document with it."""
    shown = clipped(escaped(note.replace("`", "'")), _FOOTNOTE_LIMIT)
    return f"```{shown}```"


def _mention(who: str) -> str:
    # https://docs.slack.dev/messaging/formatting-message-text#mentioning-groups
    return f"<!subteam^{who}>" if who.startswith("S") else f"<@{who}>"
