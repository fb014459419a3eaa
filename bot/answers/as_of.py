"""How recent an answer is: the date of the index, and the newest report on what was asked."""

from collections.abc import Iterable, Sequence

from bot.answer import Citation, NewestReport
from bot.found.reading import Read
from prompts import phrase
from vectorstore.records import DocumentRecord
from vectorstore.versions import dated

# A paragraph whose search score lies this much below the best, twice what is still quoted, speaks of other things.
_OFF_THE_SUBJECT = 1.5
_DAY = len("2026-11-20")
_LONGEST_TITLE = 80
_FIRST_OF_THE_MONTH = {"fr": "1er"}


def newest_report(read: Sequence[Read], cited: Iterable[Citation]) -> NewestReport | None:
    """The newest report on the subject: of those cited and those found close to the best; None where none is dated."""
    near = [one.found.record for one in read if one.found.score >= read[0].found.score - _OFF_THE_SUBJECT]
    ids = {citation.document_id for citation in cited}
    records = {record.document_id: record for record in near}
    records |= {one.found.record.document_id: one.found.record for one in read if one.found.record.document_id in ids}
    known = [(day, record) for record in records.values() if (day := dated(record))]
    return _as_named(*max(known, key=lambda each: each[0])) if known else None


def as_of_line(made_at: str | None, newest: NewestReport | None, language: str) -> str:
    """What to tell the asker of it: "As of 20 November 2026; newest report on this: A/80/74 of 12 May 2025"."""
    if made_at is None:
        return ""
    line = phrase("index_as_of", language, date=in_words(made_at[:_DAY], language))
    if newest is None:
        return line
    name = newest.symbol or newest.title
    report = name if len(name) <= _LONGEST_TITLE else f"{name[:_LONGEST_TITLE].rstrip()}…"
    told = phrase("newest_on_this", language, report=report, date=in_words(newest.date, language))
    return f"{line}{told}"


def in_words(date: str, language: str) -> str:
    """An ISO date, or a part of one, as people write it: "12 May 2025", "May 2025", "2025"."""
    year, *rest = date.split("-")
    if not rest:
        return phrase("in_year", language, year=year)
    month = phrase("months", language).split("|")[int(rest[0]) - 1]
    if len(rest) == 1:
        return phrase("in_month", language, year=year, month=month)
    day = int(rest[1])
    printed = _FIRST_OF_THE_MONTH.get(language, day) if day == 1 else day
    return phrase("on_day", language, year=year, month=month, day=printed)


def _as_named(day: str, record: DocumentRecord) -> NewestReport:
    return NewestReport(record.document_id, record.symbol, record.title, day, f"/documents/{record.document_id}")
