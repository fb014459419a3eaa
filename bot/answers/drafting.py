"""From the paragraphs that were found to a draft: in the chat model's words, or in quotes."""

import logging
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.answer import Draft, Event, Status, Token, Verified
from bot.answers.completion import cited_quotes, completed, left_out
from bot.answers.disagreement import Comparer
from bot.answers.extractive import write
from bot.answers.generative import Checker, Checking, sources
from bot.answers.translation import with_translations
from bot.answers.writer import Writer
from bot.found.sought import Sought
from bot.model.errors import ModelFailedError
from bot.model.reply import declines
from prompts import phrase
from vectorstore.records import DocumentRecord
from vectorstore.stages import stage, staged

_LOOKED_AT_AFTER = 40  # characters more, whether a sentence has ended: each look reads all of the text
_log = logging.getLogger(__name__)
# Why there is no draft: the model says that the reports do not say it, or nothing that it says could be verified.
Untold = Literal["silent", "unverified"]
_Drafting = Generator[Event, None, Draft | Untold]


@dataclass(frozen=True)
class Drafter:
    """Writes from paragraphs, and tells where reports differ."""

    checker: Checker
    comparer: Comparer

    def draft(
        self,
        query: str,
        language: str,
        sought: Sought,
        records: Mapping[str, DocumentRecord],
        writer: Writer | None,
    ) -> _Drafting:
        """What is told while the draft is on its way, and the draft, or why there is none.

        Without `writer` it is in quotes.
        """
        yield Status(phrase("reading", language, count=len(sought.read)))
        if writer is None:
            return (yield from self._in_quotes(language, sought, records, opening="says"))
        note = sought.note(language)
        yield from sources(sought.read)
        yield from ([Token(note)] if note else ())
        checking = self.checker.checking(language, sought.read)
        try:
            written = _written(writer.stream(query, language, sought.read), checking, note)
            text = yield from staged("write", written)
        except ModelFailedError as error:
            _log.warning("The chat model failed, so the answer is in quotes: %s", error)
            return (yield from self._in_quotes(language, sought, records, opening="model_failed"))
        with stage("verify"):
            checked = checking.draft(text)
        if checked is None:
            return "silent" if declines(text) else "unverified"
        draft = self._completed(checked, language, sought, records)
        yield from _added(checked, draft)
        yield Verified(note + draft.text)
        draft = yield from with_translations(draft, language, writer, self.checker)
        return replace(draft, text=note + draft.text)

    def _in_quotes(
        self, language: str, sought: Sought, records: Mapping[str, DocumentRecord], *, opening: str
    ) -> Generator[Event, None, Draft]:
        with stage("write"):
            quotes = sought.quotes
            found = self.comparer.disagreements(quotes, sought.found, records)
            draft = write(quotes, language, opening=opening, silent=sought.silent, disagreements=found)
        text = sought.note(language) + draft.text
        yield from draft.citations
        yield Token(text)
        return replace(draft, text=text)

    def _completed(self, checked: Draft, language: str, sought: Sought, records: Mapping[str, DocumentRecord]) -> Draft:
        """A chat model's draft with what it leaves out: sides of a comparison, and what other reports say otherwise."""
        quotes = cited_quotes(checked, sought.read)
        quotes += left_out(sought.sides, quotes)
        found = self.comparer.disagreements(quotes, sought.found, records)
        given = len(sought.read)
        return completed(checked, quotes, language, given=given, silent=sought.silent, disagreements=found)


def _written(pieces: Iterator[str], checking: Checking, note: str) -> Generator[Event, None, str]:
    """The chat model's text, told as it comes; whenever a sentence more of it is verified, so is all that is."""
    text, looked_at, told = "", 0, ""
    for piece in pieces:
        text += piece
        yield Token(piece)
        if len(text) - looked_at < _LOOKED_AT_AFTER:
            continue
        looked_at = len(text)
        with stage("verify"):
            true = checking.so_far(text)
        if true not in ("", told):
            told = true
            yield Verified(note + told)
    return text


def _added(checked: Draft, draft: Draft) -> Iterator[Event]:
    """What a draft has beside what is left of the chat model's text."""
    yield from draft.citations[len(checked.citations) :]
    if draft.text != checked.text:
        yield Token(draft.text.removeprefix(checked.text))
