"""Sees that Slack's questions are each answered exactly once: `python -m tests.faults.slack_events`.

First events come, each up to four times, in any order and several at once, while the bot is killed over and over; then
Slack fails in ten ways. Answers that take a while are streamed, in some channels shown in messages that are updated.
Nothing may be lost, nothing doubled, and the parts of an answer must come in order.
"""

import argparse
import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.bot.slack.stand_in import Failure, SlackStandIn, slack_stand_in
from tests.bot.slack.test_desk import direct, mention
from tests.faults import slack_bot
from tests.faults.server import kill
from tests.faults.slack_checks import REFUSED, Asking, problems

POST, START, APPEND, STOP, UPDATE = (
    "chat.postMessage", "chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update",
)  # fmt: skip
_AT_ONCE = 16  # deliveries
_CHANNELS = 200
_ANSWER_SECONDS = 3.0  # at most; half of the answers take an eighth of it or less
_WORTH_SECONDS = 0.05  # of an answer, after which it is shown how far it is
_POST_SECONDS = 0.05
# How long answers take that are posted at once, and those that are shown before.
_POSTED: Mapping[str, float] = {"seconds": 0.2, "worth": 60.0}
_SHOWN: Mapping[str, float] = {"seconds": 6.0, "least": 0.6}
_ACKNOWLEDGED_SECONDS = 10
_SETTLED_SECONDS = 600
# What Slack says to the first post of an answer. Where it may have taken that all the same, every second time it has.
SILENCING = "429 for 30 s"  # after which nothing is shown on its way, so that nothing else could fail of that
KINDS: Mapping[str, Failure] = {
    "429 for 1 s": Failure(status=429, error="ratelimited", headers={"Retry-After": "1"}),
    SILENCING: Failure(status=429, error="ratelimited", headers={"Retry-After": "30"}),
    "500": Failure(status=500),
    "503": Failure(status=503),
    "timeout after accept": Failure(seconds=12, taken=True),
    "invalid_auth": Failure(error="invalid_auth"),
    "token_expired": Failure(error="token_expired"),
    REFUSED: Failure(error="channel_not_found"),
    "msg_too_long": Failure(error="msg_too_long"),
    "reset": Failure(reset=True),
}
_MAY_BE_TAKEN = ("500", "503", "reset")


@dataclass
class Run:
    """What was done and what was wrong."""

    what: str
    asked: int
    deliveries: int = 0
    kills: int = 0
    lookups: int = 0
    posts: int = 0
    streamed: int = 0
    updated: int = 0
    seconds: float = 0
    slowest: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def look(self, slack: SlackStandIn, asked: Sequence[Asking], unsettled: Sequence[str]) -> None:
        """Notes what lies in Slack, and what is wrong with it."""
        self.posts, self.lookups = len(slack.messages), len(slack.calls("conversations.replies"))
        begun = sum("streaming_state" in message for message in slack.messages)
        self.streamed, self.updated = begun, len({call["ts"] for call in slack.calls(UPDATE)}) - begun
        self.problems += [f"{event_id} is not settled" for event_id in unsettled]
        self.problems += problems(slack, asked)


class Bot:
    """The bot in a process that can be killed and started again."""

    def __init__(self, slack: SlackStandIn, folder: Path, **timing: float) -> None:
        self._slack = slack
        self._folder = folder
        self._timing = {"seconds": _ANSWER_SECONDS, "worth": _WORTH_SECONDS} | timing
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Returns when it is connected."""
        catalogue, log = self._folder / "catalogue.sqlite", self._folder / "log"
        self._process = slack_bot.start(catalogue, self._slack.api_url, log=log, **self._timing)
        await self._slack.until(lambda: self._slack.connected, "connection", seconds=120)

    async def kill(self) -> None:
        """Returns when it is dead and its connection gone."""
        if self._process:
            await asyncio.to_thread(kill, self._process)
        await self._slack.until(lambda: not self._slack.connected, "end of the connection", seconds=120)

    def unsettled(self) -> list[str]:
        """The events that it has not settled."""
        with closing(sqlite3.connect(self._folder / "catalogue.sqlite", timeout=60)) as connection:
            rows = connection.execute(
                "SELECT event_id FROM slack_events WHERE settled_at IS NULL OR reason IS NOT NULL"
            )
            return [event_id for (event_id,) in rows]

    async def until_settled(self) -> None:
        """Returns when all is settled, or after a long time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_SETTLED_SECONDS):
                while self.unsettled():
                    await asyncio.sleep(0.1)


