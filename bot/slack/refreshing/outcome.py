"""What came of a shared file, in words: taken in, replaced, known, unread, and what a person should look at."""

from collections.abc import Iterator, Sequence

from bot.slack.messages.cited import own
from bot.slack.messages.languages import language_name
from bot.slack.messages.markup import clipped, escaped, link
from bot.slack.messages.message import Message, marked
from bot.texts.direction import in_direction_of
from ingest.plan import Step
from ingest.runs import Run
from prompts import phrase
from vectorstore.paragraph import IngestReport
from vectorstore.records import DocumentRecord
from vectorstore.store import Records

_NAMED = 10  # documents of one file, numbers of one list
_TITLE_LIMIT = 150
_NAME_LIMIT = 300
_SENTENCE_LIMIT = 1000
_DONE = {"new": "file_taken_in", "changed": "file_replaced", "moved": "file_known", "removed": "file_removed"}
_NOT_DONE = {"held": "file_held", "failed": "file_not_taken_in", "running": "file_running"}


def outcome(name: str, run: Run, before: Records, after: Records, language: str, *, base_url: str) -> Message:
    """What came of the refresh that took in one file of that name, in a language.

    `before` are the documents that others took the place of, by their ids, and `after` those of the index now.
    """
    told = _Teller(before, after, language, base_url)
    shown = f"*{_shortened(name, _NAME_LIMIT)}*"
    same = [record for record in after.values() if name in record.sources]
    if run.state != "done":
        return marked([f"{shown} {phrase(_NOT_DONE[run.state], language)} {_shortened(run.digest)}"])
    if run.failed:
        reasons = " ".join(dict.fromkeys(failure.reason for failure in run.failed))
        stays = [phrase("file_stays", language)] if same else []
        unread = " ".join([shown, phrase("file_unread", language), _shortened(reasons), *stays])
        return marked([unread, *told.changes(run.steps)])
    return marked([shown, *(told.changes(run.steps) if run.steps else told.unchanged(same))])


class _Teller:
    """Tells of documents, each of them a line of markup."""

    def __init__(self, before: Records, after: Records, language: str, base_url: str) -> None:
        self._before = before
        self._after = after
        self._language = language
        self._base_url = base_url

    def changes(self, steps: Sequence[Step]) -> Iterator[str]:
        for step in steps[:_NAMED]:
            now, was = self._after.get(step.after or ""), self._before.get(step.before or "")
            done = "file_taken_in" if step.change == "changed" and not was else _DONE[step.change]
            report = self._described(now) if now else _shortened(step.source)
            yield self._line(done, report=report, before=self._described(was) if was else "")
            if now:
                yield from self._remarks(now)
        if len(steps) > _NAMED:
            yield self._line("home_more", count=len(steps) - _NAMED)

    def unchanged(self, same: Sequence[DocumentRecord]) -> Iterator[str]:
        if not same:
            yield self._line("file_unchanged")
        for record in same:
            yield self._line("file_unchanged_report", report=self._described(record))
            yield from self._remarks(record)

    def _line(self, name: str, **values: object) -> str:
        return in_direction_of(self._language, phrase(name, self._language, **values))

    def _described(self, record: DocumentRecord) -> str:
        language = self._language
        title = own(_shortened(record.title, _TITLE_LIMIT), language)
        named = own(escaped(record.symbol), language) if record.symbol else title
        label = link(named, f"/documents/{record.document_id}", self._base_url)
        pages = [phrase("pages", language, count=record.pages)] if record.pages else []
        more = [*([title] if record.symbol else []), escaped(language_name(record.language, language)), *pages]
        return f"{label} ({' · '.join([*more, phrase('paragraphs', language, count=record.paragraph_count)])})"

    def _remarks(self, record: DocumentRecord) -> Iterator[str]:
        newer = self._after.get(record.superseded_by or "")
        if newer:
            yield self._line("file_newer", report=self._described(newer))
        older = [other for other in self._after.values() if other.superseded_by == record.document_id]
        for other in older[:_NAMED]:
            yield self._line("file_supersedes", report=self._described(other))
        if flags := "; ".join(_flags(record.report, self._language)):
            yield self._line("file_look", flags=_shortened(flags))


def _flags(report: IngestReport, language: str) -> Iterator[str]:
    if report.numbering_gaps:
        yield phrase("numbers_missing", language, numbers=_listed(report.numbering_gaps, language))
    if report.numbering_repeats:
        yield phrase("numbers_repeated", language, numbers=_listed(report.numbering_repeats, language))
    if report.pages_without_text:
        yield phrase("pages_without_text", language, count=report.pages_without_text)
    if report.recognised:
        yield phrase("pages_recognised", language, count=len(report.recognised))
    yield from (warning.rstrip(".") for warning in report.warnings)


def _listed(numbers: Sequence[str], language: str) -> str:
    more = len(numbers) - _NAMED
    return ", ".join([*numbers[:_NAMED], *([phrase("home_more", language, count=more)] if more > 0 else [])])


def _shortened(text: str, limit: int = _SENTENCE_LIMIT) -> str:
    return clipped(escaped(" ".join(text.split())), limit)
