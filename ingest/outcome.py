"""What a refresh comes to, for its digest: documents by name, and the editions that take the place of others."""

from collections.abc import Iterator, Mapping

from ingest.comparing import Edition, edition_changes
from ingest.digest import Named, Outcome, Superseding, digest_text, named
from ingest.runs import Run
from vectorstore.catalogue import Catalogue
from vectorstore.paragraph import PUBLIC
from vectorstore.records import DocumentRecord
from vectorstore.store import Records

# Comparing two editions takes a second; what a refresh replaces beyond this is only named.
_COMPARED = 60


def outcome_of(run: Run, catalogue: Catalogue, before: Records, after: Records) -> Outcome:
    """The documents that a refresh leads from and to by name, and what changed between editions.

    Everybody may read it, so it tells only of what everybody may read.
    """
    known = {**before, **after}
    missing = {each for step in run.steps for each in (step.before, step.after) if each and each not in known}
    known |= {record.document_id: record for record in catalogue.read_documents(missing)}
    told = {document_id for document_id, record in known.items() if record.audience == PUBLIC}
    pairs = [pair for pair in dict.fromkeys(_pairs(run, before, after)) if told.issuperset(pair)]
    return Outcome(
        **_names(run, known),
        failed=run.failed,
        unchanged=run.unchanged,
        superseding=tuple(_compared(catalogue, known, *pair) for pair in pairs[:_COMPARED]),
    )


_CHANGES = (("new", "new"), ("replaced", "changed"), ("moved", "moved"), ("removed", "removed"))


def digest_in(language: str, run: Run, catalogue: Catalogue) -> str:
    """The digest of a run that switched readers to what it made, in one of the six UN languages."""
    ids = {document_id for _, change in _CHANGES for document_id in _of(run, change)}
    outcome = Outcome(
        **_names(run, {record.document_id: record for record in catalogue.read_documents(ids)}),
        failed=run.failed,
        unchanged=run.unchanged,
        superseding=tuple(map(Superseding.from_json, run.editions)),
    )
    return digest_text(outcome, language=language)


def _names(run: Run, known: Mapping[str, DocumentRecord]) -> dict[str, tuple[Named, ...]]:
    """The documents of a run by what came of them, of those that everybody may read."""
    told = {document_id: named(record) for document_id, record in known.items() if record.audience == PUBLIC}
    return {name: tuple(told[each] for each in _of(run, change) if each in told) for name, change in _CHANGES}


def _of(run: Run, change: str) -> Iterator[str]:
    """The documents of the steps of one kind: the one there now, or else the one there was."""
    chosen = (step.after or step.before for step in run.steps if step.change == change)
    return (document_id for document_id in dict.fromkeys(chosen) if document_id)


def _pairs(run: Run, before: Records, after: Records) -> Iterator[tuple[str, str]]:
    """Each document whose place another takes, and that other one: at its source, or as a newer edition."""
    for step in run.steps:
        if step.change == "changed" and step.before and step.after and _tells(step.before, step.after, before, after):
            yield step.before, step.after
    for record in after.values():
        newer = record.superseded_by
        was = before.get(record.document_id)
        if newer and _tells(record.document_id, newer, after, after) and (was is None or was.superseded_by != newer):
            yield record.document_id, newer


def _tells(old: str, new: str, before: Records, after: Records) -> bool:
    """Whether two editions can be compared: both are there, in one language."""
    earlier, later = before.get(old), after.get(new)
    return earlier is not None and later is not None and earlier.language == later.language


def _compared(catalogue: Catalogue, known: Mapping[str, DocumentRecord], old: str, new: str) -> Superseding:
    before, after = (Edition(known[key], catalogue.paragraphs(key)) for key in (old, new))
    return Superseding(named(known[old]), named(known[new]), edition_changes(before, after))


def summary(run: Run) -> str:
    """A sentence with the counts of a run that changed nothing for readers."""
    nameless = {name: (Named("", ""),) * getattr(run, change) for name, change in _CHANGES}
    return digest_text(Outcome(**nameless, failed=run.failed, unchanged=run.unchanged)).splitlines()[0]
