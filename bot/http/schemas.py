"""The JSON forms of what the HTTP API answers; `/openapi.json` is their reference."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field, computed_field

from bot.texts.footnote import footnote


class _Cited(BaseModel):
    """A paragraph and the words of it that count."""

    document_id: str
    symbol: str | None
    title: str
    paragraph: str | None
    item: str | None = Field(description="The sub-item that holds the quote.", examples=["(b) (ii)"])
    label: str
    section: list[str]
    page: int | None
    language: str
    quote: str
    translation: str | None
    url: str
    date: str | None
    verified: bool
    recognised: bool = Field(description="The words were read from a picture of the page (OCR).")
    superseded_by: str | None

    @computed_field(description="As UN documents cite it, to be copied.", examples=["A/80/74, para. 34."])
    def footnote(self) -> str:
        """The citation as a footnote."""
        return footnote(self)


class CitationOut(_Cited):
    """A paragraph that supports a claim; `marker` is the `[n]` in the answer, null for one that is only near."""

    marker: int | None = None


class KeptCitationOut(CitationOut):
    """A citation with its whole paragraph as it stood; null in answers that were kept without."""

    text: str | None = None


class DefinitionOut(BaseModel):
    """What a term means, from the glossary and from no report; `names` holds its official name in all six languages."""

    id: str = Field(examples=["qcpr"])
    name: str
    short: list[str] = Field(examples=[["QCPR"]])
    meaning: str
    language: str
    names: dict[str, str]


class MentionOut(BaseModel):
    """A term of the glossary that the answer or a quote holds; `form` is how it stands there."""

    form: str
    id: str
    name: str
    meaning: str


class StatementOut(BaseModel):
    """What one report says where reports differ; `marker` is the `[n]` of the citation that says it."""

    value: str = Field(examples=["34"])
    marker: int
    label: str
    symbol: str | None
    document_id: str
    date: str | None


class DifferenceOut(BaseModel):
    """A value that reports state differently of one matter, the newest statement first."""

    kind: Literal["figure", "date", "name"]
    statements: list[StatementOut]


class NewestReportOut(BaseModel):
    """The newest report on what was asked; its date may be a month or a year."""

    document_id: str
    symbol: str | None
    title: str
    date: str
    url: str


class AnswerOut(BaseModel):
    """A cited answer, or an abstention with its reason and the nearest paragraphs."""

    answer_id: str
    conversation_id: str
    question: str
    language: str
    answer: str
    state: Literal["answered", "silent", "off_subject"] = Field(
        description="Silent: the reports do not say, and the nearest paragraphs are given. Off the subject: none are."
    )
    abstained: bool = Field(description="Whether the state is another than answered.")
    reason: str | None
    mode: Literal["extractive", "generative"]
    citations: Sequence[CitationOut]
    nearest: Sequence[CitationOut]
    as_of: str | None
    index_version: str
    model: str
    timings_ms: dict[str, float]
    definitions: list[DefinitionOut] = Field(default=[], description="Of the terms that the question asks about.")
    mentions: list[MentionOut] = []
    newest_report: NewestReportOut | None = None
    as_of_line: str = Field(default="", description="How recent the index and the newest report are, in words.")
    differences: list[DifferenceOut] = []


class KeptAnswerOut(AnswerOut):
    """An answer as it was given, with all that it rests on, whatever has become of the reports."""

    citations: Sequence[KeptCitationOut]
    nearest: Sequence[KeptCitationOut]


class TurnOut(BaseModel):
    """A question of a conversation and what was answered; `answer_id` leads to the whole answer."""

    question: str
    answer_id: str
    asked_at: str
    answer: str
    abstained: bool


class ConversationOut(BaseModel):
    """A conversation, its questions oldest first."""

    conversation_id: str
    turns: list[TurnOut]


class ResultOut(_Cited):
    """A paragraph that search found; `score` orders the results of one query."""

    document: str
    text: str
    score: float


class SearchOut(BaseModel):
    """Paragraphs, best first."""

    results: list[ResultOut]
    timings_ms: dict[str, float]


class Problem(BaseModel):
    """An error in the form of RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Mapping[str, Any]] | None = None


class ReadyOut(BaseModel):
    """Whether each part is ready, and how far the rebuild of a damaged index is."""

    ready: bool
    parts: dict[str, bool]
    detail: str | None = None
    rebuild: dict[str, Any] | None = None
