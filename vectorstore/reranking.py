"""A second look at what was found first: a cross-encoder reads question and passage together and puts them in order."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, Protocol

import numpy as np
from langchain_core.cross_encoders import BaseCrossEncoder

from vectorstore.candidates import Query
from vectorstore.models import ModelError
from vectorstore.search import Filters, Found
from vectorstore.settings import IndexSettings
from vectorstore.stages import stage
from vectorstore.store import Generation

_log = logging.getLogger(__name__)
RERANKED = 20  # results that are read a second time
_BATCH = 4  # pairs of like length at a time: 20 at once take half as much CPU time again, for padding
# As long as any pair, so that a model fails at the start which would fail on a long passage.
_TRIAL = ("Who chairs the board?", "The board elects its chair for one year. " * 100)


class Finder(Protocol):
    """Whatever finds paragraphs for a question."""

    def prepare(self, text: str, language: str) -> Query:
        """A question, written in `language`, made ready."""

    def find(self, generation: Generation, query: Query, *, filters: Filters, limit: int) -> tuple[Found, ...]:
        """The best paragraphs, best first, each once."""


class RerankedSearch:
    """Finds what another search finds, the first 20 in the order that a cross-encoder gives them.

    A cross-encoder that fails costs no answer: the first order stands. That it fails is logged once, and again only
    when it has worked in between.
    """

    def __init__(self, search: Finder, model: BaseCrossEncoder) -> None:
        self._search = search
        self._model = model
        self._works = True

    def prepare(self, text: str, language: str) -> Query:
        """A question, written in `language`, made ready."""
        return self._search.prepare(text, language)

    def find(self, generation: Generation, query: Query, *, filters: Filters, limit: int) -> tuple[Found, ...]:
        """The best paragraphs, best first, each once."""
        most = max(limit, RERANKED)
        found = self._search.find(generation, query, filters=filters, limit=most)
        first, rest = found[:RERANKED], found[RERANKED:]
        scores = self._scores(query.text, first) if first else ()
        return ((reordered(first, scores) if scores else first) + rest)[:limit]

    def _scores(self, question: str, found: Sequence[Found]) -> Sequence[float]:
        """What the cross-encoder makes of each; nothing where it fails."""
        try:
            with stage("rerank"):
                scores = _checked(self._model.score([(question, one.passage) for one in found]), len(found))
        except Exception:  # each model fails in its own way
            if self._works:
                _log.warning("The reranker fails: results keep their first order until it works again", exc_info=True)
            self._works = False
            return ()
        self._works = True
        return scores


def reordered(found: Sequence[Found], scores: Sequence[float]) -> tuple[Found, ...]:
    """The results by falling second score, equal ones in the order in which they were found.

    A cross-encoder says which paragraph answers, not whether one does: its scores have no scale that all models share,
    and what evidence is enough was set on the first ones. So the results' own scores stay, sorted, as those of the new
    ranks, and within each language so does how far they stand out among their rivals. The cosines are the paragraph's.
    """
    order = sorted(range(len(found)), key=lambda place: -scores[place])
    falling = sorted((one.score for one in found), reverse=True)
    standing = _standing_by_language(found)
    return tuple(
        replace(found[place], score=score, prominence=stands.prominence, rivals=stands.rivals)
        for place, score in zip(order, falling, strict=True)
        for stands in [next(standing[found[place].record.language])]
    )


def load_reranker(settings: IndexSettings) -> BaseCrossEncoder | None:
    """The cross-encoder that the settings name, loaded and tried; None where they name none. Raises ModelError."""
    if settings.reranker is None:
        return None
    model = SentenceTransformersCrossEncoder(settings.reranker, threads=settings.embedding_threads)
    try:
        _checked(model.score([_TRIAL]), 1)
    except Exception as error:  # each model fails in its own way
        raise ModelError(
            f"The reranker {settings.reranker!r} gives no score for a pair of texts. Set INDEX_RERANKER to a "
            "sentence-transformers cross-encoder for reranking, which gives one, or leave it out."
        ) from error
    return model


class SentenceTransformersCrossEncoder(BaseCrossEncoder):
    """Any sentence-transformers cross-encoder, by name or folder; its scores have no bounds. Raises ModelError."""

    def __init__(self, name: str, *, threads: int) -> None:
        self._model = _loaded(name, threads=threads)
        self._one_at_a_time = Lock()  # a fast tokenizer that two threads use at once fails with "Already borrowed"
        if _lacks_its_head(self._model):
            raise ModelError(
                f"The model {name!r} embeds texts and cannot score pairs. Set INDEX_RERANKER to a "
                "sentence-transformers cross-encoder for reranking, or leave it out."
            )

    def score(self, text_pairs: list[tuple[str, str]]) -> list[float]:
        """How well the second text of each pair answers the first."""
        from torch.nn import Identity

        with self._one_at_a_time:
            scores = self._model.predict(
                text_pairs,
                batch_size=_BATCH,
                activation_fn=Identity(),  # a model's own, mostly a sigmoid, makes equals of the best
                show_progress_bar=False,
            )
        values: list[float] = scores.tolist()
        return values


def _loaded(name: str, *, threads: int) -> Any:
    try:
        import torch
        from sentence_transformers import CrossEncoder

        torch.set_num_threads(threads)
        return CrossEncoder(name)
    except ImportError as error:
        raise ModelError(
            f"The reranker {name!r} needs the extra: pip install 'reformbot[sentence-transformers]'. Without a "
            "GPU take the CPU build of torch: uv pip install --torch-backend cpu 'reformbot[sentence-transformers]'."
        ) from error
    except Exception as error:  # damaged files, names that are not there and strange models fail in many ways
        raise ModelError(
            f"The reranker {name!r} cannot be loaded. INDEX_RERANKER is the folder of a sentence-transformers "
            "cross-encoder, or the name of one on the Hugging Face Hub, which must be in reach."
        ) from error


def _lacks_its_head(model: Any) -> bool:
    """Whether what scores was made up in loading: a model for embedding is given a head of random weights."""
    saved = model.model.config.architectures or []
    return bool(saved) and type(model.model).__name__ not in saved


def _checked(scores: Sequence[float], count: int) -> Sequence[float]:
    values = np.asarray(scores, dtype=np.float64)
    if values.shape != (count,) or not np.isfinite(values).all():
        raise ValueError(f"{count} pairs got scores of the shape {values.shape}, or some that are no numbers.")
    return [float(value) for value in values]


def _standing_by_language(found: Sequence[Found]) -> Mapping[str, Iterator[Found]]:
    """The results of each language, what stands out most first."""
    languages = {one.record.language for one in found}
    falling = sorted(found, key=lambda one: -one.prominence)
    return {language: iter([one for one in falling if one.record.language == language]) for language in languages}
