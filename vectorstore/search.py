"""Finds paragraphs: dense and lexical signals, made comparable within each language and then fused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.catalogue import Catalogue
from vectorstore.editions import current_at, was_out
from vectorstore.paragraph import PUBLIC, Paragraph
from vectorstore.records import DocumentRecord, Vector
from vectorstore.store import DENSE, SECOND, Generation, Shelf, shelf_of
from vectorstore.tokens import tokenise

_LEXICAL = "lexical"
# Weights of the standardised signals, measured on questions in six languages: words help within a
# language and hurt across languages, where the second model helps instead.
_OWN_LANGUAGE = {DENSE: 1.0, _LEXICAL: 0.5, SECOND: 0.2}
_OTHER_LANGUAGE = {DENSE: 1.0, SECOND: 0.5}
_OWN_LANGUAGE_BONUS = 0.25
# Footnotes, captions and table rows of a report that numbers its paragraphs stand behind these: staff cite the number.
_UNNUMBERED = -0.75
_POOL = 50  # candidates that each signal brings
_VERSIONS = 4  # candidates looked at for each result: windows of one paragraph and language versions count as one


@dataclass(frozen=True)
class Filters:
    """Which documents to search; dates are ISO dates or parts of one, both ends included.

    With `as_of` they are those that were out by then, superseded only by editions of that time. `documents` are ids
    of documents to keep to, superseded or not.
    """

    symbols: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    from_date: str | None = None
    to_date: str | None = None
    as_of: str | None = None
    current_only: bool = True
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """A paragraph that may answer, with the window of it that matched best.

    `score` orders the results of one question: a weighted sum of how far each signal stands out among the `rivals`,
    the passages of its language that it was compared with. `dense` and `second` are cosines.
    """

    record: DocumentRecord
    paragraph: Paragraph
    position: int
    passage: str
    score: float
    rivals: int
    dense: float
    second: float


@dataclass(frozen=True)
class Query:
    """A question made ready: its language and what the two models make of it."""

    text: str
    language: str
    vectors: Mapping[str, Vector]


class Search:
    """Ranks the paragraphs of a generation for a question."""

    def __init__(self, catalogue: Catalogue, models: Mapping[str, Embeddings]) -> None:
        self._catalogue = catalogue
        self._models = models

    def prepare(self, text: str, language: str) -> Query:
        """Embeds a question, written in `language`."""
        vectors = {s: np.asarray(model.embed_query(text), dtype=np.float32) for s, model in self._models.items()}
        return Query(text, language, vectors)

    def find(
        self,
        generation: Generation,
        query: Query,
        *,
        filters: Filters,
        audiences: frozenset[str] = frozenset({PUBLIC}),
        limit: int,
    ) -> tuple[Found, ...]:
        """The best paragraphs, best first, each once; language versions of one work count as one."""
        candidates: list[_Candidate] = []
        for shelf, within in _narrowed(generation, filters).items():
            if _is_open(shelf, filters, audiences):
                candidates += _rank_shelf(generation, shelf, query, within)
        candidates.sort(key=lambda c: (-c.score, c.passage_id))
        found = self._found(generation, candidates[: limit * _VERSIONS])
        return _first_of_each(sorted(found, key=lambda one: -one.score), query.language)[:limit]

    def _found(self, generation: Generation, candidates: Sequence["_Candidate"]) -> tuple[Found, ...]:
        passages = self._catalogue.passages(c.passage_id for c in candidates)
        return tuple(
            Found(
                record=generation.records[passage.document_id],
                paragraph=passage.paragraph,
                position=passage.position,
                passage=passage.text,
                score=candidate.score + _standing(generation.records[passage.document_id], passage.paragraph),
                rivals=candidate.rivals,
                dense=candidate.dense,
                second=candidate.second,
            )
            for candidate in candidates
            for passage in [passages[candidate.passage_id]]
        )


@dataclass(frozen=True)
class _Candidate:
    passage_id: str
    score: float
    rivals: int
    dense: float
    second: float


def standardise(scores: Mapping[str, float]) -> Mapping[str, float]:
    """Scores as distances from their mean in standard deviations, so that different signals can be added."""
    values = np.fromiter(scores.values(), dtype=np.float64)
    spread = float(values.std()) or 1.0
    return {key: (score - float(values.mean())) / spread for key, score in scores.items()}


def fuse(signals: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> Mapping[str, float]:
    """The weighted sum of the standardised signals; each must hold the same keys."""
    standard = {name: standardise(signals[name]) for name in weights}
    keys = next(iter(standard.values()))
    return {key: sum(weights[name] * scores[key] for name, scores in standard.items()) for key in keys}


def _narrowed(generation: Generation, filters: Filters) -> Mapping[Shelf, Sequence[str] | None]:
    """The shelves to search, each with the documents there that pass the filters; None for all of them."""
    if not (filters.symbols or filters.from_date or filters.to_date or filters.as_of or filters.documents):
        return dict.fromkeys(generation.shelves)
    passing: dict[Shelf, list[str]] = defaultdict(list)
    for record in _editions(generation, filters):
        if _passes(record, filters):
            passing[shelf_of(record)].append(record.document_id)
    return passing


def _editions(generation: Generation, filters: Filters) -> Iterable[DocumentRecord]:
    """The documents that the filters' time and choice of documents leave."""
    records = [r for r in generation.records.values() if not filters.documents or r.document_id in filters.documents]
    if filters.as_of is None:
        return records
    current = current_at(generation.records.values(), filters.as_of) if filters.current_only else None
    return [r for r in records if (was_out(r, filters.as_of) if current is None else r.document_id in current)]


