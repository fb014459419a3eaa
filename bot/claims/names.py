"""Bodies, titles, places and other names: every one of a claim must stand in its paragraphs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from bot.claims.evidence import Evidence, Problem
from bot.terms import glossary_terms
from prompts.glossary import glossary
from prompts.places import places
from vectorstore.terms import Terms, acronyms_in
from vectorstore.tokens import stems
from vectorstore.wording.mentions import mentions_in, plain, without
from vectorstore.wording.organs import organs_in
from vectorstore.wording.references import names_in

# Concepts are said in many ways, and are no names.
_NAMING = frozenset(["body", "title", "fund", "system"])
_CAPITALISED = frozenset(["en", "es", "fr", "ru"])
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORTEST_NAME = 3  # letters: shorter words with a capital are articles and the like
# "Human Resources Network", which is somebody's name also where each of its words is in other names.
_LONG_NAME = re.compile(r"(?<!\w)[A-Z][a-z]+(?:(?: of| and| for| on| the)* [A-Z][a-z]+){1,7}")
_IN_A_NAME = 3  # words in small letters after one with a capital: "République démocratique du Congo"
_ARABIC_PREFIX = re.compile(r"(?<!\w)و?[بلكف]?(?=(?:ال|[آأإ])\w{3})")  # "and", "in", "for" before a name
_PLURAL = re.compile(r"(?<![\w/])([A-Z]{2,6})s(?!\w)")  # "the RCs"
_INITIAL = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    [
        *["a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to"],
        *["de", "des", "du", "et", "la", "le", "les", "y", "el", "los", "las", "del", "и", "в", "на", "по"],
    ]
)
_GENERAL = frozenset(["UN", "ONU", "ООН", "ОНУ", "SDG", "SDGS", "ODD", "ODS", "ЦУР"])
_OPENS = re.compile(r"(?:^|[.!?:;«“\"(\n•-])\s*$")  # what stands before a word that has a capital in any case


@dataclass(frozen=True)
class Names:
    """What a text names: things of the glossary and places, each with how it is called, and acronyms unknown to us.

    `naming` are those of the things whose names cannot be said in other words.
    """

    things: Mapping[int, str]
    naming: frozenset[int]
    places: Mapping[int, str]
    unknown: frozenset[str]


def problems(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """The names of a claim that none of its paragraphs holds in any language."""
    said = names_of(claim, language)
    held = [names_of(one.text, one.language) for one in evidence]
    about = [names_of(one.about, one.language).things for one in evidence]
    things = {place: name for place, name in said.things.items() if place in said.naming}
    for problem, place in _missing(things, [*(names.things for names in held), *about]):
        if not _within_another(place, evidence):
            yield problem
    yield from (problem for problem, _ in _missing(said.places, [names.places for names in held]))
    yield from _of_organs(claim, language, evidence)
    same = [one for one in evidence if one.language == language]
    if same:
        spelled = " ".join(f"{one.text} {one.about}" for one in same)
        yield from _unspelled(said.unknown, spelled)
        yield from _of_capitals(claim, language, spelled) if language in _CAPITALISED else ()


def _of_organs(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """Organs that a claim names by their sort ("the Committee"), where the paragraphs name only others so."""
    held = [organ for one in evidence for organ in organs_in(f"{one.text} {one.about}", one.language)]
    sorts = frozenset(chain.from_iterable(organ.sorts for organ in held))
    for organ in organs_in(claim, language):
        if held and sorts.isdisjoint(organ.sorts):
            yield Problem("body", organ.printed, tuple(dict.fromkeys(other.printed for other in held)))


def _unspelled(acronyms: Iterable[str], text: str) -> Iterator[Problem]:
    """Acronyms that a text holds neither as they are nor spelled out."""
    words = _INITIAL.findall(text.casefold())
    initials = "".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)
    for acronym in sorted(acronyms):
        if acronym not in text and not any(acronym.casefold() in letters for letters in initials):
            yield Problem("body", acronym)


def _of_capitals(claim: str, language: str, text: str) -> Iterator[Problem]:
    """Words and names with capitals that a text in the same language does not hold."""
    spoken = frozenset(stems(text, language))
    known = _ordinary(language) | spoken
    yield from (Problem("body", word) for word in _proper(claim, language) if known.isdisjoint(stems(word, language)))
    for name in _LONG_NAME.findall(_bare(claim, language)) if language == "en" else ():
        if not names_of(name, language).things and sum(word not in spoken for word in stems(name, "en")) > 1:
            yield Problem("body", name)


def _within_another(place: int, evidence: Sequence[Evidence]) -> bool:
    """Whether a thing is named within a longer name that is no title: "resident coordinator" in "… system"."""
    for one in evidence:
        titles = [each for each in names_of(one.text, one.language).things if glossary()[each].kind == "title"]
        if glossary()[place].kind == "title" and titles:
            continue
        text = f" {' '.join(stems(one.text, one.language))} "
        forms = glossary()[place].wordings[one.language].forms
        if any(f" {' '.join(stems(form, one.language))} " in text for form in forms):
            return True
    return False


def _bare(text: str, language: str) -> str:
    """A text without its symbols, figures and dates, which hold letters that are no names: "US$", "долл. США"."""
    rest = plain(text)
    spans = [(each.start, each.end) for each in mentions_in(text, language)]
    return without(rest, [*names_in(rest, language), *spans])


@cache
def _ordinary(language: str) -> frozenset[str]:
    """The words of the names of bodies: "the Board" may be any, and which it is stands elsewhere."""
    forms = (form for term in glossary() for form in term.wordings[language].forms if " " in form)
    return frozenset(chain.from_iterable(stems(form, language) for form in forms))


def _missing(said: Mapping[int, str], held: Sequence[Mapping[int, str]]) -> Iterator[tuple[Problem, int]]:
    known = dict(chain.from_iterable(each.items() for each in held))
    for place, name in said.items():
        if place not in known:
            yield Problem("body", name, tuple(dict.fromkeys(known.values()))), place


def _proper(claim: str, language: str) -> Iterator[str]:
    """The words of a claim that have a capital where none is due."""
    claim = _PLURAL.sub(r"\1", _bare(claim, language))
    for word in _WORD.finditer(claim):
        is_name = word[0][0].isupper() and not word[0].isupper() and len(word[0]) >= _SHORTEST_NAME
        if is_name and not _OPENS.search(claim[: word.start()]):
            yield word[0]


@lru_cache(maxsize=2000)
def names_of(text: str, language: str) -> Names:
    """What a text in one of the six languages names."""
    bare = _PLURAL.sub(r"\1", _bare(text, language))
    of_places = _capitalised(bare) if language in _CAPITALISED else _ARABIC_PREFIX.sub(" ", bare)
    named = glossary_terms().named_in(bare, language)
    return Names(
        things={each.place: each.names[language][0] for each in named},
        naming=frozenset(each.place for each in named if not each.said or glossary()[each.place].kind in _NAMING),
        places={each.place: each.names[language][0] for each in _places().named_in(of_places, language)},
        unknown=frozenset(
            each for each in acronyms_in(bare) if not (glossary_terms().knows(each) or _places().knows(each))
        )
        - _GENERAL,
    )


def _capitalised(text: str) -> str:
    """A text with the words that no name begins or goes on with made one that is in no name."""
    since = _IN_A_NAME

    def kept(word: re.Match[str]) -> str:
        nonlocal since
        since = 0 if word[0][0].isupper() else since + 1
        return word[0] if since <= _IN_A_NAME else "0"

    return _WORD.sub(kept, text)


@cache
def _places() -> Terms:
    return Terms(places())
