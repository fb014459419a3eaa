"""A file to blocks of text: which kind of file it is, and the parser for that kind.

A file is what its first bytes say; the suffix decides only among the kinds of plain text. So a PDF named .txt is
read as the PDF it is, and a text named .pdf is refused as a broken PDF.
"""

import re
from collections.abc import Callable
from pathlib import Path

from ingest.blocks import Reading, ReadingError

_SUPPORTED = "PDF, DOCX, PPTX, XLSX, HTML, EML, Markdown or plain text"
_TEXT_SUFFIXES = {".txt", ".text", ""}
_MARKDOWN_SUFFIXES = {".md", ".markdown"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_MAIL_SUFFIX = ".eml"
_MAIL = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|From|Date|Subject|To): ", re.IGNORECASE
)
_MAIL_ONLY = (b"\nmime-version:", b"\nmessage-id:")
# The first bytes of what is asked for but not read, what it is called, and what to do about it.
_NOT_READ = (
    (b"\xd0\xcf\x11\xe0", "of Office before 2007, or of Outlook", "save it as DOCX, PPTX, XLSX, EML or PDF"),
    (b"{\\rtf", "RTF", "save it as DOCX or PDF"),
    (b"\x89PNG", "a picture", "save it as PDF"),
    (b"\xff\xd8\xff", "a picture", "save it as PDF"),
    (b"GIF8", "a picture", "save it as PDF"),
    (b"II*\x00", "a picture", "save it as PDF"),
    (b"MM\x00*", "a picture", "save it as PDF"),
    (b"RIFF", "a picture or a recording", "save it as PDF"),
    (b"Rar!", "an archive", "unpack it and add the documents in it"),
    (b"7z\xbc\xaf", "an archive", "unpack it and add the documents in it"),
    (b"\x1f\x8b", "an archive", "unpack it and add the documents in it"),
    (b"%!PS", "PostScript", "save it as PDF"),
)
_HEAD_BYTES = 4096
# Thirty times the text of the longest reports.
_MOST_TEXT_MEGABYTES = 32


def read(path: Path) -> Reading:
    """The blocks of a file; raises ReadingError for one that holds no readable text."""
    reading = _reader(path)(path)
    if any(block.text.strip() for block in reading.blocks):
        return reading
    blank = ["Its pages are blank, or scans with nothing to read on them."] if reading.pages else []
    raise ReadingError(" ".join(["The file holds no text.", *(reading.warnings or blank)]))


def _reader(path: Path) -> Callable[[Path], Reading]:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\x00\t\n\x0c\r "):
        raise ReadingError("The file is empty: export or download it again.")
    if b"%PDF-" in head[:1024]:
        return _pdf
    if head.startswith(b"PK"):
        return _office
    if _is_binary(head) or any(head.startswith(start) for start, _, _ in _NOT_READ):
        return _refuse_type
    return _text_reader(head, path.suffix.lower())


def _text_reader(head: bytes, suffix: str) -> Callable[[Path], Reading]:
    if suffix == ".pdf":
        return _pdf
    start = head.lstrip(b"\xef\xbb\xbf\t\n\r ")[:200].lower()
    if suffix in _HTML_SUFFIXES or start.startswith((b"<!doctype html", b"<html")):
        return _html
    if suffix == _MAIL_SUFFIX or (suffix in _TEXT_SUFFIXES and _is_mail(head)):
        return _mail
    if suffix in _MARKDOWN_SUFFIXES:
        return _markdown
    return _text if suffix in _TEXT_SUFFIXES else _refuse_type


def _is_mail(head: bytes) -> bool:
    """Whether a text begins with the lines that a mail program writes and a memorandum has not."""
    lines = head.replace(b"\r", b"").partition(b"\n\n")[0]
    return bool(_MAIL.match(lines)) and any(line in b"\n" + lines.lower() for line in _MAIL_ONLY)


def _is_binary(head: bytes) -> bool:
    return not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in head


def _refuse_type(path: Path) -> Reading:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    known = (f"({name}) is not read: {remedy}." for start, name, remedy in _NOT_READ if head.startswith(start))
    other = f"({path.suffix or 'no suffix'}) is not read: save it as {_SUPPORTED}."
    raise ReadingError(f"This type of file {next(known, other)}")


def _pdf(path: Path) -> Reading:
    from ingest.pdf.document import read_pdf  # each parser is loaded only for its own kind of file

    return read_pdf(path)


def _office(path: Path) -> Reading:
    from ingest.office.archive import office_kind

    readers = {"docx": _docx, "pptx": _pptx, "xlsx": _xlsx}
    return readers[office_kind(path)](path)


def _docx(path: Path) -> Reading:
    from ingest.office.word import read_docx

    return read_docx(path)


def _pptx(path: Path) -> Reading:
    from ingest.office.slides import read_pptx

    return read_pptx(path)


def _xlsx(path: Path) -> Reading:
    from ingest.office.sheets import read_xlsx

    return read_xlsx(path)


def _mail(path: Path) -> Reading:
    from ingest.markup.mail import read_eml

    return read_eml(path)


def _html(path: Path) -> Reading:
    from ingest.markup.web_page import read_html

    return read_html(path)


def _markdown(path: Path) -> Reading:
    from ingest.markup.markdown import read_markdown
    from ingest.markup.plain import decode

    _check_length(path)
    return read_markdown(decode(path.read_bytes()))


def _text(path: Path) -> Reading:
    from ingest.markup.plain import read_text

    _check_length(path)
    return read_text(path)


def _check_length(path: Path) -> None:
    if path.stat().st_size > _MOST_TEXT_MEGABYTES * 1024 * 1024:
        raise ReadingError(f"The text is longer than {_MOST_TEXT_MEGABYTES} MB, as no report is: split it.")
