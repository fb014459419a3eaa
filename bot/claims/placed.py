"""Which places a text names: as it prints them, not by other words of the same stem ("данные" is not "Дания")."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from prompts.places import places
from vectorstore.terms import Named, Terms, forms_of
from vectorstore.tokens import stems

CAPITALISED = frozenset(["en", "es", "fr", "ru"])  # languages in which names have capitals
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_IN_A_NAME = 3  # words in small letters after one with a capital: "République démocratique du Congo"
# What is no part of a name: "and", "in", "for" before it in Arabic; China in the Chinese for "developing countries".
_PARTED = re.compile(r"(?<!\w)و?[بلكف]?(?=(?:ال|[آأإ])\w{3})|[中法美德英泰](?=国家)|马里(?=[亚乌奥安])")
_AND = re.compile(r"(?<!\w)و(?=\w{3})")
_PREFIXED = re.compile(r"(?<!\w)و?[بلكف](?=\w{3})")
_TO_THE = re.compile(r"(?<!\w)و?لل(?=\w{3})")
_RUN = re.compile(r"[^\W\d_]+")
_DECLINED = tuple("аяыьй")  # with which names end that have other endings in other cases
_ARABIC_ARTICLE = re.compile(r"^(?:ال|لل)")
_ARABIC_LETTERS = str.maketrans("أإآىة", "ااايه", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")


def places_in(text: str, language: str) -> tuple[Named, ...]:
    """The places that a text names; it is to be without its values, which hold letters that are no names."""
    found = {
        each.place: each
        for variant in _variants(text, language)
        for each in place_terms().named_in(variant, language)
        if is_printed(each, variant, language)
    }
    said = [each.said for each in found.values()]
    return tuple(each for each in found.values() if not any(is_within(each.said, longer) for longer in said))


def is_within(said: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the words of a name are some of those of a longer one."""
    return len(said) < len(longer) and f" {' '.join(said)} " in f" {' '.join(longer)} "


def is_printed(named: Named, text: str, language: str) -> bool:
    """Whether a text prints a name of one word, not only another word of its stem: "consultant", "consultatif"."""
    if len(named.said) != 1 or language == "zh":
        return True
    words = [word for word in _RUN.findall(text) if stems(word, language) == [*named.said]]
    roots = [
        _root(form, language)
        for form in named.names[language]
        if any(tuple(stems(each, language)) == named.said for each in forms_of(form, language))
    ]
    return any(_holds(_plain(word, language), root) for word in words for root in roots)


def _holds(word: str, root: str) -> bool:
    """Whether a word holds a name; what ends in "i" names nobody else by more letters: "المالية" is not of Mali."""
    return word.endswith(root) if root.endswith("ي") else root in word


@cache
def place_terms() -> Terms:
    """The places, to be found in texts."""
    return Terms(places())


def _root(form: str, language: str) -> str:
    """What every case of a name begins with."""
    return _plain(form[:-1] if language == "ru" and form.endswith(_DECLINED) else form, language)


def _plain(word: str, language: str) -> str:
    return _ARABIC_ARTICLE.sub("", word.translate(_ARABIC_LETTERS)) if language == "ar" else word.casefold()


def without_prefixes(text: str, language: str) -> Iterator[str]:
    """In Arabic a text without the letters that are written together with the next word: "and", then also "for"."""
    if language == "ar":
        yield _AND.sub(" ", text)
        yield _PREFIXED.sub(" ", text)
        yield _TO_THE.sub(" ", text)


def _variants(text: str, language: str) -> Iterator[str]:
    """A text with what may be names; in Arabic also without the letters that are written together with these."""
    yield _capitalised(text) if language in CAPITALISED else _PARTED.sub(" ", text)
    yield from without_prefixes(text, language)


def _capitalised(text: str) -> str:
    """A text with the words that no name begins or goes on with made one that is in no name."""
    since = _IN_A_NAME

    def kept(word: re.Match[str]) -> str:
        nonlocal since
        since = since + 1 if word[0].islower() else 0
        return word[0] if since <= _IN_A_NAME else "0"

    return WORD.sub(kept, text)
