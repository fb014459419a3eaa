"""Places that a text names by what is from there: "the Indonesian Government", "сирийские власти"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain

from prompts.places import peoples, places

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDS = {
    "en": re.compile(r"[aeiouy]+$"),
    "fr": re.compile(r"[aeiouyé]+$"),
    "es": re.compile(r"[aeiouáéíóú]+$"),
    "ru": re.compile(r"[аеиоуыэюяйь]+$"),
    "ar": re.compile(r"(?:يا|ية|ا|ة)$"),
}
_SHORTEST = 4  # letters that a place and its people have in common
_LONGEST_END = 7  # "-ийского"
_ARTICLE = re.compile(r"^[وفبلك]?ال")
# Two words for one people: "South Sudanese", "sud-soudanais".
_TOGETHER = re.compile(
    r"(?<!\w)(South|Sud|Equatorial|Eastern|Western|Latin)[ -]"
    r"(?=(?:sudanese|african|soudanais|africain|guinean|european|american))",
    re.IGNORECASE,
)


def peoples_in(text: str, language: str) -> Iterator[int]:
    """The numbers of the places from which the text says that something or somebody is."""
    roots = _roots(language) if language != "zh" else {}
    for found in _WORD.finditer(_TOGETHER.sub(r"\1", text)) if roots else ():
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
        for people in chain.from_iterable(peoples(language).get(name, ()) for name in names[language]):
            root = _ENDS[language].sub("", people.casefold())
            root = root if len(root) >= _SHORTEST else people.casefold()
            roots[root] = roots.get(root, frozenset()) | {number}
    return roots
