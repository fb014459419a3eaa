"""Reads the paragraphs that search found: which of their sentences answer the question, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from langchain_core.embeddings import Embeddings

from bot.recent import RecentVectors
from vectorstore.candidates import Query
from vectorstore.catalogue import Catalogue
from vectorstore.records import Vector
from vectorstore.search import Found
from vectorstore.sentences import sentences_key, sentences_of
from vectorstore.store import DENSE, SECOND, Generation, shelf_of
from vectorstore.tokens import stems, tokenise
from vectorstore.values import asked_in, value_tokens

# Beside the dense cosine: shared words within a language, the second model across languages; and in both the figures,
# dates and symbols of the question.
_COVERAGE_WEIGHT = 0.3
_SECOND_WEIGHT = 0.5
_VALUES_WEIGHT = 0.1


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph, by its place there; `score` compares within one question and language of reports.

    `dense` and `second` are cosines with the question, `coverage` the share of its words, by rarity, that it holds.
    `meaning` is the second model's vector, whose cosine tells paraphrase from mere kinship also across languages.
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

    def __init__(self, catalogue: Catalogue, models: Mapping[str, Embeddings]) -> None:
        self._catalogue = catalogue
        self._models = {signal: RecentVectors(model) for signal, model in models.items()}

    def read(self, generation: Generation, query: Query, found: Sequence[Found]) -> tuple[Read, ...]:
        """The paragraphs, in the order given, with their sentences scored."""
        texts = [sentences_of(one.paragraph.text, one.record.language) for one in found]
        vectors = {signal: self._vectors(signal, found, texts) for signal in self._models}
        return tuple(
            Read(one, _score(generation, query, one, each, {signal: rows[place] for signal, rows in vectors.items()}))
            for place, (one, each) in enumerate(zip(found, texts, strict=True))
        )

    def _vectors(self, signal: str, found: Sequence[Found], texts: Sequence[Sequence[str]]) -> Sequence[Vector]:
        """For each paragraph the vectors of its sentences; of one too long to be kept so they are made now."""
        keys = [sentences_key(one.paragraph.text, one.record.language) for one in found]
        kept = self._catalogue.sentence_vectors(signal, keys)
        model = self._models[signal]
        return [
            kept[key] if key in kept else model.embed([text.strip() for text in each])
            for key, each in zip(keys, texts, strict=True)
        ]

    def meaning(self, claim: str) -> Vector:
        """A claim's vector, to compare with those of sentences."""
        vector: Vector = self._models[SECOND].embed([claim])[0]
        return vector


def _score(
    generation: Generation, query: Query, found: Found, texts: Sequence[str], vectors: Mapping[str, Vector]
) -> tuple[Sentence, ...]:
    rarity = _rarity(generation, query, found)
    cosines = {signal: (vectors[signal] @ query.vectors[signal]).tolist() for signal in vectors}
    coverage = [_coverage(rarity, text, found.record.language) for text in texts]
    extra = [_COVERAGE_WEIGHT * c for c in coverage] if rarity else [_SECOND_WEIGHT * c for c in cosines[SECOND]]
    asked = frozenset(asked_in(query.text, query.language).values)
    held = [_held(asked, text, found.record.language) for text in texts]
    return tuple(
        Sentence(
            place=place,
            text=text,
            dense=cosines[DENSE][place],
            second=cosines[SECOND][place],
            coverage=coverage[place],
            score=cosines[DENSE][place] + extra[place] + _VALUES_WEIGHT * held[place],
            meaning=vectors[SECOND][place],
        )
        for place, text in enumerate(texts)
    )


def _rarity(generation: Generation, query: Query, found: Found) -> Mapping[str, float]:
    """How rare the question's words are among the reports in its language; nothing for another language."""
    language = found.record.language
    if language != query.language:
        return {}
    return generation.lexical.rarity(shelf_of(found.record).name, tokenise(query.text, language))


def _coverage(rarity: Mapping[str, float], text: str, language: str) -> float:
    total = sum(rarity.values())
    if not total:
        return 0.0
    held = set(tokenise(text, language))
    return sum(weight for token, weight in rarity.items() if token in held) / total


def _held(asked: frozenset[str], text: str, language: str) -> float:
    """The share of some figures, dates and symbols that a text holds."""
    if not asked:
        return 0.0
    return len(asked.intersection(chain(stems(text, language), value_tokens(text, language)))) / len(asked)
