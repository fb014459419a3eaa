"""Which of the six UN languages a text is in."""

from collections import Counter
from functools import cache
from typing import Any

from vectorstore.paragraph import LANGUAGES

_SAMPLE_CHARACTERS = 4000
_SCRIPTS = {"ar": ("\u0600", "\u06ff"), "ru": ("\u0400", "\u04ff"), "zh": ("\u3400", "\u9fff")}
_MOST = 0.5


def language_of(text: str) -> str:
    """One of the six languages, for any text; English for a text without words.

    The first text in Latin script takes a second and 110 MB in this process, to load a model.
    """
    letters = [character for character in text[:_SAMPLE_CHARACTERS] if character.isalpha()]
    if not letters:
        return "en"
    scripts = Counter(_script(letter) for letter in letters)
    script, count = scripts.most_common(1)[0]
    if script and count >= _MOST * len(letters):
        return script
    return str(_identifier().classify(text[:_SAMPLE_CHARACTERS])[0])


def _script(letter: str) -> str | None:
    return next((language for language, (first, last) in _SCRIPTS.items() if first <= letter <= last), None)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads a model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
