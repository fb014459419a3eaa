"""Long paragraphs to passages that a model can embed whole, cut where sentences end."""

from collections.abc import Callable, Iterator

from ingest.rows import BETWEEN_CELLS
from vectorstore.paragraph import Document, Paragraph, Passage
from vectorstore.sentences import sentences

CountTokens = Callable[[str], int]


def split(document: Document, *, count_tokens: CountTokens, limit: int) -> tuple[Passage, ...]:
    """The passages of a document's paragraphs, none over `limit` tokens.

    A short paragraph is one passage. A long one is cut at the ends of sentences, and each further passage begins with
    the last sentence of the one before where there is room. A table is cut between its rows, and each further passage
    begins with its caption and header. Nothing of a paragraph is lost but white space at a cut.
    """
    if limit < 1:
        raise ValueError("A passage needs room for at least one token.")
    return tuple(
        Passage(document_id=document.document_id, position=position, window=window, text=text)
        for position, paragraph in enumerate(document.paragraphs)
        for window, text in enumerate(_windows_of(paragraph, document.language, count_tokens, limit))
    )


def _windows_of(paragraph: Paragraph, language: str, count_tokens: CountTokens, limit: int) -> tuple[str, ...]:
    if paragraph.kind == "table":
        return table_windows(paragraph.text, language, count_tokens, limit)
    return windows(paragraph.text, language, count_tokens, limit)


def table_windows(text: str, language: str, count_tokens: CountTokens, limit: int) -> tuple[str, ...]:
    """The table whole where it fits, else its rows in pieces that each begin with the caption and the header row.

    The header is the first line with cells. What is left of the limit after it must hold half a passage, else the
    header is not repeated. A row that does not fit by itself is cut as a text is.
    """
    if count_tokens(text.strip()) <= limit:
        return windows(text, language, count_tokens, limit)
    head, rows = _headed(text)
    repeated = f"{head}\n" if head and 2 * count_tokens(head) <= limit else ""
    rows = rows if repeated else [*head.splitlines(), *rows]
    found: list[str] = []
    for row in rows:
        if found and count_tokens(f"{found[-1]}\n{row}") <= limit:
            found[-1] += f"\n{row}"
        else:
            found += _headed_parts(repeated, row, count_tokens, limit)
    return tuple(found)


def _headed(text: str) -> tuple[str, list[str]]:
    """The lines of a table up to its first row of cells, and the rows below."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    header = next((index for index, line in enumerate(lines) if BETWEEN_CELLS in line), None)
    return ("", lines) if header is None else ("\n".join(lines[: header + 1]), lines[header + 1 :])


def _headed_parts(head: str, row: str, count_tokens: CountTokens, limit: int) -> Iterator[str]:
    """The row with the header above it, in several parts where it is too long."""
    rest = row
    while len(rest) > 1 and count_tokens(head + rest) > limit:
        cut = _cut(rest, lambda part: count_tokens(head + part), limit)
        yield head + rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield head + rest


def windows(text: str, language: str, count_tokens: CountTokens, limit: int) -> tuple[str, ...]:
    """The text whole where it fits, else in pieces that overlap by a sentence where there is room."""
    if count_tokens(text) <= limit:
        return (text.strip(),) if text.strip() else ()
    fitting = [part for piece in sentences(text, language) for part in _fitting(piece, count_tokens, limit)]
    return tuple(_gathered(fitting, count_tokens, limit))


def _gathered(pieces: list[str], count_tokens: CountTokens, limit: int) -> Iterator[str]:
    window: list[str] = []
    for piece in pieces:
        if window and count_tokens("".join([*window, piece]).strip()) > limit:
            yield "".join(window).strip()
            overlaps = len(window) > 1 and count_tokens((window[-1] + piece).strip()) <= limit
            window = [window[-1]] if overlaps else []
        window.append(piece)
    if "".join(window).strip():
        yield "".join(window).strip()


def _fitting(piece: str, count_tokens: CountTokens, limit: int) -> Iterator[str]:
    """The piece, or parts of it where it is too long: between words, and inside one that has no spaces."""
    rest = piece
    while len(rest) > 1 and count_tokens(rest.strip()) > limit:
        cut = _cut(rest, count_tokens, limit)
        yield rest[:cut]
        rest = rest[cut:]
    if rest:
        yield rest


def _cut(text: str, count_tokens: CountTokens, limit: int) -> int:
    """The length of a long beginning that fits, ending between words where it can."""
    low, high = 1, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count_tokens(text[:middle].strip()) <= limit else (low, middle - 1)
    space = max(text.rfind(space, 1, low + 1) for space in " \n")
    return space + 1 if space > low // 2 else low
