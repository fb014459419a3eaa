"""Checking a draft over HTTP: each sentence supported, or what differs and where; it only translates."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.access.gate import Gate
from bot.access.principal import Principal
from bot.answer import QuestionError
from bot.claims.checking import Checked, DraftChecker
from bot.claims.drafts import Claim, Place, claims_in
from bot.claims.evidence import Kind
from bot.http.request_schemas import Identifier, Request
from bot.http.schemas import CitationOut
from bot.http.wrong_fields import wrong
from bot.operations.metrics import CLAIMS
from bot.service import Service

_MOST_CLAIMS = 200
_LONGEST_CLAIM = 4000
_LONGEST_DRAFT = 100_000
_TEXT = {"type": "string"}


def _has(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """In terms of JSON Schema, that a field is there and like this."""
    return {"required": [name], "properties": {name: schema}}


class PlaceIn(Request):
    """A paragraph, by the document's id or its symbol, and its number as printed."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [_has("document_id", _TEXT), _has("symbol", _TEXT)]})

    document_id: Identifier | None = None
    symbol: Identifier | None = Field(default=None, examples=["A/80/74"])
    paragraph: Identifier = Field(examples=["34"])

    @model_validator(mode="after")
    def _names_a_document(self) -> "PlaceIn":
        if not (self.document_id or self.symbol):
            raise wrong("place_without_document")
        return self


class ClaimIn(Request):
    """A sentence of a draft; without `paragraphs` they are found."""

    text: str = Field(
        min_length=1,
        max_length=_LONGEST_CLAIM,
        examples=["In 2018 the General Assembly adopted resolution 72/279."],
    )
    paragraphs: list[PlaceIn] = Field(default=[], max_length=20)


class VerifyRequest(Request):
    """Claims, or a whole draft in text or Markdown, which is taken apart here with the paragraphs that it cites."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [_has("claims", {"minItems": 1}), _has("draft", {"pattern": r"\S"})]}
    )

    claims: list[ClaimIn] = Field(default=[], max_length=_MOST_CLAIMS)
    draft: str = Field(default="", max_length=_LONGEST_DRAFT)

    @model_validator(mode="after")
    def _holds_something(self) -> "VerifyRequest":
        if bool(self.claims) == bool(self.draft.strip()):
            raise wrong("claims_or_draft")
        return self

    def asked(self) -> tuple[Claim, ...]:
        """The claims to check. Raises QuestionError for a draft of too many sentences, or of none."""
        if self.draft:
            return _checked_count(claims_in(self.draft))
        return tuple(
            Claim(one.text, tuple(Place(each.paragraph, each.symbol, each.document_id) for each in one.paragraphs))
            for one in self.claims
        )


def _checked_count(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    if not claims:
        raise QuestionError("draft_empty")
    if len(claims) > _MOST_CLAIMS:
        raise QuestionError("draft_long", count=len(claims), most=_MOST_CLAIMS)
    return claims


class ProblemOut(BaseModel):
    """What a claim says otherwise: its words, and what stands in the paragraph in their place."""

    kind: Kind
    text: str
    found: list[str]


class CheckedOut(BaseModel):
    """A claim, whether the reports say it, and the paragraphs that it was compared with."""

    text: str
    supported: bool
    problems: list[ProblemOut]
    citations: list[CitationOut]


class VerifyOut(BaseModel):
    """The claims, in order."""

    claims: list[CheckedOut]


def verify_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoint that checks drafts."""
    router = APIRouter(prefix="/v1", tags=["verify"])
    checker = DraftChecker(service.catalogue, service.search, service.reader, service.verifier)

    @router.post("/verify", response_model=VerifyOut)
    def verify(body: VerifyRequest, asker: Annotated[Principal, Depends(gate.question)]) -> Any:
        """Compares each claim with the paragraphs that it cites, or with the nearest; no model is asked.

        Every figure, date, symbol, name and quote must stand there, in any of the six languages and any numerals, and
        nothing may be said more strongly, or denied.
        """
        with service.library.reading() as generation:
            checked = checker.check(generation, body.asked(), asker.audiences)
        for one in checked:
            CLAIMS.labels("draft", "supported" if one.supported else "unsupported").inc()
        return {"claims": list(map(_out, checked))}

    return router


def _out(checked: Checked) -> dict[str, Any]:
    return asdict(checked) | {"supported": checked.supported}
