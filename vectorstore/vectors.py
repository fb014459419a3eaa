"""The vectors that the catalogue keeps: of passages by the hash of their text, of paragraphs' sentences by a key."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Engine, select

from vectorstore.database import chunks, insertion
from vectorstore.recent import Recent
from vectorstore.records import Vector
from vectorstore.tables import VectorRow

_PASSAGE_FLOAT = "<f4"  # Chroma is given the very vectors that the model made
_SENTENCE_FLOAT = "<f2"  # half the room; measured on 150 sentences, no cosine moves by 0.0001

_KEPT = 30_000  # passages and paragraphs, read lately; some 130 MB of the bundled models' vectors


class KeptVectors:
    """The vectors of all signals, kept for every generation; every method commits before it returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._recent: Recent[str, Sequence[_Kept]] = Recent(_KEPT)

    def has_any(self) -> bool:
        """Whether anything has been embedded."""
        with self._engine.connect() as connection:
            return connection.scalar(select(VectorRow.text_hash).limit(1)) is not None

    def without(self, signal: str, keys: Iterable[str]) -> set[str]:
        """Those of the passages, by the hash of their text, and of the keys of sentences that it has not embedded."""
        wanted = set(keys)
        with self._engine.connect() as connection:
            for some in chunks(sorted(wanted)):
                known = select(VectorRow.text_hash).where(VectorRow.signal == signal, VectorRow.text_hash.in_(some))
                wanted.difference_update(connection.scalars(known))
        return wanted

    def add_passages(self, signal: str, vectors: Mapping[str, Sequence[float] | Vector]) -> None:
        """Keeps one signal's vectors of passages by the hash of their text; what is known already stays."""
        self._add([_row(signal, key, None, np.asarray(one, _PASSAGE_FLOAT)) for key, one in vectors.items()])

    def add_sentences(self, signal: str, vectors: Mapping[str, Vector]) -> None:
        """Keeps one signal's vectors of paragraphs' sentences by their keys; what is known already stays."""
        self._add([_row(signal, key, len(rows), np.asarray(rows, _SENTENCE_FLOAT)) for key, rows in vectors.items()])

    def _add(self, rows: Sequence[dict[str, Any]]) -> None:
        with self._engine.begin() as connection:
            for some in chunks(rows):
                connection.execute(insertion(self._engine, VectorRow).values(some).on_conflict_do_nothing())

    def sentences(self, keys: Iterable[str]) -> Mapping[str, Mapping[str, Vector]]:
        """By signal, the vectors of paragraphs' sentences by their keys, a row a sentence; unknown ones are absent."""
        found: dict[str, dict[str, Vector]] = {}
        for key, kept in self._kept(keys).items():
            for one in kept:
                if one.sentences:
                    matrix = np.frombuffer(one.vector, _SENTENCE_FLOAT).astype(np.float32)
                    found.setdefault(one.signal, {})[key] = matrix.reshape(one.sentences, -1)
        return found

    def cosines(self, asked: Mapping[str, Vector], keys: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """By signal, the cosine of what is kept under each key with what is asked; of sentences that of the nearest."""
        kept = [(key, one) for key, each in self._kept(keys).items() for one in each]
        return {
            signal: _of_passages([(key, one) for key, one in kept if one.signal == signal], vector)
            | _of_best_sentences([(key, one) for key, one in kept if one.signal == signal and one.sentences], vector)
            for signal, vector in asked.items()
        }

    def _kept(self, keys: Iterable[str]) -> Mapping[str, Sequence["_Kept"]]:
        return self._recent.of(keys, self._read)

    def _read(self, keys: list[str]) -> Mapping[str, Sequence["_Kept"]]:
        columns = select(VectorRow.text_hash, VectorRow.signal, VectorRow.sentences, VectorRow.vector)
        found: dict[str, list[_Kept]] = {}
        with self._engine.connect() as connection:
            for some in chunks(sorted(keys)):
                rows = connection.execute(columns.where(VectorRow.text_hash.in_(some))).all()  # one by one costs more
                for key, signal, sentences, vector in rows:
                    found.setdefault(key, []).append(_Kept(signal, sentences, vector))
        return found


def passage_vector(kept: bytes) -> Vector:
    """The vector of a passage, as it is kept."""
    return np.frombuffer(kept, _PASSAGE_FLOAT)


class _Kept(NamedTuple):
    """One signal's vector of a passage, or vectors of so many sentences, as they are kept."""

    signal: str
    sentences: int | None
    vector: bytes


def _row(signal: str, key: str, sentences: int | None, kept: Vector) -> dict[str, Any]:
    return {"text_hash": key, "signal": signal, "sentences": sentences, "vector": kept.tobytes()}


def _of_passages(kept: Sequence[tuple[str, _Kept]], vector: Vector) -> dict[str, float]:
    passages = [(key, one) for key, one in kept if one.sentences is None]
    cosines = _joined(passages, _PASSAGE_FLOAT, len(vector)) @ vector
    return dict(zip((key for key, _ in passages), cosines.tolist(), strict=True))


def _of_best_sentences(kept: Sequence[tuple[str, _Kept]], vector: Vector) -> dict[str, float]:
    if not kept:
        return {}
    cosines = _joined(kept, _SENTENCE_FLOAT, len(vector)) @ vector
    starts = [0, *accumulate(one.sentences or 0 for _, one in kept[:-1])]
    return dict(zip((key for key, _ in kept), np.maximum.reduceat(cosines, starts).tolist(), strict=True))


def _joined(kept: Sequence[tuple[str, _Kept]], kind: str, width: int) -> Vector:
    """All vectors below each other: one product with many costs less than many with few."""
    together = np.frombuffer(b"".join(one.vector for _, one in kept), kind)
    return together.astype(np.float32, copy=False).reshape(-1, width)
