"""Ready paragraphs in a .jsonl file, one a line, to documents."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.blocks import ReadingError
from ingest.language import language_of
from ingest.metadata import body_of
from vectorstore.paragraph import LANGUAGES, PUBLIC, Document, IngestReport, Paragraph

_AUDIENCE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")  # it becomes part of a collection's name
_TEXTS = ("title", "symbol", "language", "date", "body", "edition", "audience", "paragraph")


@dataclass(frozen=True)
class _Entry:
    number: int
    raw: str
    values: Mapping[str, Any]


def read_bulk(path: Path) -> Iterator[Document]:
    """The documents of a bulk file in the order in which they first appear, the lines of each in their order.

    Title, symbol, language, date, body, edition and audience are taken from the first line of a document that has
    them. Raises ReadingError, naming the line, before any document is given when a line is wrong.
    """
    documents: dict[str, list[_Entry]] = {}
    for entry in _entries(path):
        documents.setdefault(str(entry.values["document"]), []).append(entry)
    if not documents:
        raise ReadingError("The file is empty: it needs one JSON object a line.")
    return (_document(source, entries) for source, entries in documents.items())


def _entries(path: Path) -> Iterator[_Entry]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, raw in enumerate(file, 1):
                if raw.strip():
                    yield _Entry(number, raw.strip(), _checked(number, raw))
    except UnicodeDecodeError as error:
        raise ReadingError("The file is not in UTF-8: save it as UTF-8.") from error
    except OSError as error:
        raise ReadingError(f"The file cannot be opened ({error.strerror}): check its path and permissions.") from error


def _checked(number: int, raw: str) -> Mapping[str, Any]:
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"Line {number} is no JSON object: each line must be one.") from error
    if not isinstance(values, dict):
        raise ReadingError(f"Line {number} is no JSON object: each line must be one.")
    problem = _problem(values)
    if problem:
        raise ReadingError(f"Line {number}: {problem}")
    return values


def _problem(values: Mapping[str, Any]) -> str | None:
    """What is wrong with a line's values, or None."""
    for key in ("document", "text"):
        if not isinstance(values.get(key), str) or not values[key].strip():
            return f'"{key}" is required and must be text.'
    for key in _TEXTS:
        if values.get(key) is not None and not isinstance(values[key], str):
            return f'"{key}" must be text or null.'
    if values.get("audience") and not _AUDIENCE.fullmatch(values["audience"]):
        return '"audience" must be 1 to 40 small letters, digits and hyphens.'
    return _problem_of_place(values)


def _problem_of_place(values: Mapping[str, Any]) -> str | None:
    page, section, language = values.get("page"), values.get("section"), values.get("language")
    if page is not None and (not isinstance(page, int) or isinstance(page, bool) or page < 1):
        return '"page" must be a whole number from 1, or null.'
    if section is not None and not (isinstance(section, list) and all(isinstance(each, str) for each in section)):
        return '"section" must be a list of texts.'
    if language and language not in LANGUAGES:
        return f'"language" must be one of {", ".join(LANGUAGES)}, or null.'
    return None


def _document(source: str, entries: list[_Entry]) -> Document:
    paragraphs = tuple(_paragraph(entry.values) for entry in entries)
    language = _first(entries, "language") or language_of("\n".join(paragraph.text for paragraph in paragraphs))
    return Document(
        source=source,
        content_hash=hashlib.sha256("\n".join(entry.raw for entry in entries).encode()).hexdigest(),
        title=_first(entries, "title") or _first(entries, "symbol") or source,
        language=language,
        paragraphs=paragraphs,
        symbol=_first(entries, "symbol"),
        date=_first(entries, "date"),
        body=_first(entries, "body") or body_of(_first(entries, "symbol")),
        edition=_first(entries, "edition"),
        audience=_first(entries, "audience") or PUBLIC,
        report=_report(paragraphs),
    )


def _paragraph(values: Mapping[str, Any]) -> Paragraph:
    return Paragraph(
        text=values["text"].strip(),
        number=values.get("paragraph") or None,
        section=tuple(values.get("section") or ()),
        page=values.get("page"),
    )


def _first(entries: list[_Entry], key: str) -> str | None:
    return next((str(entry.values[key]) for entry in entries if entry.values.get(key)), None)


def _report(paragraphs: tuple[Paragraph, ...]) -> IngestReport:
    """Repeated numbers; gaps are no news where somebody has chosen the paragraphs."""
    counts = Counter(paragraph.number for paragraph in paragraphs if paragraph.number)
    return IngestReport(numbering_repeats=tuple(number for number, count in counts.items() if count > 1))
