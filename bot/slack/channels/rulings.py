"""Whether and how a question is answered where it was asked."""

import asyncio
from dataclasses import dataclass, field, replace

from bot.answer import Answer, Question
from bot.library.offered import Reports
from bot.slack.channels.chosen import ChosenSettings
from bot.slack.channels.entitlement import Entitlement
from bot.slack.questions.event import Asked
from bot.slack.refused import RefusedError
from vectorstore.search import Filters


@dataclass(frozen=True)
class Ruling:
    """What holds for a question: how it is asked of the reports, or the phrase that says why it is not.

    Where `asked.alone`, the asker alone is answered, or told why not.
    """

    asked: Asked
    language: str = "auto"
    filters: Filters = field(default_factory=Filters)
    reason: str = ""

    @property
    def question(self) -> Question:
        """What the reports are asked."""
        asked = self.asked
        return Question(
            asked.question, asked.conversation_id, language=self.language, filters=self.filters, edge="slack"
        )

    def reason_not_to_share(self, answer: Answer) -> str:
        """The phrase that says why an answer that was given may not be shown where this is asked; empty if it may."""
        return self.reason or ("" if answer.is_open_to(self.filters.audiences) else "not_for_channel")


@dataclass(frozen=True)
class Rulings:
    """Rules by what the managers of a channel have chosen, and by who is there."""

    chosen: ChosenSettings
    entitlement: Entitlement
    reports: Reports

    async def ruling(self, asked: Asked) -> Ruling:
        """What holds for a question now."""
        chosen = await self.chosen.of(asked.channel)
        if chosen.off:
            return _refused(asked, "channel_off")
        asked = replace(asked, alone=chosen.alone and asked.way != "share")
        try:
            audiences = await self.entitlement.of_answer(
                asked.channel, asked.user, alone=asked.is_private, has_outsiders=asked.has_outsiders
            )
        except RefusedError as refused:
            return _refused(asked, refused.reason)
        works = await asyncio.to_thread(self.reports.works, chosen.reports) if chosen.reports else frozenset()
        return Ruling(asked, chosen.language, Filters(works=works, audiences=audiences))


def _refused(asked: Asked, reason: str) -> Ruling:
    return Ruling(replace(asked, alone=asked.way not in ("direct", "share")), reason=reason)
