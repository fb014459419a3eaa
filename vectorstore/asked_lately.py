"""What was found for a question lately is found again at once: what one reader asks, the next one asks, too."""

from typing import NamedTuple

from vectorstore.candidates import Query
from vectorstore.recent import Recent
from vectorstore.reranking import Finder
from vectorstore.search import Filters, Found
from vectorstore.stages import stage
from vectorstore.store import Generation

_SEARCHES_KEPT = 1_000  # some 20 MB


class _Search(NamedTuple):
    """All that tells one search from another."""

    generation_id: str
    text: str
    language: str
    vectors: tuple[bytes, ...]
    filters: Filters
    limit: int


class RememberingSearch:
    """Finds what another search finds, and what that found lately without it; generations never change."""

    def __init__(self, search: Finder) -> None:
        self._search = search
        self._recent: Recent[_Search, tuple[Found, ...]] = Recent(_SEARCHES_KEPT)

    def prepare(self, text: str, language: str) -> Query:
        """A question, written in `language`, made ready."""
        return self._search.prepare(text, language)

    def find(self, generation: Generation, query: Query, *, filters: Filters, limit: int) -> tuple[Found, ...]:
        """The best paragraphs, best first, each once."""
        vectors = tuple(vector.tobytes() for vector in query.vectors.values())
        wanted = _Search(generation.generation_id, query.text, query.language, vectors, filters, limit)

        def search(_: object) -> dict[_Search, tuple[Found, ...]]:
            return {wanted: self._search.find(generation, query, filters=filters, limit=limit)}

        with stage("search"):
            return self._recent.of([wanted], search)[wanted]
