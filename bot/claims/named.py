"""What a text names: things of the glossary, places, acronyms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from bot.claims.peoples import peoples_in
from bot.claims.placed import is_printed, is_within, place_terms, places_in, without_prefixes
from bot.claims.terms import glossary_terms
from prompts.glossary import glossary
from vectorstore.terms import Named, acronyms_in
from vectorstore.tokens import stems
from vectorstore.wording.mentions import mentions_in, plain, without
from vectorstore.wording.organs import organs_in
from vectorstore.wording.references import names_in

# Concepts are said in many ways, and are no names.
_NAMING = frozenset(["body", "title", "fund", "system"])
SORTS = ("title", "system", "body")  # of things: what can stand in the place of what
_PLURAL = re.compile(r"(?<![\w/])([A-Z]{2,6})s(?!\w)")  # "the RCs"
_GENERAL = frozenset(["UN", "ONU", "ООН", "ОНУ", "SDG", "SDGS", "ODD", "ODS", "ЦУР"])


@dataclass(frozen=True)
class Names:
    """What a text names: things of the glossary and places, each with how it is called, and acronyms unknown to us.

    `naming` are those of the things whose names cannot be said in other words, `alike`, for a place, all that the same
    words may mean, `peoples` the places from which something is said to be ("Indonesian"), and `organs`, for a body
    that is named by its sort alone ("大会", Assembly or Conference), the sorts that this may be.
    """

    things: Mapping[int, str]
    naming: frozenset[int]
    places: Mapping[int, str]
    alike: Mapping[int, frozenset[int]]
    peoples: frozenset[int]
    organs: Mapping[int, frozenset[str]]
    unknown: frozenset[str]


@lru_cache(maxsize=4000)
def names_of(text: str, language: str) -> Names:
    """What a text in one of the six languages names."""
    bare = without_values(text, language)
    named = tuple(_things_in(bare, language))
    placed = places_in(bare, language)
    return Names(
        things={each.place: each.names[language][0] for each in named},
        naming=frozenset(each.place for each in named if not each.said or _is_name(each.place)),
        places={each.place: each.names[language][0] for each in placed},
        alike={each.place: _alike(each, placed) for each in placed},
        peoples=frozenset(peoples_in(_without_names(bare, language, placed), language)),
        organs={each.place: sorts for each in named if (sorts := _sorts_of(each, language))},
        unknown=frozenset(
            each for each in acronyms_in(bare) if not (glossary_terms().knows(each) or place_terms().knows(each))
        )
        - _GENERAL,
    )


def _things_in(text: str, language: str) -> Iterator[Named]:
    """The things of the glossary that a text names, but none by words of a longer name there."""
    printed = _printed_in(text, language)
    yield from printed
    for variant in without_prefixes(text, language):
        more = _printed_in(variant, language)
        yield from (each for each in more if not any(is_within(each.said, other.said) for other in printed))


def _printed_in(text: str, language: str) -> list[Named]:
    return [each for each in glossary_terms().named_in(text, language) if is_printed(each, text, language)]


def without_values(text: str, language: str) -> str:
    """A text without its symbols, figures and dates, which hold letters that are no names: "US$", "долл. США"."""
    rest = plain(text)
    spans = [(each.start, each.end) for each in mentions_in(text, language)]
    return _PLURAL.sub(r"\1", without(rest, [*names_in(rest, language), *spans]))


@lru_cache(maxsize=4000)
def without_things(text: str, language: str, things: frozenset[int]) -> str:
    """A text without the names of these things of the glossary, as far as it prints them as the glossary does."""
    named = things.intersection(names_of(text, language).things)
    forms = {form for thing in named for form in glossary()[thing].wordings[language].forms}
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub(re.escape(form), lambda found: "§" * len(found[0]), text, flags=re.IGNORECASE)
    return text


def _is_name(thing: int) -> bool:
    """Whether a thing has a name that is not said in other words; sorts of funds ("core resources") have none."""
    term = glossary()[thing]
    return term.kind in _NAMING and (term.kind != "fund" or term.wordings["en"].name[0].isupper())


def _without_names(text: str, language: str, placed: Sequence[Named]) -> str:
    """A text without the names of places: in "South Sudan" nobody is of the Sudan."""
    for form in chain.from_iterable(each.names[language] for each in placed):
        text = text.replace(form, "§")
    return text


def sort_of(thing: int) -> str:
    """Which of the SORTS a thing of the glossary is: a fund, and what is none of them, counts as a body."""
    kind = glossary()[thing].kind
    return kind if kind in SORTS else "body"


def meant_places(names: Names) -> frozenset[int]:
    """The places that a text names, by themselves, in names of bodies, or by what is from there."""
    of_things = chain.from_iterable(_places_of(thing) for thing in names.naming)
    return frozenset([*names.places, *of_things]) | names.peoples


@cache
def _places_of(thing: int) -> frozenset[int]:
    """The places that the names of a thing of the glossary hold: the South Sudan of its Mission."""
    return frozenset(
        chain.from_iterable(
            names_of(form, language).places
            for language, wording in glossary()[thing].wordings.items()
            for form in wording.forms
        )
    )


def _sorts_of(one: Named, language: str) -> frozenset[str]:
    forms = (form for form in one.names[language] if tuple(stems(form, language)) == one.said)
    organs = (organ for form in forms for organ in organs_in(form, language) if organ.printed == form)
    return frozenset(chain.from_iterable(organ.sorts for organ in organs))


def _alike(one: Named, named: tuple[Named, ...]) -> frozenset[int]:
    """Whatever the same words name: "в Нигере" the Niger, by its stem Nigeria, too."""
    return frozenset(other.place for other in named if other.said == one.said)
