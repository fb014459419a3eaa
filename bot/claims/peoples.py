"""Places that a text names by what is from there: "the Indonesian Government", "сирийские власти"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from prompts.places import places

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDS = {
    "en": re.compile(r"[aeiouy]+$"),
    "fr": re.compile(r"[aeiouyé]+$"),
    "es": re.compile(r"[aeiouáéíóú]+$"),
    "ru": re.compile(r"[аеиоуыэюяйь]+$"),
    "ar": re.compile(r"(?:يا|ية|ا|ة)$"),
}
_SHORTEST = 4  # letters that a place and its people have in common
_LONGEST_END = 6  # "-ийского"
_ARTICLE = re.compile(r"^[وفبلك]?ال")
# Those that begin otherwise than the place.
_OTHERWISE = {
    "en": "France French,Spain Spanish,Greece Greek,Netherlands Dutch,Denmark Danish,Switzerland Swiss,Turkey Turkish,"
    "Poland Polish,Finland Finnish,Sweden Swedish,Lebanon Lebanese,Afghanistan Afghan,Philippines Filipino,"
    "Philippines Philippine,Cyprus Cypriot,Norway Norwegian,Portugal Portuguese,Myanmar Burmese,Thailand Thai,"
    "Ireland Irish,Iceland Icelandic,Peru Peruvian,Kazakhstan Kazakh,Uzbekistan Uzbek,Tajikistan Tajik,"
    "Kyrgyzstan Kyrgyz,Turkmenistan Turkmen,Wales Welsh,Slovakia Slovak,Serbia Serb,Iran Iranian,Iraq Iraqi,"
    "Mali Malian,Congo Congolese,Togo Togolese,China Chinese,Cuba Cuban,Chad Chadian,Oman Omani,Laos Lao,Kenya Kenyan",
}


def peoples_in(text: str, language: str) -> Iterator[int]:
    """The numbers of the places from which the text says that something or somebody is."""
    roots = _roots(language) if language != "zh" else {}
    for found in _WORD.finditer(text) if roots else ():
        word = _ARTICLE.sub("", found[0]) if language == "ar" else found[0].casefold()
        yield from _place_of(word, roots)


def _place_of(word: str, roots: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """The places whose name begins as the word does: of several those with the longest beginning."""
    ends = range(len(word), max(_SHORTEST, len(word) - _LONGEST_END) - 1, -1)
    return next((roots[word[:end]] for end in ends if word[:end] in roots), frozenset())


@cache
def _roots(language: str) -> Mapping[str, frozenset[int]]:
    roots: dict[str, frozenset[int]] = {}
    for number, names in enumerate(places()):
        for name in names[language]:
            root = _ENDS[language].sub("", _ARTICLE.sub("", name) if language == "ar" else name.casefold())
            if len(root) >= _SHORTEST and _WORD.fullmatch(root):
                roots[root] = roots.get(root, frozenset()) | {number}
        for place, people in (pair.split() for pair in _OTHERWISE.get(language, "").split(",") if pair):
            if place in names[language]:
                roots[people.casefold()] = frozenset([number])
    return roots
