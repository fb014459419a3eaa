"""The catalogue: the durable truth about documents, their vectors and the generations made of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from vectorstore.database import chunks, open_database
from vectorstore.paragraph import Document, Paragraph, Passage
from vectorstore.recent import Recent
from vectorstore.records import (
    DocumentRecord,
    EmbeddedPassage,
    FoundPassage,
    Vector,
    document_row,
    found_passage,
    paragraph_of,
    paragraph_row,
    passage_of,
    passage_row,
    record_of,
)
from vectorstore.tables import (
    DocumentRow,
    Fact,
    GenerationRow,
    MembershipRow,
    ParagraphRow,
    PassageRow,
    VectorRow,
)
from vectorstore.vectors import KeptVectors, passage_vector

CURRENT_GENERATION = "current_generation"
_PASSAGES_KEPT = 30_000  # of those read lately; some 80 MB


@dataclass(frozen=True)
class KeptGeneration:
    """A generation as the catalogue knows it: when it became current, and the fingerprint of its folder."""

    generation_id: str
    made_at: str
    fingerprint: str


class Catalogue:
    """Everything that must outlive a crash, in SQL; every method commits before it returns.

    Raises CatalogueError where the address leads to no database that can be used.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_database(url)
        self.vectors = KeptVectors(self.engine)
        self._passages: Recent[str, FoundPassage] = Recent(_PASSAGES_KEPT)

    def close(self) -> None:
        """Gives back the connections."""
        self.engine.dispose()

    def answers(self) -> bool:
        """Whether the database can be read."""
        try:
            self.fact(CURRENT_GENERATION)
        except SQLAlchemyError:
            return False
        return True

    def begin(self) -> Session:
        """A session for the catalogue's other tables, for use with `with`; its owner commits."""
        return Session(self.engine, expire_on_commit=False)

    def fact(self, name: str) -> str | None:
        """What is known by this name about the whole index, or None."""
        with self.begin() as session:
            row = session.get(Fact, name)
            return row.value if row else None

    def remember(self, name: str, value: str) -> None:
        """Keeps a fact, in place of what was known by its name."""
        with self.begin() as session:
            session.merge(Fact(name=name, value=value))
            session.commit()

    def has_document(self, document_id: str) -> bool:
        """Whether this document was read before."""
        with self.begin() as session:
            return session.get(DocumentRow, document_id) is not None

    def documents_of(self, content_hash: str) -> tuple[DocumentRecord, ...]:
        """The documents that this content was read as, at any time: more than one where file names told them apart."""
        with self.begin() as session:
            ids = session.scalars(select(DocumentRow.document_id).where(DocumentRow.content_hash == content_hash)).all()
        return self.read_documents(ids)

    def add_documents(self, documents: Iterable[tuple[Document, Sequence[Passage]]]) -> None:
        """Keeps documents with their paragraphs and passages; whoever adds them keeps their vectors first."""
        with self.begin() as session:
            for document, passages in documents:
                session.add(document_row(document))
                session.flush()
                session.add_all(paragraph_row(document.document_id, *p) for p in enumerate(document.paragraphs))
                session.flush()
                session.add_all(map(passage_row, passages))
            session.commit()

    def document_vectors(self, signal: str, document_ids: Sequence[str]) -> Mapping[str, Vector]:
        """The vectors of all passages of some documents by the passages' ids."""
        columns = select(PassageRow.passage_id, VectorRow.vector)
        query = columns.join(VectorRow, VectorRow.text_hash == PassageRow.text_hash).where(VectorRow.signal == signal)
        found: dict[str, Vector] = {}
        with self.begin() as session:
            for some in chunks(document_ids):
                rows = session.execute(query.where(PassageRow.document_id.in_(some)))
                found |= {passage_id: passage_vector(kept) for passage_id, kept in rows}
        return found

    def embedded_passages(self, signal: str, document_ids: Sequence[str]) -> Iterator[EmbeddedPassage]:
        """The passages of some documents with their vectors."""
        for some in chunks(document_ids):
            query = (
                select(PassageRow, VectorRow.vector)
                .join(VectorRow, VectorRow.text_hash == PassageRow.text_hash)
                .where(PassageRow.document_id.in_(some), VectorRow.signal == signal)
                .order_by(PassageRow.document_id, PassageRow.position, PassageRow.window)
            )
            with self.begin() as session:
                for row, vector in session.execute(query):
                    yield EmbeddedPassage(passage_of(row), passage_vector(vector))

    def passages_of(self, document_ids: Sequence[str]) -> Iterator[Passage]:
        """The passages of some documents, each document's in order."""
        for some in chunks(document_ids):
            query = select(PassageRow).where(PassageRow.document_id.in_(some))
            with self.begin() as session:
                ordered = query.order_by(PassageRow.document_id, PassageRow.position, PassageRow.window)
                yield from map(passage_of, session.scalars(ordered))

    def passage_counts(self, document_ids: Sequence[str]) -> Mapping[str, int]:
        """How many passages each of these documents has; one without any is left out."""
        counts: dict[str, int] = {}
        with self.begin() as session:
            for some in chunks(document_ids):
                query = select(PassageRow.document_id, func.count()).where(PassageRow.document_id.in_(some))
                for document_id, count in session.execute(query.group_by(PassageRow.document_id)):
                    counts[document_id] = count
        return counts

    def vector_bytes(self, document_ids: Sequence[str]) -> int:
        """How many bytes the vectors of these documents' passages take, those of all signals."""
        size = 0
        with self.begin() as session:
            for some in chunks(document_ids):
                query = select(func.sum(func.length(VectorRow.vector))).join(
                    PassageRow, VectorRow.text_hash == PassageRow.text_hash
                )
                size += session.scalar(query.where(PassageRow.document_id.in_(some))) or 0
        return size

    def passages(self, passage_ids: Iterable[str]) -> Mapping[str, FoundPassage]:
        """The passages by their ids, each with its paragraph; unknown ids are left out."""
        return self._passages.of(passage_ids, self._read_passages)

    def _read_passages(self, passage_ids: list[str]) -> Mapping[str, FoundPassage]:
        is_its = and_(ParagraphRow.document_id == PassageRow.document_id, ParagraphRow.position == PassageRow.position)
        # Columns, not objects: a search takes in some hundreds, and objects take ten times as long.
        columns = select(PassageRow.passage_id, PassageRow.text.label("passage"), *ParagraphRow.__table__.columns)
        found: list[FoundPassage] = []
        with self.engine.connect() as connection:
            for some in chunks(passage_ids):
                query = columns.join_from(PassageRow, ParagraphRow, is_its).where(PassageRow.passage_id.in_(some))
                found += map(found_passage, connection.execute(query).all())
        return {passage.passage_id: passage for passage in found}

    def paragraphs(self, document_id: str) -> tuple[Paragraph, ...]:
        """All paragraphs of a document, in order."""
        query = select(ParagraphRow).where(ParagraphRow.document_id == document_id).order_by(ParagraphRow.position)
        with self.begin() as session:
            return tuple(map(paragraph_of, session.scalars(query)))

    def documents(self, generation_id: str) -> tuple[DocumentRecord, ...]:
        """The documents of a generation, in the order of their sources."""
        query = (
            select(DocumentRow, MembershipRow, *_counts())
            .join(MembershipRow, MembershipRow.document_id == DocumentRow.document_id)
            .where(MembershipRow.generation_id == generation_id)
        )
        with self.begin() as session:
            records = [record_of(row, member, *counts) for row, member, *counts in session.execute(query)]
        return tuple(sorted(records, key=lambda record: (record.source, record.document_id)))

    def read_documents(self, document_ids: Iterable[str]) -> tuple[DocumentRecord, ...]:
        """Documents that were read at any time, not marked by any generation; unknown ids are left out."""
        found: list[DocumentRecord] = []
        with self.begin() as session:
            for some in chunks(sorted(document_ids)):
                query = select(DocumentRow, *_counts()).where(DocumentRow.document_id.in_(some))
                found += [record_of(row, None, *counts) for row, *counts in session.execute(query)]
        return tuple(found)

    def generation(self, generation_id: str) -> KeptGeneration:
        """What is known of a generation besides its documents."""
        with self.begin() as session:
            row = session.get_one(GenerationRow, generation_id)
            return KeptGeneration(row.generation_id, row.made_at, row.fingerprint)

    def keep_fingerprint(self, generation_id: str, fingerprint: str) -> None:
        """Keeps the fingerprint of a generation that was written anew."""
        with self.begin() as session:
            session.get_one(GenerationRow, generation_id).fingerprint = fingerprint
            session.commit()

    def latest_generations(self, count: int) -> frozenset[str]:
        """The ids of the generations that were made last, the current one among them."""
        query = select(GenerationRow.generation_id).order_by(GenerationRow.made_at.desc()).limit(count)
        with self.begin() as session:
            return frozenset([*session.scalars(query), self.current_generation or ""])

    @property
    def current_generation(self) -> str | None:
        """The generation that readers see, or None before the first refresh."""
        return self.fact(CURRENT_GENERATION)


def add_generation(session: Session, kept: KeptGeneration, records: Iterable[DocumentRecord]) -> None:
    """Makes a generation of these documents the current one when the session is committed."""
    session.add(GenerationRow(**asdict(kept)))
    session.flush()
    session.add_all(
        MembershipRow(
            generation_id=kept.generation_id,
            document_id=record.document_id,
            superseded_by=record.superseded_by,
            sources=dict(record.sources),
        )
        for record in records
    )
    session.merge(Fact(name=CURRENT_GENERATION, value=kept.generation_id))


def _counts() -> Iterator[ScalarSelect[int]]:
    """How many paragraphs a document has, and how many of them are numbered."""
    for column in (ParagraphRow.position, ParagraphRow.number):
        counted = select(func.count(column)).where(ParagraphRow.document_id == DocumentRow.document_id)
        yield counted.scalar_subquery()
