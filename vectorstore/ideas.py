"""What a question says, in the words of the language in which a report is written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from vectorstore.bm25 import Idea, Phrase
from vectorstore.lexicon import Lexicon
from vectorstore.terms import Named, Terms, acronyms_in
from vectorstore.tokens import stems, tokenise
from vectorstore.values import asked_in
from vectorstore.wording.asking_words import without_asking_words

_OTHER_NAME = 0.3
_PART_OF_NAME = 0.5
_PART_OF_VALUE = 0.5
_LATIN = ("en", "es", "fr")
_ASKED_KEPT = 1_000  # of what was asked lately, each in one language of reports
_WORD = re.compile(r"\w[\w./'’-]*")
_LETTER = re.compile(r"\w")


class Translator:
    """Carries questions into the languages of reports: by named things, and word by word."""

    def __init__(self, lexicon: Lexicon, terms: Terms) -> None:
        self.lexicon = lexicon
        self.terms = terms
        self._asked_lately = lru_cache(maxsize=_ASKED_KEPT)(self.ideas)

    def asked(self, question: str, *, source: str, target: str) -> tuple[Idea, ...]:
        """The ideas of a question, as `ideas` has them, but for the words that only ask."""
        return self._asked_lately(without_asking_words(question, source), source=source, target=target)

    def ideas(self, text: str, *, source: str, target: str) -> tuple[Idea, ...]:
        """The ideas of a question written in `source`, as reports in `target` would say them.

        One that cannot be said in `target`, a word without a known translation, has no phrase. Names of things carry
        what the words by themselves, most of them, cannot.
        """
        asked = asked_in(text, source)
        named = self.terms.named_in(text, source)
        acronyms = frozenset(token for acronym in acronyms_in(text) for token in stems(acronym, source))
        exact = (_by_value(value, parts) for value, parts in asked.values.items())
        if source == target:
            words = dict.fromkeys(token for token in tokenise(asked.rest, source) if token not in asked.values)
            others = _other_names(named, target, frozenset(words))
            said = (*((Phrase((token,), exact=token in acronyms),) for token in words), *others)
        else:
            names = _written_as_names(asked.rest, source)
            foreign = {token: token in names for token in stems(asked.rest, source) if token not in asked.values}
            said = self._carried(foreign, named, source, target)
        return (*exact, *said)

    def _carried(self, words: Mapping[str, bool], named: Sequence[Named], source: str, target: str) -> tuple[Idea, ...]:
        """Words, each with whether it is a name, by their translations.

        Things by name where most of their words have none, or are all there is.
        """
        known = {token: self._translated(token, source, target, is_name=name) for token, name in words.items()}
        by_name = [
            each
            for each in named
            if 2 * sum(not known.get(token) for token in each.said) >= len(each.said)
            or 4 * len(each.said) >= 3 * len(words)
        ]
        carried = {token for each in by_name for token in each.said}
        said = [idea for token, idea in known.items() if idea or token not in carried]
        return (*said, *(_by_name(each, target) for each in by_name))

    def _translated(self, token: str, source: str, target: str, *, is_name: bool) -> Idea:
        translations = self.lexicon.translations(token, source=source, target=target)
        if is_name and not translations:
            return (Phrase((token,)),)
        return tuple(Phrase((other,), weight) for other, weight in translations.items() if _LETTER.search(other))


def _written_as_names(text: str, language: str) -> frozenset[str]:
    """The tokens in Latin script that are names or acronyms, and so the same in every language.

    In a language of that script a capital tells, but not the one that opens a question.
    """
    words = [found[0] for found in _WORD.finditer(text)]
    if language in _LATIN:
        words = [word for place, word in enumerate(words) if _has_capital(word if place else word[1:])]
    return frozenset(token for word in words if word.isascii() for token in stems(word, language))


def _has_capital(word: str) -> bool:
    return word != word.lower()


def _by_value(value: str, parts: Sequence[str]) -> Idea:
    """A figure, a date or a symbol as it is, and less surely by a part of it."""
    return (Phrase((value,), exact=True), *(Phrase((part,), _PART_OF_VALUE) for part in parts if part != value))


def _other_names(named: Iterable[Named], language: str, said: frozenset[str]) -> Iterator[Idea]:
    """The names that a question, given its words, does not use of the things that it names."""
    for each in named:
        if others := [name for name in _names(each, language) if not said.issuperset(name)]:
            yield tuple(Phrase(name, _OTHER_NAME, exact=True) for name in others)


def _by_name(named: Named, language: str) -> Idea:
    """A thing by its names, and less surely by a word of one."""
    names = _names(named, language)
    parts = dict.fromkeys(token for name in names for token in name)
    return (*(Phrase(name, exact=True) for name in names), *(Phrase((token,), _PART_OF_NAME) for token in parts))


def _names(named: Named, language: str) -> Sequence[tuple[str, ...]]:
    forms = dict.fromkeys(_tokens_of_name(form, language) for form in named.names.get(language, ()))
    return [form for form in forms if form]


def _tokens_of_name(form: str, language: str) -> tuple[str, ...]:
    """Its tokens, but for a single Chinese character at its edge: in a text that pairs with its neighbour."""
    tokens = stems(form, language)
    paired = tuple(token for token in tokens if len(token) > 1 or token.isascii())
    return paired if language == "zh" and paired else tuple(tokens)
