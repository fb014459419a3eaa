"""Finds paragraphs: dense and lexical signals, made comparable within each language and then fused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.candidates import (
    Candidate,
    Pool,
    Query,
    cosines_of,
    joined,
    rank,
    signals_of,
)
from vectorstore.catalogue import Catalogue
from vectorstore.editions import current_at, was_out
from vectorstore.ideas import Translator
from vectorstore.paragraph import PUBLIC, Paragraph
from vectorstore.recent import Recent
from vectorstore.records import DocumentRecord, FoundPassage, Vector
from vectorstore.sentences import sentences_key
from vectorstore.stages import stage
from vectorstore.store import Generation, Records, Shelf, shelf_of
from vectorstore.values import asked_in, names_document, place_tokens

# Footnotes, captions and table rows of a report that numbers its paragraphs stand behind these: staff cite the number.
_UNNUMBERED = -0.75
# What speaks for a paragraph of the document that the question names, and for the very paragraph that it names.
_NAMED_DOCUMENT = 4.0
_NAMED_PLACE = 6.0
_QUESTIONS_KEPT = 1_000  # vectors of those asked lately; 4 MB


@dataclass(frozen=True)
class Filters:
    """Which documents to search; dates are ISO dates or parts of one, both ends included.

    With `as_of` they are those that were out by then, superseded only by editions of that time. `documents` are ids
    of documents to keep to, superseded or not, and `works` those of works. Whoever asks is of these `audiences`.
    """

    symbols: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    from_date: str | None = None
    to_date: str | None = None
    as_of: str | None = None
    current_only: bool = True
    documents: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset({PUBLIC})


@dataclass(frozen=True)
class Found:
    """A paragraph that may answer, with the window of it that matched best.

    `score` orders the results of one question. `prominence` is the weighted sum of how far each signal stands out, in
    standard deviations, among the `rivals`, the passages of its language that it was compared with; `found_in` is that
    language, another than the record's where the asker reads the record's better. `coverage` is the share of the
    question's words, by rarity, that it holds, `exact` that of its names, figures, dates and symbols.
    """

    record: DocumentRecord
    paragraph: Paragraph
    position: int
    passage: str
    score: float
    prominence: float
    rivals: int
    found_in: str
    coverage: float
    exact: float


# The shelves that a question may look at, each with the documents there that pass its filters; None for all of them.
Places = Mapping[Shelf, Sequence[str] | None]


class Search:
    """Ranks the paragraphs of a generation for a question."""

    def __init__(self, catalogue: Catalogue, models: Mapping[str, Embeddings], translator: Translator) -> None:
        self._catalogue = catalogue
        self._models = models
        self._translator = translator
        self._asked: Recent[str, Mapping[str, Vector]] = Recent(_QUESTIONS_KEPT)

    def prepare(self, text: str, language: str) -> Query:
        """Embeds a question, written in `language`."""
        with stage("embed_question"):
            return Query(text, language, self._asked.of([text], self._embedded)[text])

    def _embedded(self, texts: Sequence[str]) -> Mapping[str, Mapping[str, Vector]]:
        return {
            text: {s: np.asarray(model.embed_query(text), dtype=np.float32) for s, model in self._models.items()}
            for text in texts
        }

    def find(self, generation: Generation, query: Query, *, filters: Filters, limit: int) -> tuple[Found, ...]:
        """The best paragraphs, best first, each once; language versions of one work count as one."""
        places = {s: d for s, d in _narrowed(generation, filters).items() if _is_open(s, filters)}
        languages = {shelf.language for shelf in places}
        with stage("candidates"):
            pools = [self._pool(generation, query, language, places) for language in languages]
        with stage("fuse"):
            found = sorted(self._ranked(generation, query, pools), key=_best_first)
        best = _first_of_each(found, query.language)[:limit]
        return tuple(self._as_read_best(generation, one, query.language, places) for one in best)

    def _pool(self, generation: Generation, query: Query, language: str, places: Places) -> Pool:
        """What may answer among the reports in one language."""
        ideas = self._translator.asked(query.text, source=query.language, target=language)
        signals = joined(
            signals_of(self._catalogue, generation, shelf, query, ideas=ideas, within=within)
            for shelf, within in places.items()
            if shelf.language == language
        )
        return Pool(language, ideas, signals)

    def _ranked(self, generation: Generation, query: Query, pools: Sequence[Pool]) -> Iterator[Found]:
        """What was found in all languages, in no order; what all need of the catalogue is read at once."""
        passages = self._catalogue.passages(key for pool in pools for key in pool.signals.matches)
        keys = {
            key: sentences_key(passages[key].paragraph.text, pool.language)
            for pool in pools
            for key in pool.signals.matches
        }
        near = joined(pool.signals for pool in pools)
        cosines = cosines_of(self._catalogue.vectors, query, near, passages, keys)
        asked = frozenset(asked_in(query.text, query.language).values)
        for pool in pools:
            for candidate in rank(pool.with_cosines(cosines), pool.ideas, is_own=pool.language == query.language):
                yield _found(generation.records, passages[candidate.passage_id], candidate, asked)

    def _as_read_best(self, generation: Generation, found: Found, language: str, places: Places) -> Found:
        """The paragraph in the asker's language, where that version of the report is open to the question."""
        if found.record.language == language or not (found.record.symbol and found.paragraph.number):
            return found
        for record in generation.records.values():
            if record.symbol == found.record.symbol and record.language == language and _holds(places, record):
                for position, paragraph in enumerate(self._catalogue.paragraphs(record.document_id)):
                    if paragraph.number == found.paragraph.number and paragraph.kind == found.paragraph.kind:
                        return _shown_as(found, record, position, paragraph, paragraph.text)
        return found


