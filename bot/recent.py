"""Vectors of the sentences that were read lately: the same few paragraphs answer most of what is asked in a week."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.records import Vector

_KEPT = 10_000  # sentences; 15 MB of the bundled model's vectors, 20 MB of the second model's


class RecentVectors:
    """Embeds sentences, each once as long as it is among those read last."""

    def __init__(self, model: Embeddings) -> None:
        self._model = model
        self._kept: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vector:
        """A row for each sentence."""
        known = self._known(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= dict(zip(missing, self._embedded(missing), strict=True))
        return np.stack([known[text] for text in texts])

    def _known(self, texts: Sequence[str]) -> dict[str, Vector]:
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
            for text in known:
                self._kept.move_to_end(text)
        return known

    def _embedded(self, texts: list[str]) -> Vector:
        vectors: Vector = np.asarray(self._model.embed_documents(texts), dtype=np.float32)
        with self._lock:
            self._kept.update(zip(texts, vectors, strict=True))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return vectors
