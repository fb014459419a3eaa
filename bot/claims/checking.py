"""Checks what staff wrote against the reports: each claim supported, or what differs and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answer import Citation
from bot.cite import cite
from bot.claims.drafts import Claim, Place
from bot.claims.evidence import Problem, evidence_of
from bot.found.reading import Reader
from bot.verify import Verifier, nearness_of_the_same
from ingest.language import language_of
from vectorstore.catalogue import Catalogue
from vectorstore.labels import same_number
from vectorstore.paragraph import Paragraph
from vectorstore.records import DocumentRecord
from vectorstore.reranking import Finder
from vectorstore.search import Filters
from vectorstore.store import Generation, Records

_COMPARED = 5  # paragraphs that are found for a claim that cites none


@dataclass(frozen=True)
class Checked:
    """A claim with what it says otherwise than the reports, and the paragraphs that it was compared with.

    Where it cites none these are the paragraph that supports it, or else the one that comes nearest to.
    """

    text: str
    problems: tuple[Problem, ...]
    citations: tuple[Citation, ...]

    @property
    def supported(self) -> bool:
        """Whether the reports say it."""
        return not self.problems


@dataclass(frozen=True)
class _Placed:
    """A paragraph that a claim names, in its document."""

    record: DocumentRecord
    position: int
    paragraph: Paragraph


@dataclass(frozen=True)
class DraftChecker:
    """Checks claims, with the paragraphs that they cite or those that search finds."""

    catalogue: Catalogue
    search: Finder
    reader: Reader
    verifier: Verifier

    def check(
        self, generation: Generation | None, claims: Sequence[Claim], audiences: frozenset[str]
    ) -> tuple[Checked, ...]:
        """The claims, in order, each compared with the paragraphs that it cites, or with those that come nearest.

        Only reports for these audiences are read.
        """
        if generation is None:
            return tuple(Checked(claim.text, (Problem("absent", claim.text),), ()) for claim in claims)
        return tuple(self._check(generation, claim, audiences) for claim in claims)

    def _check(self, generation: Generation, claim: Claim, audiences: frozenset[str]) -> Checked:
        language = language_of(claim.text)
        if not claim.places:
            return self._against_nearest(generation, claim.text, language, audiences)
        cited, missing = list[_Placed](), list[Problem]()
        for place in claim.places:
            found = list(self._paragraphs(generation.open_to(audiences), place))
            cited += found
            missing += [] if found else [Problem("absent", _named(place))]
        evidence = [evidence_of(one.record, one.paragraph) for one in cited]
        problems = self.verifier.problems(claim.text, language, evidence) if cited else ()
        return Checked(claim.text, (*missing, *problems), tuple(cite(one, one.paragraph.text) for one in cited))

    def _against_nearest(self, generation: Generation, text: str, language: str, audiences: frozenset[str]) -> Checked:
        """The claim beside the paragraph that supports it, or else the one from which it differs least."""
        query = self.search.prepare(text, language)
        found = self.search.find(generation, query, filters=Filters(audiences=audiences), limit=_COMPARED)
        compared = []
        for read in self.reader.read(generation, query, found):
            one = read.found
            problems = self.verifier.problems(text, language, [evidence_of(one.record, one.paragraph)])
            if not problems and max(each.second for each in read.sentences) < nearness_of_the_same(text, language):
                problems = (Problem("absent", text),)
            compared.append((problems, cite(one, read.best.text.strip())))
        if not compared:
            return Checked(text, (Problem("absent", text),), ())
        problems, citation = min(compared, key=lambda one: (any(p.kind == "absent" for p in one[0]), len(one[0])))
        return Checked(text, problems, (citation,))

    def _paragraphs(self, readable: Records, place: Place) -> Iterator[_Placed]:
        """The paragraph of this number in each language version, of the current edition where there are several."""
        records = [one for one in readable.values() if _is_named(one, place)]
        for record in [one for one in records if one.superseded_by is None] or records:
            for position, paragraph in enumerate(self.catalogue.paragraphs(record.document_id)):
                if paragraph.number and same_number(paragraph.number, place.paragraph):
                    yield _Placed(record, position, paragraph)


def _is_named(record: DocumentRecord, place: Place) -> bool:
    if place.document_id:
        return record.document_id == place.document_id
    return bool(record.symbol and place.symbol) and _plain(record.symbol or "") == _plain(place.symbol or "")


def _plain(symbol: str) -> str:
    return "".join(symbol.split()).casefold()


def _named(place: Place) -> str:
    return f"{place.symbol or place.document_id}, para. {place.paragraph}"
