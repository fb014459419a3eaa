"""What is wrong with the fields of what was sent, in the language of who sent it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from prompts import Sentence, has_phrase, phrase

_PHRASE = "wrong_{}"
_OTHERWISE = "value_error"
_EMPTY = {"string_too_short": "string_empty", "too_short": "list_empty"}  # where one character or item would do
_QUOTED = re.compile(r"'[^']*'")


def wrong(name: str, /, **values: object) -> PydanticCustomError:
    """What a validator raises: "wrong_" and this name is the phrase that says it, `values` fill that in."""
    said = Sentence(_PHRASE.format(name), values).said()
    return PydanticCustomError(name, "{said}", {**values, "said": said})


def wrong_fields(errors: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, str]]:
    """The fields that a validation complains of, and what is wrong with each."""
    return [{"field": _field(error["loc"]), "problem": _sentence(error, language).said(language)} for error in errors]


def in_a_line(fields: Iterable[Mapping[str, str]], language: str) -> str:
    """Fields and what is wrong with them, after each other."""
    between = phrase("between_fields", language)
    return between.join(Sentence("wrong_field", field).said(language) for field in fields)


def _field(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location if part != "body") or "body"


def _sentence(error: Mapping[str, Any], language: str) -> Sentence:
    name, values = error["type"], dict(error.get("ctx", {}))
    if values.get("min_length") == 1:
        name = _EMPTY.get(name, name)
    if quoted := _QUOTED.findall(values.get("expected", "")):
        values["expected"] = _one_of(quoted, language)
    name = _PHRASE.format(name)
    return Sentence(name if has_phrase(name) else _PHRASE.format(_OTHERWISE), values)


def _one_of(values: Sequence[str], language: str) -> str:
    *before, last = values
    return phrase("last_of_several", language).join(filter(None, [", ".join(before), last]))
