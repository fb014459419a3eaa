"""What a zip file is, looked at before any parser opens it, and whether it asks for more than it should."""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from ingest.blocks import ReadingError

_MEBIBYTE = 1024 * 1024
# A report of a thousand pages with its pictures has some hundreds of parts and unpacks to tens of megabytes.
_MOST_PARTS = 10_000
_MOST_DIRECTORY = 4 * _MEBIBYTE
_MOST_UNPACKED = 512 * _MEBIBYTE
# Office's XML shrinks to a tenth, a sheet of equal numbers to a hundredth; deflate's own limit is 1032.
_MOST_RATIO = 250
_SMALL = 10 * _MEBIBYTE
# The end of the central directory and its longest comment: APPNOTE.TXT 4.3.16.
_END = b"PK\x05\x06"
_END_BYTES = 22 + 65_535
_TYPES = "[Content_Types].xml"
_KINDS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
    b"presentationml.slideshow.main+xml": "pptx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_FORBIDDEN = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_DAMAGED = "The file is a damaged archive: save it anew from its application."
_BOMB = "The file is made to harm: it unpacks to far more than a report has. Save it anew from its application."


def office_kind(path: Path) -> str:
    """ "docx", "pptx" or "xlsx"; raises ReadingError for any other archive, and for one that is broken or a bomb."""
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive.infolist(), path.stat().st_size)
            kind = _kind(archive, path)
            _check_parts(archive)
            return kind
    except ReadingError:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, KeyError, NotImplementedError, zlib.error) as error:
        raise ReadingError(_DAMAGED) from error
    except RuntimeError as error:  # zipfile's for a part with a password
        raise ReadingError("The file is encrypted: save a copy without a password.") from error


def _check_directory(path: Path) -> None:
    """Refuses a directory so long that only to list the parts would take the memory there is."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END_BYTES))
        tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise ReadingError(_DAMAGED)
    parts, length = struct.unpack_from("<HL", tail, place + 10)
    if parts > _MOST_PARTS or length > _MOST_DIRECTORY:
        raise ReadingError(_BOMB)


def _check_sizes(parts: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Refuses what the parts' declared sizes give away: zipfile never unpacks more of a part than it declares."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or packed > size:  # parts that overlap pack into more
        raise ReadingError(_BOMB)
    if any(part.file_size > max(_SMALL, _MOST_RATIO * part.compress_size) for part in parts):
        raise ReadingError(_BOMB)


def _kind(archive: zipfile.ZipFile, path: Path) -> str:
    names = set(archive.namelist())
    if _TYPES not in names:
        raise ReadingError(_what_it_is(names, path))
    types = archive.read(_TYPES)
    found = next((kind for mark, kind in _KINDS.items() if mark in types), None)
    if found is None:
        raise ReadingError(
            "This type of file (an Office file with macros, a template or binary) is not read: "
            "save it as DOCX, PPTX, XLSX or PDF."
        )
    return found


def _what_it_is(names: set[str], path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(100)
    if "mimetype" in names and _OPEN_DOCUMENT in head:
        return "This type of file (OpenDocument) is not read: save it as DOCX, PPTX, XLSX or PDF."
    return "This type of file (an archive) is not read: unpack it and add the documents in it."


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Unpacks the XML once: it must be whole, and without the declarations that Office never writes.

    ECMA-376 part 2 forbids document types, by which XML asks for other files and grows without end.
    """
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                before = b""
                while chunk := file.read(_MEBIBYTE):
                    if any(mark in before + chunk for mark in _FORBIDDEN):
                        raise ReadingError("The file is made to harm: its XML has a document type. Save it anew.")
                    before = chunk[-32:]
