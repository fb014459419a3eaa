"""The catalogue's tables."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now(*, days_ago: int = 0) -> str:
    """This second in UTC, or that of so many days ago, as the catalogue and the API write it."""
    return (datetime.now(UTC) - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Base(DeclarativeBase):
    """What all tables share: one metadata, Python lists and dictionaries kept as JSON."""

    metadata = MetaData()
    type_annotation_map = {dict[str, Any]: JSON, list[str]: JSON, list[dict[str, Any]]: JSON}  # noqa: RUF012


class Fact(Base):
    """One fact about the whole index by name: the embedding model, the current generation."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class DocumentRow(Base):
    """A document as read once; it stays when another takes its place. `source` is where it was first read from."""

    __tablename__ = "documents"
    document_id: Mapped[str] = mapped_column(primary_key=True)
    work_id: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    content_hash: Mapped[str] = mapped_column(index=True)
    symbol: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    language: Mapped[str]
    date: Mapped[str | None]
    body: Mapped[str | None]
    edition: Mapped[str | None]
    audience: Mapped[str]
    pages: Mapped[int | None]
    report: Mapped[dict[str, Any]]
    added_at: Mapped[str]


class ParagraphRow(Base):
    """A paragraph, by its place in its document."""

    __tablename__ = "paragraphs"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    section: Mapped[list[str]]
    page: Mapped[int | None]
    kind: Mapped[str]
    mark: Mapped[str | None]
    bearer: Mapped[str | None]
    text: Mapped[str]


class PassageRow(Base):
    """A window of a paragraph, by its place in it."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("document_id", "position", "window"),)
    passage_id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"))
    position: Mapped[int]
    window: Mapped[int]
    text: Mapped[str]
    text_hash: Mapped[str] = mapped_column(index=True)


class VectorRow(Base):
    """What one model makes of one text: vectors of length one, as little-endian floats, kept for every generation.

    Of a passage it is one vector in 32 bits, and `sentences` is None; of the sentences of a paragraph it is so many
    vectors in 16 bits, one after another.
    """

    __tablename__ = "vectors"
    text_hash: Mapped[str] = mapped_column(primary_key=True)
    signal: Mapped[str] = mapped_column(primary_key=True)
    sentences: Mapped[int | None]
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class GenerationRow(Base):
    """One index folder that has been served or still is, and the fingerprint of what was written there."""

    __tablename__ = "generations"
    generation_id: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[str]
    fingerprint: Mapped[str]


class MembershipRow(Base):
    """A document of a generation, and the newer edition there, if any, that supersedes it.

    `sources` are the names that it goes by then, each with the path of the file that it came from.
    """

    __tablename__ = "memberships"
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.generation_id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), primary_key=True)
    superseded_by: Mapped[str | None]
    sources: Mapped[dict[str, Any]]


class FailureRow(Base):
    """A source that could not be read: why, how often it was tried, and when it is tried again, if it is.

    `entry` is how to get at it: the path of a file, or an entry of a list to fetch. `content_hash` is that of the
    content that was refused.
    """

    __tablename__ = "failures"
    source: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[dict[str, Any]]
    content_hash: Mapped[str | None]
    reason: Mapped[str]
    attempts: Mapped[int]
    failed_at: Mapped[str]
    again_at: Mapped[str | None]


class RunRow(Base):
    """A refresh and what came of it."""

    __tablename__ = "runs"
    run_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    started_at: Mapped[str]
    finished_at: Mapped[str | None]
    generation_id: Mapped[str | None]
    result: Mapped[dict[str, Any]]


class KeyRow(Base):
    """A key that callers may send: what it is called, its SHA-256 and never itself, and what it is good for.

    `expires_at` and `revoked_at` are times, `last_used` is a day. The limits are those of the settings where null.
    """

    __tablename__ = "keys"
    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    audiences: Mapped[list[str]]
    per_minute: Mapped[int | None]
    at_once: Mapped[int | None]
    made_at: Mapped[str]
    expires_at: Mapped[str | None]
    revoked_at: Mapped[str | None]
    last_used: Mapped[str | None]


class RatingRow(Base):
    """What one person thinks of an answer: "up" or "down", and why, where they said so."""

    __tablename__ = "ratings"
    answer_id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    rating: Mapped[str]
    comment: Mapped[str | None]
    rated_at: Mapped[str]


class TurnRow(Base):
    """One question of a conversation and the answer as it was given, evidence and all.

    Once the conversation has expired, `conversation_id` is empty and `query` is the question: what joined its turns is
    forgotten, and the answer stays for its permalink.
    """

    __tablename__ = "turns"
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    answer_id: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[str]
    question: Mapped[str]
    query: Mapped[str]
    answer: Mapped[dict[str, Any]]


class OutcomeRow(Base):
    """What came of one question, without a word of it: its state, in which mode, and after how many milliseconds.

    It goes with its answer where somebody deletes that, and stays where the answer expires.
    """

    __tablename__ = "outcomes"
    answer_id: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    mode: Mapped[str]
    milliseconds: Mapped[float]


class SlackEventRow(Base):
    """A question asked in Slack and how far its answer has come; once it is answered, only its names are left.

    `number` tells the order in which they came. `begun` is the time, which names it, of the message that shows how far
    the answer is. So many of the `messages`, which answer it, are `posted`, the first of them as what was begun; where
    `attempted`, one more may be, or one may be begun. They go to the asker alone where `direct`. `reason` is why it
    could not be answered.
    """

    __tablename__ = "slack_events"
    __table_args__ = (UniqueConstraint("channel", "ts"), UniqueConstraint("channel", "begun"))
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    ts: Mapped[str]
    asked: Mapped[dict[str, Any]]
    begun: Mapped[str | None]
    messages: Mapped[list[dict[str, Any]]]
    posted: Mapped[int]
    attempted: Mapped[bool]
    direct: Mapped[bool]
    settled_at: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[str | None]


class SlackChannelRow(Base):
    """What the managers of a channel have chosen for it: answers at all, their language, to the asker alone.

    `reports` are the ids of the works and series to answer from; of all where there are none.
    """

    __tablename__ = "slack_channels"
    channel: Mapped[str] = mapped_column(primary_key=True)
    off: Mapped[bool]
    language: Mapped[str]
    alone: Mapped[bool]
    reports: Mapped[list[str]]
    chosen_by: Mapped[str]
    chosen_at: Mapped[str]


class SlackThreadRow(Base):
    """A thread in which the bot has answered, by its conversation, and whether it was told to keep out since."""

    __tablename__ = "slack_threads"
    conversation_id: Mapped[str] = mapped_column(primary_key=True)
    muted: Mapped[bool]
    answered_at: Mapped[str] = mapped_column(index=True)
