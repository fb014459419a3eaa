"""What reports count, in the six UN languages: countries, members of staff, reports, meetings."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from vectorstore.wording.word_table import Listed, WordTable


@lru_cache(maxsize=4000)
def counted_in(text: str, language: str) -> tuple[Listed, ...]:
    """The words of a text for something that is counted, each by the class of the thing: "persons_troops"."""
    return tuple(_table(language).found_in(text))


def class_of(word: Listed) -> str:
    """The class of a thing that is counted; one that begins with another's name is a sort of it."""
    return _classes()[word.member]


@cache
def _table(language: str) -> WordTable:
    classes = _words().values()
    return WordTable((("counted", at, words[language][0]) for at, words in enumerate(classes)), language)


@cache
def _classes() -> tuple[str, ...]:
    return tuple(_words())


@cache
def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    table = tomllib.loads(files(__package__).joinpath("counted.toml").read_text(encoding="utf-8"))
    return cast("Mapping[str, Mapping[str, Sequence[str]]]", table["counted"])
