"""What the managers of a channel have chosen for it, kept in the catalogue."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from vectorstore.catalogue import Catalogue
from vectorstore.tables import SlackChannelRow, now

OWN_LANGUAGE = "auto"  # of each question


@dataclass(frozen=True)
class Chosen:
    """How questions in a channel are answered: not at all, in one language, to the asker alone, from some reports.

    `reports` are ids of works and series; without any it is all reports.
    """

    off: bool = False
    language: str = OWN_LANGUAGE
    alone: bool = False
    reports: tuple[str, ...] = ()


class ChosenSettings:
    """The settings of all channels; a channel for which nothing was chosen has those of `Chosen()`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        # One thread: questions are ruled on in the order in which they were asked.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="slack-channels")

    def close(self) -> None:
        """Lets the thread end once it has done what it was asked."""
        self._thread.shutdown(wait=False)

    async def of(self, channel: str) -> Chosen:
        """What holds in a channel now."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._of, channel)

    async def keep(self, channel: str, chosen: Chosen, *, by: str) -> None:
        """Has something else hold in a channel from the next question on, as somebody chose, given by the id."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._keep, channel, chosen, by)

    def _of(self, channel: str) -> Chosen:
        with self._catalogue.begin() as session:
            row = session.get(SlackChannelRow, channel)
        return Chosen(row.off, row.language, row.alone, tuple(row.reports)) if row else Chosen()

    def _keep(self, channel: str, chosen: Chosen, by: str) -> None:
        row = SlackChannelRow(
            channel=channel,
            off=chosen.off,
            language=chosen.language,
            alone=chosen.alone,
            reports=list(chosen.reports),
            chosen_by=by,
            chosen_at=now(),
        )
        with self._catalogue.begin() as session:
            session.merge(row)
            session.commit()
