"""An index of coined documents with vectors of our own making: no file is read and nothing is embedded."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.library import Library
from vectorstore.nearest import nearest
from vectorstore.paragraph import Document, Paragraph, Passage
from vectorstore.records import Vector
from vectorstore.store import DENSE, SIGNALS, Shelf

MODEL = "coined/384"
_SIZES = dict(zip(SIGNALS, (384, 512), strict=True))


def document(name: str, *, passages: int, language: str = "en") -> Document:
    """A document of so many paragraphs, each its own passage."""
    paragraphs = tuple(
        Paragraph(text=f"Berth {name}-{number} was dredged.", number=str(number + 1)) for number in range(passages)
    )
    return Document(source=name, content_hash=name, title=name, language=language, paragraphs=paragraphs)


def vector(signal: str, text: str) -> Vector:
    """What a model would make of a text: the same for the same text, and unlike that of any other."""
    seed = int.from_bytes(sha256(f"{signal} {text}".encode()).digest()[:8])
    made = np.random.default_rng(seed).normal(size=_SIZES[signal])
    return (made / np.linalg.norm(made)).astype(np.float32)


def stock(catalogue: Catalogue, documents: Iterable[Document]) -> None:
    """Keeps documents and their vectors, as a refresh does before it makes a generation."""
    kept = [(each, _passages(each)) for each in documents]
    texts = {passage.text_hash: passage.text for _, passages in kept for passage in passages}
    for signal in SIGNALS:
        catalogue.vectors.add_passages(signal, {key: vector(signal, text).tolist() for key, text in texts.items()})
    catalogue.add_documents((each, passages) for each, passages in kept if not catalogue.has_document(each.document_id))


def switch(library: Library, documents: Iterable[Document]) -> None:
    """Makes these documents, kept already, the current generation."""
    with library.next_generation({each.document_id: {each.source: each.source} for each in documents}) as upcoming:
        upcoming.switch(lambda _: None)


@contextmanager
def opened(folder: Path) -> Iterator[Library]:
    """The library of a folder, as a process opens it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        closing(Catalogue(f"sqlite:///{folder / 'catalogue.sqlite'}")) as catalogue,
        closing(Library(folder, catalogue, MODEL)) as library,
    ):
        yield library


def found(library: Library, text: str, language: str = "en", *, within: str | None = None) -> list[str]:
    """The documents of the passages that come nearest to a text, best first; asks in every way that there is."""
    shelf = Shelf(language, "public", superseded=False)
    asked = vector(DENSE, text)
    with library.reading() as generation:
        assert generation
        near = nearest(library.catalogue, generation, shelf, DENSE, asked, limit=3, within=[within] if within else None)
        generation.lexical.best(shelf.name, {"berth": 1}, limit=3)
    return [passage_id.split(":")[0] for passage_id in near]


def _passages(document: Document) -> tuple[Passage, ...]:
    return tuple(
        Passage(document.document_id, position, 0, paragraph.text)
        for position, paragraph in enumerate(document.paragraphs)
    )
