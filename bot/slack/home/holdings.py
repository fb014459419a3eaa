"""What the index holds, as the Home tab tells it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.service import Service
from ingest.failures import SetAside, failures
from ingest.runs import recent_runs
from vectorstore.paragraph import PUBLIC
from vectorstore.records import DocumentRecord

_NEWEST = 5
_RUNS = 20  # of which the last that was done is told


@dataclass(frozen=True)
class Holdings:
    """How much everybody may read, in which languages, the newest of it, and when it was refreshed last.

    `failed` is what could not be read, for operators alone.
    """

    documents: int
    paragraphs: int
    languages: Mapping[str, int]
    newest: Sequence[DocumentRecord]
    refreshed_at: str | None
    failed: Sequence[SetAside]


def holdings(service: Service) -> Holdings:
    """What the index of a service holds now."""
    records = [record for record in service.library.records().values() if record.audience == PUBLIC]
    runs = recent_runs(service.catalogue, _RUNS)
    return Holdings(
        documents=len(records),
        paragraphs=sum(record.paragraph_count for record in records),
        languages=dict(Counter(record.language for record in records).most_common()),
        newest=newest(records)[:_NEWEST],
        refreshed_at=next((run.finished_at for run in runs if run.state == "done" and not run.dry_run), None),
        failed=failures(service.catalogue),
    )


def newest(records: Iterable[DocumentRecord]) -> list[DocumentRecord]:
    """The documents that everybody may read and that no newer edition has replaced, the newest first."""
    shown = [record for record in records if record.audience == PUBLIC and not record.superseded_by]
    return sorted(shown, key=lambda record: (record.date or "", record.added_at), reverse=True)
