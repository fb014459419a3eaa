"""What an edge asks and what it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.conversation import Turn
from prompts import Sentence
from vectorstore.search import Filters

Mode = Literal["extractive", "generative"]
# Answered; the reports do not say, and the nearest paragraphs are shown; or the question is about another subject.
State = Literal["answered", "silent", "off_subject"]
# Where it was asked; "check" where a refresh asks golden questions.
Edge = Literal["http", "page", "openai", "terminal", "slack", "check"]
DifferenceKind = Literal["figure", "date", "name"]


class QuestionError(ValueError):
    """The question cannot be asked; the phrase of that name, with the values filled in, says what to change."""

    def __init__(self, name: str, /, **values: object) -> None:
        self.sentence = Sentence(name, values)
        super().__init__(self.sentence.said())


@dataclass(frozen=True)
class Question:
    """What somebody asks. `language` is "auto" or one of the six, and is the language of the answer.

    Conversations of different askers have nothing to do with each other, whatever their ids; "" is whoever is not told
    apart. `before` holds the turns of a conversation that its asker keeps, in place of one that is kept here.
    """

    text: str
    conversation_id: str | None = None
    language: str = "auto"
    filters: Filters = field(default_factory=Filters)
    asker: str = ""
    edge: Edge = "http"
    before: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Citation:
    """A paragraph and the words of it that support a claim; `marker` is the `[n]` in the answer.

    `item` is the sub-item that holds the quote ("(b) (ii)"); `recognised` words were read from a picture (OCR).
    `text` is the whole paragraph as it stood, so that a kept answer is evidence when its report is gone.
    """

    marker: int | None
    document_id: str
    symbol: str | None
    title: str
    paragraph: str | None
    label: str
    section: tuple[str, ...]
    page: int | None
    language: str
    quote: str
    url: str
    date: str | None = None
    translation: str | None = None
    verified: bool = False
    item: str | None = None
    recognised: bool = False
    superseded_by: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Definition:
    """What a term means, from the glossary and from no report; `names` holds its official name by language."""

    id: str
    name: str
    short: tuple[str, ...]
    meaning: str
    language: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Mention:
    """A term of the glossary that an answer or a quote holds; `form` is how it stands there."""

    form: str
    id: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Statement:
    """What one report says where reports differ: the value as printed, and the `[n]` of the citation that says it."""

    value: str
    marker: int
    label: str
    symbol: str | None
    document_id: str
    date: str | None


@dataclass(frozen=True)
class Difference:
    """A value that reports state differently of one matter, the newest statement first."""

    kind: DifferenceKind
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class NewestReport:
    """The newest report on what was asked; `date` is an ISO date or a part of one."""

    document_id: str
    symbol: str | None
    title: str
    date: str
    url: str


@dataclass(frozen=True)
class Answer:
    """Claims with citations, or an abstention with the nearest paragraphs and the reason.

    `definitions` say what the terms mean that the question asks about, `mentions` what others in the answer mean.
    `as_of_line` tells the asker, in the language of the answer, how recent the index and the `newest_report` are;
    `differences` are those between reports that the answer tells of. `audiences` are all that somebody must be of, but
    the public, to see it: those of what was read for it.
    """

    answer_id: str
    conversation_id: str
    question: str
    language: str
    answer: str
    state: State
    abstained: bool
    reason: str | None
    mode: Mode
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    as_of: str | None
    index_version: str
    model: str
    timings_ms: Mapping[str, float]
    definitions: tuple[Definition, ...] = ()
    mentions: tuple[Mention, ...] = ()
    newest_report: NewestReport | None = None
    as_of_line: str = ""
    differences: tuple[Difference, ...] = ()
    audiences: tuple[str, ...] = ()

    def is_open_to(self, audiences: frozenset[str]) -> bool:
        """Whether somebody of these audiences may see it."""
        return audiences.issuperset(self.audiences)

    @property
    def shown(self) -> tuple[Citation, ...]:
        """What is cited, or the nearest paragraphs where nothing is."""
        return self.nearest if self.abstained else self.citations


@dataclass(frozen=True)
class Status:
    """What is being done, in the asker's language, while the answer is on its way."""

    text: str


@dataclass(frozen=True)
class Token:
    """A further piece of the answer's text, which is provisional."""

    text: str


@dataclass(frozen=True)
class Verified:
    """All of the answer's text that has been verified so far."""

    text: str


@dataclass(frozen=True)
class Draft:
    """What a writer makes of the paragraphs: text with `[n]` markers, and the citations that these name.

    `differences` are those between reports that the text tells of.
    """

    text: str
    citations: tuple[Citation, ...]
    mode: Mode
    differences: tuple[Difference, ...] = ()


Event = Status | Token | Verified | Citation | Answer
