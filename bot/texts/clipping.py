"""An answer as text to paste: into a document with its footnotes in UN form, or into a page written in Markdown."""

import re
from collections.abc import Iterator

from bot.http.schemas import AnswerOut, CitationOut
from bot.texts.footnote import footnote

_MARKERS = re.compile(r"((?:\s*\[\d+(?:\s*[,;]\s*\d+)*\])+)([.,;:!?]*)")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Behind the punctuation in English, before it in other languages, and between several a comma:
# https://www.un.org/dgacm/en/content/editorial-manual/footnotes/chap-09
_BEHIND = "en"
# A `[n]` that Markdown cannot make a link of; every other sign that it could make something of.
_PLAIN_MARKER = re.compile(r"(\[\d+\](?![(:]))")
_SPECIAL = re.compile(r"[\\`*_<>&~|\[\]]")
_OPENS_A_BLOCK = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)


def with_footnotes(answer: AnswerOut) -> str:
    """The answer with the marks of its footnotes, and below it the footnotes."""
    text = _MARKERS.sub(lambda found: _mark(found[1], found[2], answer.language), _words(answer))
    notes = dict.fromkeys(map(_note, _shown(answer)))
    return "\n\n".join(filter(None, (text, "\n".join(notes))))


def as_markdown(answer: AnswerOut, base_url: str) -> str:
    """The question, the answer, its citations with quotes and links, and the link to it."""
    parts = [
        f"## {_escaped(' '.join(answer.question.split()))}",
        "\n\n".join(map(_escaped, _words(answer).splitlines())),
        "\n".join(line for citation in _shown(answer) for line in _source(citation, base_url)),
        _escaped(answer.as_of_line),
        f"<{base_url}/answers/{answer.answer_id}>",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _words(answer: AnswerOut) -> str:
    return (answer.reason or answer.answer) if answer.abstained else answer.answer


def _shown(answer: AnswerOut) -> list[CitationOut]:
    return list(answer.nearest if answer.abstained else answer.citations)


def _mark(markers: str, punctuation: str, language: str) -> str:
    mark = ", ".join(number.translate(_SUPERSCRIPT) for number in re.findall(r"\d+", markers))
    return f"{punctuation}{mark}" if language == _BEHIND else f"{mark}{punctuation}"


def _note(citation: CitationOut) -> str:
    mark = f"{citation.marker} ".translate(_SUPERSCRIPT) if citation.marker else ""
    return f"{mark}{footnote(citation)}"


def _source(citation: CitationOut, base_url: str) -> Iterator[str]:
    mark = f"{citation.marker}." if citation.marker else "-"
    yield f"{mark} [{_escaped(citation.label)}]({base_url}{citation.url})"
    indent = " " * (len(mark) + 1)
    yield from (f"{indent}> {_escaped(line)}".rstrip() for line in citation.quote.splitlines())


def _escaped(text: str) -> str:
    """The text for Markdown to show as it is."""
    pieces = _PLAIN_MARKER.split(text)
    plain = "".join(piece if place % 2 else _SPECIAL.sub(r"\\\g<0>", piece) for place, piece in enumerate(pieces))
    return _OPENS_A_BLOCK.sub(r"\1\\\2", plain)