async def kill_over_and_over(
    folder: Path, *, events: int, kills: int, seconds: float = _ANSWER_SECONDS, seed: int = 1
) -> Run:
    """Delivers events while the bot is killed so many times and started again; an answer takes it up to so long."""
    random, run = Random(seed), Run("events while the bot is killed", events)
    async with slack_stand_in() as slack:
        for method in (POST, START, APPEND, STOP, UPDATE):
            slack.failures[method].extend(
                Failure(seconds=random.uniform(0, _POST_SECONDS), taken=True) for _ in range(10 * events)
            )
        slack.refused = {f"{START} C{number}": "channel_type_not_supported" for number in range(0, _CHANNELS, 3)}
        bot, began = Bot(slack, folder, seconds=seconds), time.monotonic()
        await bot.start()
        asked = list(_asked(events))
        feeding = asyncio.create_task(_feed(slack, asked, random, run))
        most = max(2, 2 * sum(len(one.events) for one in asked) // max(kills, 1))
        for _ in range(kills):
            await _wait_for_some(slack, random, feeding, most)
            await bot.kill()
            run.kills += 1
            await bot.start()
        await feeding
        await bot.until_settled()
        run.seconds = time.monotonic() - began
        run.look(slack, asked, bot.unsettled())
        await bot.kill()
    return run


async def fail_in_every_way(
    folder: Path, *, times: int, method: str = POST, kinds: Sequence[str] = tuple(KINDS), seed: int = 1
) -> Run:
    """Asks so many questions a kind of failure of a method, all at once, each in a channel of its own."""
    run, began = Run(f"failures of {method}", times * len(kinds)), time.monotonic()
    async with slack_stand_in() as slack:
        asked = [_failing(slack, method, kind, number) for number in range(times) for kind in kinds]
        bot = Bot(slack, folder, **(_POSTED if method == POST else _SHOWN))
        await bot.start()
        delivered_at = time.monotonic()
        await _feed(slack, asked, Random(seed), run, at_most=1)
        await bot.until_settled()
        run.seconds = time.monotonic() - began
        run.look(slack, asked, bot.unsettled())
        if left := sum(map(len, slack.failures.values())):
            run.problems.append(f"{left} failures did not come to pass")
        for kind in kinds:
            channels = {one.conversation for one in asked if kind in one.question}
            posted = [one["at"] for one in slack.messages if one["channel"] in channels]
            run.slowest[kind] = max(posted, default=0) - delivered_at
        await bot.kill()
    return run


def _asked(count: int) -> Iterator[Asking]:
    """Questions in channels and, now and then, in direct messages; every fourth has a long answer."""
    for number in range(count):
        question = f"{slack_bot.LONG if number % 4 == 0 else ''}Question {number}?"
        place = {"ts": f"{number}.1", "text": question}
        if number % 10 == 9:  # Slack tells of it twice
            place["channel"] = f"D{number}"
            yield Asking(question, {f"Ev{number}": mention(**place), f"Ev{number}-twin": direct(**place)})
        else:
            yield Asking(question, {f"Ev{number}": mention(**place, channel=f"C{number % _CHANNELS}")})


def _failing(slack: SlackStandIn, method: str, kind: str, number: int) -> Asking:
    place = f"{kind}-{number}".upper().replace(" ", "")
    failure = KINDS[kind]
    is_taken = failure.taken or (kind in _MAY_BE_TAKEN and number % 2 == 1)
    slack.failures[f"{method} C{place}"].append(
        Failure(failure.status, failure.error, "", failure.headers, failure.seconds, is_taken, failure.reset)
    )
    question = f"{slack_bot.LONG if kind == 'msg_too_long' else ''}Question {number} with {kind}?"
    event = mention(question, channel=f"C{place}", ts=f"{number}.1", user=f"U{place}")
    return Asking(question, {f"Ev-{place}": event}, kind if method == POST else f"{method}: {kind}")


async def _feed(slack: SlackStandIn, asked: Sequence[Asking], random: Random, run: Run, *, at_most: int = 4) -> None:
    """Delivers every event one to so many times, in any order, several at once; each until it is acknowledged."""
    events = [item for one in asked for item in one.events.items()]
    deliveries = [item for item in events for _ in range(random.randint(1, at_most))]
    random.shuffle(deliveries)
    waiting = deque(deliveries)

    async def work() -> None:
        while waiting:
            await _deliver(slack, *waiting.popleft(), run)

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))


