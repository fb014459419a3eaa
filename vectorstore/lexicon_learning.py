"""Learns the lexicon anew from aligned sentences: `python -m vectorstore.lexicon_learning ALIGNED.jsonl`.

The bundled one comes from the development set of the United Nations Parallel Corpus 1.0 (Ziemski, Junczys-Dowmunt and
Pouliquen, LREC 2016), 3,999 sentences in six languages: a line each, {"ar": "…", "en": "…", …}.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations
from pathlib import Path

import numpy as np

from vectorstore.lexicon import FULL, LEARNED
from vectorstore.paragraph import LANGUAGES
from vectorstore.tokens import stems

_ROUNDS = 6  # of expectation and maximisation; further ones change the weights by less than a byte tells
_LEAST = 0.1  # probability of a translation that is kept
_MOST = 4  # translations of a token
_CHINESE_LEAST = 2  # sentences: most pairs of characters that stand in one only are no words

Sentences = Sequence[Sequence[int]]


def learn(aligned: Sequence[dict[str, str]]) -> dict[str, np.ndarray]:
    """The arrays of a Lexicon. The languages are those of the first sentence."""
    languages = [language for language in LANGUAGES if language in aligned[0]]
    tokens, sentences = {}, {}
    for language in languages:
        tokens[language], sentences[language] = _numbered(
            [stems(each[language], language) for each in aligned], language
        )
    arrays: dict[str, np.ndarray] = {language: np.array("\n".join(tokens[language])) for language in languages}
    for source, target in permutations(languages, 2):
        for part, values in _translations(sentences[source], sentences[target], len(tokens[source])).items():
            arrays[f"{source}-{target}-{part}"] = values
    return arrays


def _numbered(texts: Sequence[Sequence[str]], language: str) -> tuple[list[str], Sentences]:
    """The tokens of a language in order, and each sentence as their numbers, each once."""
    seen = Counter(token for text in texts for token in set(text))
    least = _CHINESE_LEAST if language == "zh" else 1
    tokens = sorted(token for token, count in seen.items() if count >= least)
    places = {token: place for place, token in enumerate(tokens)}
    return tokens, [sorted({places[token] for token in text if token in places}) for text in texts]


def _translations(source: Sentences, target: Sentences, count: int) -> dict[str, np.ndarray]:
    """The best translations of each source token, as rows one after another."""
    sources, targets, probabilities = _align(source, target)
    order = np.lexsort((-probabilities, sources))
    sources, targets, probabilities = sources[order], targets[order], probabilities[order]
    rank = np.arange(len(sources)) - np.searchsorted(sources, sources)
    kept = (probabilities >= _LEAST) & (rank < _MOST)
    starts = np.searchsorted(sources[kept], np.arange(count + 1))
    # The square root: a word with three good translations is not a third of a word.
    weights = np.round(FULL * np.sqrt(probabilities[kept]))
    return {
        "starts": starts.astype(np.uint32),
        "targets": targets[kept].astype(np.uint16),
        "weights": weights.astype(np.uint8),
    }


def _align(source: Sentences, target: Sentences) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of tokens that stand in aligned sentences, with the probability of the second given the first.

    IBM model 1: Brown, Della Pietra, Della Pietra and Mercer, "The mathematics of statistical machine translation",
    Computational Linguistics 19(2), 1993.
    """
    firsts, seconds, slots = _pairs(source, target)
    width = int(seconds.max()) + 1
    pairs, place = np.unique(firsts.astype(np.int64) * width + seconds, return_inverse=True)
    sources = pairs // width
    probabilities = np.ones(len(pairs))
    for _ in range(_ROUNDS):
        expected = probabilities[place]
        expected /= np.bincount(slots, expected)[slots]
        counts = np.bincount(place, expected)
        probabilities = counts / np.bincount(sources, counts)[sources]
    return sources, pairs % width, probabilities


def _pairs(source: Sentences, target: Sentences) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each token of a sentence with each of its translation, and the place of the latter, counted through the text."""
    firsts, seconds, slots, before = [], [], [], 0
    for here, there in zip(source, target, strict=True):
        firsts.append(np.repeat(here, len(there)))
        seconds.append(np.tile(there, len(here)))
        slots.append(np.tile(np.arange(before, before + len(there)), len(here)))
        before += len(there)
    first, second, slot = (np.concatenate(each).astype(np.int64) for each in (firsts, seconds, slots))
    return first, second, slot


def main(arguments: Iterable[str]) -> None:
    """Reads the aligned sentences and writes the lexicon beside this module."""
    (path,) = arguments
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    np.savez_compressed(Path(__file__).with_name(LEARNED), **learn([json.loads(line) for line in lines]))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1:])
