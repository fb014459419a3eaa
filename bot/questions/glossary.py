"""Terms of the glossary: what a question asks the meaning of, and which an answer mentions."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from bot.answer import Citation, Definition, Mention
from ingest.language import language_of
from prompts import pattern
from prompts.glossary import Term, glossary
from vectorstore.paragraph import LANGUAGES
from vectorstore.search import Found
from vectorstore.tokens import stems

_MOST_MENTIONS = 20
_AROUND = " \t\n?!.,;:…¿¡؟،؛。？！，；：«»“”\"„'()[]《》「」*_"
_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]?$")
_WORD = re.compile(r"[^\W_]+(?:[./,\-][^\W_]+)*")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PLURAL_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]+(?='?s$)")
_SHORTEST_LOWER_CASE = 3  # letters of an acronym that may be asked for in small letters: "what is qcpr"
_SHORTEST_BARE = 4  # and where the question is nothing else
_NEVER = 10_000  # more letters than any acronym has
_LONGEST_ASKING = 300  # characters of a question that asks for a meaning
_EVERYDAY = "concept"
_LONG_CHINESE = 4  # characters from which a Chinese concept is more than an everyday word
_SAFE_CHINESE = 3  # characters from which a Chinese name is not found by chance across two words


def definitions(question: str, language: str) -> tuple[Definition, ...]:
    """What the terms mean that a question asks to be told of, in `language`; none where it asks for something else."""
    text = _folded(question)
    for asked_in, term in _remainders(text, language_of(text)):
        least = _SHORTEST_BARE if term == text else _SHORTEST_LOWER_CASE
        if terms := _named(term, asked_in, least=least):
            return tuple(_definition(one, language) for one in terms)
    return ()


def speak_of_what_is_asked(paragraphs: Iterable[Found], question: str) -> bool:
    """Whether one of the paragraphs names a term that the question asks the meaning of, where it asks for one."""
    asked = {definition.id for definition in definitions(question, "en")}
    terms = [term for term in glossary() if term.id in asked]
    return not terms or any(
        _names(found.paragraph.text, found.record.language, term) for found in paragraphs for term in terms
    )


def names_a_term(question: str, language: str) -> bool:
    """Whether a question names a term, if only to be told what it is, and so asks of what the reports are about."""
    return any(terms_in(question, language)) or bool(definitions(question, language))


def asked_language(question: str) -> str:
    """The language of a question; of a bare term, which tells too little of it, a language that has it."""
    guess, text = language_of(question), _folded(question)
    having = [language for language in LANGUAGES if _own(text, language, least=_SHORTEST_BARE)]
    return guess if guess in having or not having else ("en" if "en" in having else having[0])


def mentions(answer: str, citations: Iterable[Citation], language: str) -> tuple[Mention, ...]:
    """The terms that an answer and its quotes mention, as they stand there, explained in `language`."""
    found: dict[str, Mention] = {}
    for text, written_in in [(answer, language), *((one.quote, one.language) for one in citations)]:
        for form, term in _mentioned(text, written_in):
            wording = term.wordings[language]
            found.setdefault(form, Mention(form, term.id, wording.name, wording.meaning))
    return tuple(found.values())[:_MOST_MENTIONS]


def terms_in(text: str, language: str) -> Iterator[Term]:
    """The terms that a text mentions, each as often as it does."""
    return (term for _, term in _mentioned(text, language))


def listed(words: str, language: str) -> list[Term]:
    """The terms that hold these words in any of their names, in the order of their ids; all of them for none."""
    wanted = _folded(words).casefold()
    known = sorted(glossary(), key=lambda term: term.id)
    return [term for term in known if not wanted or any(wanted in form for form in _searched(term, language))]


def _searched(term: Term, language: str) -> Iterator[str]:
    """The id and the names of a term as they are searched: in one language, and acronyms and names in all."""
    yield term.id
    for written_in, wording in term.wordings.items():
        forms = wording.forms if written_in == language else (wording.name, *wording.short)
        yield from (_folded(form).casefold() for form in forms)


def _definition(term: Term, language: str) -> Definition:
    wording = term.wordings[language]
    names = {each: worded.name for each, worded in term.wordings.items()}
    return Definition(term.id, wording.name, wording.short, wording.meaning, language, names)


def _folded(text: str) -> str:
    """A text without what stands around it, its spaces, apostrophes and widths of one kind."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split()).strip(_AROUND)


def _remainders(text: str, guess: str) -> Iterator[tuple[str, str]]:
    """What is left of a question without the words that ask for a meaning, as people of each language ask."""
    seen: set[str] = set()
    if len(text) > _LONGEST_ASKING:
        return
    for language in dict.fromkeys([guess, "en", *LANGUAGES]):
        asking = f"(?:{pattern('asks_before', language)})(?P<term>.+?){pattern('asks_after', language)}"
        found = re.fullmatch(asking, text, re.IGNORECASE)
        term = found["term"].strip(_AROUND) if found else ""
        if term and term not in seen:
            seen.add(term)
            yield language, term


def _named(text: str, language: str, *, least: int) -> tuple[Term, ...]:
    """The terms that a text is a name of: in its language, else in English, else in any."""
    for words in dict.fromkeys((text, _BRACKETED.sub("", text), _without_un(text, language))):
        if term := _own(words, language, least=least) or _own(words, "en", least=least):
            return (term,)
        others = [_own(words, other, least=_NEVER) for other in LANGUAGES]
        if ids := {term.id for term in others if term}:
            return tuple(term for term in glossary() if term.id in ids)
    return ()


