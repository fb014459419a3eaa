"""Reads the paragraphs that search found: which of their sentences answer the question, and how well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from langchain_core.embeddings import Embeddings

from bot.recent import RecentVectors
from vectorstore.records import Vector
from vectorstore.search import Found, Query
from vectorstore.sentences import sentences
from vectorstore.store import DENSE, SECOND, Generation, shelf_of
from vectorstore.tokens import tokenise

# Beside the dense cosine: shared words within a language, the second model across languages.
_COVERAGE_WEIGHT = 0.3
_SECOND_WEIGHT = 0.5
_RUN_IN_HEADING = 40  # characters


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
    """Scores the sentences of paragraphs against a question."""

    def __init__(self, models: Mapping[str, Embeddings]) -> None:
        self._models = {signal: RecentVectors(model) for signal, model in models.items()}

    def read(self, generation: Generation, query: Query, found: Sequence[Found]) -> tuple[Read, ...]:
        """The paragraphs, in the order given, with their sentences scored."""
        texts = [_with_run_in_heading(sentences(one.paragraph.text, one.record.language)) for one in found]
        flat = [text for each in texts for text in each]
        vectors = {signal: model.embed(flat) for signal, model in self._models.items()}
        starts = [0, *accumulate(map(len, texts))]
        return tuple(
            Read(
                one, _score(generation, query, one, each, {s: v[start : start + len(each)] for s, v in vectors.items()})
            )
            for one, each, start in zip(found, texts, starts, strict=False)
        )

    def meaning(self, claim: str) -> Vector:
        """A claim's vector, to compare with those of sentences."""
        vector: Vector = self._models[SECOND].embed([claim])[0]
        return vector


def _with_run_in_heading(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences with a heading that opens the paragraph ("Common country analysis. …") joined to what follows."""
    if len(texts) > 1 and len(texts[0].strip()) < _RUN_IN_HEADING:
        return (texts[0] + texts[1], *texts[2:])
    return texts


def _score(
    generation: Generation, query: Query, found: Found, texts: Sequence[str], vectors: Mapping[str, Vector]
) -> tuple[Sentence, ...]:
    rarity = _rarity(generation, query, found)
    cosines = {signal: (vectors[signal] @ query.vectors[signal]).tolist() for signal in vectors}
    coverage = [_coverage(rarity, text, found.record.language) for text in texts]
    extra = [_COVERAGE_WEIGHT * c for c in coverage] if rarity else [_SECOND_WEIGHT * c for c in cosines[SECOND]]
    return tuple(
        Sentence(
            place=place,
            text=text,
            dense=cosines[DENSE][place],
            second=cosines[SECOND][place],
            coverage=coverage[place],
            score=cosines[DENSE][place] + extra[place],
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
    held = set(tokenise(text, language))
    return sum(weight for token, weight in rarity.items() if token in held) / total if total else 0.0
