"""What to do with the paragraphs that were found: code decides, and where it is in doubt a chat model."""

import logging
from collections.abc import Sequence
from functools import partial

from bot.answers.writer import Writer
from bot.found.evidence import Verdict, verdict
from bot.found.reading import Read
from bot.model.errors import ModelFailedError
from bot.questions.understanding import Asked
from vectorstore.candidates import Query
from vectorstore.stages import stage
from vectorstore.values import asked_in, names_document

_log = logging.getLogger(__name__)


def decided(query: Query, read: Sequence[Read], asked: Asked, *, from_these: bool) -> Verdict:
    """What to do with these paragraphs, best first.

    A model is asked only where code is in doubt, so that most questions take one call, and has no say where code is
    not; where it does not judge, what code holds more likely stands. Where an answer is written `from_these` alone, it
    is meanwhile, so that the asker waits for one call, not for two: what is on its way is thrown away, unread, where
    the model judges that there is no answer.
    """
    is_named = names_document(asked_in(query.text, query.language).values, read[0].found.record.symbol)
    told = verdict(query, read, is_named=is_named)
    if asked.writer is None or told != "doubtful":
        return told
    try:
        with stage("judge"):
            return "answered" if _judged(query, read, asked, asked.writer, begin=from_these) else "silent"
    except ModelFailedError as error:
        _log.warning("The chat model did not judge the paragraphs: %s", error)
        return told


def _judged(query: Query, read: Sequence[Read], asked: Asked, writer: Writer, *, begin: bool) -> bool:
    """Whether a model judges that the paragraphs hold the answer."""
    answering = partial(writer.begin, asked.query, asked.answer_language, read) if begin else None
    holds = writer.judge(query.text, read, beside=answering)
    if not holds:
        writer.close()
    return holds
