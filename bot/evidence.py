"""Whether the paragraphs that were found hold an answer at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bot.reading import Read
from vectorstore.candidates import Query
from vectorstore.tokens import document_symbols

# Set on 133 questions in six languages on 90 reports that hold the answer, of which 5 to 7 % are refused so; of the
# same questions with their paragraph taken away about half are caught, of questions on other subjects over nine tenths.
_MEANING_WEIGHT = 8.0
_SYMBOL_WEIGHT = 1.5


@dataclass(frozen=True)
class Threshold:
    """How much must speak for an answer, and how much of it is asked for standing out from many others."""

    enough: float
    standing_out: float


_WITHIN_A_LANGUAGE = Threshold(enough=7.0, standing_out=4.2)
_ACROSS_LANGUAGES = Threshold(enough=6.8, standing_out=3.0)
_MANY = 14


def is_answered(query: Query, read: Sequence[Read]) -> bool:
    """Whether to answer from these paragraphs, best first, rather than say that the reports are silent.

    Three things speak for an answer: how far the best paragraph stands out from the others (its prominence), how near
    in meaning the best sentence is to the question (cosine of the second model, which means the same whatever the
    embedding model), and a resolution or document that both name. Footnotes are so short that they come near to
    anything, and do not speak.
    """
    best = read[0].found
    texts = (one for one in read if one.found.paragraph.kind != "footnote")
    meaning = max((sentence.second for one in texts for sentence in one.sentences), default=0.0)
    named = bool(document_symbols(query.text) & document_symbols(best.paragraph.text))
    strength = best.prominence + _MEANING_WEIGHT * meaning + _SYMBOL_WEIGHT * named
    threshold = _WITHIN_A_LANGUAGE if best.found_in == query.language else _ACROSS_LANGUAGES
    return strength >= threshold.enough - threshold.standing_out * (1 - _room(best.rivals))


def _room(rivals: int) -> float:
    """The share, up to 1, of the needed distance that a paragraph among so many can have from their mean.

    One of n values lies at most sqrt(n - 1) standard deviations from their mean (Samuelson, "How deviant can you be?",
    Journal of the American Statistical Association 63, 1968).
    """
    return min(1.0, sqrt((rivals - 1) / (_MANY - 1)))
