"""The glossary over HTTP: its terms, found and one by one; it only translates."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from bot.access.gate import Gate
from bot.http.problems import Refused
from bot.http.request_schemas import Language
from bot.http.schemas import DefinitionOut, Problem
from bot.questions.glossary import listed
from prompts.glossary import Kind, Term, glossary

_LONGEST_QUERY = 200
_ID = r"^[a-z0-9-]{0,100}$"


class TermOut(DefinitionOut):
    """A term in one language: its official name, acronyms, other names, and one sentence of our own."""

    kind: Kind
    also: list[str]


class TermsOut(BaseModel):
    """A page of the terms; `next` is what `after` takes for the page that follows."""

    terms: list[TermOut]
    next: str | None


class WordingOut(BaseModel):
    """A term in one language."""

    name: str
    short: list[str]
    also: list[str]
    meaning: str


class TermWithWordings(BaseModel):
    """A term in all six languages."""

    id: str = Field(examples=["qcpr"])
    kind: Kind
    wordings: dict[Language, WordingOut]


def glossary_router(gate: Gate) -> APIRouter:
    """The endpoints on what terms mean."""
    router = APIRouter(prefix="/v1/glossary", dependencies=[Depends(gate.ask)], tags=["glossary"])

    @router.get("", response_model=TermsOut)
    def terms(
        language: Language = "en",
        q: Annotated[str, Query(max_length=_LONGEST_QUERY, description="Words of a name, or an acronym.")] = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        after: Annotated[str, Query(pattern=_ID, description="`next` of the page before.")] = "",
    ) -> Any:
        """The terms whose names hold the words of `q`, in the order of their ids, a page at a time."""
        page = [term for term in listed(q, language) if term.id > after][: limit + 1]
        return {
            "terms": [_in_language(term, language) for term in page[:limit]],
            "next": page[limit - 1].id if len(page) > limit else None,
        }

    @router.get("/{term_id}", response_model=TermWithWordings, responses={404: {"model": Problem}})
    def term(term_id: str) -> Any:
        """One term in all six languages."""
        found = next((term for term in glossary() if term.id == term_id), None)
        if found is None:
            raise Refused(404, "no_term")
        return asdict(found)

    return router


def _in_language(term: Term, language: Language) -> TermOut:
    names = {each: wording.name for each, wording in term.wordings.items()}
    return TermOut(id=term.id, kind=term.kind, language=language, names=names, **asdict(term.wordings[language]))
