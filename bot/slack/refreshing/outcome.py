"""What came of a shared file, in words: taken in, replaced, known, unread, and what a person should look at."""

from collections.abc import Iterator, Sequence

from bot.direction import directed
from bot.slack.messages.markup import clipped, escaped, link
from bot.slack.messages.message import Message, marked
from ingest.plan import Step
from ingest.runs import Run
from vectorstore.paragraph import IngestReport
from vectorstore.records import DocumentRecord
from vectorstore.store import Records

_NAMED = 10  # documents of one file, numbers of one list
_TITLE_LIMIT = 150
_NAME_LIMIT = 300
_SENTENCE_LIMIT = 1000
_DONE = {"new": "Taken in", "changed": "Replaced", "moved": "Known already, now by this name too", "removed": "Gone"}
_NOT_DONE = {"held": "was held back", "failed": "was not taken in", "running": "is still being read"}
_STAYS = "What the index held under this name stays as it was."


def outcome(name: str, run: Run, before: Records, after: Records, *, base_url: str) -> Message:
    """What came of the refresh that took in one file of that name.

    `before` are the documents that others took the place of, by their ids, and `after` those of the index now.
    """
    told = _Teller(before, after, base_url)
    shown = f"*{_shortened(name, _NAME_LIMIT)}*"
    same = [record for record in after.values() if name in record.sources]
    if run.state != "done":
        return marked([f"{shown} {_NOT_DONE[run.state]}. {_shortened(run.digest)}"])
    if run.failed:
        reasons = " ".join(dict.fromkeys(failure.reason for failure in run.failed))
        stays = [_STAYS] if same else []
        return marked(
            [" ".join([f"{shown} could not be read.", _shortened(reasons), *stays]), *told.changes(run.steps)]
        )
    return marked([shown, *(told.changes(run.steps) if run.steps else told.unchanged(same))])


class _Teller:
    """Tells of documents, each of them a line of markup."""

    def __init__(self, before: Records, after: Records, base_url: str) -> None:
        self._before = before
        self._after = after
        self._base_url = base_url

    def changes(self, steps: Sequence[Step]) -> Iterator[str]:
        for step in steps[:_NAMED]:
            now, was = self._after.get(step.after or ""), self._before.get(step.before or "")
            if now is None:
                yield f"{_DONE[step.change]}: {_shortened(step.source)}"
                continue
            instead = f", in place of {self._described(was)}" if was and step.change == "changed" else ""
            yield f"{_DONE[step.change]}: {self._described(now)}{instead}."
            yield from self._remarks(now)
        if len(steps) > _NAMED:
            yield f"… and {len(steps) - _NAMED} more."

    def unchanged(self, same: Sequence[DocumentRecord]) -> Iterator[str]:
        if not same:
            yield "Unchanged: the index holds all of it already."
        for record in same:
            yield f"Unchanged: the index holds {self._described(record)} already."
            yield from self._remarks(record)

    def _described(self, record: DocumentRecord) -> str:
        title = directed(_shortened(record.title, _TITLE_LIMIT))
        named = escaped(record.symbol) if record.symbol else title
        label = link(named, f"/documents/{record.document_id}", self._base_url)
        pages = [_counted(record.pages, "page")] if record.pages else []
        more = [*([title] if record.symbol else []), escaped(record.language), *pages]
        return f"{label} ({', '.join([*more, _counted(record.paragraph_count, 'paragraph')])})"

    def _remarks(self, record: DocumentRecord) -> Iterator[str]:
        newer = self._after.get(record.superseded_by or "")
        if newer:
            yield f"A newer edition is there, {self._described(newer)}: answers about the present use that one."
        older = [other for other in self._after.values() if other.superseded_by == record.document_id]
        for other in older[:_NAMED]:
            yield f"It supersedes {self._described(other)}, which stays, marked as superseded."
        if flags := "; ".join(_flags(record.report)):
            yield f"Please look at it: {_shortened(flags)}."


def _flags(report: IngestReport) -> Iterator[str]:
    if report.numbering_gaps:
        yield f"paragraph numbers missing: {_listed(report.numbering_gaps)}"
    if report.numbering_repeats:
        yield f"paragraph numbers that come twice: {_listed(report.numbering_repeats)}"
    if report.pages_without_text:
        yield f"pages without text: {report.pages_without_text}"
    if report.recognised:
        yield f"pages read from their pictures, where letters can be wrong: {len(report.recognised)}"
    yield from (warning.rstrip(".") for warning in report.warnings)


def _listed(numbers: Sequence[str]) -> str:
    more = len(numbers) - _NAMED
    return ", ".join([*numbers[:_NAMED], *([f"and {more} more"] if more > 0 else [])])


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _shortened(text: str, limit: int = _SENTENCE_LIMIT) -> str:
    return clipped(escaped(" ".join(text.split())), limit)
