"""Words one of which excludes the others, in the six UN languages: "rose" and "fell", "north" and "south"."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

Sort = Literal["opposites", "relations", "kinds"]

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
class Alternative:
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


Forms = Mapping[str, Sequence[_Form]]


def sort_of(group: str) -> Sort:
    """Whether a group is of opposites, of such as come to the same when what they relate is exchanged, or of a kind."""
    return _sorts()[group]


@lru_cache(maxsize=4000)
def alternatives_in(text: str, language: str) -> tuple[Alternative, ...]:
    """The words of a text that are in some group, of each group the longest at a place."""
    return tuple(_chinese(text) if language == "zh" else _spaced(text, language))


def _spaced(text: str, language: str) -> Iterator[Alternative]:
    words = [(_variants(found[0], language), found.start(), found.end()) for found in _WORD.finditer(text)]
    forms, taken = _forms(language), dict[str, int]()
    for at, (variants, start, _) in enumerate(words):
        found = [form for each in variants for form in _beginning(each, forms) if _goes_on(form, words, at)]
        for form in sorted(found, key=lambda form: -len(form.words)):
            if taken.get(form.group, 0) <= at:
                taken[form.group] = at + len(form.words)
                yield Alternative(form.group, form.member, start, words[at + len(form.words) - 1][2])


def _beginning(word: str, forms: Forms) -> Iterator[_Form]:
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


def _chinese(text: str) -> Iterator[Alternative]:
    forms, taken = _forms("zh"), dict[str, int]()
    for at in range(len(text)):
        for end in range(min(len(text), at + _LONGEST_CHINESE), at, -1):
            for form in forms.get(text[at:end], ()):
                if taken.get(form.group, 0) <= at:
                    taken[form.group] = end
                    yield Alternative(form.group, form.member, at, end)


def _variants(word: str, language: str) -> Sequence[str]:
    """A word as the table may have it, in Arabic also without what is written together with it."""
    folded = word.casefold().replace("‑", "-")
    if language != "ar":
        return (folded.replace("ё", "е"),)
    plain = _ARABIC_MARKS.sub("", folded).translate(_ARABIC_LETTERS)
    return tuple(dict.fromkeys((plain, _ARABIC_LETTER.sub("", plain), _ARABIC_PREFIX.sub("", plain))))


@cache
def _forms(language: str) -> Forms:
    forms: dict[str, list[_Form]] = {}
    for groups in _groups().values():
        for group, words in groups.items():
            for member, each in enumerate(words[language]):
                for form in each.split():
                    parts = tuple(
                        _variants(part, language)[0] if language != "zh" else part for part in form.split("_")
                    )
                    forms.setdefault(parts[0], []).append(_Form(group, member, parts))
    return forms


@cache
def _groups() -> Mapping[Sort, Mapping[str, Any]]:
    return cast(
        "Mapping[Sort, Any]",
        tomllib.loads(files(__package__).joinpath("alternatives.toml").read_text(encoding="utf-8")),
    )


@cache
def _sorts() -> Mapping[str, Sort]:
    return {group: sort for sort, groups in _groups().items() for group in groups}
