"""Who does what: a name of a claim that stands after a word after which its sentence names another."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.claims.alignment import Spoken
from bot.claims.evidence import Problem
from bot.claims.implied import forms_of
from bot.claims.named import names_of, sort_of
from prompts.glossary import glossary
from prompts.places import places
from vectorstore.tokens import stems
from vectorstore.wording.small_words import small_words

_SIGN = re.compile(r"[,;:()，；：、。（）،؛]")

Name = tuple[str, int]  # "place", "system" or "actor", and which of them
Words = Sequence[str]


def problems(claim: str, language: str, spoken: Sequence[Spoken]) -> Iterator[Problem]:
    """Names that a claim exchanges with others of the sentence that it retells: "launched by the Assembly"."""
    best = " ".join(one.sentence.text for one in spoken if one.share == 1 and one.sentence.language == language)
    said = _beside(claim, language) if best else {}
    held = _beside(best, language) if said else {}
    for name, (before, _) in said.items():
        if name not in held or before & (held[name][0] | held[name][1]):
            continue
        others = [other for other in held if other != name and other[0] == name[0] and before & held[other][0]]
        if others:
            yield Problem("body", _called(name, language), tuple(_called(other, language) for other in others))


def _beside(text: str, language: str) -> Mapping[Name, tuple[set[str], set[str]]]:
    """The telling words right before, and right after, each name of a text, no sign between."""
    beside: dict[Name, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    names, small = _names(text, language), small_words(language)
    for part in _SIGN.split(text) if names else ():
        words = stems(part, language)
        found = list(_found(names, words, language))
        inside = {place for start, end, _ in found for place in range(start, end)}
        for start, end, name in found:
            for side, places_there in enumerate((range(start - 1, -1, -1), range(end, len(words)))):
                nearest = next((place for place in places_there if words[place] not in small), None)
                if nearest is not None and nearest not in inside:
                    beside[name][side].add(words[nearest])
    return beside


def _names(text: str, language: str) -> Sequence[Name]:
    names = names_of(text, language)
    things = (("system" if sort_of(thing) == "system" else "actor", thing) for thing in names.naming)
    return [*(("place", place) for place in names.places), *things]


def _found(names: Sequence[Name], words: Words, language: str) -> Iterator[tuple[int, int, Name]]:
    """Start and end of each name among the words, of names within names the longest."""
    spans = [(*span, name) for name in names for form in _forms(name, language) for span in _spans(form, words)]
    for start, end, name in spans:
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in spans):
            yield start, end, name


def _spans(form: Words, words: Words) -> Iterator[tuple[int, int]]:
    for start in range(len(words) - len(form) + 1):
        if words[start : start + len(form)] == list(form):
            yield start, start + len(form)


@cache
def _forms(name: Name, language: str) -> tuple[Words, ...]:
    sort, number = name
    if sort != "place":
        return tuple(form.split() for form in forms_of(number, language))
    return tuple(stems(form, language) for form in places()[number][language])


def _called(name: Name, language: str) -> str:
    sort, number = name
    return places()[number][language][0] if sort == "place" else glossary()[number].wordings[language].name
