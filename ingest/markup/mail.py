"""EML to blocks: subject, date and people of an e-mail, its text, and the messages forwarded in it."""

import email
import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

from ingest.blocks import Block, Reading, ReadingError, Style
from ingest.joining import join
from ingest.markup.plain import decode
from ingest.markup.web_page import page_blocks

_PEOPLE = ("From", "To", "Cc")
_QUOTE = re.compile(r"^(?:> ?){0,20}")
# A line that begins a paragraph of its own although no empty line stands before it.
_STARTS = re.compile(r"^(?:[-*•]\s|\d{1,4}[.)]\s|[(（][a-zivx0-9]{1,5}[)）]\s)")
# What senders call by the name of the older and smaller set.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "us-ascii": "utf-8"}
_DEEPEST = 5


def read_eml(path: Path) -> Reading:
    """The blocks of an e-mail: its title is the subject. Attachments are not read but named in the warnings."""
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        return Reading(
            blocks=tuple(_body(message, 0)),
            front="\n".join(_front(message)),
            title=_header(message, "Subject") or None,
            warnings=tuple(_attachments(message)),
        )
    except ReadingError:
        raise
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:  # the parser raises all of them
        raise ReadingError("The e-mail is broken: save it anew from its application.") from error


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _front(message: EmailMessage) -> Iterator[str]:
    yield _header(message, "Subject")
    date = message.get("Date")
    moment = getattr(date, "datetime", None)  # none where the header is no date
    if isinstance(moment, datetime):
        yield f"{moment.day} {month_name[moment.month]} {moment.year}"
    for name in _PEOPLE:
        if people := _header(message, name):
            yield f"{name}: {people}"


def _body(message: EmailMessage, depth: int) -> Iterator[Block]:
    part = message.get_body(("plain", "html"))
    if isinstance(part, EmailMessage):
        text = _text(part)
        yield from page_blocks(text) if part.get_content_subtype() == "html" else _blocks(text)
    if depth < _DEEPEST:
        for inner in _forwarded(message):
            yield Block(_header(inner, "Subject") or "Forwarded", "heading", level=1 + depth, style=Style(bold=True))
            yield from _body(inner, depth + 1)


def _forwarded(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822":
            yield from (inner for inner in part.iter_parts() if isinstance(inner, EmailMessage))


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts beside the text."""
    if message.get_content_maintype() == "multipart":
        yield from (part for part in message.iter_attachments() if isinstance(part, EmailMessage))


def _attachments(message: EmailMessage) -> Iterator[str]:
    for part in _parts(message):
        if part.get_content_type() != "message/rfc822":
            name = part.get_filename() or part.get_content_type()
            yield f"The attachment {name} was not read: save it and add it by itself."


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    named = (part.get_content_charset() or "").lower()
    try:
        return data.decode(_WIDER.get(named, named), errors="replace") if named else decode(data)
    except LookupError:
        return decode(data)


def _blocks(text: str) -> Iterator[Block]:
    """The paragraphs of a plain text; a reply's quoted lines are paragraphs as others are."""
    for lines in _paragraphs(text.splitlines()):
        if joined := join(lines):
            yield Block(joined)


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    before = ""
    for line in lines:
        quote = _QUOTE.match(line)
        prefix = quote.group().replace(" ", "") if quote else ""
        bare = line[quote.end() :].strip() if quote else line.strip()
        if paragraph and (not bare or prefix != before or _STARTS.match(bare)):
            yield paragraph
            paragraph = []
        before = prefix
        if bare:
            paragraph.append(bare)
    if paragraph:
        yield paragraph
