"""The passages of one language that may answer, scored so that they compare with those of other languages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vectorstore.bm25 import Idea, Match, Matcher, tokens_of
from vectorstore.catalogue import Catalogue
from vectorstore.fusion import best_of, fuse, outstanding
from vectorstore.nearest import nearest
from vectorstore.paragraph import digest
from vectorstore.records import FoundPassage, Vector
from vectorstore.store import DENSE, SECOND, SIGNALS, Generation, Shelf
from vectorstore.vectors import KeptVectors

_LEXICAL = "lexical"
# Weights of the standardised signals, measured on questions in six languages: within a language words tell much, across
# languages the second model does, and words as far as they could be translated.
_OWN_LANGUAGE = {DENSE: 1.0, _LEXICAL: 0.4, SECOND: 0.3}
_OTHER_LANGUAGE = {DENSE: 1.0, _LEXICAL: 0.5, SECOND: 0.7}
# Of what tells an answer from none, across languages: translated words tell less, as those of a subject are everywhere.
_EVIDENCE = {DENSE: 1.0, _LEXICAL: 0.6, SECOND: 0.5}
# What speaks for one language against another: that its best paragraph is far ahead of the next, and, for the
# question's own, that the paragraph holds most of the question's words.
_OUTSTANDING = 1.0
_COVERAGE = 3.0
# That a paragraph holds the names, figures, dates and symbols of the question, by their share of it.
_EXACT = 4.0
_POOL = 50  # candidates that each signal brings
_KEPT = 60  # of all of them, those that are looked at closely


@dataclass(frozen=True)
class Query:
    """A question made ready: its language and what the two models make of it."""

    text: str
    language: str
    vectors: Mapping[str, Vector]


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer, with what Found tells of it."""

    passage_id: str
    score: float
    prominence: float
    coverage: float
    exact: float
    rivals: int


@dataclass(frozen=True)
class Signals:
    """What each signal says of the candidates: the models' cosines, and how each matches the question's words."""

    cosines: Mapping[str, Mapping[str, float]]
    matches: Mapping[str, Match]


@dataclass(frozen=True)
class Pool:
    """The candidates among the reports in one language, and the question as these would say it."""

    language: str
    ideas: Sequence[Idea]
    signals: Signals

    def with_cosines(self, cosines: Mapping[str, Mapping[str, float]]) -> Signals:
        """The signals with these cosines of the candidates, which may be there with those of others."""
        held = {signal: {key: found[key] for key in self.signals.matches} for signal, found in cosines.items()}
        return replace(self.signals, cosines=held)


def joined(parts: Iterable[Signals]) -> Signals:
    """The candidates of several shelves as one."""
    signals = list(parts)
    return Signals(
        cosines={s: {key: c for each in signals for key, c in each.cosines[s].items()} for s in SIGNALS},
        matches={key: match for each in signals for key, match in each.matches.items()},
    )


def rank(signals: Signals, ideas: Sequence[Idea], *, is_own: bool) -> Iterator[Candidate]:
    """The candidates of one language, with scores that compare with those of other languages."""
    if not signals.matches:
        return
    weights = _OWN_LANGUAGE if is_own else _OTHER_LANGUAGE | {_LEXICAL: _OTHER_LANGUAGE[_LEXICAL] * _said(ideas)}
    words = {passage_id: match.score for passage_id, match in signals.matches.items()}
    fused = fuse({**signals.cosines, _LEXICAL: words}, weights)
    prominence = fused if is_own else fuse({**signals.cosines, _LEXICAL: words}, _EVIDENCE)
    ahead = outstanding(fused)
    for passage_id, score in fused.items():
        covered = _COVERAGE * signals.matches[passage_id].coverage if is_own else 0.0
        yield Candidate(
            passage_id=passage_id,
            score=score + _OUTSTANDING * ahead[passage_id] + covered + _EXACT * signals.matches[passage_id].exact,
            prominence=prominence[passage_id],
            coverage=signals.matches[passage_id].coverage,
            exact=signals.matches[passage_id].exact,
            rivals=len(fused),
        )


def _said(ideas: Sequence[Idea]) -> float:
    """The share of a question that could be put into the language of a report."""
    return sum(1 for idea in ideas if idea) / len(ideas) if ideas else 0.0


def signals_of(
    catalogue: Catalogue,
    generation: Generation,
    shelf: Shelf,
    query: Query,
    *,
    ideas: Sequence[Idea],
    within: Sequence[str] | None,
) -> Signals:
    """The best candidates of a shelf by all signals: how they match, and the cosines of those that are near."""
    statistics = generation.lexical.statistics(shelf.name, tokens_of(ideas))
    lexical = generation.lexical.best(shelf.name, statistics.frequencies, limit=_POOL, within=within)
    near = {
        signal: nearest(catalogue, generation, shelf, signal, vector, limit=_POOL, within=within)
        for signal, vector in query.vectors.items()
    }
    pool = best_of([lexical, *near.values()], limit=_KEPT)
    matcher = Matcher(ideas, statistics)
    texts = generation.lexical.tokens(shelf.name, pool)
    cosines = {signal: {key: found[key] for key in pool if key in found} for signal, found in near.items()}
    return Signals(cosines, {passage_id: matcher.match(texts[passage_id]) for passage_id in pool})


def cosines_of(
    kept: KeptVectors, query: Query, near: Signals, passages: Mapping[str, FoundPassage], keys: Mapping[str, str]
) -> Mapping[str, Mapping[str, float]]:
    """By signal, each passage's mean of its cosine and that of its paragraph's best sentence.

    The signals brought the cosines of those that are `near`; `keys` are those of the paragraphs' sentences. Where none
    of these are kept, a passage's own cosine counts alone.
    """
    hashes = {key: digest(passage.text) for key, passage in passages.items() if not _is_near(key, near)}
    known = kept.cosines(query.vectors, {*keys.values(), *hashes.values()})
    own = {
        signal: {**{key: cosines[text_hash] for key, text_hash in hashes.items()}, **near.cosines[signal]}
        for signal, cosines in known.items()
    }
    return {
        signal: {key: (cosine + known[signal].get(keys[key], cosine)) / 2 for key, cosine in cosines.items()}
        for signal, cosines in own.items()
    }


def _is_near(key: str, signals: Signals) -> bool:
    """Whether every signal brought this passage's cosine."""
    return all(key in cosines for cosines in signals.cosines.values())
