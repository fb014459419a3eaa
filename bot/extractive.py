"""Answers in the reports' own words: the best sentences of the best paragraphs, as quotes."""

from collections.abc import Iterator, Sequence

from bot.answer import Draft
from bot.cite import cite
from bot.reading import Read, Sentence
from prompts import phrase

_PARAGRAPHS_QUOTED = 4
_FAR_BEHIND = 0.8  # a paragraph whose search score lies this much below the best is not quoted beside it
_SENTENCES = 3  # of the best paragraph; of the others one


def write(read: Sequence[Read], language: str, *, opening: str = "says") -> Draft:
    """The answer in quotes, introduced in `language`; `read` holds the paragraphs, best first."""
    quotes = [
        (one, quote)
        for rank, one in enumerate(read[:_PARAGRAPHS_QUOTED])
        if one.found.score >= read[0].found.score - _FAR_BEHIND
        for quote in _quotes(one, _SENTENCES if rank == 0 else 1)
    ]
    citations = tuple(cite(one.found, quote, marker=marker) for marker, (one, quote) in enumerate(quotes, start=1))
    lines = (f"“{citation.quote}” [{citation.marker}]" for citation in citations)
    return Draft("\n".join([phrase(opening, language), *lines]), citations, "extractive")


def _quotes(read: Read, most: int) -> Iterator[str]:
    """The best sentences in the paragraph's order, neighbours in one quote."""
    best = sorted(read.sentences, key=lambda sentence: -sentence.score)[:most]
    run: list[Sentence] = []
    for sentence in sorted(best, key=lambda sentence: sentence.place):
        if run and sentence.place != run[-1].place + 1:
            yield _quote(run)
            run = []
        run.append(sentence)
    yield _quote(run)


def _quote(run: Sequence[Sentence]) -> str:
    return "".join(sentence.text for sentence in run).strip()
