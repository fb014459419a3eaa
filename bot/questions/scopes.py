"""Which state of the reports a question asks for: the present one, that of an earlier time, or a superseded edition."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from prompts import pattern
from vectorstore.editions import is_past, superseded_ids
from vectorstore.paragraph import LANGUAGES
from vectorstore.records import DocumentRecord
from vectorstore.search import Filters
from vectorstore.tokens import document_symbols
from vectorstore.wording.dates import dates_in, folded
from vectorstore.wording.mentions import mentions_in

_EXACT_TO = {len("2021"): "<year>", len("2021-12"): "<month>", len("2021-12-31"): "<day>"}


@dataclass(frozen=True)
class Scope:
    """Documents in which to look for an answer, and what to tell the asker of them.

    `note` names the phrase that opens an answer from them, `silent` the one that says that they have none; `values`
    fill both. `moment` is the time that the question itself keeps to, of which no paragraph must speak. Only a
    paragraph that names the date `naming` answers, where there is one; with `only_near` none does.
    """

    filters: Filters
    note: str | None = None
    silent: str = "silent"
    values: Mapping[str, str] = field(default_factory=dict)
    moment: str | None = None
    naming: str | None = None
    only_near: bool = False

    def words(self, question: str, language: str) -> str:
        """The question without the moment that it keeps to."""
        for said in reversed(mentions_in(question, language)):
            if self.moment and (said.kind, said.value) == ("date", self.moment):
                question = f"{question[: said.start]} {question[said.end :]}"
        return question


def scopes(question: str, filters: Filters, records: Mapping[str, DocumentRecord]) -> tuple[Scope, ...]:
    """Where to look for the answer to a question, the first that has one first; nearly always one.

    A date of the filters goes before one that the question asks for.
    """
    if filters.as_of:
        return _then(filters, filters.as_of)
    moment = moment_asked(question)
    if moment and is_past(records.values(), moment):
        return _then_or_naming(filters, moment)
    named = _named_editions(question, records.values())
    return _in_editions(filters, named) if named else (Scope(filters),)


def moment_asked(question: str) -> str | None:
    """The date, or part of one, as of which a question asks ("as of 2021", "in the 2021 report"); the last of several.

    A date that the question is merely about ("completed in 2018") is none.
    """
    text, moments = _with_dates_marked(folded(question))
    asked = [
        found.start("moment")
        for language in LANGUAGES
        for found in re.finditer(pattern("as_of", language), text)
        if found.start("moment") in moments
    ]
    return moments[max(asked)] if asked else None


def names_date(text: str, moment: str) -> bool:
    """Whether a text names this date, or one within this month or year."""
    return any(named.value.startswith(moment) for named in dates_in(folded(text)))


def _with_dates_marked(text: str) -> tuple[str, Mapping[int, str]]:
    """The text with <day>, <month> or <year> for each date, and the dates by where these stand."""
    marked, moments, end = "", {}, 0
    for named in dates_in(text):
        marked += text[end : named.start]
        moments[len(marked)] = named.value
        marked += _EXACT_TO[len(named.value)]
        end = named.end
    return marked + text[end:], moments


def _then(filters: Filters, moment: str) -> tuple[Scope, ...]:
    values = {"moment": moment}
    then = Scope(replace(filters, as_of=moment), note="stood", silent="silent_then", values=values)
    return then, Scope(replace(filters, as_of=None), silent="nothing_then", values=values, only_near=True)


def _then_or_naming(filters: Filters, moment: str) -> tuple[Scope, ...]:
    """The reports of that time; and a later report where it speaks of that very date.

    Figures as at a day are published after it, so a paragraph that names the day goes first.
    """
    then, near = _then(filters, moment)
    naming = Scope(filters, naming=moment)
    then = replace(then, moment=moment)
    if len(moment) > len("2021"):
        return naming, then, near
    return then, replace(naming, note="later", values=then.values), near


def _named_editions(question: str, records: Collection[DocumentRecord]) -> tuple[DocumentRecord, ...]:
    """The superseded documents whose symbols a question names, where it names no current one."""
    symbols = document_symbols(question)
    named = [record for record in records if record.symbol and record.symbol.casefold() in symbols] if symbols else []
    if any(record.superseded_by is None for record in named):
        return ()
    copies = superseded_ids(named)
    return tuple(record for record in named if record.document_id not in copies)


def _in_editions(filters: Filters, named: Collection[DocumentRecord]) -> tuple[Scope, ...]:
    values = {"symbol": ", ".join(sorted({record.symbol or "" for record in named}))}
    ids = frozenset(record.document_id for record in named)
    return (
        Scope(replace(filters, documents=ids), note="in_superseded", values=values),
        Scope(filters, note="not_in_superseded", values=values),
    )
