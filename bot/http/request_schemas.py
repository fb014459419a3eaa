"""The JSON forms of what the HTTP API is asked; `/openapi.json` is their reference."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.access.principal import Principal
from bot.answer import Question
from bot.answers.feedback import LONGEST_COMMENT, Rating
from bot.http.wrong_fields import wrong
from bot.questions.understanding import LONGEST_QUESTION
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
                raise wrong("too_many_values", most=_MOST_VALUES)
        return sent


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise wrong("half_character") from error


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
