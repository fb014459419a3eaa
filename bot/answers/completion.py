"""What code adds to a chat model's answer: sides of a comparison that it left out, and reports that say otherwise."""

from collections.abc import Iterable, Sequence
from itertools import count

from bot.answer import Citation, Draft
from bot.answers.disagreement import Disagreement, differences, told
from bot.answers.extractive import line
from bot.cite import cite
from bot.found.comparing import Told
from bot.found.quotes import Quote
from bot.found.reading import Read
from prompts import phrase


def cited_quotes(draft: Draft, given: Sequence[Read]) -> list[Quote]:
    """What the citations of a chat model's draft quote; their markers count the paragraphs that it was given."""
    return [_quoted(citation, given[(citation.marker or 1) - 1]) for citation in draft.citations]


def left_out(sides: Sequence[Told], quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The first quote for each side of a comparison whose paragraph is not quoted."""
    known = {_place(quote.read) for quote in quotes}
    return tuple(one.quotes()[0] for one in sides if one.read and _place(one.read) not in known)


def completed(
    draft: Draft,
    quotes: Sequence[Quote],
    language: str,
    *,
    given: int,
    silent: Iterable[str],
    disagreements: Sequence[Disagreement],
) -> Draft:
    """The draft and below it what it leaves out: further quotes, things of which nothing is said, and disagreements.

    `quotes` are those of its citations and then the further ones; new markers count on from the `given` paragraphs.
    """
    markers = count(given + 1)
    cited = list(zip(quotes, draft.citations, strict=False))
    others = (quote for each in disagreements for quote in each.quotes if quote not in quotes)
    further = quotes[len(cited) :]
    for quote in (*further, *dict.fromkeys(others)):
        cited.append((quote, cite(quote.read.found, quote.text, marker=next(markers))))
    different = differences(disagreements, cited)
    lines = [
        draft.text,
        *(line(quote, citation, language) for quote, citation in cited if quote in further),
        *(phrase("side_silent", language, side=side) for side in silent),
        *(told(each, language) for each in different),
    ]
    return Draft("\n".join(lines), tuple(citation for _, citation in cited), draft.mode, different)


def _quoted(citation: Citation, read: Read) -> Quote:
    return Quote(read, tuple(one for one in read.sentences if one.text.strip() == citation.quote))


def _place(read: Read) -> tuple[str, int]:
    return read.found.record.document_id, read.found.position