async def _deliver(slack: SlackStandIn, event_id: str, event: Mapping[str, Any], run: Run) -> None:
    envelope, retry = "", 0
    while envelope not in slack.acknowledged:
        run.deliveries += 1
        with suppress(ConnectionError, IndexError):  # it was killed in this moment
            envelope = await slack.deliver(event, event_id=event_id, retry=retry)
            await slack.until(_is_over(slack, envelope), "acknowledgement", seconds=_ACKNOWLEDGED_SECONDS)
        retry += 1


def _is_over(slack: SlackStandIn, envelope: str) -> Callable[[], bool]:
    return lambda: envelope in slack.acknowledged or not slack.connected


async def _wait_for_some(slack: SlackStandIn, random: Random, feeding: asyncio.Task[None], most: int) -> None:
    """Returns after some acknowledgements or some posts, and a moment."""
    count: Callable[[], int] = random.choice([lambda: len(slack.acknowledged), lambda: len(slack.messages)])
    enough = count() + random.randint(1, most)
    with suppress(AssertionError):
        await slack.until(lambda: count() >= enough or feeding.done(), "progress", seconds=5)
    await asyncio.sleep(random.uniform(0, 2 * _POST_SECONDS))


def summary(run: Run) -> str:
    """What was done, how long it took, and what was wrong."""
    lines = [
        f"{run.what}: {run.asked} questions, {run.deliveries} deliveries, {run.kills} kills, {run.posts} posts, "
        f"{run.streamed} of them streamed and {run.updated} updated, {run.lookups} look-ups, {run.seconds:.0f} s",
        *(f"  {kind}: all there after {seconds:.1f} s" for kind, seconds in run.slowest.items()),
        f"{len(run.problems)} problems",
    ]
    return "\n".join([*lines, *run.problems[:50]])


def main() -> int:
    """Does both; exit status 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--failures", type=int, default=20, help="of each kind")
    parser.add_argument("--work", type=Path, help="empty folder to work in, which is kept; else one that is deleted")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reformbot-slack-") as temporary:
        work = (arguments.work or Path(temporary)).resolve()
        (work / "killed").mkdir(parents=True)
        kills, seed = arguments.kills, arguments.seed
        runs = [asyncio.run(kill_over_and_over(work / "killed", events=arguments.events, kills=kills, seed=seed))]
        sys.stdout.write(f"{summary(runs[-1])}\n")
        for method in (POST, START, APPEND, STOP, UPDATE):
            sys.stdout.flush()
            (work / method).mkdir()
            kinds = tuple(KINDS) if method == POST else tuple(kind for kind in KINDS if kind != SILENCING)
            failing = fail_in_every_way(work / method, times=arguments.failures, method=method, kinds=kinds, seed=seed)
            runs.append(asyncio.run(failing))
            sys.stdout.write(f"{summary(runs[-1])}\n")
    return 1 if any(run.problems for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
