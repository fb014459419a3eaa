"""For each of the things that a question sets beside each other, the paragraph that answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.found.evidence import verdict
from bot.found.quotes import Quote, runs
from bot.found.reading import Read, Reader
from bot.questions.comparison import Side
from vectorstore.reranking import Finder
from vectorstore.search import Filters
from vectorstore.store import Generation

_LOOKED_AT = 5  # paragraphs, for each side
_SENTENCES = 3
# How much farther from its question, by the second model, the best sentence for a side may be than that for another,
# and which share of the question's words that the other paragraph holds its own must: what names a year or a body
# speaks of other things, too.
_FARTHER = 0.2
_FEWER = 0.5


@dataclass(frozen=True)
class Told:
    """One side of a comparison with the paragraph that answers for it, or None where the reports do not say.

    `is_sure` tells whether the paragraph answers beyond doubt.
    """

    side: Side
    read: Read | None
    is_sure: bool = False

    def is_beside(self, others: Sequence[Read]) -> bool:
        """Whether the paragraph is about as near to its question as those of other sides that do answer."""
        if self.read is None:
            return False
        one = self.read
        return any(
            one.best.second >= other.best.second - _FARTHER
            and (one.found.found_in != other.found.found_in or one.found.coverage >= _FEWER * other.found.coverage)
            for other in others
        )

    def quotes(self) -> tuple[Quote, ...]:
        """What the paragraph says of it."""
        return tuple(runs(self.read, self.side.sentences(self.read, _SENTENCES), self.side.name)) if self.read else ()


@dataclass(frozen=True)
class Comparison:
    """Looks for each side of a question that compares by itself, so that none crowds out another."""

    search: Finder
    reader: Reader

    def told(
        self, generation: Generation, compared: Sequence[Side], filters: Filters, *, is_answered: bool
    ) -> tuple[Told, ...]:
        """Every side with its paragraph; nothing where a question compares nothing, or none of its sides is told.

        Where the question as a whole is not answered, one of its sides must be.
        """
        records = generation.open_to(filters.audiences)
        every = [self._best(generation, side, side.filters(filters, records)) for side in compared]
        sure = [one.read for one in every if one.read and (is_answered or one.is_sure)]
        if not sure:
            return ()
        return tuple(one if one.is_beside(sure) else replace(one, read=None) for one in every)

    def _best(self, generation: Generation, side: Side, places: Sequence[Filters]) -> Told:
        """A side with the best paragraph that is about it, in the first place that has one."""
        query = self.search.prepare(side.question, side.language)
        for filters in places:
            found = self.search.find(generation, query, filters=filters, limit=_LOOKED_AT)
            about = [one for one in self.reader.read(generation, query, found) if side.is_spoken_of(one)]
            if about:
                return Told(
                    side,
                    about[0],
                    is_sure=verdict(query, about, is_named=side.kind == "report") in ("answered", "doubtful"),
                )
        return Told(side, None)


def merged(every: Sequence[Told], read: Sequence[Read]) -> tuple[Read, ...]:
    """The sides' paragraphs and then those that were read, each once."""
    kept: dict[tuple[str, int], Read] = {}
    for one in (*(told.read for told in every if told.read), *read):
        kept.setdefault((one.found.record.document_id, one.found.position), one)
    return tuple(kept.values())
