"""What a server's answer means: a document of a kind that is read, a failure that passes, or one that stays."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

LONGEST_WAIT_SECONDS = 60
HEAD_BYTES = 4096
OK = 200
_NOT_THERE = (404, 410)
_REFUSED = (401, 403, 407, 451)
_BUSY = (408, 425, 429)
_FAILED = 500
_SECONDS = re.compile("[0-9]{1,9}")
_DOCUMENTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_TEXTS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "message/rfc822": ".eml",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
}
_TEXT_SUFFIXES = {".md": ".md", ".markdown": ".md", ".txt": ".txt", ".eml": ".eml", ".html": ".html", ".htm": ".html"}
# What servers say of a file whose type they do not know; its name then tells.
_UNTOLD = {"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/force-download"}
DOCUMENT_SUFFIXES = frozenset({".pdf", *_DOCUMENTS.values()})


class FetchError(Exception):
    """A document could not be fetched; the message says why and what to do about it.

    Where `transient`, the same request may succeed at another time: try it again then.
    """

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message)
        self.transient = transient


class PassingError(FetchError):
    """A failure that is likely over soon: try at once again, after `wait_seconds` where the server named them."""

    def __init__(self, message: str, *, wait_seconds: float | None = None) -> None:
        super().__init__(message, transient=True)
        self.wait_seconds = wait_seconds


def refusal(status: int, headers: Mapping[str, str], *, what: str, host: str) -> FetchError:
    """What to raise for an answer without a document."""
    if status in _NOT_THERE:
        return FetchError(f"{host} has no {what} (status {status}): check the symbol or address, and the language.")
    if status in _REFUSED:
        return FetchError(
            f"{host} refuses to give {what} (status {status}): download it in a browser and add the file."
        )
    if status not in _BUSY and status < _FAILED:
        return FetchError(f"{host} gives no {what} but status {status}: download it in a browser and add the file.")
    asked = seconds_asked(headers)
    if asked is not None and asked > LONGEST_WAIT_SECONDS:
        return FetchError(f"{host} asks to be left alone for {asked:.0f} seconds: try again later.", transient=True)
    return PassingError(
        f"{host} is busy or out of order (status {status}): try {what} again later.", wait_seconds=asked
    )


def seconds_asked(headers: Mapping[str, str]) -> float | None:
    """The seconds in Retry-After (RFC 9110, 10.2.3), counted by the server's own clock where it says a date."""
    asked = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(asked):
        return float(asked)
    until = _moment(asked)
    return (
        max(0.0, (until - (_moment(headers.get("date", "")) or datetime.now(UTC))).total_seconds()) if until else None
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def suffix_of(head: bytes, *, content_type: str, path: str, what: str, document_wanted: bool) -> str:
    """The suffix by which the reader knows a file, from its first bytes, its Content-Type and its address's path.

    Raises FetchError where it is of no kind that is read, and where a PDF or an Office file is wanted and it is text.
    """
    said = content_type.partition(";")[0].strip().lower()
    named = PurePosixPath(path).suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf\t\n\r ")
    if not start.strip(b"\x00"):
        raise FetchError(f"There is nothing in {what}: check the symbol or address, and whether it is out by now.")
    if b"%PDF-" in head[:1024] and not start.startswith(b"<"):
        return ".pdf"
    if head.startswith(b"PK"):
        return _DOCUMENTS.get(said) or (named if named in _DOCUMENTS.values() else ".docx")
    is_page = start[:200].lower().startswith((b"<!doctype html", b"<html"))
    if document_wanted and (is_page or said in _TEXTS):
        raise FetchError(
            f"A web page came in place of {what}: check the symbol or address, and whether it is out in that language."
        )
    kind = ".html" if is_page else _text_suffix(said, named)
    if document_wanted or kind is None or _is_binary(head):
        raise FetchError(
            f"What came as {what} ({said or 'no type'}) is of no kind that is read: name the address of a PDF, DOCX, "
            "PPTX, XLSX, HTML, EML, Markdown or plain text file."
        )
    return kind


def _text_suffix(said: str, named: str) -> str | None:
    by_name = _TEXT_SUFFIXES.get(named) if said in _UNTOLD else None
    return by_name or _TEXTS.get(said)


def _is_binary(head: bytes) -> bool:
    return not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in head
