"""One report in the six languages, in our own words, laid out the way UN documents are.

It lies in languages/report.*.txt. Each line is a block: what it is, a bar, and its text as printed. `numbered`
paragraphs, `item`s, `organ`, `preamble` and `operative` lines carry their own numbers.
"""

from dataclasses import dataclass
from pathlib import Path

_TEXTS = Path(__file__).parent / "languages"


@dataclass(frozen=True)
class Piece:
    """A block of the report: its kind and its text."""

    kind: str
    text: str


def report(language: str) -> list[Piece]:
    """The blocks of the report in a language, in order."""
    lines = (_TEXTS / f"report.{language}.txt").read_text(encoding="utf-8").splitlines()
    return [Piece(*line.split("|", 1)) for line in lines]
