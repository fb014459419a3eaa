"""Which words of one language stand for which of another, learned from sentences that the UN published in all six."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from vectorstore.paragraph import LANGUAGES

LEARNED = "lexicon.npz"
# Weights are kept in a byte each.
FULL = 255


class Lexicon:
    """Translations of tokens (those of `vectorstore.tokens.stems`) between two languages."""

    def __init__(self, arrays: Mapping[str, np.ndarray]) -> None:
        self._arrays = arrays
        self._tokens: Mapping[str, Sequence[str]] = {
            language: str(arrays[language]).split("\n") for language in LANGUAGES if language in arrays
        }
        self._places = {language: {t: i for i, t in enumerate(tokens)} for language, tokens in self._tokens.items()}

    def translations(self, token: str, *, source: str, target: str) -> Mapping[str, float]:
        """The tokens that most often stand for this one, with weights from 0 to 1; none for what was never seen."""
        place = self._places.get(source, {}).get(token)
        if place is None or target not in self._tokens or source == target:
            return {}
        starts, targets, weights = (
            self._arrays[f"{source}-{target}-{part}"] for part in ("starts", "targets", "weights")
        )
        found = slice(int(starts[place]), int(starts[place + 1]))
        names = self._tokens[target]
        return {names[t]: float(w) / FULL for t, w in zip(targets[found], weights[found], strict=True)}


@cache
def bundled_lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    with (files(__package__) / LEARNED).open("rb") as file, np.load(file) as arrays:
        return Lexicon(dict(arrays))
