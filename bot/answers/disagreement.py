"""Where reports differ on what an answer says: both are told, the newest first, and never made one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answer import Citation, Difference, DifferenceKind, Statement
from bot.answers.as_of import in_words
from bot.answers.contrast import Contrast, Said, contrast
from bot.found.quotes import Quote
from bot.found.reading import Read, Sentence
from prompts import phrase
from vectorstore.ideas import Translator
from vectorstore.records import DocumentRecord
from vectorstore.versions import dated


@dataclass(frozen=True)
class Disagreement:
    """Quotes of several reports that state a value differently, the newest first, each with its value as printed."""

    kind: DifferenceKind
    stated: tuple[tuple[Quote, str], ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Those that differ."""
        return tuple(quote for quote, _ in self.stated)


@dataclass(frozen=True)
class _Other:
    """A sentence of another report that says otherwise than one that is quoted, and how near it is to that."""

    read: Read
    sentence: Sentence
    contrast: Contrast
    nearness: float


@dataclass(frozen=True)
class Comparer:
    """Finds where what an answer quotes differs from other reports; `translator` carries words between them."""

    translator: Translator

    def disagreements(
        self, quotes: Sequence[Quote], read: Sequence[Read], records: Mapping[str, DocumentRecord]
    ) -> tuple[Disagreement, ...]:
        """Where the quotes differ from one another, or from other paragraphs that were read."""
        found: list[Disagreement] = []
        seen: set[int] = set()
        for quote in quotes:
            for sentence in quote.sentences:
                others = [] if id(sentence) in seen else self._others(quote.read, sentence, read, records)
                if others:
                    seen |= {id(other.sentence) for other in others}
                    found.append(_disagreement(quote, others, quotes))
        return tuple(found)

    def _others(
        self, own: Read, sentence: Sentence, read: Sequence[Read], records: Mapping[str, DocumentRecord]
    ) -> list[_Other]:
        """Of each other report the nearest sentence that says otherwise."""
        nearest: dict[str, _Other] = {}
        for one in read:
            if not _may_differ(own, one, records):
                continue
            for other in one.sentences:
                found = contrast(_said(own, sentence), _said(one, other), self.translator)
                nearness = float(sentence.meaning @ other.meaning)
                work = _standing_for(one.found.record, records)
                if found and (work not in nearest or nearness > nearest[work].nearness):
                    nearest[work] = _Other(one, other, found, nearness)
        return list(nearest.values())


def differences(found: Sequence[Disagreement], cited: Sequence[tuple[Quote, Citation]]) -> tuple[Difference, ...]:
    """The disagreements, told by the citations of their quotes."""
    citations = {id(quote): citation for quote, citation in cited}
    return tuple(
        Difference(each.kind, tuple(_stated(quote, value, citations[id(quote)]) for quote, value in each.stated))
        for each in found
    )


def told(difference: Difference, language: str) -> str:
    """What to tell the asker: that reports differ, and each statement with its place and its report's date."""
    statements = phrase("between_statements", language).join(_told(one, language) for one in difference.statements)
    return phrase("differ", language, statements=statements)


def _told(one: Statement, language: str) -> str:
    if one.date is None:
        return phrase("stated_undated", language, value=one.value, label=one.label, marker=one.marker)
    date = in_words(one.date, language)
    return phrase("stated", language, value=one.value, label=one.label, date=date, marker=one.marker)


def _stated(quote: Quote, value: str, citation: Citation) -> Statement:
    record = quote.read.found.record
    return Statement(value, citation.marker or 0, citation.label, record.symbol, record.document_id, dated(record))


def _disagreement(quote: Quote, others: Sequence[_Other], quotes: Sequence[Quote]) -> Disagreement:
    kind, value = others[0].contrast.kind, others[0].contrast.said
    stated = [(quote, value), *((_quoted(other, quotes), other.contrast.other) for other in others)]
    return Disagreement(kind, tuple(sorted(stated, key=lambda one: _date(one[0]), reverse=True)))


def _quoted(other: _Other, quotes: Sequence[Quote]) -> Quote:
    """The quote that holds a sentence, or else one of it alone."""
    held = (quote for quote in quotes if any(sentence is other.sentence for sentence in quote.sentences))
    return next(held, Quote(other.read, (other.sentence,)))


def _date(quote: Quote) -> str:
    return dated(quote.read.found.record) or ""


def _said(read: Read, sentence: Sentence) -> Said:
    return Said(sentence.text.strip(), read.found.record, sentence.meaning)


def _may_differ(one: Read, other: Read, records: Mapping[str, DocumentRecord]) -> bool:
    """Whether two paragraphs are of different works, none the next issue of the other.

    Whether reports without a symbol in two languages are one work cannot be told.
    """
    first, second = one.found.record, other.found.record
    if not one.found.paragraph.kind == other.found.paragraph.kind == "text":
        return False
    if first.language != second.language and not (first.symbol and second.symbol):
        return False
    return _standing_for(first, records) != _standing_for(second, records)


def _standing_for(record: DocumentRecord, records: Mapping[str, DocumentRecord]) -> str:
    """The work that now stands for a report: its own, or the one that has superseded it."""
    newer = records.get(record.superseded_by or "")
    return newer.work_id if newer else record.work_id