def _without_un(text: str, language: str) -> str:
    return re.sub(pattern("un_words", language), "", text, flags=re.IGNORECASE)


def _own(text: str, language: str, *, least: int) -> Term | None:
    """The term that a whole text names in one language; acronyms of at least so many letters in small letters, too."""
    forms = _forms(language)
    if text in forms.acronyms:
        return forms.acronyms[text]
    if plural := _PLURAL_ACRONYM.match(text):
        return forms.acronyms.get(plural[0])
    if len(text) >= least and text.upper() in forms.acronyms and text.islower():
        return forms.acronyms[text.upper()]
    return forms.names.get(_name_stems(text, language))


@dataclass(frozen=True)
class _Forms:
    """What terms are called in a language: acronyms as written, names by their stems, Chinese names as written.

    `starts` holds the first stems of the names, `longest` is the length of the longest in words, or in characters.
    """

    acronyms: Mapping[str, Term]
    names: Mapping[tuple[str, ...], Term]
    chinese: Mapping[str, Term]
    starts: frozenset[str]
    longest: int


@cache
def _forms(language: str) -> _Forms:
    acronyms: dict[str, Term] = {}
    names: dict[tuple[str, ...], Term] = {}
    chinese: dict[str, Term] = {}
    for term in glossary():
        for form in map(_folded, term.wordings[language].forms):
            if _is_acronym(form):
                acronyms.setdefault(form, term)
            else:
                names.setdefault(_name_stems(form, language), term)
            if _HAN.search(form):
                chinese[form] = term
    longest = max(map(len, chinese or names))
    return _Forms(acronyms, names, chinese, frozenset(name[0] for name in names), longest)


def _mentioned(text: str, language: str) -> Iterator[tuple[str, Term]]:
    """What a text mentions as it stands there, and its term; of names within names the longer one."""
    found = _in_chinese(text) if language == "zh" else _in_words(text, language)
    yield from ((form, term) for form, term in found if _needs_explaining(form, term))


def _in_words(text: str, language: str) -> Iterator[tuple[str, Term]]:
    forms, words, at = _forms(language), list(_WORD.finditer(text)), 0
    while at < len(words):
        term, length = _longest(forms, words[at : at + forms.longest], language)
        if term:
            yield text[words[at].start() : words[at + length - 1].end()], term
        at += length


def _longest(forms: _Forms, words: list[re.Match[str]], language: str) -> tuple[Term | None, int]:
    """The term that the first words name, the longest name of several, and how many words that are."""
    first = words[0][0]
    if _stems(first, language)[:1] and _stems(first, language)[0] in forms.starts:
        by_word = [_stems(word[0], language) for word in words]
        for length in range(len(words), 0, -1):
            if term := forms.names.get(tuple(chain.from_iterable(by_word[:length]))):
                return term, length
    return forms.acronyms.get(first) or _forms("en").acronyms.get(first), 1


def _in_chinese(text: str) -> Iterator[tuple[str, Term]]:
    forms, at = _forms("zh"), 0
    while at < len(text):
        lengths = range(min(forms.longest, len(text) - at), 1, -1)
        form = next((text[at : at + length] for length in lengths if text[at : at + length] in forms.chinese), "")
        if form and (len(form) >= _SAFE_CHINESE or not _HAN.match(text[at - 1 : at])):
            yield form, forms.chinese[form]
        at += len(form) or 1
    for word in _WORD.findall(_HAN.sub(" ", text)):
        if term := _forms("en").acronyms.get(word):
            yield word, term


def _names(text: str, language: str, term: Term) -> bool:
    """Whether a text holds any name of a term, be it within a longer name."""
    words, joined = set(_WORD.findall(text)), f" {' '.join(_name_stems(text, language))} "
    for form in (*term.wordings[language].forms, *term.wordings["en"].short):
        name = _folded(form)
        if name in words or (language == "zh" and name in text):
            return True
        if not _is_acronym(name) and f" {' '.join(_name_stems(name, language))} " in joined:
            return True
    return False


def _is_acronym(form: str) -> bool:
    return form.isupper() and " " not in form


def _needs_explaining(form: str, term: Term) -> bool:
    """Whether a mention deserves a note: youth, consultants and the like are everyday words."""
    if form.islower() and form.isalpha():
        return False
    if _ARABIC.match(form) and " " not in form and not _ends_in_a_name(form, term):
        return False
    if term.kind != _EVERYDAY or form.isupper():
        return True
    return len(form) >= _LONG_CHINESE if _HAN.search(form) else " " in form


def _name_stems(name: str, language: str) -> tuple[str, ...]:
    # Word by word, because a few words make up most names, and stemming one takes long.
    return tuple(chain.from_iterable(_stems(word, language) for word in name.split()))


def _ends_in_a_name(word: str, term: Term) -> bool:
    """Whether an Arabic word is a name with prefixes at most: the stem alone is that of many other words, too."""
    return word.endswith(tuple(form.removeprefix("ال") for form in term.wordings["ar"].forms))


@lru_cache(maxsize=50_000)
def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stems(text, language))