def _best_first(found: Found) -> tuple[float, str, int]:
    return -found.score, found.record.document_id, found.position


def _found(records: Records, passage: FoundPassage, candidate: Candidate, asked: frozenset[str]) -> Found:
    record = records[passage.document_id]
    standing = _standing(record, passage.paragraph)
    return Found(
        record=record,
        paragraph=passage.paragraph,
        position=passage.position,
        passage=passage.text,
        score=candidate.score + standing + _named(record, passage.paragraph, asked),
        prominence=candidate.prominence + standing,
        rivals=candidate.rivals,
        found_in=record.language,
        coverage=candidate.coverage,
        exact=candidate.exact,
    )


def _named(record: DocumentRecord, paragraph: Paragraph, asked: frozenset[str]) -> float:
    """What speaks for a paragraph because the question names its document, or its place there."""
    if not asked:
        return 0.0
    of_document = names_document(asked, record.symbol)
    at_place = not asked.isdisjoint(place_tokens(record.symbol, paragraph.number))
    return _NAMED_DOCUMENT * of_document + _NAMED_PLACE * at_place


def _holds(places: Places, record: DocumentRecord) -> bool:
    within = places.get(shelf_of(record), ())
    return within is None or record.document_id in within


def _narrowed(generation: Generation, filters: Filters) -> Places:
    """The shelves, each with its documents that pass the filters."""
    chosen = (filters.symbols, filters.bodies, filters.documents, filters.works)
    if not any((*chosen, filters.from_date, filters.to_date, filters.as_of)):
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
    for named, wanted in ((record.symbol, filters.symbols), (record.body, filters.bodies)):
        if wanted and (named or "").casefold() not in {name.casefold() for name in wanted}:
            return False
    if filters.works and record.work_id not in filters.works:
        return False
    if filters.from_date and (record.date or "") < filters.from_date:
        return False
    # "2021" as the end takes in all of 2021: a date is compared at the precision of the filter.
    return not filters.to_date or bool(record.date and record.date[: len(filters.to_date)] <= filters.to_date)


def _is_open(shelf: Shelf, filters: Filters) -> bool:
    return (
        shelf.audience in filters.audiences
        and not (filters.languages and shelf.language not in filters.languages)
        and not (shelf.superseded and filters.current_only and not (filters.as_of or filters.documents))
    )


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
            kept[key] = _shown_as(kept[key], one.record, one.position, one.paragraph, one.passage)
    return tuple(kept.values())


def _printed_place(found: Found) -> tuple[str, str]:
    """What the language versions of a paragraph have in common: the symbol and the number."""
    if found.record.symbol and found.paragraph.number:
        return found.record.symbol, found.paragraph.number
    return found.record.document_id, f"@{found.position}"


def _shown_as(found: Found, record: DocumentRecord, position: int, paragraph: Paragraph, passage: str) -> Found:
    """What was found, in another language version of the report."""
    return replace(found, record=record, position=position, paragraph=paragraph, passage=passage)
