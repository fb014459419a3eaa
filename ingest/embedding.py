"""What the models make of documents, kept in the catalogue: passages, and the sentences of every paragraph."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from vectorstore.catalogue import Catalogue
from vectorstore.disk import require_room
from vectorstore.models import ModelError
from vectorstore.paragraph import Document, Passage
from vectorstore.records import Vector
from vectorstore.sentences import sentences_key, sentences_of
from vectorstore.stages import stage

# The longest of the 4,000 paragraphs of 90 UN reports has 123; a table of data may have thousands of rows.
MOST_SENTENCES = 128  # kept of a paragraph; of a longer one none are
_TEXTS_AT_ONCE = 256  # embedded and committed together, some seconds of work
_WRITTEN = 2  # times that SQLite writes a vector: to its log, and then to its place
_TRIES = 4


@dataclass(frozen=True)
class _Unit:
    """What is kept under one key: a passage, or all sentences of a paragraph."""

    key: str
    texts: tuple[str, ...]
    is_passage: bool


class Embedder:
    """Embeds what the catalogue of the index in `folder` has no vectors of.

    A model that fails is asked again after a pause, longer each time.
    """

    def __init__(
        self, catalogue: Catalogue, models: Mapping[str, Embeddings], *, folder: Path, pause_seconds: float
    ) -> None:
        self._catalogue = catalogue
        self._models = models
        self._folder = folder
        self._again = Retrying(
            retry=retry_if_exception_type(ModelError),
            stop=stop_after_attempt(_TRIES),
            wait=wait_exponential(multiplier=pause_seconds),
            reraise=True,
        )

    def embed(self, documents: Iterable[tuple[Document, Sequence[Passage]]]) -> Iterator[tuple[int, float]]:
        """Embeds documents batch by batch: how many passages of a batch were new, and how many seconds it all took.

        Raises ModelError where a model fails for good and DiskFullError where there is no room; what was embedded
        until then is kept.
        """
        for batch in _batches(unit for document, passages in documents for unit in _units(document, passages)):
            started = time.monotonic()
            with stage("embed"):
                embedded = max(self._embed(signal, batch) for signal in self._models)
            yield embedded, time.monotonic() - started

    def _embed(self, signal: str, batch: Sequence[_Unit]) -> int:
        """Embeds what one signal has not embedded yet; how many passages that were."""
        unknown = self._catalogue.vectors.without(signal, (unit.key for unit in batch))
        vectors = self._vectors(signal, [unit for unit in batch if unit.key in unknown])
        passages = {unit.key: vectors[unit.key][0] for unit in batch if unit.key in unknown and unit.is_passage}
        sentences = {key: matrix for key, matrix in vectors.items() if key not in passages}
        require_room(self._folder, _WRITTEN * sum(matrix.nbytes for matrix in vectors.values()))
        self._catalogue.vectors.add_passages(signal, passages)
        self._catalogue.vectors.add_sentences(signal, sentences)
        return len(passages)

    def _vectors(self, signal: str, units: Sequence[_Unit]) -> Mapping[str, Vector]:
        """For each unit by its key the vectors of its texts, a row each; what several say is embedded once."""
        texts = list(dict.fromkeys(text for unit in units for text in unit.texts))
        embed = self._models[signal].embed_documents
        rows = np.asarray(self._again(embed, texts) if texts else [], dtype=np.float32)
        by_text = dict(zip(texts, rows, strict=True))
        return {unit.key: np.stack([by_text[text] for text in unit.texts]) for unit in units}


def _units(document: Document, passages: Sequence[Passage]) -> Iterator[_Unit]:
    """What there is to embed of a document, in its order, so that what is said twice is mostly near by."""
    windows: dict[int, list[Passage]] = {}
    for passage in passages:
        windows.setdefault(passage.position, []).append(passage)
    for position, of_paragraph in windows.items():
        for passage in of_paragraph:
            yield _Unit(passage.text_hash, (passage.text,), is_passage=True)
        text = document.paragraphs[position].text
        sentences = tuple(sentence.strip() for sentence in sentences_of(text, document.language))
        if len(sentences) <= MOST_SENTENCES:
            yield _Unit(sentences_key(text, document.language), sentences, is_passage=False)


def _batches(units: Iterable[_Unit]) -> Iterator[Sequence[_Unit]]:
    batch: dict[str, _Unit] = {}
    size = 0
    for unit in units:
        if unit.key not in batch:
            batch[unit.key] = unit
            size += len(unit.texts)
        if size >= _TEXTS_AT_ONCE:
            yield list(batch.values())
            batch, size = {}, 0
    if batch:
        yield list(batch.values())
