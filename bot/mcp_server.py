"""Tools for other assistants, by the Model Context Protocol; each is a call of the server, and only translates."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Annotated, Any, Literal

import httpx
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from bot.commands.client import Json, call, document_named
from bot.operations.folder import CommandError
from vectorstore.labels import same_number

_INSTRUCTIONS = (
    "Answers questions about United Nations reform reports, in Arabic, Chinese, English, French, Russian and Spanish. "
    "Keep the citations: the label names the paragraph in UN form, and the quote stands there word for word. Where "
    "`abstained` is true the reports do not say: do not answer from elsewhere as if they did."
)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_MOST_AROUND = 5

Symbols = Annotated[
    tuple[str, ...], Field(description="Only reports with these symbols, such as A/80/74; empty for all.")
]
Date = Annotated[str | None, Field(description="A date, or its year or month: 2021, 2021-03, 2021-03-31.")]
Document = Annotated[str, Field(description="The report by its symbol, such as A/80/74, or by its document_id.")]
Number = Annotated[str, Field(description='The number as printed: "34", "12 (b)", "OP 3" of a resolution.')]
Neighbours = Annotated[int, Field(ge=0, le=_MOST_AROUND, description="How many paragraphs before and after it.")]
Limit = Annotated[int, Field(ge=1, le=50, description="At most so many paragraphs.")]


class Cited(BaseModel):
    """A paragraph, its words that count, and where to read it."""

    label: str = Field(description="The paragraph in UN form: A/80/74, para. 34.")
    quote: str = Field(description="Word for word from the report.")
    link: str
    document_id: str
    language: str
    date: str | None
    superseded_by: str | None = Field(description="The newer report, where there is one.")


class Marked(Cited):
    """A paragraph that supports the answer where `[marker]` stands; null where it is only near."""

    marker: int | None
    translation: str | None


class Answered(BaseModel):
    """An answer with its citations; or the reason why there is none, with the nearest paragraphs."""

    answer: str
    abstained: bool
    citations: list[Marked]
    nearest: list[Marked]
    conversation_id: str = Field(description="Give it with the next question, if that follows on from this one.")
    link: str = Field(description="Shows this answer for ever.")
    how_recent: str


class Result(Cited):
    """A paragraph that was found, whole."""

    text: str


class Found(BaseModel):
    """Paragraphs, best first."""

    results: list[Result]


class Paragraph(BaseModel):
    """A paragraph of a report."""

    label: str
    text: str
    link: str
    section: list[str]
    page: int | None


class Read(BaseModel):
    """The paragraphs of this number, which annexes may have too, with those around them; and what report it is."""

    title: str
    symbol: str | None
    language: str
    date: str | None
    status: Literal["current", "superseded"]
    paragraphs: list[Paragraph]


def mcp_server(client: httpx.Client, *, base_url: str) -> MCPServer[Any]:
    """The tools over a server's HTTP API; links begin with `base_url`."""
    server: MCPServer[Any] = MCPServer(
        "reformbot", title="Reformbot", instructions=_INSTRUCTIONS, version=version("reformbot"), log_level="WARNING"
    )

    @server.tool(title="Ask the reports", annotations=_READS)
    def ask(
        question: Annotated[str, Field(max_length=2000, description="In any of the six languages.")],
        *,
        language: Annotated[
            Literal["auto", "ar", "en", "es", "fr", "ru", "zh"], Field(description="Of the answer.")
        ] = "auto",
        conversation_id: Annotated[str | None, Field(description="Of the answer that this follows on from.")] = None,
        symbols: Symbols = (),
        from_date: Date = None,
        to_date: Date = None,
    ) -> Answered:
        """Answer a question from the reports, each claim cited to its numbered paragraph, or say that they do not."""
        filters = {"symbols": symbols, "from_date": from_date, "to_date": to_date}
        body = {"question": question, "language": language, "conversation_id": conversation_id, "filters": filters}
        answer = _call(client, "POST", "/v1/ask", body)
        shown = {name: [Marked(**each, link=base_url + each["url"]) for each in answer[name]] for name in _CITED}
        link = f"{base_url}/answers/{answer['answer_id']}"
        return Answered(**answer | shown, link=link, how_recent=answer["as_of_line"])

    @server.tool(title="Search the reports", annotations=_READS)
    def search(
        query: Annotated[str, Field(max_length=2000, description="A question, or words.")],
        *,
        limit: Limit = 10,
        symbols: Symbols = (),
        from_date: Date = None,
        to_date: Date = None,
    ) -> Found:
        """Find the paragraphs that come nearest to a question, whole and in the order of how well they fit."""
        filters = {"symbols": symbols, "from_date": from_date, "to_date": to_date}
        found = _call(client, "POST", "/v1/search", {"query": query, "limit": limit, "filters": filters})
        return Found(results=[Result(**each, link=base_url + each["url"]) for each in found["results"]])

    @server.tool(title="Read a paragraph", annotations=_READS)
    def read_paragraph(document: Document, paragraph: Number, around: Neighbours = 1) -> Read:
        """Read a paragraph of a report with those around it."""
        with _errors_told():
            found = document_named(client, document)
        outline = found["outline"]
        places = [
            n for n, each in enumerate(outline) if each["paragraph"] and same_number(each["paragraph"], paragraph)
        ]
        if not places:
            raise ToolError(f"{document} has no paragraph {paragraph}: search finds paragraphs by what they say.")
        near = sorted(
            {n for place in places for n in range(place - around, place + around + 1)} & set(range(len(outline)))
        )
        link = f"{base_url}/documents/{found['document_id']}#"
        read = [Paragraph(**outline[n], link=link + outline[n]["anchor"]) for n in near]
        return Read(**{name: found[name] for name in _OF_A_REPORT}, paragraphs=read)

    return server


_CITED = ("citations", "nearest")
_OF_A_REPORT = ("title", "symbol", "language", "date", "status")


def _call(client: httpx.Client, method: str, path: str, body: Json) -> Json:
    with _errors_told():
        return call(client, method, path, body)


@contextmanager
def _errors_told() -> Iterator[None]:
    """What the server refuses is told to the assistant, who may mend it."""
    try:
        yield
    except CommandError as error:
        raise ToolError(str(error)) from error
