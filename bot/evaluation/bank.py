"""Question banks: files of questions, each with the paragraphs that answer it and what a right answer says."""

import json
import re
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.http.wrong_fields import wrong
from bot.operations.folder import CommandError

_LONGEST = 2000  # characters of a question, as many as are answered
_MISUSE = 2

Number = Annotated[str, BeforeValidator(lambda printed: str(printed) if isinstance(printed, int) else printed)]


class GoldParagraph(BaseModel):
    """A paragraph by its document's symbol and its number."""

    symbol: str
    paragraph: Number


class BankQuestion(BaseModel):
    """A line of a question bank; fields of other uses are ignored.

    White space and the size of letters count for nothing in what must be found.
    """

    model_config = ConfigDict(
        extra="ignore", json_schema_extra={"anyOf": [{"required": ["gold"]}, {"required": ["paragraphs"]}]}
    )

    id: str = ""
    lang: str | None = Field(default=None, min_length=2, max_length=20, description="Told from its words unless given.")
    question: str = Field(min_length=1, max_length=_LONGEST)
    after: str | None = Field(
        default=None, min_length=1, max_length=_LONGEST, description="The question before, in the same conversation."
    )
    gold: list[GoldParagraph] = Field(default=[], description="One of these paragraphs must be cited.")
    paragraphs: list[Number] = Field(default=[], description="The same by their numbers alone.")
    must: list[Annotated[list[str], Field(min_length=1)]] = Field(
        default=[], description="Words that must be found, each in one of its forms."
    )
    must_re: list[str] = Field(default=[], description="Regular expressions that must be found.")

    @field_validator("must_re")
    @classmethod
    def _compile(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            try:
                re.compile(bare_pattern(pattern))
            except re.error as error:
                raise wrong("no_pattern", pattern=pattern, error=str(error)) from error
        return patterns

    @model_validator(mode="after")
    def _names_what_answers(self) -> Self:
        if not self.model_fields_set & {"gold", "paragraphs"}:
            raise wrong("no_gold")
        return self

    @property
    def name(self) -> str:
        """What to call it."""
        return self.id or self.question


def read_bank(file: Path) -> tuple[BankQuestion, ...]:
    """The questions of a file, a JSON object a line. Raises CommandError, which names the first line that is wrong."""
    try:
        # Not splitlines(): a string of JSON may hold other line separators.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.", exit_code=_MISUSE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not text in UTF-8: save the question bank so.", exit_code=_MISUSE) from error
    questions = tuple(_question(file, number, line) for number, line in enumerate(lines, start=1) if line.strip())
    if not questions:
        raise CommandError(f"{file} holds no question: it needs one JSON object a line.", exit_code=_MISUSE)
    return questions


def bare(text: str) -> str:
    """A text as it is compared: small letters without white space."""
    return re.sub(r"\s+", "", text).lower()


def bare_pattern(pattern: str) -> str:
    """A regular expression for bare text, where it stands for none of the white space."""
    return re.sub(r"\\s[*+?]?|\s+", "", pattern)


def _question(file: Path, number: int, line: str) -> BankQuestion:
    try:
        return BankQuestion.model_validate(json.loads(line))
    except ValidationError as error:
        reason = _told(error)
    except ValueError as error:
        reason = f"it is no JSON object ({error})"
    raise CommandError(f"{file}, line {number}: {reason}.", exit_code=_MISUSE)


def _told(error: ValidationError) -> str:
    """The first thing that is wrong with a line."""
    problem = error.errors()[0]
    field = ".".join(map(str, problem["loc"]))
    if problem["type"] == "missing":
        return f"it lacks `{field}`"
    return f"`{field}`: {problem['msg']}" if field else problem["msg"]
