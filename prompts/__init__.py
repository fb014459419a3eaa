"""Prose for the model and for the reader, one file each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from importlib.resources import files
from operator import or_
from string import Formatter

# What the model writes when the paragraphs do not hold the answer; the prompt names it and code looks for it.
NO_ANSWER = "NOT IN THE REPORTS"
# What it writes when it is asked whether they do.
YES, NO = "YES", "NO"

LANGUAGE_NAMES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh": "Chinese",
}


def prompt(name: str, **values: str) -> str:
    """The text of `NAME.md` with its {variables} filled in. Raises ValueError unless `values` are exactly these."""
    text = _prompt(name)
    variables = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    if variables != values.keys():
        raise ValueError(f"prompts/{name}.md takes {sorted(variables)}, not {sorted(values)}")
    return text.format(**values)


@cache
def _prompt(name: str) -> str:
    return files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")


def phrase(name: str, language: str, /, **values: object) -> str:
    """What the bot says in this language, with its {names} filled in; {name:,} groups the digits as is usual there."""
    return _Grouping(_THOUSANDS.get(language, ",")).format(_phrases()[name][language], **values)


def has_phrase(name: str) -> bool:
    """Whether the bot has this phrase."""
    return name in _phrases()


@dataclass(frozen=True)
class Sentence:
    """A phrase and what fills it in, to be said once it is known to whom."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str = "en") -> str:
        """The same in one of the six languages."""
        return phrase(self.name, language, **self.values)


_THOUSANDS = {"es": ".", "fr": "\N{NARROW NO-BREAK SPACE}", "ru": "\N{NO-BREAK SPACE}"}


class _Grouping(Formatter):
    def __init__(self, between: str) -> None:
        self._between = between

    def format_field(self, value: object, format_spec: str) -> str:
        formatted = format(value, format_spec)
        return formatted.replace(",", self._between) if format_spec == "," else formatted


def pattern(name: str, language: str) -> str:
    """A regular expression kept with the phrases, or with those that tell what people write."""
    return _patterns()[name][language]


@cache
def _phrases() -> dict[str, dict[str, str]]:
    said = ("phrases", "slack", "slack_files", "problems", "wrong_fields")
    return reduce(or_, map(_toml, said))


@cache
def _patterns() -> dict[str, dict[str, str]]:
    told = ("follow_up", "disagreement", "several", "asked_for", "slack_asking")
    return reduce(or_, map(_toml, told), _phrases())


def _toml(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
