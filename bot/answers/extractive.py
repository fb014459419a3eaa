"""Answers in the reports' own words: quotes, each with its citation."""

from collections.abc import Iterable, Sequence

from bot.answer import Citation, Draft
from bot.answers.disagreement import Disagreement, differences, told
from bot.cite import cite
from bot.found.quotes import Quote
from prompts import phrase


def write(
    quotes: Sequence[Quote],
    language: str,
    *,
    opening: str = "says",
    silent: Iterable[str] = (),
    disagreements: Sequence[Disagreement] = (),
) -> Draft:
    """The answer in quotes, introduced in `language`.

    Quotes that differ stand together, the newest first, and the answer says that they do; so it does of each thing of
    which the reports are `silent`.
    """
    cited = tuple(
        (quote, cite(quote.read.found, quote.text, marker=marker))
        for marker, quote in enumerate(_newest_first(quotes, disagreements), start=1)
    )
    different = differences(disagreements, cited)
    lines = [
        phrase(opening, language),
        *(line(quote, citation, language) for quote, citation in cited),
        *(phrase("side_silent", language, side=side) for side in silent),
        *(told(each, language) for each in different),
    ]
    return Draft("\n".join(lines), tuple(citation for _, citation in cited), "extractive", different)


def line(quote: Quote, citation: Citation, language: str) -> str:
    """A quote with its marker, and what it is quoted for where a question compares."""
    if quote.side is None:
        return f"“{citation.quote}” [{citation.marker}]"
    return phrase("side", language, side=quote.side, quote=citation.quote, marker=citation.marker)


def _newest_first(quotes: Sequence[Quote], disagreements: Sequence[Disagreement]) -> Sequence[Quote]:
    """The quotes, each that differs from others followed by these, the newest of them first."""
    ordered: list[Quote] = []
    for quote in quotes:
        together = next((each.quotes for each in disagreements if quote in each.quotes), (quote,))
        ordered += [each for each in together if each not in ordered]
    return ordered
