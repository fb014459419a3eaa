"""What must hold for the answers that lie in Slack: each once, whole, in order and where it belongs."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bot.slack.stand_in import SlackStandIn
from tests.faults import slack_bot

REFUSED = "channel_not_found"  # the kind of failure after which an answer goes to its asker alone


@dataclass(frozen=True)
class Asking:
    """A question in Slack, and the events that tell of it: two where it is a mention in a direct message."""

    question: str
    events: Mapping[str, Mapping[str, Any]]
    kind: str = ""

    @property
    def message(self) -> Mapping[str, Any]:
        """The message that asks."""
        return next(iter(self.events.values()))

    @property
    def conversation(self) -> str:
        """Where the answer belongs."""
        return f"D-{self.message['user']}" if self.kind == REFUSED else str(self.message["channel"])

    @property
    def thread_ts(self) -> str | None:
        """The thread there in which it belongs, if in any."""
        return None if self.kind == REFUSED else str(self.message["ts"])


def problems(slack: SlackStandIn, asked: Sequence[Asking]) -> Iterator[str]:
    """What is wrong with what lies in Slack."""
    threads: defaultdict[tuple[str, str | None], list[dict[str, Any]]] = defaultdict(list)
    for message in slack.messages:
        threads[message["channel"], message.get("thread_ts")].append(message)
    for one in asked:
        yield from _wrong(one, threads.pop((one.conversation, one.thread_ts), []))
    if slack_bot.UNVERIFIED in json.dumps([payload for name, payload in slack.log if name.startswith("chat.")]):
        yield "what nobody has verified was shown"
    for place, messages in threads.items():
        yield f"{len(messages)} messages lie in {place}, where nobody asked"


def _wrong(one: Asking, messages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    told = f"{one.question} ({one.kind or 'killed'})"
    if not messages or any("metadata" not in message for message in messages):
        yield f"{told} is not answered"
        return
    payloads = [message["metadata"]["event_payload"] for message in messages]
    if any(message.get("streaming_state") == "in_progress" for message in messages):
        yield f"{told} is being streamed for ever"
    if [payload["part"] for payload in payloads] != list(range(1, len(payloads) + 1)):
        yield f"{told} is answered in the parts {[payload['part'] for payload in payloads]}"
    if {payload["event"] for payload in payloads} - one.events.keys():
        yield f"{told} has an answer of another event"
    answers = messages[1:] if one.kind == REFUSED else messages
    if " ".join(map(_said, answers)) != slack_bot.answer_to(one.question):
        yield f"{told} is answered otherwise: {json.dumps([message['text'][:80] for message in messages])}"


def _said(message: Mapping[str, Any]) -> str:
    if "blocks" not in message:
        return str(message["text"])
    return " ".join(block["text"]["text"] for block in message["blocks"] if block["type"] == "section")
