"""An answer as text alone, for clients that show nothing else."""

from collections.abc import Iterable, Iterator

from bot.answer import Answer, Citation, Definition
from prompts import phrase


def whole(answer: Answer, *, base_url: str) -> str:
    """The answer and what stands below it."""
    return "\n\n".join([answer.answer, *below(answer, base_url=base_url)])


def below(answer: Answer, *, base_url: str) -> Iterator[str]:
    """What the terms mean that were asked about, what is cited or comes near, and how recent all of it is."""
    yield from map(_defined, answer.definitions)
    if answer.citations:
        yield listed(answer.citations, base_url=base_url)
    if answer.nearest:
        yield f"{phrase('nearest', answer.language)}:\n{listed(answer.nearest, base_url=base_url)}"
    if answer.as_of_line:
        yield answer.as_of_line


def listed(citations: Iterable[Citation], *, base_url: str) -> str:
    """Paragraphs with the links to them, a line each, under the numbers that the text has for them."""
    return "\n".join(
        f"{'-' if one.marker is None else f'[{one.marker}]'} {' '.join(one.label.split())}: {base_url}{one.url}"
        for one in citations
    )


def _defined(term: Definition) -> str:
    called = " · ".join([term.name, *term.short])
    return f"{called}: {term.meaning} ({phrase('from_glossary', term.language)})"
