"""Which questions lean on the one before them, and what a question says and names of its own."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from prompts import pattern
from prompts.glossary import glossary
from vectorstore.paragraph import LANGUAGES
from vectorstore.wording.mentions import mentions_in
from vectorstore.wording.references import names_in

Span = tuple[int, int]

# UNDP, UNSDCFs, UN-Habitat, ПРООН; the numbers of annexes and what every report names stand for no body.
_ACRONYM = re.compile(
    r"(?<![\w/])(?!(?:[IVX]+|UN|ONU|ООН|OK|USD?|EUR|COVID)(?![\w/]))"
    r"(?:[A-Z][A-Z0-9]+(?:-[A-Z0-9]\w*)?s?|UN-[A-Z]\w+|[А-ЯЁ]{3,})(?![a-zа-яё/])"
)
_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile("[\u3400-\u9fff]")
_ASKS = re.compile(r"[?？؟]\W*$")
_FEW_WORDS = 4
_FEW_CHARACTERS = {1: 2, 2: 4}  # Chinese characters that say as much as so many words


def leans_on_the_last(question: str, language: str) -> bool:
    """Whether a question can only be understood with the one before it.

    It begins with a conjunction, points at something that it does not name, or has few words and no topic.
    """
    text, is_new = _without_aside(readable(question), language)
    return not is_new and (_points_back(text, language) or _is_elliptical(text, language))


def leans_by_its_opening(question: str, language: str) -> bool:
    """Whether nothing but a conjunction makes a question lean: "And how many offices has the Agency in Africa?"."""
    text, _ = _without_aside(readable(question), language)
    found = _pattern("follow_up", language).match(text)
    opens = found is not None and found.lastgroup == "opening"
    rest = text[found.end() :].strip() if found and opens else text
    return opens and not (_points_back(rest, language) or _is_elliptical(rest, language))


def own_words(text: str, language: str) -> tuple[str, ...]:
    """The words of a question that say what it is about, in small letters, without names, dates and numbers.

    In Chinese, which does not part words, they are runs of characters.
    """
    text, _ = _without_aside(readable(text), language)
    spans = [*bodies_in(text), *acronyms_in(text), *symbols_in(text, language), *dates_in(text, language)]
    rest = _blanked(text, spans)
    if language == "zh":
        return tuple(_WORD.findall(_chinese_function_words().sub(" ", rest)))
    return tuple(word for word in map(str.casefold, _WORD.findall(rest)) if not _is_function_word(word, language))


def function_words(text: str, language: str) -> int:
    """How many words of a text only ask, join or count in a language whose words are parted by spaces."""
    return sum(word in _function_words(language) for word in map(str.casefold, _WORD.findall(readable(text))))


def acronyms_in(text: str) -> tuple[Span, ...]:
    """Where acronyms of bodies and the like stand; none in a text all in capitals."""
    shouted = text.upper() == text and len(text.split()) >= _FEW_WORDS
    return () if shouted else tuple(found.span() for found in _ACRONYM.finditer(text))


def acronyms_of(text: str) -> tuple[str, ...]:
    """The acronyms of bodies and the like, as they stand."""
    return tuple(text[start:end] for start, end in acronyms_in(text))


def bodies_in(text: str) -> tuple[Span, ...]:
    """Where bodies are named, as the glossary has them in any of the languages."""
    return tuple(span for span, is_body in _known_names_in(text).items() if is_body)


def unknown_acronyms_in(text: str) -> tuple[Span, ...]:
    """Where acronyms stand that the glossary does not have."""
    known = _known_names_in(text)
    return tuple((start, end) for start, end in acronyms_in(text) if not any(a < end and start < b for a, b in known))


def _known_names_in(text: str) -> dict[Span, bool]:
    """Where the glossary's bodies and acronyms are named, and which of them are bodies."""
    small = text.replace("’", "'").casefold()
    named = [(form, is_body) for folded, form, is_body in _glossary_names() if folded in small]
    kinds = (
        "|".join(_name(form) for form, is_body in named if is_body is wanted) or "(?!)" for wanted in (True, False)
    )
    bodies, others = kinds
    found = re.finditer(rf"(?P<body>{bodies})|(?:{others})", text.replace("’", "'")) if named else ()
    return {one.span(): one["body"] is not None for one in found}


def symbols_in(text: str, language: str) -> tuple[Span, ...]:
    """Where document symbols and the numbers of resolutions stand."""
    return tuple(sorted(set(names_in(text, language))))


