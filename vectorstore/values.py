"""What a text says the same in every language, as tokens: figures, dates, symbols, and places in documents."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from vectorstore.tokens import stems
from vectorstore.wording.mentions import mentions_in, plain
from vectorstore.wording.references import parts_in

_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?)\D*")
_DATED = re.compile(r"\d{4}-\d\d")
_PLACE = re.compile(r"(?:OP )?(\d+)")  # a paragraph, an operative one of a resolution: "4", "OP 4"
# The Security Council counts its resolutions without sessions; those whose number may be a year are left out.
_COUNCIL = re.compile(r"s/res/(?!(?:19|20)\d\d$)(\d+)$")
_DATE_PARTS = (len("2036"), len("2036-06"))


@dataclass(frozen=True)
class Asked:
    """What a question asks for by figure, date or symbol, or by place in a document, and its other words.

    `values` are tokens, each with others that say part of it; `rest` is the text without what is printed so.
    """

    values: Mapping[str, Sequence[str]]
    rest: str


@lru_cache  # for each language of the reports it is asked again
def asked_in(text: str, language: str) -> Asked:
    """The values of a question in one of the six languages.

    A figure in words, or the number of a paragraph of a document that is not named, is none: it may stand for less.
    """
    rest, values = plain(text), dict[str, Sequence[str]]()
    for mention in mentions_in(text, language):
        printed = rest[mention.start : mention.end]
        if _has_digit(printed):
            *wider, value = _tokens(mention.value)
            values[value] = [*wider, *(token for token in stems(printed, language) if _has_digit(token))]
            rest = _blanked(rest, mention.start, mention.end)
    symbols = [token for token in stems(rest, language) if "/" in token]
    if symbols:
        for start, end in [span for span in parts_in(rest, language) if rest[slice(*span)].isdecimal()]:
            values |= {_place(symbol, rest[start:end]): () for symbol in symbols}
            rest = _blanked(rest, start, end)
    named = {token: () for token in stems(rest, language) if _has_digit(token)}
    return Asked(values | named, rest)


def value_tokens(text: str, language: str) -> Iterator[str]:
    """The figures of a passage, 1200000000 for "$1.2 billion", and its dates, 2036-06-15 and its month and year."""
    for mention in mentions_in(text, language):
        yield from _tokens(mention.value)


@cache
def symbol_tokens(symbol: str) -> frozenset[str]:
    """The tokens by which a document is known: of A/RES/71/243 itself and 71/243, of S/RES/2771 (2025) also 2771."""
    tokens = [token for token in stems(symbol, "en") if "/" in token]
    return frozenset([*tokens, *(found[1] for token in tokens if (found := _COUNCIL.search(token)))])


def names_document(asked: Iterable[str], symbol: str | None) -> bool:
    """Whether a question, given by the values that it asks for, names the document of a symbol."""
    return not symbol_tokens(symbol or "").isdisjoint(asked)


def place_tokens(symbol: str | None, number: str | None) -> frozenset[str]:
    """The tokens of a numbered paragraph of a document: by each way in which the document is known."""
    place = _PLACE.fullmatch(number or "")
    return frozenset(_place(each, place[1]) for each in symbol_tokens(symbol or "")) if place else frozenset()


def _place(symbol_token: str, number: str) -> str:
    return f"{symbol_token}/para-{number}"


def _tokens(value: str) -> Sequence[str]:
    """A figure without its unit; a date with its year and month before it, of a range of days the first."""
    if figure := _FIGURE.fullmatch(value):
        return (figure[1],)
    if not _DATED.match(value):
        return (value,)
    day = value.split("/", maxsplit=1)[0]
    return (*(day[:end] for end in _DATE_PARTS if end < len(day)), day)


def _has_digit(token: str) -> bool:
    return any(map(str.isdigit, token))


def _blanked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"
