"""Vectors of the sentences that were read lately."""

from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.recent import Recent
from vectorstore.records import Vector

_KEPT = 10_000  # sentences; 15 MB of the bundled model's vectors, 20 MB of the second model's


class RecentVectors:
    """Embeds sentences, each once as long as it is among those read last."""

    def __init__(self, model: Embeddings) -> None:
        self._model = model
        self._kept: Recent[str, Vector] = Recent(_KEPT)

    def embed(self, texts: Sequence[str]) -> Vector:
        """A row for each sentence."""
        known = self._kept.of(texts, self._embedded)
        return np.stack([known[text] for text in texts])

    def _embedded(self, texts: list[str]) -> dict[str, Vector]:
        vectors: Vector = np.asarray(self._model.embed_documents(texts), dtype=np.float32)
        return dict(zip(texts, vectors, strict=True))
