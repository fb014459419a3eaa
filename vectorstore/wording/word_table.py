"""Tables of words in the six UN languages, each word by its group and its place there, and where a text has them.

In a table "*" is any ending, "_" a space, "#" a figure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[-‑/][^\W_]+)*")
_ARABIC_MARKS = re.compile(r"[\u0640\u064b-\u0652]")
_ARABIC_LETTERS = str.maketrans("أإآىة", "ااايه")
# What is written together with an Arabic word: "and", "for", "by", "as", the article.
_ARABIC_PREFIX = re.compile(r"^[وف]?(?:[بك]?ال|لل|[بلكس])?(?=\w{2})|^[وف](?=\w{2})")
_ARABIC_LETTER = re.compile(r"^(?:[وف]?[بكلس]|[وف])(?=\w{3})")
_FIGURE = "#"  # in the table: a word of digits
_SHORTEST_BEGINNING = 2
_LONGEST_CHINESE = 7  # characters


@dataclass(frozen=True)
class Listed:
    """A word of a text, by its group and its place there; `start` and `end` are where it stands."""

    group: str
    member: int
    start: int
    end: int


@dataclass(frozen=True)
class _Form:
    group: str
    member: int
    words: tuple[str, ...]  # each exact, or a beginning that ends in "*"


class WordTable:
    """Finds the words of a table in texts of one language.

    `rows` are the words of each place of a group, parted by spaces.
    """

    def __init__(self, rows: Iterable[tuple[str, int, str]], language: str) -> None:
        self._language = language
        self._forms: dict[str, list[_Form]] = {}
        for group, member, words in rows:
            for form in words.split():
                parts = tuple(part if language == "zh" else _variants(part, language)[0] for part in form.split("_"))
                self._forms.setdefault(parts[0], []).append(_Form(group, member, parts))

    def found_in(self, text: str) -> Iterator[Listed]:
        """The words of a text that are in some group, of each group the longest at a place."""
        return self._chinese(text) if self._language == "zh" else self._spaced(text)

    def _spaced(self, text: str) -> Iterator[Listed]:
        words = [(_variants(found[0], self._language), found.start(), found.end()) for found in _WORD.finditer(text)]
        forms, taken = self._forms, dict[str, int]()
        for at, (variants, start, _) in enumerate(words):
            found = [form for each in variants for form in _beginning(each, forms) if _goes_on(form, words, at)]
            for form in sorted(found, key=lambda form: -len(form.words)):
                if taken.get(form.group, 0) <= at:
                    taken[form.group] = at + len(form.words)
                    yield Listed(form.group, form.member, start, words[at + len(form.words) - 1][2])

    def _chinese(self, text: str) -> Iterator[Listed]:
        forms, taken = self._forms, dict[str, int]()
        for at in range(len(text)):
            for end in range(min(len(text), at + _LONGEST_CHINESE), at, -1):
                for form in forms.get(text[at:end], ()):
                    if taken.get(form.group, 0) <= at:
                        taken[form.group] = end
                        yield Listed(form.group, form.member, at, end)


def _beginning(word: str, forms: Mapping[str, Sequence[_Form]]) -> Iterator[_Form]:
    yield from forms.get(word, ())
    for end in range(len(word), _SHORTEST_BEGINNING - 1, -1):
        yield from forms.get(f"{word[:end]}*", ())


def _goes_on(form: _Form, words: Sequence[tuple[Sequence[str], int, int]], at: int) -> bool:
    if at + len(form.words) > len(words):
        return False
    return all(
        any(_is(each, asked) for each in variants)
        for asked, (variants, _, _) in zip(form.words[1:], words[at + 1 :], strict=False)
    )


def _is(word: str, asked: str) -> bool:
    if asked == _FIGURE:
        return word[0].isdigit()
    return word.startswith(asked[:-1]) if asked.endswith("*") else word == asked


def _variants(word: str, language: str) -> Sequence[str]:
    """A word as the table may have it, in Arabic also without what is written together with it."""
    folded = word.casefold().replace("‑", "-")
    if language != "ar":
        return (folded.replace("ё", "е"),)
    plain = _ARABIC_MARKS.sub("", folded).translate(_ARABIC_LETTERS)
    return tuple(dict.fromkeys((plain, _ARABIC_LETTER.sub("", plain), _ARABIC_PREFIX.sub("", plain))))
