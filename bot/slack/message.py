"""An answer as Slack messages: within Slack's limits, and nothing in it that Slack would act on."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.answer import Answer, Citation, Definition
from bot.direction import directed
from prompts import phrase

Block = dict[str, Any]

# https://docs.slack.dev/reference/block-kit/blocks
SECTION_LIMIT = 3000
BLOCKS_LIMIT = 50
FALLBACK_LIMIT = 4000
# Slack refuses somewhere above 11,000 characters of all blocks together and says nowhere where:
# https://github.com/slackapi/bolt-js/issues/2867
MESSAGE_LIMIT = 10_000
_LABEL_LIMIT = 300
_SENTENCE_END = re.compile(r"(?:[.!?؟][\"»”’)]*(?:\s*\[\d+\])*(?=\s)|[。！？][”」]?(?:\s*\[\d+\])*|\n)")
_ENTITY_LENGTH = len("&amp;")
_SAFE_IN_ADDRESS = "/:#?=&%+,;@!$~*()'"


@dataclass(frozen=True)
class Message:
    """One message: blocks as Slack takes them, and the text for notifications and where blocks are not shown."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class _Words:
    nearest: str
    superseded: str


_WORDS = {
    "ar": _Words("أقرب الفقرات", "توجد نسخة أحدث"),
    "en": _Words("Nearest paragraphs", "superseded by a newer edition"),
    "es": _Words("Párrafos más cercanos", "sustituido por una edición más reciente"),
    "fr": _Words("Paragraphes les plus proches", "remplacé par une édition plus récente"),
    "ru": _Words("Ближайшие пункты", "заменено более новой редакцией"),
    "zh": _Words("最接近的段落", "已被新版取代"),
}


def render(answer: Answer, *, base_url: str) -> list[Message]:
    """The messages that show an answer, to be posted in this order; nearly always one."""
    words = _WORDS[answer.language]
    text = (answer.reason or answer.answer) if answer.abstained else answer.answer
    cited = answer.nearest if answer.abstained else answer.citations
    blocks = [_context(_defined(one)) for one in answer.definitions]
    blocks += [_section(piece) for piece in split(directed(escaped(text)), SECTION_LIMIT)]
    if answer.abstained and cited:
        blocks.append(_section(f"*{words.nearest}*"))
    for citation in cited:
        blocks += _citation_blocks(citation, answer.language, base_url)
    if answer.as_of_line:
        blocks.append(_context(directed(escaped(answer.as_of_line))))
    fallback = "\n".join([escaped(text), *(_heading(citation, words, base_url="") for citation in cited)])
    return _messages(fallback, blocks)


def plain(text: str, *, after: str = "") -> list[Message]:
    """The messages that show plain text, to be posted in this order; `after` is markup that stands below it."""
    blocks = [_section(piece) for piece in _whole_lines(directed(escaped(text)), SECTION_LIMIT)]
    return _messages(escaped(text), [*blocks, _context(after)] if after else blocks)


def sentence(text: str) -> Message:
    """A message that says one thing, without blocks."""
    return Message(_clipped(escaped(text)))


def marked(lines: Iterable[str]) -> Message:
    """A message of lines of markup, as many of the first as go into one, without blocks."""
    text = ""
    for line in lines:
        if len(text) + len(line) >= FALLBACK_LIMIT:
            break
        text += f"\n{line}"
    return Message(text.strip())


def link(label: str, path: str, base_url: str) -> str:
    """An escaped label that leads to a path of the server, or the label alone where the server has no address."""
    if not path or not base_url.startswith(("http://", "https://")):
        return label
    address = quote(base_url.rstrip("/") + path, safe=_SAFE_IN_ADDRESS)
    return f"<{escaped(address)}|{label}>"


def escaped(text: str) -> str:
    """Text in which Slack finds no mention, channel, broadcast or link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def split(text: str, limit: int) -> Iterator[str]:
    """The pieces of escaped text, none longer than `limit`, cut at sentence ends where there are any."""
    rest = text.strip()
    while len(rest) > limit:
        cut = _cut(rest[:limit])
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _whole_lines(text: str, limit: int) -> Iterator[str]:
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


def _cut(window: str) -> int:
    ends = [end.end() for end in _SENTENCE_END.finditer(window)]
    if ends:
        return ends[-1]
    if (space := window.rfind(" ")) > 0:
        return space
    entity = window.rfind("&", len(window) - _ENTITY_LENGTH + 1)
    return entity if entity > 0 and ";" not in window[entity:] else len(window)


def _defined(definition: Definition) -> str:
    called = " · ".join([definition.name, *definition.short])
    source = phrase("from_glossary", definition.language)
    lines = (f"*{escaped(called)}*", escaped(definition.meaning), f"_{escaped(source)}_")
    return "\n".join(map(directed, lines))


def _citation_blocks(citation: Citation, language: str, base_url: str) -> list[Block]:
    heading = _heading(citation, _WORDS[language], base_url)
    lines = [directed(escaped(line)) for line in citation.quote.splitlines()]
    if citation.translation:
        lines += [f"_{directed(phrase('unofficial_translation', language))}_", directed(escaped(citation.translation))]
    quoted = "\n".join(f">{line}" for line in lines if line.strip())
    pieces = [
        piece if piece.startswith(">") else f">{piece}" for piece in split(quoted, SECTION_LIMIT - len(heading) - 2)
    ]
    return [_context("\n".join([heading, *pieces[:1]])), *(_context(piece) for piece in pieces[1:])]


def _heading(citation: Citation, words: _Words, base_url: str) -> str:
    mark = "•" if citation.marker is None else f"[{citation.marker}]"
    label = directed(escaped(" ".join(citation.label.split())[:_LABEL_LIMIT]))
    parts = [link(label, citation.url, base_url), escaped(citation.language)]
    if citation.superseded_by:
        newer = f"/documents/{citation.superseded_by}"
        parts.append(f"*{link(directed(words.superseded), newer, base_url)}*")
    return f"{mark} {' · '.join(parts)}"


def _clipped(text: str) -> str:
    if len(text) <= FALLBACK_LIMIT:
        return text
    return next(split(text, FALLBACK_LIMIT - 1)) + "…"


def _messages(fallback: str, blocks: list[Block]) -> list[Message]:
    return [Message(_clipped(fallback) if i == 0 else "…", tuple(group)) for i, group in enumerate(_packed(blocks))]


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


def _section(text: str) -> Block:
    return {"type": "section", "expand": True, "text": _markup(text)}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_markup(text)]}


def _markup(text: str) -> dict[str, Any]:
    # verbatim: Slack makes no links of its own out of bare addresses and names.
    return {"type": "mrkdwn", "text": text, "verbatim": True}
