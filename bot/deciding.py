"""What to do with the paragraphs that were found: code decides, and where it is in doubt a chat model."""

import logging
from collections.abc import Sequence

from bot.evidence import Verdict, verdict
from bot.generative import Writer
from bot.model.errors import ModelFailedError
from bot.reading import Read
from vectorstore.candidates import Query
from vectorstore.stages import stage
from vectorstore.values import asked_in, names_document

_log = logging.getLogger(__name__)


def decided(query: Query, read: Sequence[Read], writer: Writer | None) -> Verdict:
    """What to do with these paragraphs, best first.

    A model is asked only where code is in doubt, so that most questions take one call, and has no say where code is
    not; where it does not judge, what code holds more likely stands.
    """
    is_named = names_document(asked_in(query.text, query.language).values, read[0].found.record.symbol)
    told = verdict(query, read, is_named=is_named)
    if writer is None or told != "doubtful":
        return told
    try:
        with stage("judge"):
            return "answered" if writer.judge(query.text, read) else "silent"
    except ModelFailedError as error:
        _log.warning("The chat model did not judge the paragraphs: %s", error)
        return told
