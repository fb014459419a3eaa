"""Names that no table holds: words with capitals, and acronyms, which its paragraphs must spell as a claim does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice

from bot.claims.evidence import Evidence
from bot.claims.named import meant_places, names_of, without_values
from bot.claims.placed import CAPITALISED, WORD
from prompts.glossary import glossary
from vectorstore.lexicon import Lexicon
from vectorstore.terms import acronyms_in
from vectorstore.tokens import stems
from vectorstore.wording.alternatives import alternatives_in
from vectorstore.wording.letters import letters_of, may_be_one, may_be_spelt, sounds_of
from vectorstore.wording.ordinals import ordinals_in

# One office, whoever holds it: "Chairman", "Chairwoman", "Chairperson".
_HOLDERS = re.compile(r"(?<=[Cc]hair)(?:man|woman|person|men|women|persons)(?!\w)")
_NUMBERED = re.compile(r"([A-Z]{2,})-?(\d{1,3})")  # COP30, the thirtieth Conference of the Parties
_SHORTEST_NAME = 3  # letters: shorter words with a capital are articles and the like
# "Human Resources Network", which is somebody's name also where each of its words is in other names.
_LONG_NAME = re.compile(r"(?<!\w)[A-Z][a-z]+(?:(?: of| and| for| on| the)* [A-Z][a-z]+){1,7}")
_INITIAL = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    [
        *["a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to"],
        *["de", "des", "du", "et", "la", "le", "les", "y", "el", "los", "las", "del", "и", "в", "на", "по"],
    ]
)
# What stands before a word that has a capital in any case, unless it is how somebody is addressed.
_OPENS = re.compile(r"(?:^|[.!?:;«“\"(\n•-])\s*$")
_ADDRESSED = re.compile(r"(?<!\w)(?:M|Mr|Mrs|Ms|Mme|Mmes|MM|Dr|Sr|Sra|Sres|Srta|г|г-н|г-жа)\.?\s*$", re.IGNORECASE)


def foreign_words(claim: str, language: str, evidence: Sequence[Evidence], lexicon: Lexicon) -> Iterator[str]:
    """The names of a claim that paragraphs in other languages hold in no spelling.

    What has a translation, or is in the name of a body or a place, is looked for elsewhere; Chinese spells by sense.
    """
    if language not in CAPITALISED or any(one.language == "zh" for one in evidence):
        return
    held = [(word, _sounds(word, one.language)) for one in evidence for word in _names_in(one)]
    theirs = frozenset(chain.from_iterable(meant_places(names_of(one.text, one.language)) for one in evidence))
    for word in proper_words(claim, language):
        known = stems(word, language)
        named = names_of(word, language)
        if not _ordinary(language).isdisjoint(known) or named.places or not theirs.isdisjoint(named.peoples):
            continue
        if any(alternatives_in(word, language)):  # "Sudoccidental"
            continue
        if any(lexicon.translations(stem, source=language, target=one.language) for stem in known for one in evidence):
            continue
        sounds, letters = _sounds(word, language), letters_of(word)
        if not any(_are_one(sounds, letters, other, heard) for other, heard in held):
            yield word


def _are_one(sounds: str, letters: str, other: str, heard: str) -> bool:
    """Whether a name is another one: by its letters where both are Latin, else by its sounds."""
    latin = letters_of(other)
    return may_be_spelt(letters, latin) if letters and latin else may_be_one(sounds, heard)


def _names_in(evidence: Evidence) -> Iterator[str]:
    """The words of a text that may be names: with capitals, where its language has any."""
    return (word for word in WORD.findall(evidence.text) if evidence.language == "ar" or word[0].isupper())


def _sounds(word: str, language: str) -> str:
    """The sounds of a name, in Russian and Arabic without its endings and what is written together with it."""
    return sounds_of("".join(stems(word, language)) if language in ("ar", "ru") else word)


def problem_words(claim: str, language: str, text: str) -> Iterator[str]:
    """The names and acronyms of a claim that a text in the same language does not hold."""
    yield from _unspelled(names_of(claim, language).unknown, text, language)
    if language in CAPITALISED:
        yield from _of_capitals(_HOLDERS.sub("", claim), language, _HOLDERS.sub("", text))


def proper_words(claim: str, language: str) -> Iterator[str]:
    """The words of a claim that have a capital where none is due."""
    claim = without_values(claim, language)
    for word in WORD.finditer(claim):
        is_name = word[0][0].isupper() and not word[0].isupper() and len(word[0]) >= _SHORTEST_NAME
        before = claim[: word.start()]
        if is_name and (_ADDRESSED.search(before) or not _OPENS.search(before)):
            yield word[0]


def _unspelled(acronyms: Iterable[str], text: str, language: str) -> Iterator[str]:
    """Acronyms that a text holds neither as they are nor spelled out."""
    words = _INITIAL.findall(text.casefold())
    initials = "".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)
    numbers = {number for _, _, number in ordinals_in(text, language)}
    for acronym in sorted(acronyms):
        numbered = _NUMBERED.fullmatch(acronym)
        spelt = any(acronym.casefold() in letters for letters in initials) or any(_spelled_out(text, [acronym]))
        if acronym not in text and not spelt and not (numbered and numbered[2] in numbers):
            yield acronym


def _of_capitals(claim: str, language: str, text: str) -> Iterator[str]:
    spoken = frozenset(stems(text, language))
    known = _ordinary(language) | spoken
    theirs = meant_places(names_of(text, language))
    claim = _without_spelled_out(without_values(claim, language), acronyms_in(text))
    for word in proper_words(claim, language):
        named = names_of(word, language)
        if known.isdisjoint(stems(word, language)) and not named.places and theirs.isdisjoint(named.peoples):
            yield word
    for name in _long_names(claim) if language == "en" else ():
        if not names_of(name, language).things and sum(word not in spoken for word in stems(name, "en")) > 1:
            yield name


def _long_names(claim: str) -> Iterator[str]:
    """Names of several words, but for the word that opens a sentence: "Because Syria"."""
    for found in _LONG_NAME.finditer(claim):
        name = found[0].split(maxsplit=1)[1] if _OPENS.search(claim[: found.start()]) else found[0]
        yield name


def _without_spelled_out(claim: str, acronyms: Iterable[str]) -> str:
    """A claim without what some of the acronyms stand for: "Intergovernmental Authority on Development" for IGAD."""
    for acronym, name in _spelled_out(claim, acronyms):
        claim = claim.replace(name, acronym)
    return claim


def _spelled_out(text: str, acronyms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of the acronyms with the first words of a text that it may stand for."""
    words = [found for found in WORD.finditer(text) if found[0].casefold() not in _SMALL]
    for acronym in (each.replace("-", "") for each in acronyms):
        counts = range(max(_SHORTEST_NAME, len(acronym) - 1), len(acronym) + 1)
        spans = (span for count in counts for span in zip(words, words[count - 1 :], strict=False))
        names = (text[first.start() : last.end()] for first, last in spans if first[0][0].isupper())
        yield from ((acronym, name) for name in islice((n for n in names if _stands_for(acronym, n)), 1))


def _stands_for(acronym: str, name: str) -> bool:
    """Whether an acronym has the first letter of each telling word of a name in order, and no letter that it lacks."""
    letters, initials = name.casefold(), [w[0] for w in WORD.findall(name.casefold()) if w not in _SMALL]
    return _within(initials, acronym.casefold()) and _within(acronym.casefold(), letters)


def _within(some: Iterable[str], letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in some)


@cache
def _ordinary(language: str) -> frozenset[str]:
    """The words of the names of bodies: "the Board" may be any, and which it is stands elsewhere."""
    forms = (form for term in glossary() for form in term.wordings[language].forms if " " in form)
    return frozenset(chain.from_iterable(stems(form, language) for form in forms))
