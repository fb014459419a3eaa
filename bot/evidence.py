"""Whether the paragraphs that were found hold an answer at all."""

from collections.abc import Sequence

from bot.reading import Read
from vectorstore.search import Query


def is_answered(query: Query, read: Sequence[Read]) -> bool:
    """Whether to answer from these paragraphs rather than to say that the reports are silent."""
    return bool(query.text and read)
