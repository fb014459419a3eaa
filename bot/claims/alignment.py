"""Which sentences of its paragraphs a claim speaks of."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain, zip_longest

from bot.claims.evidence import Evidence
from vectorstore.bm25 import Idea
from vectorstore.ideas import Translator
from vectorstore.lexicon import Lexicon
from vectorstore.sentences import sentences_of
from vectorstore.tokens import tokenise

# What a sentence says of a claim's words, as a share of what the best one does, from which on the claim may speak of
# it too; less across languages, where fewer words could be translated.
_SPOKEN_OF = 0.3
_SPOKEN_OF_ACROSS = 0.15
_OPENING = re.compile(r"(?<=[:：])(?=\s*[(（]?\w{1,4}[)）])")  # what opens a list stands before it
_ITEM = re.compile(r"\s*[(（]?\w{1,4}[)）]")
_SHORTEST = 3  # letters of a word that tells something; Chinese has words of one


@dataclass(frozen=True)
class Spoken:
    """A sentence that a claim speaks of, as evidence, and its share of what the best one says of the claim's words.

    `lead` is what opens the list whose item it is: "The Programme will:". `before` is what stands before it.
    """

    sentence: Evidence
    share: float
    lead: str
    before: str

    @property
    def in_its_list(self) -> Evidence:
        """The sentence with what opens its list."""
        return replace(self.sentence, text=f"{self.lead} {self.sentence.text}")


@dataclass(frozen=True)
class Weighed:
    """An idea of a claim, and what it tells: the more, the fewer sentences of the paragraphs say it."""

    idea: Idea
    weight: float


@dataclass(frozen=True)
class Aligned:
    """The sentences that a claim speaks of, and in each language the ideas, and the tokens, that say its words.

    `context` holds the sentence before each, too, where whoever "it" is may be named. `coverage` is the share of its
    words that the best sentence says.
    """

    spoken: tuple[Spoken, ...]
    context: tuple[Evidence, ...]
    ideas: Mapping[str, Sequence[Weighed]]
    tokens: Mapping[str, frozenset[str]]
    coverage: float
    language: str
    lexicon: Lexicon

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences, each as evidence of its own, items with what opens their list."""
        return tuple(one.in_its_list for one in self.spoken)

    def carried(self, words: Sequence[str], target: str) -> frozenset[str]:
        """The stems by which sentences in a language may say these stems of the claim."""
        if target == self.language:
            return frozenset(words)
        return frozenset(
            chain.from_iterable(self.lexicon.translations(w, source=self.language, target=target) for w in words)
        )


def align(claim: str, language: str, evidence: Sequence[Evidence], translator: Translator) -> Aligned:
    """The sentences of some paragraphs that a claim in `language` speaks of."""
    ideas = {
        target: _telling(translator.ideas(claim, source=language, target=target), target)
        for target in {one.language for one in evidence}
    }
    found = list(_sentences(evidence))
    texts = [(tokens_of(one.text, one.language), one.language) for one, _ in found]
    weighed = {target: tuple(_weighed(each, texts, target)) for target, each in ideas.items()}
    said = [said_of(weighed[target], tokens) for tokens, target in texts]
    most = max(said, default=0)
    before = accumulate((one.text for one, _ in found), initial="")
    sentences = [
        Spoken(one, weight / (most or 1), lead, text)
        for (one, lead), weight, text in zip(found, said, before, strict=False)
    ]
    counts = [sum(_says(tokens, idea) for idea in ideas[target]) for tokens, target in texts]
    total = max(map(len, ideas.values()), default=0)
    chosen = tuple(_spoken_of(sentences, language))
    return Aligned(
        spoken=chosen,
        context=tuple(
            one.sentence
            for one, following in zip_longest(sentences, sentences[1:])
            if one in chosen or following in chosen
        ),
        ideas=weighed,
        tokens={
            target: frozenset(token for idea in each for phrase in idea for token in phrase.tokens)
            for target, each in ideas.items()
        },
        coverage=max(counts, default=0) / (total or 1),
        language=language,
        lexicon=translator.lexicon,
    )


def _spoken_of(sentences: Sequence[Spoken], language: str) -> Iterator[Spoken]:
    """Those that say enough; in another language also the one after the best, which may say it in other words."""
    after_best = False
    for one in sentences:
        own = one.sentence.language == language
        if one.share >= (_SPOKEN_OF if own else _SPOKEN_OF_ACROSS) or (after_best and not own):
            yield one
        after_best = one.share == 1


def _sentences(evidence: Sequence[Evidence]) -> Iterator[tuple[Evidence, str]]:
    """The sentences of paragraphs, items of lists apart from what opens the list, each with that."""
    for one in evidence:
        lead = ""
        for sentence in chain.from_iterable(map(_OPENING.split, sentences_of(one.text, one.language))):
            if not sentence.strip():
                continue
            yield replace(one, text=sentence), lead if _ITEM.match(sentence) else ""
            if sentence.rstrip().endswith((":", "：")):
                lead = sentence


def _telling(ideas: Sequence[Idea], language: str) -> Sequence[Idea]:
    """The ideas that words say, without values, names and the shortest words."""
    shortest = 1 if language == "zh" else _SHORTEST
    return [
        idea for idea in ideas if any(not phrase.exact and max(map(len, phrase.tokens)) >= shortest for phrase in idea)
    ]


def _weighed(ideas: Sequence[Idea], texts: Sequence[tuple[frozenset[str], str]], language: str) -> Iterator[Weighed]:
    """The ideas that any sentence in a language says, each with what it tells."""
    own = [tokens for tokens, target in texts if target == language]
    for idea in ideas:
        if saying := sum(_says(tokens, idea) for tokens in own):
            yield Weighed(idea, math.log(1 + len(own) / saying))


def said_of(ideas: Sequence[Weighed], tokens: frozenset[str]) -> float:
    """What a text with these tokens says of a claim."""
    return sum(each.weight for each in ideas if _says(tokens, each.idea))


def _says(tokens: frozenset[str], idea: Idea) -> bool:
    return any(tokens.issuperset(phrase.tokens) for phrase in idea)


@lru_cache(maxsize=4000)
def tokens_of(text: str, language: str) -> frozenset[str]:
    """The tokens of a sentence or clause; those of the same text are found once."""
    return frozenset(tokenise(text, language))
