"""Who shall, will, should or may do something, or decides or asks for it: how strongly a sentence commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from vectorstore.wording import strength_words
from vectorstore.wording.denials import negations_in
from vectorstore.wording.strengths import strengths_in

Strength = Literal["must", "will", "should", "may", "decides", "asks"]

_COMMITS: Mapping[strength_words.Strength, Strength] = {
    "must": "must",
    "will": "will",
    "should": "should",
    "may": "may",
    "decides": "decides",
    "requests": "asks",
    "urges": "asks",
    "calls": "asks",
    "invites": "asks",
    "encourages": "asks",
    "recommends": "asks",
}


@dataclass(frozen=True)
class Commitment:
    """How a sentence commits: the strengths of its verbs, in order, and how many words in it say no."""

    strengths: tuple[Strength, ...]
    negations: int


def commitment_in(sentence: str, language: str) -> Commitment | None:
    """How a sentence in one of the six languages commits somebody, or None where it does not."""
    usual = (said.strengths[0] for said in strengths_in(sentence, language))
    found = tuple(_COMMITS[strength] for strength in usual if strength in _COMMITS)
    return Commitment(found, len(list(negations_in(sentence, language)))) if found else None
