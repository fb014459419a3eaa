"""The words of a text as the lexical index keeps them: stems, Chinese bigrams, whole numbers and symbols."""

import re
import threading
import unicodedata
from collections.abc import Iterator

import Stemmer

_STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
_CHINESE = r"\u3400-\u4dbf\u4e00-\u9fff"
_ALNUM = rf"[^\W_{_CHINESE}]+"
# A word, or a number or document symbol whole: 71/243, A/RES/71/243, HSP/EB.2021/6, 1.5, COVID-19.
_WORD = re.compile(rf"(?P<chinese>[{_CHINESE}]+)|{_ALNUM}(?:[./,\-'’]{_ALNUM})*")
_SYMBOL = re.compile(r"\d")
_DOCUMENT_SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.]*(?:/[A-Za-z0-9][A-Za-z0-9.\-]*)+")
_NUMBER = re.compile(r"(?<=res/|dec/)\d+(?:/\d+)?$")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_ARABIC_GRAM = 4
_LONG = 5  # letters of a stem, from which on its last one may be left out
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_PARTS = re.compile(r"[/.,\-'’]")


def tokenise(text: str, language: str) -> list[str]:
    """The tokens of a text, in order; the same word in another form gives the same token."""
    return [piece for token in stems(text, language) for piece in (token, *_arabic_grams(token))]


def stems(text: str, language: str) -> list[str]:
    """Those of the tokens that stand for a word, a number, a symbol or a pair of Chinese characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if language == "ar":  # else a word ends at its vowel signs
        folded = _ARABIC_MARKS.sub("", folded)
    return [token for word in _WORD.finditer(ascii_digits(folded)) for token in _tokens(word, language)]


def document_symbols(text: str) -> frozenset[str]:
    """The numbers of resolutions and symbols of documents that a text names, such as 71/243 or A/80/74."""
    found = _DOCUMENT_SYMBOL.findall(ascii_digits(unicodedata.normalize("NFKC", text)))
    return frozenset(symbol.rstrip(".-").casefold() for symbol in found if any(map(str.isdigit, symbol)))


def ascii_digits(text: str) -> str:
    """The text with the digits of every script, such as Arabic-Indic ones, as 0 to 9: NFKC keeps them."""
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def _tokens(found: re.Match[str], language: str) -> Iterator[str]:
    word = found[0]
    if found["chinese"]:
        yield from _chinese(word)
    elif _SYMBOL.search(word):
        yield word
        yield from _number_of(word)
    else:
        for part in _PARTS.split(word):
            yield _arabic(part) if _ARABIC.search(part) else _stem(part, language)


def _number_of(symbol: str) -> Iterator[str]:
    """The number by which people know a resolution: 71/243 of A/RES/71/243."""
    number = _NUMBER.search(symbol)
    if number and number[0] != symbol:
        yield number[0]


def _chinese(run: str) -> Iterator[str]:
    """Pairs of neighbouring characters; a single character stands alone."""
    yield from (run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else (run,)


def _arabic(word: str) -> str:
    """The stem of a word without its vowel signs, its letters written one way."""
    return _stem(_ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS), "ar")


def _arabic_grams(token: str) -> Iterator[str]:
    """The four-letter pieces of an Arabic stem: they survive prefixes and suffixes that the stemmer leaves."""
    if _ARABIC.search(token):
        yield from (token[i : i + _ARABIC_GRAM] for i in range(len(token) - _ARABIC_GRAM + 1))


def _stem(word: str, language: str) -> str:
    if language not in _STEMMERS:
        return word
    stem: str = _own.by_language[language].stemWord(word)
    if language == "ru" and len(stem) >= _LONG:  # "ассамблея", whose other cases have no such "е"
        return stem.removesuffix("е")
    return stem


class _OwnStemmers(threading.local):
    """A thread's stemmers: one keeps the word that it works on in itself, so two threads must not share it."""

    def __init__(self) -> None:
        self.by_language = {language: Stemmer.Stemmer(name) for language, name in _STEMMERS.items()}


_own = _OwnStemmers()
