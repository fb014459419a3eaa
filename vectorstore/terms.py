"""Names of one thing in several languages, found in a question and carried into the language of a report."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from vectorstore.tokens import stems

# A thing's names by language: full, short and other forms alike.
Names = Mapping[str, Sequence[str]]

# UNDP, ООН: the same whatever language it stands in; WHO in capitals is not the word.
_ACRONYM = re.compile(r"(?<![/.\w-])[A-ZА-ЯЁ][A-ZА-ЯЁ0-9]+(?:-[A-ZА-ЯЁ0-9]+)*(?![/\w])")

_ARABIC_ARTICLE = "ال"
# Where a noun ends; not "Объединенных", which is the same in all cases of a name.
_RUSSIAN_ENDING = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?<![нвкщш][ыи]х)(?<!\w\w\w[ое]в)а?(?!\w)")
_ARABIC_AND = re.compile(r"(?<=\s)و(?=\w{3})")


@dataclass(frozen=True)
class Phrases:
    """The places of things by a name's stems, and how many stems the longest has."""

    places: Mapping[tuple[str, ...], Sequence[int]]
    longest: int


def acronyms_in(text: str) -> list[str]:
    """The words of a text that are in capitals, of Latin or Cyrillic script."""
    return _ACRONYM.findall(text)


@dataclass(frozen=True)
class Named:
    """A thing that a text names: all its names, and the stems of the words that name it there, none for an acronym.

    `place` is where it stands among the things that its Terms know.
    """

    names: Names
    said: tuple[str, ...]
    place: int


class Terms:
    """Finds which of these things a text names; safe to use from several threads."""

    def __init__(self, things: Iterable[Names]) -> None:
        self._things = tuple(things)
        self._by_acronym: dict[str, list[int]] = {}
        for place, names in enumerate(self._things):
            for form in {form for forms in names.values() for form in forms if _ACRONYM.fullmatch(form)}:
                self._by_acronym.setdefault(form, []).append(place)
        self._by_phrase: dict[str, Phrases] = {}

    def named_in(self, text: str, language: str) -> tuple[Named, ...]:
        """The things that a text names.

        Of names within names ("country team" in "humanitarian country team") the longer one counts. The first text in
        a language takes a fifth of a second, to learn the names in it. An acronym means what it does in the language of
        the text, if anything: CCI is one body in French and another in Spanish.
        """
        if language not in self._by_phrase:
            self._by_phrase[language] = self._learned(language)
        rest = _ACRONYM.sub(lambda found: " " if found[0] in self._by_acronym else found[0], text)
        named = _phrases_in(tuple(stems(rest, language)), self._by_phrase[language])
        return (*self._acronyms(text, language), *(Named(self._things[place], said, place) for place, said in named))

    def knows(self, acronym: str) -> bool:
        """Whether something is called by this acronym in any language."""
        return acronym in self._by_acronym

    def _learned(self, language: str) -> Phrases:
        phrases: dict[tuple[str, ...], dict[int, None]] = {}
        for place, names in enumerate(self._things):
            for form in chain.from_iterable(forms_of(each, language) for each in names.get(language, ())):
                if not _ACRONYM.fullmatch(form):
                    phrases.setdefault(tuple(stems(form, language)), {})[place] = None
        return Phrases({said: [*places] for said, places in phrases.items()}, max(map(len, phrases), default=0))

    def _acronyms(self, text: str, language: str) -> Iterator[Named]:
        for acronym in acronyms_in(text):
            places = self._by_acronym.get(acronym, ())
            meant = [place for place in places if acronym in self._things[place].get(language, ())]
            yield from (Named(self._things[place], (), place) for place in meant or places)


def forms_of(name: str, language: str) -> Iterator[str]:
    """A name, and as its stems are otherwise: the stemmers of Arabic and Russian leave some endings.

    In Russian in another case, "Судану" for "Судан"; in Arabic also without its first article, with "for the", and with
    the letter for "and" parted from its words.
    """
    yield name
    if language == "ru":
        yield _RUSSIAN_ENDING.sub("у", name)
    elif language == "ar":
        rest = name.removeprefix(_ARABIC_ARTICLE)
        for form in (name,) if rest == name else (name, rest, f"لل{rest}"):
            yield from (form, _ARABIC_AND.sub("", form))


def _phrases_in(words: tuple[str, ...], phrases: Phrases) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The places of things with the phrases that name them, from left to right, the longest first."""
    at = 0
    while at < len(words):
        length = next((n for n in range(phrases.longest, 0, -1) if words[at : at + n] in phrases.places), 0)
        said = words[at : at + length]
        yield from ((place, said) for place in (phrases.places[said] if length else ()))
        at += length or 1
