"""Words one of which excludes the others, in the six UN languages: "rose" and "fell", "north" and "south"."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from vectorstore.wording.word_table import Listed, WordTable

Sort = Literal["opposites", "relations", "kinds"]


def sort_of(group: str) -> Sort:
    """Whether a group is of opposites, of such as come to the same when what they relate is exchanged, or of a kind."""
    return _sorts()[group]


@lru_cache(maxsize=4000)
def alternatives_in(text: str, language: str) -> tuple[Listed, ...]:
    """The words of a text that are in some group, of each group the longest at a place."""
    return tuple(_table(language).found_in(text))


@cache
def _table(language: str) -> WordTable:
    rows = (
        (group, member, each)
        for groups in _groups().values()
        for group, words in groups.items()
        for member, each in enumerate(words[language])
    )
    return WordTable(rows, language)


@cache
def _groups() -> Mapping[Sort, Mapping[str, Any]]:
    return cast(
        "Mapping[Sort, Any]",
        tomllib.loads(files(__package__).joinpath("alternatives.toml").read_text(encoding="utf-8")),
    )


@cache
def _sorts() -> Mapping[str, Sort]:
    return {group: sort for sort, groups in _groups().items() for group in groups}
