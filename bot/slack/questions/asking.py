"""What somebody wants who writes in a thread: an answer, or that the bot keeps quiet."""

import re
from functools import cache

from ingest.language import language_of
from prompts import pattern
from vectorstore.paragraph import LANGUAGES
from vectorstore.sentences import sentences

# "?" ends a sentence, and stands within addresses; the other two stand nowhere else. "¿" begins a question.
_MARK = re.compile(r"\w.*?(?:[？؟]|\?[\s\"»”’)\]!?]*(?:\s|$))|¿\s*\w", re.DOTALL)
_AROUND = " \t\n.,!。！،…:;*_~"


def asks(text: str) -> bool:
    """Whether a message asks something: by its mark, or by how it begins where only a question begins so."""
    return bool(_MARK.search(text) or _beginning().match(text.strip(_AROUND)))


def question_in(text: str) -> str:
    """The sentences of a message that ask something, or the whole message where none does."""
    asking = [part.strip() for part in sentences(text, language_of(text)) if asks(part)]
    return " ".join(asking) or text


def muting_language(text: str) -> str | None:
    """The language in which a message says nothing but that the bot is to keep out; None where it says else."""
    said = text.strip(_AROUND)
    return next((language for language, words in _muting().items() if words.fullmatch(said)), None)


def asks_for_help(text: str) -> bool:
    """Whether a message says nothing but "help"."""
    return bool(_helping().fullmatch(text.strip(_AROUND)))


def asks_for_settings(text: str) -> bool:
    """Whether a message says nothing but "settings"."""
    return bool(_settings().fullmatch(text.strip(_AROUND)))


@cache
def _beginning() -> re.Pattern[str]:
    leads_in, words = _any_language("leads_in"), _any_language("asks")
    return re.compile(rf"(?:{leads_in}[\s,.!。！，،…]*)*{words}", re.IGNORECASE)


@cache
def _muting() -> dict[str, re.Pattern[str]]:
    return {language: re.compile(pattern("mutes", language), re.IGNORECASE) for language in sorted(LANGUAGES)}


@cache
def _helping() -> re.Pattern[str]:
    return re.compile(_any_language("asks_for_help"), re.IGNORECASE)


@cache
def _settings() -> re.Pattern[str]:
    return re.compile(_any_language("asks_for_settings"), re.IGNORECASE)


def _any_language(name: str) -> str:
    return f"(?:{'|'.join(pattern(name, language) for language in sorted(LANGUAGES))})"
