"""What is quoted of the paragraphs that were read: the sentences that answer, or a list whole."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.found.items import opens_item
from bot.found.reading import Read, Sentence
from bot.questions.asked_for import Kind, holds
from prompts import pattern

_PARAGRAPHS_QUOTED = 4
_LISTED = 8  # paragraphs, where several things are asked for
_FAR_BEHIND = 1.2  # a paragraph whose search score lies this much below the best is not quoted beside it
_SENTENCES = 3  # of the best paragraph; of the others one
_LONGEST_LIST = 3000  # characters that are quoted whole
_FEWEST_ITEMS = 2


@dataclass(frozen=True, eq=False)
class Quote:
    """Neighbouring sentences of a paragraph; `side` is what they are quoted for, where a question compares."""

    read: Read
    sentences: tuple[Sentence, ...]
    side: str | None = None

    @property
    def text(self) -> str:
        """The words as they stand in the paragraph."""
        return "".join(sentence.text for sentence in self.sentences).strip()


def asks_for_several(question: str, language: str) -> bool:
    """Whether a question asks for all of something, of which there are several: "Which entities …?"."""
    return _pattern(language).search(question.strip(" ¿")) is not None


def quotes_of(read: Sequence[Read], kinds: Collection[Kind], *, several: bool) -> tuple[Quote, ...]:
    """What answers, best first: of the best paragraph a few sentences, of those that come close to it one each.

    Of the `kinds` of values that are asked for the quotes of a paragraph hold one, if the paragraph does.
    Where `several` things are asked for, more paragraphs, and a list whole.
    """
    near = [one for one in read if one.found.score >= read[0].found.score - _FAR_BEHIND]
    quotes: list[Quote] = []
    for rank, one in enumerate(near[: _LISTED if several else _PARAGRAPHS_QUOTED]):
        listed = whole_list(one) if several else ()
        chosen = _with_every_kind(one, best(one, 1 if rank else _SENTENCES), kinds)
        quotes += [Quote(one, listed)] if listed else runs(one, chosen)
    return tuple(quotes)


def best(read: Read, most: int) -> Sequence[Sentence]:
    """The sentences that answer best, at most so many."""
    return sorted(read.sentences, key=lambda sentence: -sentence.score)[:most]


def _with_every_kind(read: Read, chosen: Sequence[Sentence], kinds: Collection[Kind]) -> Sequence[Sentence]:
    """The sentences, the last of them given up for the best that holds a value of a kind, where none of them does."""
    language = read.found.record.language
    for kind in sorted(kinds):
        if not any(holds(kind, sentence.text, language) for sentence in chosen):
            holding = (one for one in best(read, len(read.sentences)) if holds(kind, one.text, language))
            chosen = [*chosen[:-1], next(holding, chosen[-1])]
    return chosen


def runs(read: Read, chosen: Sequence[Sentence], side: str | None = None) -> Iterator[Quote]:
    """Sentences as quotes in the paragraph's order, neighbours in one."""
    run: tuple[Sentence, ...] = ()
    for sentence in sorted(chosen, key=lambda sentence: sentence.place):
        if run and sentence.place != run[-1].place + 1:
            yield Quote(read, run, side)
            run = ()
        run = (*run, sentence)
    yield Quote(read, run, side)


def whole_list(read: Read) -> tuple[Sentence, ...]:
    """The list that the best sentence stands in or opens, with what opens it; nothing where there is none."""
    at = read.sentences.index(read.best)
    for start, end in _lists(read.sentences):
        whole = read.sentences[start:end]
        if start <= at < end and sum(len(sentence.text) for sentence in whole) <= _LONGEST_LIST:
            return whole
    return ()


def _lists(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Where lists begin, with the sentence that opens them, and end; the last item ends with its line."""
    items = [place for place, sentence in enumerate(sentences) if opens_item(sentence.text)]
    if len(items) >= _FEWEST_ITEMS:
        last = items[-1] + 1
        while last < len(sentences) and not sentences[last - 1].text.endswith("\n"):
            last += 1
        yield max(0, items[0] - 1), last


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(pattern("lists", language), re.IGNORECASE)
