"""Names in Latin, Cyrillic and Arabic letters, brought down to consonants that can be compared."""

import re
import unicodedata
from difflib import SequenceMatcher

# What each letter, or pair of letters, sounds like in names: b p; f v w; k g q kh; s z sh ch j; t d; l m n r. Vowels,
# and what is written in one script and not in another, stand for nothing.
_PAIRS = re.compile("dj|дж|tsch|sch|sh|ch|zh|ts|th|ph|kh|gh|qu|c(?=[eiy])|x")
_OF_PAIRS = {"th": "t", "ph": "f", "kh": "k", "gh": "k", "qu": "k", "x": "ks"}
_SOUNDS = {
    letter: sound
    for sound, letters in {
        "p": "bpбпب",
        "f": "fvwфвف",
        "k": "ckqgкгقكغخ",
        "s": "szjжзсцчшщصسزشجظ",
        "t": "dtдтتثدذضط",
        "l": "lлل",
        "m": "mмم",
        "n": "nнن",
        "r": "rрر",
    }.items()
    for letter in letters
}
_SAME = 0.75  # from which on two names in other letters may be one
_NEARLY = 0.6  # from which on two names in Latin letters may be one if they sound alike
_TWICE = re.compile(r"(.)\1+")


def sounds_of(name: str) -> str:
    """The consonants of a name, those that sound alike as one letter: "ramalho" and "рамалью" are both "rml"."""
    letters = "".join(
        each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)
    )
    single = _TWICE.sub(r"\1", _PAIRS.sub(lambda pair: _OF_PAIRS.get(pair[0], "s"), letters))
    return "".join(_SOUNDS.get(each, "") for each in single)


def letters_of(name: str) -> str:
    """The Latin letters of a name without accents, or nothing where it is in another script."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in plain if "a" <= each <= "z")


def may_be_one(name: str, other: str) -> bool:
    """Whether two names, by their sounds or letters, may be one name in two languages."""
    return _alike(name, other) >= _SAME if name and other else name == other


def may_be_spelt(name: str, other: str) -> bool:
    """Whether two names in Latin letters, without accents, may be one name in two languages: "Ghajar" and "Gayar"."""
    alike = _alike(name, other)
    return alike >= _SAME or (alike >= _NEARLY and _alike(sounds_of(name), sounds_of(other)) >= _SAME)


def _alike(name: str, other: str) -> float:
    return SequenceMatcher(None, name, other, autojunk=False).ratio()
