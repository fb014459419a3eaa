"""Makes the index mirror its sources: what is new or changed is read, embedded and switched to, all at once."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from langchain_core.embeddings import Embeddings

from ingest.bulk import read_bulk
from ingest.runs import Failure, Run, failed_run, merge_run, save_run
from ingest.sandbox import Limits, ReadingError, read_document
from ingest.splitting import split
from vectorstore.catalogue import Catalogue
from vectorstore.library import Library
from vectorstore.models import ModelError
from vectorstore.paragraph import Document, Passage, digest, document_id
from vectorstore.store import Records
from vectorstore.tables import now

_log = logging.getLogger(__name__)
_PASSAGE_TOKENS = 400  # of the 512 that the bundled model takes, its prefix and a denser tokenizer allowed for
_PASSAGES_AT_ONCE = 256  # embedded and committed together
BULK_SUFFIX = ".jsonl"
READING_VERSION = "2"  # raised when the same file would now be read otherwise, so that it is read again


@dataclass(frozen=True)
class SourceFile:
    """A file to take in, and the name that its document goes by."""

    source: str
    path: Path


@dataclass(frozen=True)
class Change:
    """What a refresh is asked to do.

    `mirrored` are folders: a document that came from one of them and whose file is not among `files` is taken out.
    `removed` are documents to take out by their ids.
    """

    files: tuple[SourceFile, ...] = ()
    mirrored: tuple[str, ...] = ()
    removed: frozenset[str] = frozenset()


Progress = Callable[[Run], None]


def files_under(paths: Iterable[Path]) -> tuple[SourceFile, ...]:
    """The files named and those in the folders named, at any depth, hidden ones left out."""
    found = chain.from_iterable(_walk(path.resolve()) for path in paths)
    return tuple(SourceFile(source=str(path), path=path) for path in dict.fromkeys(found))


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for found in sorted(path.rglob("*")):
        if found.is_file() and not any(part.startswith(".") for part in found.relative_to(path).parts):
            yield found


class Refresher:
    """Carries out refreshes, one at a time; readers see the old index until all of a refresh is there."""

    def __init__(
        self,
        library: Library,
        models: Mapping[str, Embeddings],
        *,
        count_tokens: Callable[[str], int],
        limits: Limits,
    ) -> None:
        self._library = library
        self._catalogue: Catalogue = library.catalogue
        self._models = models
        self._count_tokens = count_tokens
        self._limits = limits

    def refresh(self, run: Run, change: Change, *, progress: Progress) -> Run:
        """Carries out a change and keeps what came of it; a source that can't be read is reported in the run.

        The run that is returned has failed where nothing could be done at all; readers then see what they saw.
        """
        work = _Work(replace(run, files=len(change.files)), self._library.records(), self._catalogue, progress)
        try:
            for batch in _batches(self._read_all(change, work)):
                work.embedded(self._keep(batch))
                for prepared in batch:
                    work.hold(prepared.document.source, prepared.document.content_hash)
            work.take_out(change)
            return self._finish(work)
        except Exception as error:
            _log.exception("Refresh %s failed", run.run_id)
            reason = str(error) if isinstance(error, ModelError) else f"It stopped with {type(error).__name__}."
            failed = failed_run(work.run, f"{reason} The index is as it was; what was read is kept for the next try.")
            save_run(self._catalogue, failed)
            return failed

    def _finish(self, work: "_Work") -> Run:
        done = replace(work.run, state="done", finished_at=now())
        done = replace(done, digest=describe(done))
        if not done.changes:
            save_run(self._catalogue, done)
            return done
        with self._library.next_generation(work.document_ids()) as (session, generation_id):
            done = replace(done, generation_id=generation_id)
            merge_run(session, done)
        return done

    def _read_all(self, change: Change, work: "_Work") -> Iterator["_Prepared"]:
        for file in change.files:
            work.begin(file)
            try:
                for document in self._read(file, work):
                    yield _Prepared(document, self._split(document))
            except ReadingError as error:
                work.fail(file, str(error))
            except OSError as error:
                work.fail(
                    file, f"The file cannot be read ({error.strerror}): check that it exists and who may read it."
                )
            work.end()

    def _read(self, file: SourceFile, work: "_Work") -> Iterator[Document]:
        """The documents in a file that must be read; those that are known are only noted."""
        if file.path.suffix == BULK_SUFFIX:
            yield from (d for d in read_bulk(file.path) if work.is_wanted(d.source, d.content_hash))
            return
        content_hash = _hash_file(file.path)
        if work.is_wanted(file.source, content_hash):
            yield read_document(file.path, source=file.source, content_hash=content_hash, limits=self._limits)

    def _split(self, document: Document) -> tuple[Passage, ...]:
        return split(document, count_tokens=self._count_tokens, limit=_PASSAGE_TOKENS)

    def _keep(self, batch: Sequence["_Prepared"]) -> int:
        """Embeds and keeps documents; the number of passages that had to be embedded."""
        texts = {passage.text_hash: passage.text for prepared in batch for passage in prepared.passages}
        embedded = {signal: self._embed(signal, model, texts) for signal, model in self._models.items()}
        self._catalogue.add_documents((prepared.document, prepared.passages) for prepared in batch)
        return max(embedded.values())

    def _embed(self, signal: str, model: Embeddings, texts: Mapping[str, str]) -> int:
        missing = sorted(self._catalogue.without_vector(signal, texts))
        vectors = model.embed_documents([texts[key] for key in missing])
        self._catalogue.add_vectors(signal, dict(zip(missing, vectors, strict=True)))
        return len(missing)


@dataclass(frozen=True)
class _Prepared:
    document: Document
    passages: tuple[Passage, ...]


class _Work:
    """A refresh under way: the run so far, and which documents the next generation will hold."""

    def __init__(self, run: Run, live: Records, catalogue: Catalogue, progress: Progress) -> None:
        self.run = run
        self._catalogue = catalogue
        self._progress = progress
        self._sources = {record.source: record for record in live.values()}
        self._held = {record.source: record.document_id for record in live.values()}
        self._seen: set[str] = set()
        self._wanted: set[str] = set()

    def begin(self, file: SourceFile) -> None:
        self._seen.add(file.source)

    def end(self) -> None:
        self._report(files_done=self.run.files_done + 1)

    def fail(self, file: SourceFile, reason: str) -> None:
        self._report(failed=(*self.run.failed, Failure(file.source, reason)))

    def embedded(self, passages: int) -> None:
        self._report(passages_embedded=self.run.passages_embedded + passages)

    def is_wanted(self, source: str, content_hash: str) -> bool:
        """Notes a document, and tells whether it must be read.

        It need not when it is live, was met before in this run, or was kept by an earlier one.
        """
        wanted = document_id(source, content_hash)
        live = self._sources.get(source)
        if wanted in self._wanted or (live and live.content_hash == content_hash):
            self._report(unchanged=self.run.unchanged + 1)
            return False
        self._wanted.add(wanted)
        if self._catalogue.has_document(wanted):
            self.hold(source, content_hash)
            return False
        return True

    def hold(self, source: str, content_hash: str) -> None:
        """Gives a document, kept in the catalogue by now, its place in the next generation."""
        self._held[source] = document_id(source, content_hash)
        if source in self._sources:
            self._report(changed=self.run.changed + 1)
        else:
            self._report(new=self.run.new + 1)

    def take_out(self, change: Change) -> None:
        """Takes out what the change removes, and what a mirrored folder has no more."""
        gone = {
            source
            for source, held in self._held.items()
            if held in change.removed
            or (source not in self._seen and any(Path(source).is_relative_to(folder) for folder in change.mirrored))
        }
        for source in gone:
            del self._held[source]
        self._report(removed=self.run.removed + len(gone))

    def document_ids(self) -> frozenset[str]:
        return frozenset(self._held.values())

    def _report(self, **changes: object) -> None:
        self.run = replace(self.run, **changes)  # type: ignore[arg-type]  # the names are Run's
        self._progress(self.run)


def describe(run: Run) -> str:
    """One sentence on what a refresh changed."""
    counts = (("new", run.new), ("changed", run.changed), ("removed", run.removed), ("failed", len(run.failed)))
    told = ", ".join(f"{count} {word}" for word, count in counts if count)
    return f"{told}; {run.unchanged} unchanged." if told else f"Nothing changed: {run.unchanged} documents as before."


def _batches(prepared: Iterable[_Prepared]) -> Iterator[Sequence[_Prepared]]:
    batch: list[_Prepared] = []
    passages = 0
    for one in prepared:
        batch.append(one)
        passages += len(one.passages)
        if passages >= _PASSAGES_AT_ONCE:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return digest(READING_VERSION, hashlib.file_digest(file, "sha256").hexdigest())
