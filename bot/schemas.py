"""The JSON forms of the HTTP API; `/openapi.json` is their reference."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, computed_field, model_validator

from bot.access.principal import Principal
from bot.answer import Question
from bot.feedback import LONGEST_COMMENT, Rating
from bot.footnote import footnote
from bot.understanding import LONGEST_QUESTION
from vectorstore.search import Filters

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", examples=["2021", "2021-03-31"])]
Identifier = Annotated[str, Field(min_length=1, max_length=200)]


# As `checked_text` takes it, in terms of JSON Schema.
Words = Annotated[str, Field(json_schema_extra={"pattern": r"[^\s\u001c-\u001f\u0085]", "maxLength": LONGEST_QUESTION})]


_MOST_VALUES = 50_000  # of a body; each that is wrong takes ten microseconds to tell


class Sound(BaseModel):
    """Whatever is sent: not endless, and each text one that can be written down."""

    model_config = ConfigDict(strict=True)

    @model_validator(mode="before")
    @classmethod
    def _is_sound(cls, sent: object) -> object:
        values = [sent]
        for value in values:
            if isinstance(value, dict):
                values += [*value, *value.values()]
            elif isinstance(value, list):
                values += value
            elif isinstance(value, str) and not value.isascii():
                _check_characters(value)
            if len(values) > _MOST_VALUES:
                raise ValueError(f"more than {_MOST_VALUES:,} values are not taken at a time")
        return sent


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("a text holds half of a surrogate pair, which is no character") from error


class Request(Sound):
    model_config = ConfigDict(extra="forbid")


def _whole(value: object) -> object:
    """A whole number as JSON has it, 10.0 too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]


class FiltersIn(Request):
    """Which documents to search; empty lists and nulls ask nothing."""

    symbols: list[Identifier] = Field(default=[], max_length=100)
    bodies: list[Identifier] = Field(
        default=[], max_length=100, description="Organs, as the list of documents names them: General Assembly."
    )
    works: list[Identifier] = Field(
        default=[],
        max_length=1000,
        description="Ids of reports and of those of a series, as `GET /v1/facets` tells them.",
    )
    languages: list[Language] = []
    from_date: IsoDate | None = None
    to_date: IsoDate | None = None
    as_of: IsoDate | None = Field(default=None, description="Search what was current then, not now.")
    current_only: bool = True

    def filters(self, audiences: frozenset[str]) -> Filters:
        """The same for search in the reports for some audiences."""
        return Filters(
            audiences=audiences,
            symbols=tuple(self.symbols),
            bodies=tuple(self.bodies),
            works=frozenset(self.works),
            languages=tuple(self.languages),
            from_date=self.from_date,
            to_date=self.to_date,
            as_of=self.as_of,
            current_only=self.current_only,
        )


class AskRequest(Request):
    """A question, alone or in a conversation."""

    question: Words = Field(examples=["How many Common Country Analyses were completed?"])
    conversation_id: Identifier | None = None
    language: Literal["auto"] | Language = Field(default="auto", description="Language of the answer.")
    filters: FiltersIn = FiltersIn()
    stream: bool = False

    def asked_by(self, asker: Principal) -> Question:
        """The same for answering."""
        filters = self.filters.filters(asker.audiences)
        return Question(self.question, self.conversation_id, self.language, filters, asker.asker)


class FeedbackRequest(Request):
    """What somebody thinks of an answer."""

    answer_id: Identifier
    rating: Rating
    comment: str | None = Field(default=None, max_length=LONGEST_COMMENT)


class SearchRequest(Request):
    """Words to search for."""

    query: Words = Field(examples=["resident coordinator system funding"])
    limit: Whole = Field(default=10, ge=1, le=100)
    filters: FiltersIn = FiltersIn()


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
