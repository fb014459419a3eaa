"""What somebody asks in Slack, read from the event that Slack delivers."""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.slack.questions.asking import asks, muting_language

# A file or a copy to the channel does not make a person's message another kind; every other subtype is an edit, a
# deletion, a join or a bot: https://docs.slack.dev/reference/events/message
_ASKING_SUBTYPES = (None, "file_share", "thread_broadcast")
SLACKBOT = "USLACKBOT"
# <@U1>, <#C1|general>, <!here>, <https://un.org|label>: https://docs.slack.dev/messaging/formatting-message-text
_REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_CALLS_SOMEBODY = re.compile(r"<[@!]")

# How the bot was asked: by its name, in a direct message, in a thread of a channel without its name, by the slash
# command, by the shortcut on a message, or to share an answer that somebody has.
Way = Literal["mention", "direct", "thread", "command", "shortcut", "share"]


@dataclass(frozen=True)
class Asked:
    """A question and where its answer belongs; `question` is empty when only the bot's name was called.

    Where an answer is to be shared, it is that of `answer_id`. Slack says with some questions that their channel
    `has_outsiders`; where `alone`, a setting of the channel has the asker alone answered.
    """

    event_id: str
    team: str
    channel: str
    ts: str
    thread_ts: str
    user: str
    question: str
    way: Way = "mention"
    answer_id: str = ""
    has_outsiders: bool = False
    alone: bool = False

    @property
    def conversation_id(self) -> str:
        """The same for every message of the thread; of answers that one person alone sees, for that person's."""
        thread = f"slack:{self.team}:{self.channel}:{self.thread_ts}"
        return f"{thread}:{self.user}" if self.alone else thread

    @property
    def is_private(self) -> bool:
        """Whether the answer is for the asker alone, in the channel; about a message without text there is none."""
        return self.alone or self.way == "command" or (self.way == "shortcut" and not self.question)

    @property
    def thread(self) -> str | None:
        """The thread that the answer belongs to; None where that is none."""
        return None if self.is_private or self.way == "share" else self.thread_ts

    @property
    def shown_in(self) -> str | None:
        """The thread in which the answer is shown: where the asker alone sees it, only one that was there before."""
        # https://docs.slack.dev/reference/methods/chat.postEphemeral
        was_there = self.alone and self.way in ("mention", "thread") and self.thread_ts != self.ts
        return self.thread_ts if was_there else self.thread

    @property
    def opens_thread(self) -> bool:
        """Whether further questions below the answer need no mention."""
        return self.way != "direct" and not self.is_private

    @property
    def muted_in(self) -> str | None:
        """The language in which the bot is told to keep out of the thread, where it is told nothing else."""
        return muting_language(self.question) if self.way in ("mention", "thread") else None


def read_event(body: Mapping[str, Any]) -> Asked | None:
    """What a mention or a message asks; None for whatever a person did not ask the bot.

    What is asked in a thread without a mention is for the bot only where it takes part in that thread.
    """
    event = body.get("event")
    if not isinstance(event, Mapping):
        return None
    needed = [event.get(name) for name in ("text", "channel", "ts", "user")]
    if not _from_a_person(event) or not all(isinstance(value, str) and value.strip() for value in needed):
        return None
    text, channel, ts, user = map(str, needed)
    way, thread_ts = _way(event), str(event.get("thread_ts") or ts)
    if way == "thread" and (thread_ts == ts or not _is_for_all(text)):
        return None
    return Asked(
        event_id=str(body.get("event_id") or ts),
        team=str(body.get("team_id") or event.get("team") or ""),
        channel=channel,
        ts=ts,
        thread_ts=thread_ts,
        user=user,
        question=plain_text(text),
        way=way,
        has_outsiders=bool(body.get("is_ext_shared_channel")),
    )


def _way(event: Mapping[str, Any]) -> Way:
    if event.get("type") != "message":
        return "mention"
    return "direct" if event.get("channel_type") == "im" else "thread"


def _is_for_all(text: str) -> bool:
    """Whether a message asks, and nobody by name; where it names the bot, there is a mention of its own."""
    if _CALLS_SOMEBODY.search(text):
        return False
    words = plain_text(text)
    return asks(words) or muting_language(words) is not None


@dataclass(frozen=True)
class Shared:
    """A file shared in a channel, and the thread to speak of it in, where that is known.

    `announced` when it was said that it is being read, `run_id` the refresh that takes it in, once there is one.
    """

    file_id: str
    channel: str
    user: str
    thread_ts: str | None = None
    announced: bool = False
    run_id: str | None = None


def read_shares(body: Mapping[str, Any]) -> tuple[Shared, ...]:
    """The files that an event tells of as shared by a person; Slack sends two events of each."""
    event = body.get("event") or {}
    channel, user = event.get("channel_id") or event.get("channel"), event.get("user_id") or event.get("user")
    if not (channel and user):
        return ()
    if event.get("type") == "file_shared":
        return (Shared(event["file_id"], channel, user),) if event.get("file_id") else ()
    if event.get("subtype") != "file_share" or not (_from_a_person(event) and event.get("ts")):
        return ()
    thread_ts = event.get("thread_ts") or event["ts"]
    return tuple(Shared(file["id"], channel, user, thread_ts) for file in event.get("files") or () if file.get("id"))


def plain_text(text: str) -> str:
    """A message's words without Slack's markup: people's names dropped, links and channels as they are read."""
    words = _REFERENCE.sub(_as_read, text)
    return " ".join(words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split())


def _from_a_person(event: Mapping[str, Any]) -> bool:
    return (
        event.get("user") not in (None, "", SLACKBOT)
        and not event.get("bot_id")
        and event.get("subtype") in _ASKING_SUBTYPES
        and not event.get("hidden")
        and "edited" not in event
    )


def _as_read(reference: re.Match[str]) -> str:
    sigil, target, label = reference.groups()
    if sigil == "@":
        return " "
    if sigil == "#":
        return f"#{label}" if label else " "
    return label or ("" if sigil else target)


class SeenEvents:
    """Remembers which files were shared lately, in this process only, so that nothing is done twice.

    Slack delivers an event again after a minute and after five when no acknowledgement came in time.
    """

    def __init__(
        self, *, keep_s: float = 3600, at_most: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._keep_s = keep_s
        self._at_most = at_most
        self._clock = clock
        self._claimed: OrderedDict[str, float] = OrderedDict()

    def claim_names(self, *names: str) -> bool:
        """True when none of the names was claimed before; all of them are now."""
        self._forget_the_old()
        known = any(name in self._claimed for name in names)
        for name in names:
            self._claimed.setdefault(name, self._clock())
        return not known

    def _forget_the_old(self) -> None:
        oldest = self._clock() - self._keep_s
        while self._claimed and (len(self._claimed) > self._at_most or next(iter(self._claimed.values())) < oldest):
            self._claimed.popitem(last=False)
