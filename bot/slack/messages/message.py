"""An answer as Slack messages: within Slack's limits, and nothing in it that Slack would act on."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.answer import Answer, Definition
from bot.slack.messages.buttons import buttons
from bot.slack.messages.cells import legible
from bot.slack.messages.cited import citation_blocks, heading
from bot.slack.messages.markup import (
    SECTION_LIMIT,
    Block,
    clipped,
    context,
    escaped,
    leads_somewhere,
    link,
    section,
    split,
    whole_lines,
)
from bot.texts.direction import directed
from prompts import phrase

# https://docs.slack.dev/reference/block-kit/blocks
BLOCKS_LIMIT = 50
FALLBACK_LIMIT = 4000
# Slack refuses somewhere above 11,000 characters of all blocks together and says nowhere where:
# https://github.com/slackapi/bolt-js/issues/2867
MESSAGE_LIMIT = 10_000
_AS_OF_LIMIT = 1000
_QUESTION_LIMIT = 2000


@dataclass(frozen=True)
class Message:
    """One message: blocks as Slack takes them, and the text for notifications and where blocks are not shown."""

    text: str
    blocks: tuple[Block, ...] = ()


def render(
    answer: Answer,
    *,
    base_url: str,
    has_colleagues: bool = False,
    share_in: str | None = None,
    shared_by: str | None = None,
) -> list[Message]:
    """The messages that show an answer, to be posted in this order; nearly always one.

    Where the asker `has_colleagues` to turn to, there is a button to ask them; with `share_in`, the id of a channel,
    one to share the answer there. Where somebody has shared it, given by the id, it tells who asked, and what. What not
    everybody may see has no links: the pages show it to nobody but the owner.
    """
    base_url = "" if answer.audiences else base_url
    text = _text(answer)
    # The nearest paragraphs too have numbers here, by which their buttons name them.
    cited = [replace(citation, marker=citation.marker or place) for place, citation in enumerate(answer.shown, start=1)]
    above = [_asked_by(shared_by, answer)] if shared_by else []
    blocks = [context(line) for line in above]
    blocks += [context(piece) for one in answer.definitions for piece in split(_defined(one), SECTION_LIMIT)]
    blocks += [section(piece) for piece in split(directed(escaped(text)), SECTION_LIMIT)]
    if answer.abstained and cited:
        blocks.append(section(f"*{escaped(phrase('nearest', answer.language))}*"))
    for citation in cited:
        is_quoted = not answer.abstained and f"“{citation.quote}”" in answer.answer
        blocks += citation_blocks(citation, answer.language, base_url, with_quote=not is_quoted)
    if foot := list(_foot(answer, base_url)):
        blocks.append(context(*foot))
    blocks += buttons(answer.answer_id, cited, answer.language, has_colleagues=has_colleagues, share_in=share_in)
    fallback = "\n".join(
        [*above, escaped(text), *(heading(citation, answer.language, base_url="") for citation in cited)]
    )
    return _messages(fallback, blocks)


def plain(text: str, *, after: str = "") -> list[Message]:
    """The messages that show plain text, to be posted in this order; `after` is markup that stands below it."""
    blocks = [section(piece) for piece in whole_lines(directed(escaped(text)), SECTION_LIMIT)]
    return _messages(escaped(text), [*blocks, context(after)] if after else blocks)


def sentence(text: str) -> Message:
    """A message that says one thing, without blocks."""
    return Message(_shortened(escaped(text)))


def marked(lines: Iterable[str]) -> Message:
    """A message of lines of markup, as many of the first as go into one, without blocks."""
    text = ""
    for line in lines:
        if len(text) + len(line) >= FALLBACK_LIMIT:
            break
        text += f"\n{line}"
    return Message(text.strip())


def _text(answer: Answer) -> str:
    """What the answer says, with the rows that it quotes of tables as they can be read."""
    text = (answer.reason or answer.answer) if answer.abstained else answer.answer
    for citation in answer.citations:
        text = text.replace(citation.quote, legible(citation.quote, citation.text))
    return text


def _asked_by(user: str, answer: Answer) -> str:
    asked_by, question = phrase("asked_by", answer.language), clipped(escaped(answer.question), _QUESTION_LIMIT)
    return directed(f"{escaped(asked_by)} <@{user}>: {question}")


def _defined(definition: Definition) -> str:
    called = " · ".join([definition.name, *definition.short])
    source = phrase("from_glossary", definition.language)
    lines = (f"*{escaped(called)}*", escaped(definition.meaning), f"_{escaped(source)}_")
    return "\n".join(map(directed, lines))


def _foot(answer: Answer, base_url: str) -> Iterator[str]:
    """How recent the answer is, and where it stays."""
    if line := directed(clipped(escaped(answer.as_of_line), _AS_OF_LIMIT)):
        yield line
    if leads_somewhere(base_url):
        yield link(directed(phrase("permalink", answer.language)), f"/answers/{answer.answer_id}", base_url)


def _shortened(text: str) -> str:
    return text if len(text) <= FALLBACK_LIMIT else next(split(text, FALLBACK_LIMIT - 1)) + "…"


def _messages(fallback: str, blocks: list[Block]) -> list[Message]:
    return [Message(_shortened(fallback) if i == 0 else "…", tuple(group)) for i, group in enumerate(_packed(blocks))]


def _packed(blocks: list[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        length = len(json.dumps(block, ensure_ascii=False))
        if groups[-1] and (len(groups[-1]) == BLOCKS_LIMIT or size + length > MESSAGE_LIMIT):
            groups.append([])
            size = 0
        groups[-1].append(block)
        size += length
    return groups
