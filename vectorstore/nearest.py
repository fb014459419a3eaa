"""The passages nearest to a question, of a whole shelf or of some of its documents."""

from collections.abc import Mapping, Sequence
from heapq import nlargest
from math import ceil

from vectorstore.catalogue import Catalogue
from vectorstore.paragraph import document_of
from vectorstore.records import Vector
from vectorstore.store import Generation, Shelf

# Of so many of the nearest passages of a shelf, at most, those of the right documents are picked. Where these are too
# few the vectors of the documents are compared one by one. Chroma's own filter reads the metadata of every passage.
_PICKED_FROM = 1000
_SPARE = 1.5  # times as many as would be needed if the documents were spread evenly


def nearest(
    catalogue: Catalogue,
    generation: Generation,
    shelf: Shelf,
    signal: str,
    vector: Vector,
    *,
    limit: int,
    within: Sequence[str] | None,
) -> Mapping[str, float]:
    """The passages of a shelf nearest to a vector with their cosines, best first; `within` keeps to some documents."""
    if within is None:
        return generation.nearest(shelf, signal, vector, limit=limit)
    kept = generation.lexical.count(shelf.name, within)
    needed = ceil(_SPARE * limit * generation.lexical.count(shelf.name) / kept) if kept else 0
    if needed <= _PICKED_FROM:
        documents = frozenset(within)
        near = generation.nearest(shelf, signal, vector, limit=needed) if needed else {}
        picked = {key: cosine for key, cosine in near.items() if document_of(key) in documents}
        if len(picked) >= min(limit, kept):
            return dict(list(picked.items())[:limit])
    return _compared(catalogue.document_vectors(signal, within), vector, limit)


def _compared(vectors: Mapping[str, Vector], vector: Vector, limit: int) -> Mapping[str, float]:
    cosines = {key: float(each @ vector) for key, each in vectors.items()}
    return dict(nlargest(limit, cosines.items(), key=lambda one: one[1]))
