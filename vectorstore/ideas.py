"""What a question says, in the words of the language in which a report is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vectorstore.bm25 import Idea, Phrase
from vectorstore.lexicon import Lexicon
from vectorstore.terms import Named, Terms
from vectorstore.tokens import stems, tokenise

_OTHER_NAME = 0.3
_PART_OF_NAME = 0.5


@dataclass(frozen=True)
class Translator:
    """Carries questions into the languages of reports: by named things, and word by word."""

    lexicon: Lexicon
    terms: Terms

    def ideas(self, text: str, *, source: str, target: str) -> tuple[Idea, ...]:
        """The ideas of a question written in `source`, as reports in `target` would say them.

        One that cannot be said in `target`, a word without a known translation, has no phrase. Names of things carry
        what the words by themselves, most of them, cannot.
        """
        named = self.terms.named_in(text, source)
        if source == target:
            tokens = dict.fromkeys(tokenise(text, source))
            return (*((Phrase((token,)),) for token in tokens), *_said_otherwise(named, target, frozenset(tokens)))
        words = {token: self._translated(token, source, target) for token in stems(text, source)}
        unknown = [each for each in named if sum(not words.get(token) for token in each.said) * 2 >= len(each.said)]
        carried = {token for each in unknown for token in each.said}
        said = (idea for token, idea in words.items() if idea or token not in carried)
        return (*said, *(_by_name(each.names.get(target, ()), target) for each in unknown))

    def _translated(self, token: str, source: str, target: str) -> Idea:
        translations = self.lexicon.translations(token, source=source, target=target)
        # Numbers, symbols and Latin acronyms in another script are the same in every language.
        if any(map(str.isdigit, token)) or (token.isascii() and not translations):
            return (Phrase((token,)),)
        return tuple(Phrase((other,), weight) for other, weight in translations.items())


def _said_otherwise(named: Iterable[Named], language: str, said: frozenset[str]) -> Iterator[Idea]:
    """The names that a question does not use of the things that it names."""
    for each in named:
        forms = [tuple(tokenise(form, language)) for form in each.names.get(language, ())]
        if others := [form for form in forms if form and not said.issuperset(form)]:
            yield tuple(Phrase(form, _OTHER_NAME) for form in others)


def _by_name(forms: Sequence[str], language: str) -> Idea:
    """A thing by its names, and less surely by a word of one."""
    phrases = dict.fromkeys(tuple(stems(form, language)) for form in forms)
    parts = dict.fromkeys(token for tokens in phrases for token in tokens)
    return (*map(Phrase, filter(None, phrases)), *(Phrase((token,), _PART_OF_NAME) for token in parts))
