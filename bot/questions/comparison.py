"""Questions that set things beside each other: which, and what to ask of each."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from bot.claims.named import names_of
from bot.found.reading import Read, Sentence
from bot.questions.leaning import acronyms_in, bodies_in
from bot.questions.scopes import names_date
from prompts import pattern
from prompts.glossary import glossary
from vectorstore.records import DocumentRecord
from vectorstore.search import Filters
from vectorstore.tokens import document_symbols, stems
from vectorstore.versions import dated
from vectorstore.wording.mentions import mentions_in, plain

Kind = Literal["date", "report", "symbol", "name"]

_SYMBOL = re.compile(r"(?<![\w/])[A-Za-z0-9][\w.-]*(?:/[\w.-]*\w)+(?:\s?\(\d{4}\))?", re.ASCII)
# Names with capitals after other words: bodies that the glossary does not know, countries, programmes.
_CAPITALISED = re.compile(
    r"(?<=[\w,;«“(] )[A-ZÀ-ÞА-ЯЁ][\w’'-]+"
    r"(?: (?:(?:of|for|on|the|de|des|du|la|los|las|del|el|по) ){0,2}[A-ZÀ-ÞА-ЯЁ][\w’'-]+)*"
)
_WITH_CAPITALS = frozenset(["en", "es", "fr", "ru"])
_ARABIC_AND = re.compile(r"^و(?=ال)")
_FAR_APART = 60  # characters between two names that a comparison sets beside each other
_MOST = 6


@dataclass(frozen=True)
class Side:
    """One of the things that a question sets beside each other; `question` asks of it alone.

    `name` is how the question calls it, `value` the same as an ISO date, a symbol or words.
    """

    name: str
    kind: Kind
    value: str
    question: str
    language: str

    def filters(self, filters: Filters, records: Mapping[str, DocumentRecord]) -> tuple[Filters, ...]:
        """Where to look for what is said of it: a year first in the newest reports, then in those of that year."""
        if self.kind == "report":
            return (replace(filters, documents=_ids_of(self.value, records.values())),)
        if self.kind == "date":
            then = replace(filters, from_date=self.value, to_date=self.value, current_only=False)
            return filters, then
        return (filters,)

    def is_spoken_of(self, read: Read) -> bool:
        """Whether a paragraph, or its report, is about it."""
        record = read.found.record
        if self.kind == "report":
            return (record.symbol or "").casefold() == self.value
        is_then = self.kind == "date" and (dated(record) or "").startswith(self.value)
        return is_then or self.is_named_in(read.found.paragraph.text, record.language)

    def is_named_in(self, text: str, language: str) -> bool:
        """Whether a text names it, in whatever language."""
        if self.kind == "date":
            return names_date(text, self.value)
        if self.kind == "symbol":
            return self.value in document_symbols(text)
        asked, held = names_of(self.name, self.language), names_of(text, language)
        known = asked.things.keys() & held.things.keys() or asked.places.keys() & held.places.keys()
        return bool(known) or set(stems(self.name, self.language)) <= set(stems(text, language))

    def sentences(self, read: Read, most: int) -> tuple[Sentence, ...]:
        """The sentences that answer best for it, at most so many; of a date only those that name it, if any do."""
        ranked = sorted(read.sentences, key=lambda sentence: -sentence.score)
        language = read.found.record.language
        naming = [sentence for sentence in ranked if self.is_named_in(sentence.text, language)]
        if self.kind == "date" and naming:
            return tuple(naming[:most])
        return (*naming[:1], *(sentence for sentence in ranked if sentence not in naming[:1]))[:most]


@dataclass(frozen=True)
class _Named:
    """A thing that a question names, and where."""

    kind: Kind
    value: str
    start: int
    end: int


def sides(question: str, language: str, records: Mapping[str, DocumentRecord]) -> tuple[Side, ...]:
    """The things that a question sets beside each other, at least two; none where it asks of one thing.

    Years and symbols are set beside each other by a mere "and", names only by a word that compares. The two ends of a
    period are one thing, unless it is asked what changed from the one to the other.
    """
    for named in (_reports(question, language, records), _dates(question, language), _names(question, language)):
        if 1 < len(named) <= _MOST:
            return tuple(_side(question, language, each, named) for each in named)
    return ()


def _side(question: str, language: str, one: _Named, named: Sequence[_Named]) -> Side:
    name = _ARABIC_AND.sub("", question[one.start : one.end].strip())
    return Side(name, one.kind, one.value, _asked_of(one, question, language, named), language)


def _asked_of(one: _Named, question: str, language: str, named: Sequence[_Named]) -> str:
    """The question without the others, and without words that compare or the report that is looked at alone.

    What joins the things that it names goes with them, where nothing else stands between.
    """
    own = "" if one.kind == "report" else question[one.start : one.end]
    if all(_are_joined(question, language, a, b) for a, b in pairwise(named)):
        asked = f"{question[: named[0].start]}{own}{question[named[-1].end :]}"
    else:
        asked = question
        for each in reversed(named):
            asked = f"{asked[: each.start]}{own if each is one else ''}{asked[each.end :]}"
    return " ".join(_pattern("compares", language).sub(" ", asked).split())


def _reports(question: str, language: str, records: Mapping[str, DocumentRecord]) -> Sequence[_Named]:
    """The symbols in a question that it sets beside each other: of reports, or else of what reports speak of."""
    known = {record.symbol.casefold() for record in records.values() if record.symbol}
    found = [
        _Named("report" if symbol in known or symbol[0].isalpha() else "symbol", symbol, each.start(), each.end())
        for each in _SYMBOL.finditer(plain(question))
        if (symbol := each[0].casefold()) and any(map(str.isdigit, symbol))
    ]
    if not any(each.value in known for each in found):
        found = [replace(each, kind="symbol") for each in found]
    return _beside_each_other(question, language, _each_once(found), far=_says("compares", question, language))


def _dates(question: str, language: str) -> Sequence[_Named]:
    mentions = [each for each in mentions_in(question, language) if each.kind == "date"]
    spans = [(each.start, each.end) for each in mentions]
    alone = [_Named("date", m.value, m.start, m.end) for m in mentions if spans.count((m.start, m.end)) == 1]
    joined = _beside_each_other(question, language, _each_once(alone), far=False)
    is_asked_for = any(_says(name, question, language) for name in ("compares", "changes"))
    is_period = bool(joined) and _pattern("period", language).search(question[: joined[0].start]) is not None
    return () if is_period and not is_asked_for else joined


def _names(question: str, language: str) -> Sequence[_Named]:
    """The bodies and places that a question compares."""
    if not _says("compares", question, language):
        return ()
    spans = [*bodies_in(question), *acronyms_in(question)]
    if language in _WITH_CAPITALS:
        spans += [found.span() for found in _CAPITALISED.finditer(question) if not _is_ordinary(found[0], language)]
    outer = [one for one in spans if not any(_is_within(one, other) for other in spans)]
    found = [_Named("name", question[start:end].casefold(), start, end) for start, end in sorted(set(outer))]
    return _beside_each_other(question, language, _each_once(found), far=True)


def _is_ordinary(name: str, language: str) -> bool:
    """Whether a name is but a word that begins those of several bodies: "Groupe", "Comité"."""
    return " " not in name and set(stems(name, language)) <= _ordinary(language)


@cache
def _ordinary(language: str) -> frozenset[str]:
    forms = (form for term in glossary() for form in term.wordings[language].forms if " " in form)
    return frozenset(word for form in forms for word in stems(form, language))


def _is_within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _each_once(named: Sequence[_Named]) -> Sequence[_Named]:
    return list({each.value: each for each in reversed(named)}.values())[::-1]


def _beside_each_other(question: str, language: str, named: Sequence[_Named], *, far: bool) -> Sequence[_Named]:
    """The longest run of things of which each is joined to the next, or not far from it."""
    runs: list[list[_Named]] = []
    for one in named:
        near = runs and (
            _are_joined(question, language, runs[-1][-1], one) or (far and one.start - runs[-1][-1].end <= _FAR_APART)
        )
        if near:
            runs[-1].append(one)
        else:
            runs.append([one])
    return max(runs, key=len, default=[])


def _are_joined(question: str, language: str, one: _Named, other: _Named) -> bool:
    between = question[one.end : other.start]
    return bool(between.strip()) and _pattern("and", language).fullmatch(between) is not None


def _ids_of(symbol: str, records: Collection[DocumentRecord]) -> frozenset[str]:
    return frozenset(record.document_id for record in records if (record.symbol or "").casefold() == symbol)


def _says(name: str, question: str, language: str) -> bool:
    return _pattern(name, language).search(question) is not None


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    return re.compile(pattern(name, language), re.IGNORECASE)
