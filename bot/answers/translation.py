"""Unofficial translations of an answer's quotes, each checked like a claim."""

import logging
from collections.abc import Generator
from dataclasses import replace

from bot.answer import Citation, Draft, Event, Status
from bot.answers.generative import Checker
from bot.answers.writer import Writer
from bot.claims.evidence import Evidence
from bot.model.errors import ModelFailedError
from bot.model.reply import other_language, weight
from prompts import phrase
from vectorstore.stages import stage

_log = logging.getLogger(__name__)
_LONGEST = 1200  # characters of a quote: longer ones hold the answer back for too long
# Set on the United Nations' own translations of 360 sentences. Beside a sentence its translation says so much, in
# letters, and comes so near to it in meaning (cosine of the second model), which none of other sentences does.
_LEAST, _MOST, _FEW = 0.45, 2.2, 20
_NEAR = 0.5
# What may not be told in either direction; other problems are seldom real unless they are told in both.
_PLAIN = frozenset(["number", "date", "symbol", "body"])


def with_translations(draft: Draft, language: str, writer: Writer, checker: Checker) -> Generator[Event, None, Draft]:
    """The draft with a translation for each quote in another language, where the model makes one that is true."""
    foreign = [one for one in draft.citations if one.language != language and len(one.quote) <= _LONGEST]
    if not foreign:
        return draft
    yield Status(phrase("translating", language))
    try:
        with stage("translate"):
            made = writer.translate([citation.quote for citation in foreign], language)
    except ModelFailedError as error:
        _log.warning("The chat model did not translate the quotes: %s", error)
        return draft
    true = {
        citation.marker: text
        for citation, text in zip(foreign, made, strict=True)
        if text and is_faithful(text, language, citation, checker)
    }
    return replace(draft, citations=tuple(replace(one, translation=true.get(one.marker)) for one in draft.citations))


def is_faithful(translation: str, language: str, citation: Citation, checker: Checker) -> bool:
    """Whether a text is in `language` and says what the quote of a citation says, no more and no less.

    Each is checked as a claim about the other: every figure, date, symbol and name stands in both, and neither says
    no, or must, where the other does not.
    """
    quote = citation.quote
    if quote == translation or other_language(translation, language):
        return False
    if not _LEAST * weight(quote) - _FEW <= weight(translation) <= _MOST * weight(quote) + _FEW:
        return False
    if float(checker.meaning(quote) @ checker.meaning(translation)) < _NEAR:
        return False
    forth = checker.verifier.differences(translation, language, Evidence(quote, citation.language))
    back = checker.verifier.differences(quote, citation.language, Evidence(translation, language))
    added, lost = ({problem.kind for problem in problems} for problems in (forth, back))
    return _PLAIN.isdisjoint(added | lost) and not added & lost
