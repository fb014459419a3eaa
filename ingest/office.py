"""DOCX and HTML to blocks, by kreuzberg."""

import zipfile
from pathlib import Path

from ingest.blocks import Reading, ReadingError
from ingest.markdown import read_markdown

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BROKEN = "The file is broken: download it again, or save it anew from its application."


def read_docx(path: Path) -> Reading:
    """The blocks of a Word document, its automatic numbers with them."""
    return read_markdown(_markdown(_numbered(path.read_bytes()), _DOCX))


def read_html(path: Path) -> Reading:
    """The blocks of a web page."""
    return read_markdown(_markdown(path.read_bytes(), "text/html"))


def _numbered(data: bytes) -> bytes:
    from docx.opc.exceptions import OpcError  # the parser is loaded only for its own kind of file

    from ingest.listnumbers import with_list_numbers

    try:
        return with_list_numbers(data)
    except (OpcError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError) as error:  # lxml raises SyntaxError
        raise ReadingError(_BROKEN) from error


def _markdown(data: bytes, mime_type: str) -> str:
    from kreuzberg import ExtractionConfig, KreuzbergError, extract_bytes_sync

    try:
        config = ExtractionConfig(use_cache=False, output_format="markdown")
        return str(extract_bytes_sync(data, mime_type, config=config).content)
    except KreuzbergError as error:
        raise ReadingError(_BROKEN) from error
