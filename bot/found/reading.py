"""Reads the paragraphs that search found: which of their sentences answer the question, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from langchain_core.embeddings import Embeddings

from bot.found.recent import RecentVectors
from vectorstore.bm25 import Matcher, tokens_of
from vectorstore.candidates import Query
from vectorstore.catalogue import Catalogue
from vectorstore.ideas import Translator
from vectorstore.records import Vector
from vectorstore.search import Found
from vectorstore.sentences import sentences_key, sentences_of
from vectorstore.stages import stage
from vectorstore.store import DENSE, SECOND, Generation, Shelf, shelf_of
from vectorstore.tokens import tokenise
from vectorstore.values import asked_in, value_tokens

# Beside the dense cosine: shared words within a language, the second model across languages; and in both the figures,
# dates and symbols of the question.
_COVERAGE_WEIGHT = 0.3
_SECOND_WEIGHT = 0.5
_VALUES_WEIGHT = 0.1
_SENTENCES_KEPT = 10_000  # of those read lately, whose tokens are kept; some 30 MB


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph, by its place there; `score` compares within one question and language of reports.

    `dense` and `second` are cosines with the question, `coverage` the share of it, by rarity, that it says, across
    languages in translated words. `meaning` is the second model's vector, whose cosine tells paraphrase from mere
    kinship also across languages.
    """

    place: int
    text: str
    dense: float
    second: float
    coverage: float
    score: float
    meaning: Vector


@dataclass(frozen=True)
class Read:
    """A paragraph with its sentences, in its order."""

    found: Found
    sentences: tuple[Sentence, ...]

    @property
    def best(self) -> Sentence:
        """The sentence that answers best."""
        return max(self.sentences, key=lambda sentence: sentence.score)


class Reader:
    """Scores the sentences of paragraphs against a question, with the vectors that the catalogue keeps of them."""

    def __init__(self, catalogue: Catalogue, models: Mapping[str, Embeddings], translator: Translator) -> None:
        self._catalogue = catalogue
        self._translator = translator
        self._models = {signal: RecentVectors(model) for signal, model in models.items()}

    def read(self, generation: Generation, query: Query, found: Sequence[Found]) -> tuple[Read, ...]:
        """The paragraphs, in the order given, with their sentences scored."""
        with stage("read"):
            return self._read(generation, query, found)

    def _read(self, generation: Generation, query: Query, found: Sequence[Found]) -> tuple[Read, ...]:
        texts = [sentences_of(one.paragraph.text, one.record.language) for one in found]
        vectors = self._vectors(found, texts)
        shelves = [shelf_of(one.record) for one in found]
        matchers = {shelf: self._matcher(generation, query, shelf) for shelf in set(shelves)}
        return tuple(
            Read(one, _score(query, one, each, matchers[shelf], {s: rows[place] for s, rows in vectors.items()}))
            for place, (one, each, shelf) in enumerate(zip(found, texts, shelves, strict=True))
        )

    def _matcher(self, generation: Generation, query: Query, shelf: Shelf) -> Matcher:
        """What the question says in the language of a shelf, each of it by how rare it is there."""
        ideas = self._translator.asked(query.text, source=query.language, target=shelf.language)
        return Matcher(ideas, generation.lexical.statistics(shelf.name, tokens_of(ideas)))

    def _vectors(self, found: Sequence[Found], texts: Sequence[Sequence[str]]) -> Mapping[str, Sequence[Vector]]:
        """By signal, for each paragraph the vectors of its sentences; made now of one too long to be kept so."""
        keys = [sentences_key(one.paragraph.text, one.record.language) for one in found]
        kept = self._catalogue.vectors.sentences(keys)
        return {
            signal: [
                kept[signal][key] if key in kept.get(signal, ()) else model.embed([text.strip() for text in each])
                for key, each in zip(keys, texts, strict=True)
            ]
            for signal, model in self._models.items()
        }

    def meaning(self, claim: str) -> Vector:
        """A claim's vector, to compare with those of sentences."""
        vector: Vector = self._models[SECOND].embed([claim])[0]
        return vector


def _score(
    query: Query, found: Found, texts: Sequence[str], matcher: Matcher, vectors: Mapping[str, Vector]
) -> tuple[Sentence, ...]:
    language = found.record.language
    cosines = {signal: (vectors[signal] @ query.vectors[signal]).tolist() for signal in vectors}
    tokens = [_tokens(text, language) for text in texts]
    coverage = [matcher.match(each).coverage for each in tokens]
    is_own = language == query.language
    extra = [_COVERAGE_WEIGHT * c for c in coverage] if is_own else [_SECOND_WEIGHT * c for c in cosines[SECOND]]
    asked = frozenset(asked_in(query.text, query.language).values)
    return tuple(
        Sentence(
            place=place,
            text=text,
            dense=cosines[DENSE][place],
            second=cosines[SECOND][place],
            coverage=coverage[place],
            score=cosines[DENSE][place] + extra[place] + _VALUES_WEIGHT * _held(asked, tokens[place]),
            meaning=vectors[SECOND][place],
        )
        for place, text in enumerate(texts)
    )


@lru_cache(maxsize=_SENTENCES_KEPT)
def _tokens(text: str, language: str) -> tuple[str, ...]:
    return (*tokenise(text, language), *value_tokens(text, language))


def _held(asked: frozenset[str], tokens: Sequence[str]) -> float:
    """The share of some figures, dates and symbols that stand among tokens."""
    return len(asked.intersection(tokens)) / len(asked) if asked else 0.0
