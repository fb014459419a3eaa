"""Makes the index mirror its sources: what is new or changed is read, embedded and switched to, all at once."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace

from sqlalchemy.exc import SQLAlchemyError

from ingest.digest import digest_text
from ingest.failures import SetAside, set_aside
from ingest.fetch import Fetcher, FetchError
from ingest.fetch_list import Listed
from ingest.gate import Gate
from ingest.held import held_back
from ingest.intake import Intake
from ingest.outcome import outcome_of, summary
from ingest.plan import Change, removes_too_much
from ingest.runs import Run, ended_run, find_run, merge_run, save_run
from ingest.sources import SourceFile
from ingest.work import Progress, Work
from vectorstore.disk import DiskFullError, full_disk_told
from vectorstore.library import Library
from vectorstore.models import ModelError
from vectorstore.rebuild import IndexUnavailableError
from vectorstore.stages import stage
from vectorstore.store import Generation

_log = logging.getLogger(__name__)
_UNHARMED = "The index is as it was; what was read is kept for the next try."
_DRY = "A dry run, nothing was done:"
_TOO_MUCH = (
    "Held: it would remove {removed} of {documents} documents, more than a tenth of the index. Nothing was changed. "
    "See whether the folders are all there."
)
_WRONG = (
    "Held: {count} golden questions that are answered rightly now would not be any more. Nothing was changed: look at "
    "the questions below, then mend the reports or the questions."
)
_GO_ON = "If it is meant, `reformbot proceed {run_id}` goes on with it."


class Refresher:
    """Carries out refreshes, one at a time; readers see the old index until all of a refresh is there."""

    def __init__(self, library: Library, intake: Intake, fetcher: Fetcher, gate: Gate) -> None:
        self._library = library
        self._catalogue = library.catalogue
        self._intake = intake
        self._fetcher = fetcher
        self._gate = gate

    def refresh(self, run: Run, change: Change, *, progress: Progress) -> Run:
        """Carries out a change and keeps what came of it; a source that can't be read is reported in the run.

        The run that is returned has failed where nothing could be done at all, and is held where somebody must be
        asked first; readers then see what they saw. It never raises.
        """
        work = Work(replace(run, dry_run=change.dry_run), self._library.records(), progress)
        with stage("refresh", run_id=run.run_id):
            try:
                with full_disk_told(self._library.folder):
                    self._carry_out(work, change)
                    return self._finish(work, change)
            except Exception as error:
                _log.exception("Refresh %s failed", run.run_id)
                return self._ended(ended_run(work.run, "failed", _reason(error)))

    def _carry_out(self, work: Work, change: Change) -> None:
        if change.restored:
            work.restore(self._sources_of(change.restored))
            work.report(restored=change.restored)
            return
        files = (*change.files, *self._fetched(work, change))
        work.report(files=len(files))
        unread = self._intake.survey(files, work, retry=change.retry)
        if change.dry_run:
            self._intake.imagine(unread, work)
        else:
            self._intake.take_in(unread, work)
            self._intake.forget_mended(work, change.mirrored)
        work.take_out(change)

    def _finish(self, work: Work, change: Change) -> Run:
        run = work.counted()
        if change.dry_run:
            return self._ended(ended_run(run, "done", f"{_DRY} {summary(run)}"))
        self._library.wait_until_open()
        if not change.force and removes_too_much(run.steps, work.before):
            return self._held(work, run, change, _TOO_MUCH.format(removed=run.removed, documents=len(work.before)))
        if not work.changes:
            unchanged = replace(run, generation_id=self._catalogue.current_generation)
            return self._ended(ended_run(unchanged, "done", summary(run)))
        return self._switched(work, run, change)

    def _switched(self, work: Work, run: Run, change: Change) -> Run:
        with self._library.next_generation(work.sources()) as upcoming:
            problems = self._wrong(upcoming.generation, change)
            if problems:
                return self._held(work, replace(run, problems=problems), change, _WRONG.format(count=len(problems)))
            done = self._told(run, upcoming.generation)
            with stage("switch"):
                upcoming.switch(lambda session: merge_run(session, done))
        return done

    def _held(self, work: Work, run: Run, change: Change, why: str) -> Run:
        kept = replace(run, change=held_back(change, work))
        return self._ended(ended_run(kept, "held", f"{why} {_GO_ON.format(run_id=run.run_id)}"))

    def _told(self, run: Run, upcoming: Generation) -> Run:
        """The run as done, with the digest of what readers find changed."""
        outcome = outcome_of(run, self._catalogue, self._library.records(), upcoming.records)
        editions = tuple(asdict(pair) for pair in outcome.superseding)
        made = replace(run, generation_id=upcoming.generation_id, editions=editions)
        return ended_run(made, "done", digest_text(outcome))

    def _wrong(self, upcoming: Generation, change: Change) -> tuple[str, ...]:
        """The golden questions that would turn wrong."""
        if not change.golden:
            return ()
        with stage("ask_golden"), self._library.reading() as current:
            return self._gate(current, upcoming, change.golden) if current else ()

    def _fetched(self, work: Work, change: Change) -> Iterator[SourceFile]:
        """The files of what is to be fetched; one that cannot be fetched stays as it was, and is reported."""
        for listed in change.listed:
            kept = self._fetcher.kept(listed)
            if kept:
                work.found(kept.path)
            try:
                if not change.dry_run:
                    yield self._fetch(listed)
                elif kept:
                    yield kept
            except FetchError as error:
                self._fail(listed, error, work)

    def _fetch(self, listed: Listed) -> SourceFile:
        with stage("fetch"):
            return self._fetcher.fetch(listed)

    def _fail(self, listed: Listed, error: FetchError, work: Work) -> None:
        entry = {"name": listed.name, "language": listed.language}
        set_aside(self._catalogue, SetAside(listed.source, entry, str(error)), transient=error.transient)
        work.fail(listed.source, str(error))

    def _sources_of(self, run_id: str) -> Mapping[str, Mapping[str, str]]:
        run = find_run(self._catalogue, run_id)
        records = self._catalogue.documents(run.generation_id) if run and run.generation_id else ()
        return {record.document_id: record.sources for record in records}

    def _ended(self, run: Run) -> Run:
        """The run, kept where the catalogue can be written."""
        try:
            save_run(self._catalogue, run)
        except SQLAlchemyError:
            _log.exception("What came of refresh %s cannot be kept", run.run_id)
        return run


def _reason(error: Exception) -> str:
    has_sentence = isinstance(error, (ModelError, DiskFullError, IndexUnavailableError))
    told = str(error) if has_sentence else f"It stopped with {type(error).__name__}."
    return f"{told} {_UNHARMED}"
