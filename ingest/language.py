"""Which of the six UN languages a text is in."""

import threading
from collections import Counter
from functools import cache
from typing import Any

from vectorstore.paragraph import LANGUAGES

_SAMPLES = 8
_SAMPLE_CHARACTERS = 500
# A Chinese character says as much as some three letters.
_CHINESE_LETTERS = 3
_SCRIPTS = {"ar": ("\u0600", "\u06ff"), "ru": ("\u0400", "\u04ff"), "zh": ("\u3400", "\u9fff")}
_MOST = 0.5
_LOADING = threading.Lock()


def language_of(text: str) -> str:
    """The language of most of a text, one of the six; English for a text without words.

    The first text in Latin script takes a second and 110 MB in this process, to load a model.
    """
    sample = _sample(text)
    scripts = Counter(_script(letter) for letter in sample if letter.isalpha())
    if not scripts:
        return "en"
    scripts["zh"] *= _CHINESE_LETTERS
    script, count = scripts.most_common(1)[0]
    if script and count >= _MOST * scripts.total():
        return script
    with _LOADING:  # else each thread that comes meanwhile would load a model of its own
        identifier = _identifier()
    return str(identifier.classify(sample)[0])


def _sample(text: str) -> str:
    """Pieces from all over the text, because a document may begin in another language."""
    if len(text) <= _SAMPLES * _SAMPLE_CHARACTERS:
        return text
    step = len(text) // _SAMPLES
    return "\n".join(text[start : start + _SAMPLE_CHARACTERS] for start in range(0, step * _SAMPLES, step))


def _script(letter: str) -> str | None:
    return next((language for language, (first, last) in _SCRIPTS.items() if first <= letter <= last), None)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads a model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([language for language in LANGUAGES if language not in _SCRIPTS])
    return identifier
