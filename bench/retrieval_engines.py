"""The two sides of the comparison: this project's engine, and the plain pipeline of the tutorials."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from unittest.mock import patch

import numpy as np
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bench.retrieval_data import Entry, printed_name
from bot.service import Service, build_service
from bot.settings import BotSettings
from ingest.plan import Change
from ingest.sources import files_under
from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord, Vector
from vectorstore.search import Filters
from vectorstore.settings import IndexSettings
from vectorstore.store import open_chroma

# Results asked for: enough that ten are left when the other language versions of a paragraph are taken out.
RESULTS = 50
# https://docs.langchain.com/oss/python/langchain/rag splits its documents so.
CHUNK, OVERLAP = 1000, 200


@dataclass(frozen=True)
class Timing:
    """Seconds that an engine took to make its index and for each search, embedding left out."""

    index_s: list[float] = field(default_factory=list)
    search_s: list[float] = field(default_factory=list)


class Engine(Protocol):
    """One side, with what it has taken so far."""

    timing: Timing

    def rank(self, question: str, language: str, /) -> list[str]:
        """The names of the paragraphs found, best first, each once."""
        ...


class Remembered(Embeddings):
    """A model that embeds no text twice; `seconds` is how long it has embedded."""

    def __init__(self, model: Embeddings) -> None:
        self.seconds = 0.0
        self._embed_documents = model.embed_documents
        self._embed_query = model.embed_query
        self._passages: dict[str, Vector] = {}
        self._questions: dict[str, Vector] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each passage."""
        new = list(dict.fromkeys(text for text in texts if text not in self._passages))
        vectors = self._timed(lambda: self._embed_documents(new))
        self._passages.update(zip(new, np.asarray(vectors, dtype=np.float32), strict=True))
        return [_row(self._passages[text]) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        if text not in self._questions:
            [vector] = self._timed(lambda: [self._embed_query(text)])
            self._questions[text] = np.asarray(vector, dtype=np.float32)
        return _row(self._questions[text])

    def _timed(self, embed: Callable[[], list[list[float]]]) -> list[list[float]]:
        started, before = time.perf_counter(), self.seconds
        vectors = embed()
        # Set, not added to: a model may embed a question through its own embed_documents, which comes here too.
        self.seconds = before + time.perf_counter() - started
        return vectors


@contextmanager
def remembered(model: Embeddings) -> Iterator[Remembered]:
    """Within the block every model of this class embeds through one memory, so that both sides have the same."""
    memory = Remembered(model)
    patched = patch.multiple(type(model), embed_documents=memory.embed_documents, embed_query=memory.embed_query)
    with patched:
        yield memory


class Clock:
    """Takes the time of what is done beside embedding."""

    def __init__(self, memories: Sequence[Remembered]) -> None:
        self._memories = memories

    @contextmanager
    def timing(self, taken: list[float]) -> Iterator[None]:
        """Adds to the list the seconds that the block took, those of embedding left out."""
        started, embedded = time.perf_counter(), self._embedded()
        yield
        taken.append(time.perf_counter() - started - (self._embedded() - embedded))

    def _embedded(self) -> float:
        return sum(memory.seconds for memory in self._memories)


class Ours:
    """This project's engine on what one file or folder holds."""

    def __init__(self, service: Service, clock: Clock, sources: Path) -> None:
        self.timing = Timing()
        self.service = service
        self._clock = clock
        with clock.timing(self.timing.index_s):
            carry_out(service, Change(files=files_under([sources])))

    def rank(self, question: str, language: str, /) -> list[str]:
        """The names of the paragraphs found, best first, each once."""
        search = self.service.search
        with self.service.library.reading() as generation:
            assert generation
            with self._clock.timing(self.timing.search_s):
                query = search.prepare(question, language)
                found = search.find(generation, query, filters=Filters(), limit=RESULTS)
        return _each_once(paragraph_name(one.record, one.paragraph, one.position) for one in found)

    @property
    def languages(self) -> list[str]:
        """The languages of its reports by the alphabet."""
        with self.service.library.reading() as generation:
            return sorted({record.language for record in generation.records.values()}) if generation else []

    def entries(self) -> list[Entry]:
        """The paragraphs of its index, as the peer is given them."""
        with self.service.library.reading() as generation:
            assert generation
            records = list(generation.records.values())
        return [
            Entry(paragraph_name(record, paragraph, position), record.language, paragraph.text)
            for record in records
            for position, paragraph in enumerate(self.service.catalogue.paragraphs(record.document_id))
        ]


class Plain:
    """LangChain's splitter and one Chroma collection: cosine, the nearest chunks, no more."""

    def __init__(self, store: Callable[[list[Document]], Chroma], clock: Clock, entries: Sequence[Entry]) -> None:
        self.timing = Timing()
        self._clock = clock
        documents = [Document(page_content=entry.text, metadata={"name": entry.name}) for entry in entries]
        with clock.timing(self.timing.index_s):
            splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
            self._store = store(splitter.split_documents(documents))

    def rank(self, question: str, _language: str, /) -> list[str]:
        """The names of the paragraphs whose chunks are nearest, best first, each once."""
        with self._clock.timing(self.timing.search_s):
            chunks = self._store.similarity_search(question, k=RESULTS)
        return _each_once(chunk.metadata["name"] for chunk in chunks)


@contextmanager
def our_engine(settings: IndexSettings, clock: Clock, sources: Path) -> Iterator[Ours]:
    """Our engine with an index of the sources alone, in the settings' empty folder."""
    with closing(build_service(settings, BotSettings())) as service:
        yield Ours(service, clock, sources)


@contextmanager
def plain_engine(folder: Path, model: Embeddings, clock: Clock, entries: Sequence[Entry]) -> Iterator[Plain]:
    """The plain pipeline with a collection of these paragraphs, in an empty folder."""
    with closing(open_chroma(folder)) as client:
        yield Plain(
            lambda chunks: Chroma.from_documents(
                chunks, model, client=client, collection_configuration={"hnsw": {"space": "cosine"}}
            ),
            clock,
            entries,
        )


def carry_out(service: Service, change: Change) -> None:
    """Refreshes to the end; tells of what could not be read."""
    started = service.worker.submit(change)
    service.worker.wait()
    run = service.worker.find(started.run_id)
    assert run
    assert run.state == "done", run.digest
    for failure in run.failed:
        print(f"not read: {failure.source}: {failure.reason}")


def paragraph_name(record: DocumentRecord, paragraph: Paragraph, position: int) -> str:
    """The symbol and number where both are printed; else the source, with the place in it where it holds more."""
    if record.symbol and paragraph.number:
        return printed_name(record.symbol, paragraph.number)
    return record.source if record.paragraph_count == 1 else f"{record.source}, block {position}"


def _row(vector: Vector) -> list[float]:
    row: list[float] = vector.tolist()
    return row


def _each_once(names: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(names))
