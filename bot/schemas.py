"""The JSON forms of the HTTP API; `/openapi.json` is their reference."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answer import Question
from vectorstore.search import Filters

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", examples=["2021", "2021-03-31"])]
Identifier = Annotated[str, Field(min_length=1, max_length=200)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FiltersIn(_Request):
    """Which documents to search; empty lists and nulls ask nothing."""

    symbols: list[Identifier] = Field(default=[], max_length=100)
    languages: list[Language] = []
    from_date: IsoDate | None = None
    to_date: IsoDate | None = None
    current_only: bool = True

    def filters(self) -> Filters:
        """The same for search."""
        return Filters(
            symbols=tuple(self.symbols),
            languages=tuple(self.languages),
            from_date=self.from_date,
            to_date=self.to_date,
            current_only=self.current_only,
        )


class AskRequest(_Request):
    """A question, alone or in a conversation."""

    question: str = Field(examples=["How many Common Country Analyses were completed?"])
    conversation_id: Identifier | None = None
    language: Literal["auto"] | Language = Field(default="auto", description="Language of the answer.")
    filters: FiltersIn = FiltersIn()
    stream: bool = False

    def question_asked(self) -> Question:
        """The same for answering."""
        return Question(self.question, self.conversation_id, self.language, self.filters.filters())


class SearchRequest(_Request):
    """Words to search for."""

    query: str = Field(examples=["resident coordinator system funding"])
    limit: int = Field(default=10, ge=1, le=100)
    filters: FiltersIn = FiltersIn()


class RefreshRequest(_Request):
    """Files and folders on the server's own machine to take in; only the index folder's owner may name any."""

    paths: list[Annotated[str, Field(min_length=1, max_length=4096)]] = Field(min_length=1, max_length=10_000)
    replace_folder: bool = Field(default=False, description="Take out what came from these folders and is gone.")


class _Cited(BaseModel):
    """A paragraph and the words of it that count."""

    document_id: str
    symbol: str | None
    title: str
    paragraph: str | None
    label: str
    section: list[str]
    page: int | None
    language: str
    quote: str
    translation: str | None
    url: str
    date: str | None
    verified: bool
    superseded_by: str | None


class CitationOut(_Cited):
    """A paragraph that supports a claim; `marker` is the `[n]` in the answer, null for one that is only near."""

    marker: int | None = None


class AnswerOut(BaseModel):
    """A cited answer, or an abstention with its reason and the nearest paragraphs."""

    answer_id: str
    conversation_id: str
    question: str
    language: str
    answer: str
    abstained: bool
    reason: str | None
    mode: Literal["extractive", "generative"]
    citations: list[CitationOut]
    nearest: list[CitationOut]
    as_of: str | None
    index_version: str
    model: str
    timings_ms: dict[str, float]


class ResultOut(_Cited):
    """A paragraph that search found; `score` orders the results of one query."""

    document: str
    text: str
    score: float


class SearchOut(BaseModel):
    """Paragraphs, best first."""

    results: list[ResultOut]
    timings_ms: dict[str, float]


class ReportOut(BaseModel):
    """What reading the document found and missed."""

    pages_without_text: int
    numbering_gaps: list[str]
    numbering_repeats: list[str]
    tables: int
    ocr_pages: int
    warnings: list[str]


class DocumentOut(BaseModel):
    """A document of the index."""

    document_id: str
    source: str
    symbol: str | None
    title: str
    language: str
    date: str | None
    body: str | None
    edition: str | None
    status: Literal["current", "superseded"]
    superseded_by: str | None
    audience: str
    pages: int | None
    paragraphs: int
    report: ReportOut


class DocumentsOut(BaseModel):
    """A page of the documents; `next` is what `after` takes for the page that follows."""

    documents: list[DocumentOut]
    next: str | None


class OutlineOut(BaseModel):
    """A paragraph in its document."""

    paragraph: str | None
    label: str
    anchor: str
    section: list[str]
    page: int | None
    text: str


class DocumentWithOutline(DocumentOut):
    """A document with every paragraph, in order."""

    outline: list[OutlineOut]


class RunStarted(BaseModel):
    """A refresh that was taken on."""

    run_id: str


class FailureOut(BaseModel):
    """A source that could not be read, and why."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    reason: str


class RunOut(BaseModel):
    """A refresh so far; the numbers count documents, but for `files` and `passages_embedded`."""

    model_config = ConfigDict(from_attributes=True)

    run_id: str
    state: Literal["running", "done", "failed", "held"]
    started_at: str
    finished_at: str | None
    files: int
    files_done: int
    new: int
    changed: int
    unchanged: int
    removed: int
    failed: list[FailureOut]
    passages_embedded: int
    digest: str


class RunsOut(BaseModel):
    """Refreshes, newest first."""

    runs: list[RunOut]


class GapsOut(BaseModel):
    """A document whose numbering has gaps or repeats."""

    document_id: str
    symbol: str | None
    source: str
    numbering_gaps: list[str]
    numbering_repeats: list[str]


class StatusOut(BaseModel):
    """What is in the index and what runs on it; `languages` counts documents."""

    documents: int
    superseded: int
    paragraphs: int
    languages: dict[str, int]
    embedding_model: str
    model: str
    as_of: str | None
    index_version: str
    last_refresh: RunOut | None
    gaps: list[GapsOut]


class Problem(BaseModel):
    """An error in the form of RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Mapping[str, Any]] | None = None
