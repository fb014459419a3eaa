"""A file to blocks of text: which kind of file it is, and the parser for that kind.

A file is what its first bytes say; the suffix decides only among the kinds of plain text. So a PDF named .txt is
read as the PDF it is, and a text named .pdf is refused as a broken PDF.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path

from ingest.blocks import Reading, ReadingError

_SUPPORTED = "PDF, DOCX, HTML, Markdown or plain text"
_TEXT_SUFFIXES = {".txt", ".text", ""}
_MARKDOWN_SUFFIXES = {".md", ".markdown"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_HEAD_BYTES = 4096


def read(path: Path) -> Reading:
    """The blocks of a file; raises ReadingError for one that holds no readable text."""
    reading = _reader(path)(path)
    if any(block.text.strip() for block in reading.blocks):
        return reading
    scan = " It may be a scan: run it through text recognition (OCR) first." if reading.pages else ""
    raise ReadingError(f"The file holds no text.{scan}")


def _reader(path: Path) -> Callable[[Path], Reading]:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\x00\t\n\x0c\r "):
        raise ReadingError("The file is empty: export or download it again.")
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:1024] or suffix == ".pdf":
        return _pdf
    if head.startswith(b"PK"):
        return _docx if _is_docx(path) else _refuse_type
    if _is_binary(head):
        return _refuse_type
    return _text_reader(head, suffix)


def _text_reader(head: bytes, suffix: str) -> Callable[[Path], Reading]:
    start = head.lstrip(b"\xef\xbb\xbf\t\n\r ")[:200].lower()
    if suffix in _HTML_SUFFIXES or start.startswith((b"<!doctype html", b"<html")):
        return _html
    if suffix in _MARKDOWN_SUFFIXES:
        return _markdown
    return _text if suffix in _TEXT_SUFFIXES else _refuse_type


def _is_docx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ReadingError("The file is a damaged archive: save it anew from its application.") from error


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return head.startswith(_OLD_OFFICE) or head.count(b"\x00") > 0


def _refuse_type(path: Path) -> Reading:
    suffix = path.suffix or "no suffix"
    raise ReadingError(f"This type of file ({suffix}) is not read: save it as {_SUPPORTED}.")


def _pdf(path: Path) -> Reading:
    from ingest.pdf import read_pdf  # each parser is loaded only for its own kind of file

    return read_pdf(path)


def _docx(path: Path) -> Reading:
    from ingest.office import read_docx

    return read_docx(path)


def _html(path: Path) -> Reading:
    from ingest.office import read_html

    return read_html(path)


def _markdown(path: Path) -> Reading:
    from ingest.markdown import read_markdown
    from ingest.plain import decode

    return read_markdown(decode(path.read_bytes()))


def _text(path: Path) -> Reading:
    from ingest.plain import read_text

    return read_text(path)
