"""Bodies, titles, places and other names: every one of a claim must stand in its paragraphs."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from bot.claims.evidence import Evidence, Problem
from bot.claims.implied import Cited, is_implied
from bot.claims.named import Names, meant_places, names_of, without_things
from bot.claims.spelling import foreign_words, problem_words
from prompts.glossary import glossary
from prompts.places import places
from vectorstore.lexicon import Lexicon
from vectorstore.wording.organs import organs_in


def problems(claim: str, language: str, cited: Cited, lexicon: Lexicon) -> Iterator[Problem]:
    """The names of a claim that the sentences of which it speaks do not hold in any language."""
    said, evidence = names_of(claim, language), cited.context
    held = [names_of(one.text, one.language) for one in evidence]
    about = [names_of(one.about, one.language) for one in evidence]
    yield from _of_things(said, [*held, *about], cited)
    yield from _of_texts(said, held)
    yield from _of_places(said, held, {one.language for one in evidence})
    same = [one for one in evidence if one.language == language]
    if same:
        yield from _of_organs(claim, language, evidence)
        spelled = " ".join(f"{one.text} {one.about}" for one in same)
        yield from (Problem("body", word) for word in problem_words(claim, language, spelled))
    else:
        yield from (Problem("body", word) for word in foreign_words(claim, language, cited.paragraphs, lexicon))


def _of_things(said: Names, held: Sequence[Names], cited: Cited) -> Iterator[Problem]:
    """Bodies, titles, funds and systems that are neither held nor meant without their names."""
    known = _together(names.things for names in held)
    for thing in said.naming - known.keys():
        if not is_implied(thing, cited) and said.organs.get(thing, frozenset()).isdisjoint(_sorts(cited.context)):
            yield Problem("body", said.things[thing], tuple(dict.fromkeys(known.values())))


def _of_texts(said: Names, held: Sequence[Names]) -> Iterator[Problem]:
    """Agreements and documents that are not held, where others are: the one agenda for the other."""
    known = _together(names.things for names in held)
    theirs = {thing: name for thing, name in known.items() if _is_text(thing)}
    ours = {thing: name for thing, name in said.things.items() if _is_text(thing)}
    if theirs.keys() - ours.keys():
        yield from (Problem("body", ours[thing], tuple(theirs.values())) for thing in ours.keys() - known.keys())


def _is_text(thing: int) -> bool:
    return glossary()[thing].kind in ("document", "agreement")


def _of_places(said: Names, held: Sequence[Names], languages: Collection[str]) -> Iterator[Problem]:
    """Places that are neither held nor in the name of a body that is, as far as the languages have names for them."""
    known = _together(names.places for names in held)
    meant = frozenset(chain.from_iterable(meant_places(names) for names in held))
    for place, name in said.places.items():
        if meant.isdisjoint(said.alike[place]) and any(places()[place][language] for language in languages):
            yield Problem("body", name, tuple(dict.fromkeys(known.values())))


def _of_organs(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    """Organs that a claim names by their sort ("the Committee"), where the paragraphs name only others so.

    In other languages one organ goes by several sorts: a Board of Auditors is a "Comité des commissaires".
    """
    held = [organ for one in evidence for organ in organs_in(f"{one.text} {one.about}", one.language)]
    sorts = _sorts(evidence)
    things = frozenset(chain.from_iterable(names_of(one.text, one.language).things for one in evidence))
    for organ in organs_in(without_things(claim, language, things), language):
        if held and sorts.isdisjoint(organ.sorts):
            yield Problem("body", organ.printed, tuple(dict.fromkeys(other.printed for other in held)))


def _sorts(evidence: Sequence[Evidence]) -> frozenset[str]:
    """The sorts of organs that paragraphs may speak of."""
    found = (organs_in(f"{one.text} {one.about}", one.language, any_case=True) for one in evidence)
    return frozenset(sort for organs in found for organ in organs for sort in organ.sorts)


def _together(each: Iterable[Mapping[int, str]]) -> Mapping[int, str]:
    return dict(chain.from_iterable(names.items() for names in each))