def _passes(record: DocumentRecord, filters: Filters) -> bool:
    symbols = {symbol.casefold() for symbol in filters.symbols}
    if symbols and (record.symbol or "").casefold() not in symbols:
        return False
    if filters.from_date and (record.date or "") < filters.from_date:
        return False
    # "2021" as the end takes in all of 2021: a date is compared at the precision of the filter.
    return not filters.to_date or bool(record.date and record.date[: len(filters.to_date)] <= filters.to_date)


def _is_open(shelf: Shelf, filters: Filters, audiences: frozenset[str]) -> bool:
    return (
        shelf.audience in audiences
        and not (filters.languages and shelf.language not in filters.languages)
        and not (shelf.superseded and filters.current_only and not (filters.as_of or filters.documents))
    )


def _rank_shelf(
    generation: Generation, shelf: Shelf, query: Query, within: Sequence[str] | None
) -> Iterator[_Candidate]:
    signals = _signals(generation, shelf, query, within)
    own = shelf.language == query.language
    fused = fuse(signals, _OWN_LANGUAGE if own else _OTHER_LANGUAGE) if signals[DENSE] else {}
    for passage_id, score in fused.items():
        yield _Candidate(
            passage_id=passage_id,
            score=score + (_OWN_LANGUAGE_BONUS if own else 0.0),
            rivals=len(fused),
            dense=signals[DENSE][passage_id],
            second=signals[SECOND][passage_id],
        )


def _signals(
    generation: Generation, shelf: Shelf, query: Query, within: Sequence[str] | None
) -> Mapping[str, Mapping[str, float]]:
    """Every signal's score of every candidate of a shelf."""
    tokens = tokenise(query.text, shelf.language) if shelf.language == query.language else []
    lexical = generation.lexical.best(shelf.name, tokens, limit=_POOL, within=within)
    near = {
        signal: generation.nearest(shelf, signal, vector, limit=_POOL, within=within)
        for signal, vector in query.vectors.items()
    }
    pool = sorted(set(lexical).union(*near.values()))
    signals = {
        signal: {**near[signal], **generation.cosines(shelf, signal, vector, _absent(pool, near[signal]))}
        for signal, vector in query.vectors.items()
    }
    words = {**lexical, **generation.lexical.scores(shelf.name, tokens, _absent(pool, lexical))}
    return signals | {_LEXICAL: {passage_id: words.get(passage_id, 0.0) for passage_id in pool}}


def _absent(pool: Iterable[str], scores: Mapping[str, float]) -> Sequence[str]:
    return [passage_id for passage_id in pool if passage_id not in scores]


def _standing(record: DocumentRecord, paragraph: Paragraph) -> float:
    return _UNNUMBERED if record.numbered_count and paragraph.number is None else 0.0


def _first_of_each(found: Iterable[Found], language: str) -> tuple[Found, ...]:
    """The best passage of each paragraph, in the asker's language where a language version is among them."""
    kept: dict[tuple[str, str], Found] = {}
    for one in found:
        key = _printed_place(one)
        if key not in kept:
            kept[key] = one
        elif kept[key].record.language != language == one.record.language:
            kept[key] = replace(one, score=kept[key].score)
    return tuple(kept.values())


def _printed_place(found: Found) -> tuple[str, str]:
    """What the language versions of a paragraph have in common: the symbol and the number."""
    if found.record.symbol and found.paragraph.number:
        return found.record.symbol, found.paragraph.number
    return found.record.document_id, f"@{found.position}"
