"""What the managers of a channel have chosen for it, kept in the catalogue."""

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

    def of(self, channel: str) -> Chosen:
        """What holds in a channel now."""
        with self._catalogue.begin() as session:
            row = session.get(SlackChannelRow, channel)
        return Chosen(row.off, row.language, row.alone, tuple(row.reports)) if row else Chosen()

    def keep(self, channel: str, chosen: Chosen, *, by: str) -> None:
        """Has something else hold in a channel from the next question on, as somebody chose, given by the id."""
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
