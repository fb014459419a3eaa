"""A citation as Slack shows it: what it is called and how old it is, and the report's own words."""

from collections.abc import Iterator

from bot.answer import Citation
from bot.answers.as_of import in_words
from bot.slack.messages.cells import legible
from bot.slack.messages.languages import language_name
from bot.slack.messages.markup import SECTION_LIMIT, Block, clipped, context, escaped, link, quoted
from bot.texts.direction import WRITTEN_LEFTWARD, directed, in_direction_of, isolated
from prompts import phrase

_LABEL_LIMIT = 300


def citation_blocks(citation: Citation, language: str, base_url: str, *, with_quote: bool = True) -> Iterator[Block]:
    """A citation as blocks, the first of which begins with its number."""
    above = heading(citation, language, base_url)
    words = [*(_quote(citation) if with_quote else ()), *_translation(citation, language)]
    pieces = list(quoted("\n".join(words), SECTION_LIMIT - len(above) - 1))
    yield context("\n".join([above, *pieces[:1]]))
    yield from (context(piece) for piece in pieces[1:])


def heading(citation: Citation, language: str, base_url: str) -> str:
    """A line of markup: the number, if any, the label, the date, the language and the edition of what is cited."""
    mark = f"{own(f'[{citation.marker}]', language)} " if citation.marker else ""
    return in_direction_of(language, f"{mark}{' · '.join(_parts(citation, language, base_url))}")


def own(text: str, language: str) -> str:
    """Escaped text as a part of a line in a language, where it keeps its own direction."""
    return isolated(text) if language in WRITTEN_LEFTWARD else directed(text)


def _parts(citation: Citation, language: str, base_url: str) -> Iterator[str]:
    label = clipped(escaped(" ".join(citation.label.split())), _LABEL_LIMIT)
    yield link(own(label, language), citation.url, base_url)
    if citation.date:
        yield own(in_words(citation.date, language), language)
    yield own(escaped(language_name(citation.language, language)), language)
    if citation.superseded_by:
        newer = f"/documents/{citation.superseded_by}"
        yield f"*{link(own(phrase('superseded', language), language), newer, base_url)}*"


def _quote(citation: Citation) -> Iterator[str]:
    yield directed(escaped(legible(citation.quote, citation.text)))


def _translation(citation: Citation, language: str) -> Iterator[str]:
    if citation.translation:
        yield f"_{directed(escaped(phrase('unofficial_translation', language)))}_"
        yield directed(escaped(citation.translation))
