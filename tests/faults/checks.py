"""What must hold of an index, asked over HTTP: the right documents, each once and whole, and found by their words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.faults.folder import Content, Linked, State, documents_of, superseding
from tests.faults.reports import Report
from tests.faults.server import Json, Server

Snapshot = frozenset[tuple[object, ...]]
_RESULTS = 20


def snapshot(documents: Iterable[Json]) -> Snapshot:
    """What tells one state of an index from another."""
    fields = ("document_id", "source", "status", "superseded_by", "paragraphs")
    return frozenset(tuple(document[name] for name in fields) for document in documents)


def sentences(state: State) -> Mapping[str, str]:
    """The marks that our reports bear, each with the paragraph by which it is found."""
    reports = [content for content in state.values() if isinstance(content, Report)]
    return {mark: report.sentence(mark) for report in reports for mark in report.marks}


class Checks:
    """Asks a server whether its index is that of a state of the folder."""

    def __init__(self, server: Server, root: Path, known: dict[Linked, str]) -> None:
        self._server = server
        self._root = root
        self._known = known  # the documents that the reports of others turned out to be

    def wrong(self, documents: list[Json], state: State) -> Iterator[str]:
        """What is not as the folder says, each in a sentence."""
        expected = {str(self._root / path): content for path, content in documents_of(state).items()}
        yield from _wrong_sources(documents, expected)
        there = {document["source"]: document for document in documents}
        held = {content: there[source] for source, content in expected.items() if source in there}
        for content, document in held.items():
            if isinstance(content, Report):
                yield from self._wrong_report(content, document)
            else:
                yield from self._wrong_link(content, document)
        yield from _wrong_editions(held, state)

    def wrong_search(self, state: State, marks: Mapping[str, str]) -> Iterator[str]:
        """The marks that are not found where they stand now, or found where they do not."""
        superseded = superseding(state)
        current = {p: c for p, c in documents_of(state).items() if isinstance(c, Report) and c not in superseded}
        for mark, sentence in marks.items():
            expected = {str(self._root / path) for path, report in current.items() if mark in report.marks}
            found = self._found(mark, sentence)
            if found != expected:
                yield f"The mark {mark} is found in {sorted(found)} and stands in {sorted(expected)}."

    def _found(self, mark: str, sentence: str) -> set[str]:
        results = self._server.call("POST", "/v1/search", {"query": sentence, "limit": _RESULTS})["results"]
        return {result["document"] for result in results if mark in result["text"]}

    def _wrong_report(self, report: Report, document: Json) -> Iterator[str]:
        whole = self._server.call("GET", f"/v1/documents/{document['document_id']}")
        outline = [(one["paragraph"], one["text"]) for one in whole["outline"]]
        if outline != [(str(number), text) for number, text in enumerate(report.paragraphs, 1)]:
            yield f"{document['source']} should be {report} and has the paragraphs {outline}."
        if (document["symbol"], document["title"]) != (report.symbol, report.title):
            yield f"{document['source']} should be {report} and is {document['symbol']}, {document['title']}."

    def _wrong_link(self, linked: Linked, document: Json) -> Iterator[str]:
        document_id = document["document_id"]
        if self._known.setdefault(linked, document_id) != document_id:
            yield f"{document['source']} should be the document {self._known[linked]} and is {document_id}."
        if not document["paragraphs"]:
            yield f"{document['source']} has no paragraphs."


def _wrong_sources(documents: list[Json], expected: Mapping[str, Content]) -> Iterator[str]:
    for name in ("source", "document_id"):
        twice = [value for value, number in Counter(document[name] for document in documents).items() if number > 1]
        if twice:
            yield f"Twice in the index, by {name}: {twice}."
    sources = {document["source"] for document in documents}
    if lost := expected.keys() - sources:
        yield f"Lost: {sorted(lost)}."
    if more := sources - expected.keys():
        yield f"In the index, but not in the folder: {sorted(more)}."


def _wrong_editions(held: Mapping[Content, Json], state: State) -> Iterator[str]:
    newer = superseding(state)
    for content, document in held.items():
        if isinstance(content, Report):
            newest = held.get(newer.get(content, content), document)
            expected = None if newest is document else newest["document_id"]
            if document["superseded_by"] != expected:
                told = document["superseded_by"]
                yield f"{document['source']} ({content.symbol}) should be superseded by {expected}, not by {told}."
