"""The glossary: what bodies, titles, processes and acronyms of UN reform are called in the six languages, and mean."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["body", "title", "process", "document", "fund", "agreement", "concept", "system"]


@dataclass(frozen=True)
class Wording:
    """A term in one language: its official name, its acronyms and short names, its other names, and one sentence."""

    name: str
    short: tuple[str, ...]
    also: tuple[str, ...]
    meaning: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Everything that the term is called, the official name first."""
        return (self.name, *self.short, *self.also)


@dataclass(frozen=True)
class Term:
    """One thing and its wordings by language, each of the six."""

    id: str
    kind: Kind
    wordings: Mapping[str, Wording]


@cache
def glossary() -> tuple[Term, ...]:
    """Every term, in the order of the file. The first call reads it, in about a tenth of a second."""
    written = tomllib.loads(files(__package__).joinpath("glossary.toml").read_text(encoding="utf-8"))
    return tuple(_term(fields) for fields in written["term"])


def _term(fields: Mapping[str, Any]) -> Term:
    wordings = {language: _wording(worded) for language, worded in fields.items() if language not in ("id", "kind")}
    return Term(fields["id"], fields["kind"], wordings)


def _wording(worded: Mapping[str, Any]) -> Wording:
    return Wording(worded["name"], tuple(worded.get("short", ())), tuple(worded.get("also", ())), worded["meaning"])