def dates_in(text: str, language: str) -> tuple[Span, ...]:
    """Where dates, months with their year, and years stand."""
    found = (mention for mention in mentions_in(text, language) if mention.kind == "date")
    return tuple(sorted({(mention.start, mention.end) for mention in found}))


def readable(question: str) -> str:
    """The question with the usual apostrophes and without Arabic vowel signs."""
    text = unicodedata.normalize("NFKC", question).replace("’", "'").replace("\u0640", "")
    return "".join(c for c in text if unicodedata.category(c) != "Mn").strip()


def _without_aside(text: str, language: str) -> tuple[str, bool]:
    """The question without thanks and the like before it, and whether these say that another matter begins."""
    is_new = False
    while (found := _pattern("aside", language).match(text)) and found.end():
        is_new = is_new or bool(found["new"])
        text = text[found.end() :]
    return text, is_new


def _points_back(text: str, language: str) -> bool:
    text = _pattern("impersonal", language).sub(" ", text)
    return any(
        found.lastgroup in ("opening", "pointing") or not _stands_for_something_in(text, found, language)
        for found in _pattern("follow_up", language).finditer(text)
    )


def _stands_for_something_in(text: str, found: re.Match[str], language: str) -> bool:
    """Whether the question itself names, before a pronoun, what that may stand for."""
    named = _pattern("antecedent", language).search(text[: found.start()])
    if found.lastgroup == "owned":
        return named is not None or _is_named_after(text[found.end() :], language)
    if named is None:
        return False
    return _pattern("clause", language).search(text, named.end(), found.start()) is not None


def _is_named_after(rest: str, language: str) -> bool:
    """Whether a phrase that opens a question is followed by what it speaks of: "Besides its offices, what has ...?"."""
    comma = re.search("[,،，]", rest)
    return comma is not None and _pattern("antecedent", language).search(rest, comma.end()) is not None


def _is_elliptical(text: str, language: str) -> bool:
    """Whether a question has too few words to have a topic: "Why?", "in Arabic?", "which countries?"."""
    words = own_words(text, language)
    opens_with_preposition = _pattern("preposition", language).search(text) is not None
    if acronyms_in(text) or bodies_in(text) or symbols_in(text, language):
        return not words and opens_with_preposition
    if not words or (opens_with_preposition and _are_few(words, text, 2, language)):
        return True
    if _pattern("definition", language).search(text):
        return False
    begins = language == "zh" or function_words(text.split(maxsplit=1)[0], language) > 0
    return _are_few(words, text, 1, language) and (begins or len(text.split()) == 1) and _is_asked(text)


def _are_few(words: tuple[str, ...], text: str, most: int, language: str) -> bool:
    if language == "zh":
        return len("".join(words)) <= _FEW_CHARACTERS[most]
    return len(words) <= most and len(_WORD.findall(text)) <= _FEW_WORDS + (most == 1)


def _is_asked(text: str) -> bool:
    return _ASKS.search(text) is not None


def _is_function_word(word: str, language: str) -> bool:
    known = _function_words(language)
    return word in known or (language == "ar" and word[0] in "وفبل" and word[1:] in known)


def _blanked(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def languages_in_latin_script() -> Iterator[str]:
    """Those of the six that share an alphabet, so that a few words may be taken for the wrong one."""
    return (language for language in LANGUAGES if language not in ("ar", "ru", "zh"))


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    return re.compile(pattern(name, language), re.IGNORECASE)


@cache
def _glossary_names() -> tuple[tuple[str, str, bool], ...]:
    """The names of bodies in the glossary, and the acronyms of everything else: folded, written, and whether a body."""
    named: dict[str, bool] = {}
    for term in glossary():
        for form in (form.replace("’", "'") for wording in term.wordings.values() for form in wording.forms):
            if term.kind == "body" or form.isupper():
                named[form] = named.get(form, False) or term.kind == "body"
    longest_first = sorted(named.items(), key=lambda each: -len(each[0]))
    return tuple((form.casefold(), form, is_body) for form, is_body in longest_first)


def _name(form: str) -> str:
    """A name as a pattern: whole words, except in Chinese; acronyms in capitals."""
    written = re.escape(form)
    if _CHINESE.search(form):
        return written
    return rf"(?<!\w)[وفبل]?{written if form.isupper() else f'(?i:{written})'}s?(?!\w)"


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(pattern("function_words", language).split())


@cache
def _chinese_function_words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_function_words("zh"), key=len, reverse=True)))
