"""The windows that open at a click, which Slack calls modals."""

import re
from collections.abc import Iterator, Sequence

from bot.answers.feedback import LONGEST_COMMENT
from bot.slack.interactions.surroundings import Neighbour, Surroundings
from bot.slack.messages.cells import legible
from bot.slack.messages.cited import heading, own
from bot.slack.messages.markup import (
    SECTION_LIMIT,
    Block,
    clipped,
    context,
    escaped,
    leads_somewhere,
    link,
    quoted,
    section,
    split,
    words,
)
from bot.texts.direction import directed, in_direction_of
from prompts import phrase

# https://docs.slack.dev/reference/views/modal-views
TITLE_LIMIT = 24
# They must open within three seconds of a click: https://docs.slack.dev/reference/methods/views.open
TOO_LATE = ("expired_trigger_id", "exchanged_trigger_id")
COMMENT = "comment"  # the name of the window for one, and of the field in it
_LABEL_LIMIT = 2000  # https://docs.slack.dev/reference/block-kit/blocks/input-block
_MOST_PIECES = 3  # of a paragraph, before its quote, in it and after it: Slack refuses windows of 250 kB
_NEIGHBOUR_LIMIT, _NAME_LIMIT, _PLACE_LIMIT = 2500, 300, 1000


def paragraph_window(shown: Surroundings, language: str, base_url: str) -> Block:
    """A whole paragraph in its section with the quote marked, and its neighbours."""
    citation = shown.citation
    blocks = [section(heading(citation, language, base_url))]
    place = clipped(escaped(" › ".join([citation.title, *citation.section])), _PLACE_LIMIT)
    blocks.append(context(own(place, language)))
    if shown.fate != "current":
        blocks.append(context(f"_{directed(phrase(f'report_{shown.fate}', language))}_"))
    blocks += _neighbour("stands_before", shown.before, language)
    blocks += _paragraph(citation.text, citation.quote, language)
    blocks += _neighbour("stands_after", shown.after, language)
    if leads_somewhere(base_url):
        blocks.append(context(link(directed(phrase("open_report", language)), citation.url, base_url)))
    return _window("paragraph_title", language, blocks)


def comment_window(language: str, kept: str) -> Block:
    """A field for a comment; `kept` comes back with it."""
    field = {"type": "plain_text_input", "action_id": COMMENT, "multiline": True, "max_length": LONGEST_COMMENT}
    label = words(phrase("comment", language), _LABEL_LIMIT)
    block = {"type": "input", "block_id": COMMENT, "optional": True, "label": label, "element": field}
    sending = {
        "callback_id": COMMENT,
        "private_metadata": kept,
        "submit": words(phrase("send", language), TITLE_LIMIT),
    }
    return _window("comment_title", language, [block]) | sending


def _window(title: str, language: str, blocks: Sequence[Block]) -> Block:
    return {
        "type": "modal",
        "title": words(phrase(title, language), TITLE_LIMIT),
        "close": words(phrase("close", language), TITLE_LIMIT),
        "blocks": list(blocks),
    }


def _neighbour(place: str, neighbour: Neighbour | None, language: str) -> Iterator[Block]:
    if neighbour is None:
        return
    label = own(clipped(escaped(neighbour.label), _NAME_LIMIT), language)
    name = f"*{in_direction_of(language, f'{directed(phrase(place, language))} · {label}')}*"
    pieces = list(split(directed(escaped(legible(neighbour.text, neighbour.text))), _NEIGHBOUR_LIMIT))
    cut = [directed(phrase("cut_short", language))] if len(pieces) > 1 else []
    yield context("\n".join([name, *pieces[:1], *cut]))


def _paragraph(text: str, quote: str, language: str) -> Iterator[Block]:
    """The paragraph, its quote behind a bar; of one that is too long what is nearest to the quote."""
    start, end = _place(quote, text)
    before, words_quoted, after = (
        directed(escaped(legible(part.strip("\n"), text))) for part in (text[:start], text[start:end], text[end:])
    )
    cut = context(directed(phrase("cut_short", language)))
    above = list(map(section, split(before, SECTION_LIMIT)))
    yield from [cut, *above[-_MOST_PIECES:]] if len(above) > _MOST_PIECES else above
    for pieces in (quoted(words_quoted, SECTION_LIMIT), split(after, SECTION_LIMIT)):
        shown = list(map(section, pieces))
        yield from [*shown[:_MOST_PIECES], cut] if len(shown) > _MOST_PIECES else shown


def _place(quote: str, text: str) -> tuple[int, int]:
    """Where a quote begins and ends in its paragraph, white space aside; at its start where it is not found."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return found.span() if found else (0, 0)
