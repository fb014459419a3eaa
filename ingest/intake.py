"""Files into the catalogue: what is new in them is read, embedded and kept; what is known costs nothing."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_core.embeddings import Embeddings

from ingest.bulk import read_bulk
from ingest.embedding import Embedder
from ingest.failures import SetAside, failures, forget, set_aside
from ingest.metadata import fits
from ingest.sandbox import Limits, ReadingError, read_document
from ingest.sources import SourceFile
from ingest.splitting import split
from ingest.work import Work
from vectorstore.catalogue import Catalogue
from vectorstore.disk import require_room
from vectorstore.paragraph import Document, Passage, digest
from vectorstore.stages import stage

BULK_SUFFIX = ".jsonl"
READING_VERSION = "2"  # raised when the same file would now be read otherwise, so that it is read again
_PASSAGE_TOKENS = 400  # of the 512 that the bundled model takes, its prefix and a denser tokenizer allowed for
_PASSAGES_AT_ONCE = 256  # committed together, or more where one document has more
_CHANGED = "The file was changed while it was read, as one that is still being copied is: it is read again in a minute."


@dataclass(frozen=True)
class Unread:
    """A file whose content the catalogue does not know; `content_hash` is None for a bulk file."""

    file: SourceFile
    content_hash: str | None
    size: int


class Intake:
    """Takes files into the catalogue of the index in `folder`.

    A model that fails is asked again after a pause, longer each time.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        models: Mapping[str, Embeddings],
        *,
        count_tokens: Callable[[str], int],
        limits: Limits,
        folder: Path,
        pause_seconds: float = 1.0,
    ) -> None:
        self._catalogue = catalogue
        self._embedder = Embedder(catalogue, models, folder=folder, pause_seconds=pause_seconds)
        self._count_tokens = count_tokens
        self._limits = limits
        self._folder = folder

    def survey(self, files: Iterable[SourceFile], work: Work, *, retry: bool) -> list[Unread]:
        """Gives every document that is known its place, and returns the files that must be read.

        What was set aside is reported with its reason and not among them, unless `retry`.
        """
        known = {} if retry else {failed.source: failed for failed in failures(self._catalogue)}
        unread: list[Unread] = []
        for file in files:
            work.found(file.path)
            try:
                found = self._unread(file, work)
            except (ReadingError, OSError) as error:
                self.fail(file, None, error, work)
            else:
                if found and not _is_set_aside(known.get(file.source), found):
                    unread.append(found)
                    continue
                if found:
                    work.fail(file.source, known[file.source].reason)
            work.end_file()
        return unread

    def imagine(self, unread: Iterable[Unread], work: Work) -> None:
        """Gives the documents that would be read their places, without reading them."""
        for each in unread:
            if each.content_hash:
                work.place(each.file.source, each.content_hash, str(each.file.path))
            for document in () if each.content_hash else read_bulk(each.file.path):
                work.place(document.source, document.document_id, str(each.file.path))

    def take_in(self, unread: Sequence[Unread], work: Work) -> None:
        """Reads, embeds and keeps what files hold; one that can't be read is set aside with its reason."""
        work.begin_reading(each.size for each in unread)
        firsts = {each.content_hash or each.file.source: each for each in reversed(unread)}
        copies = [each for each in unread if firsts[each.content_hash or each.file.source] is not each]
        for some in (list(reversed(firsts.values())), copies):
            for batch in _batches(self._read_all(some, work)):
                self._keep(batch, work)
        work.end_reading()

    def forget_mended(self, work: Work, mirrored: Sequence[str]) -> None:
        """Takes off the list of failures what has been read since, and what a mirrored folder has no more."""
        known = failures(self._catalogue)
        mended = [each.source for each in known if work.is_placed(each.source) or _is_gone(each, mirrored)]
        forget(self._catalogue, mended)

    def fail(self, file: SourceFile, content_hash: str | None, error: Exception, work: Work) -> None:
        """Sets a file aside for an error; `content_hash` is that of the content that was refused."""
        reason, transient = _told(error)
        failed = SetAside(file.source, {"path": str(file.path)}, reason, content_hash)
        set_aside(self._catalogue, failed, transient=transient)
        work.fail(file.source, reason)

    def _unread(self, file: SourceFile, work: Work) -> Unread | None:
        """The file, if it must be read; what is known of it gets its place."""
        size = file.path.stat().st_size
        if file.path.suffix == BULK_SUFFIX:
            unknown = [each for each in read_bulk(file.path) if not self._is_kept(each, file, work)]
            return Unread(file, None, size) if unknown else None
        content_hash = hash_file(file.path)
        return None if self._is_known(file, content_hash, work) else Unread(file, content_hash, size)

    def _is_kept(self, document: Document, file: SourceFile, work: Work) -> bool:
        """Whether a bulk document is in the catalogue; then it gets its place."""
        known = self._catalogue.has_document(document.document_id)
        if known:
            work.place(document.source, document.document_id, str(file.path))
        return known

    def _is_known(self, file: SourceFile, content_hash: str, work: Work) -> bool:
        """Whether a file's content was read before, under a name that says the same; then it gets its place."""
        live = work.live_id(file.source, content_hash)
        read = () if live else self._catalogue.documents_of(content_hash)
        name = Path(file.source).name
        document_id = live or next((r.document_id for r in read if fits(r.report.metadata, name=name)), None)
        if document_id:
            work.place(file.source, document_id, str(file.path))
        return document_id is not None

    def _read_all(self, unread: Iterable[Unread], work: Work) -> Iterator["_Prepared"]:
        for each in unread:
            try:
                documents = self._read(each, work)
                for document in documents:
                    with stage("split"):
                        passages = split(document, count_tokens=self._count_tokens, limit=_PASSAGE_TOKENS)
                    work.read(len(document.paragraphs), len(passages), size=each.size / len(documents))
                    yield _Prepared(document, passages, str(each.file.path))
            except (ReadingError, OSError) as error:
                self.fail(each.file, each.content_hash, error, work)
            work.end_file(each.size)

    def _read(self, unread: Unread, work: Work) -> Sequence[Document]:
        file, content_hash = unread.file, unread.content_hash
        if content_hash is None:
            return [each for each in read_bulk(file.path) if not self._is_kept(each, file, work)]
        if self._is_known(file, content_hash, work):  # a copy of a file that was read meanwhile
            return []
        with stage("read_file"):
            document = read_document(file.path, source=file.source, content_hash=content_hash, limits=self._limits)
        if hash_file(file.path) != content_hash:
            raise ReadingError(_CHANGED, transient=True)
        return [document]

    def _keep(self, batch: Sequence["_Prepared"], work: Work) -> None:
        """Embeds documents, keeps them and gives them their places. Raises DiskFullError where there is no room."""
        require_room(self._folder)
        new = {each.document.document_id: each for each in batch}
        for passages, seconds in self._embedder.embed((each.document, each.passages) for each in new.values()):
            work.embedded(passages, seconds)
        work.end_batch()
        self._catalogue.add_documents((each.document, each.passages) for each in new.values())
        for each in batch:
            work.place(each.document.source, each.document.document_id, each.origin)


@dataclass(frozen=True)
class _Prepared:
    document: Document
    passages: tuple[Passage, ...]
    origin: str


def hash_file(path: Path) -> str:
    """Names a file's content and the way of reading it."""
    with path.open("rb") as file:
        return digest(READING_VERSION, hashlib.file_digest(file, "sha256").hexdigest())


def _is_set_aside(failed: SetAside | None, unread: Unread) -> bool:
    """Whether this content was refused before and is not to be tried again."""
    return failed is not None and failed.again_at is None and failed.content_hash == unread.content_hash is not None


def _is_gone(failed: SetAside, mirrored: Sequence[str]) -> bool:
    path = Path(failed.entry.get("path", "/"))
    return not path.exists() and any(path.is_relative_to(folder) for folder in mirrored)


def _told(error: Exception) -> tuple[str, bool]:
    """An error in a sentence for the operator, and whether it may pass by itself."""
    if isinstance(error, OSError):
        return f"The file cannot be read ({error.strerror}): check that it exists and who may read it.", True
    return str(error), isinstance(error, ReadingError) and error.transient


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
