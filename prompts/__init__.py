"""Prose for the model and for the reader, one file each."""

import tomllib
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


def phrase(name: str, language: str, **values: object) -> str:
    """What the bot says in this language, with its {names} filled in."""
    return _phrases()[name][language].format(**values)


def pattern(name: str, language: str) -> str:
    """A regular expression kept with the phrases, or with those that tell what people write."""
    return _patterns()[name][language]


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return _toml("phrases") | _toml("slack") | _toml("slack_files")


@cache
def _patterns() -> dict[str, dict[str, str]]:
    told = ("follow_up", "disagreement", "several", "asked_for", "slack_asking")
    return reduce(or_, map(_toml, told), _phrases())


def _toml(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
