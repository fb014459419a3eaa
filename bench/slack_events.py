"""How soon events of Slack are acknowledged and answered: `python -m bench.slack_events [--seconds N] [--burst N]`.

Signed mentions come over HTTP to `reformbot serve`, a process of its own with the sample reports: first as many a
second as Slack sends at most of one workspace, for two minutes, then a hundred at once, three times. Beside it stands
what the tutorials give: Bolt with its adapter for FastAPI, which asks the same answering and posts what it says. A
stand-in for Slack takes the posts of both. An acknowledgement is timed from when its event was due.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from fastapi import FastAPI, Request
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import Response

from bench.retrieval_engines import carry_out
from bench.served import app_in_a_process, reformbot
from bot.answer import Question
from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.slack.http import PATH
from ingest.plan import Change
from ingest.sources import files_under
from tests.bot.slack.requests import SECRET, Sent, event_body, mention, signed
from tests.bot.slack.stand_in import BOT_TOKEN, SlackStandIn, slack_stand_in
from vectorstore.settings import IndexSettings

SAMPLES = Path(__file__).parent.parent / "samples"
RATE = 500 / 60  # events a second that Slack sends of one workspace: 30,000 an hour
GOAL = 0.5  # seconds for 99 of 100 acknowledgements
BURSTS = 3
CHANNELS = 100
DRAIN_SECONDS = 300.0
LOOK_SECONDS = 0.01


@dataclass
class Timed:
    """What came of the events of one phase: seconds until each was acknowledged and answered, by its thread."""

    due: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    refused: int = 0


@dataclass(frozen=True)
class Side:
    """A server that is measured, and the stand-in that it posts to."""

    name: str
    host: str
    port: int
    slack: SlackStandIn


def peer_app(service: Service, api_url: str) -> FastAPI:
    """What the tutorials give, before the same answering."""
    bolt = AsyncApp(signing_secret=SECRET, client=AsyncWebClient(BOT_TOKEN, base_url=api_url))

    @bolt.event("app_mention")
    async def answer(event: dict[str, Any], say: AsyncSay) -> None:
        question = Question(event["text"].partition(">")[2], conversation_id=f"peer:{event['ts']}")
        answered = await asyncio.to_thread(service.answering.answer, question)
        await say(text=answered.reason or answered.answer, thread_ts=event["ts"])

    handler, api = AsyncSlackRequestHandler(bolt), FastAPI()

    @api.post(PATH)
    async def deliver(request: Request) -> Response:
        return await handler.handle(request)

    return api


@contextmanager
def peer(index: IndexSettings, api_url: str) -> Iterator[str]:
    """The peer's address, within the block."""
    with app_in_a_process(served_peer, index, api_url) as url:
        yield url


def served_peer(index: IndexSettings, api_url: str) -> FastAPI:
    """The peer's app in its process, whose end closes what it opens."""
    return peer_app(build_service(index, BotSettings()), api_url)


@contextmanager
def ours(index: IndexSettings, api_url: str) -> Iterator[str]:
    """The address of `reformbot serve`, within the block."""
    slack = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api_url}
    with reformbot(index, **slack) as address:
        yield address.url


@asynccontextmanager
async def side(name: str, server: Callable[[IndexSettings, str], Any], index: IndexSettings) -> AsyncIterator[Side]:
    """A server that answers, warm, and its stand-in."""
    async with slack_stand_in() as slack:
        serving = server(index, slack.api_url)
        url = await asyncio.to_thread(serving.__enter__)
        try:
            address = httpx.URL(url)
            yield Side(name, address.host, address.port or 80, slack)
        finally:
            await asyncio.to_thread(serving.__exit__, None, None, None)


async def measure(side: Side, questions: Iterator[str], numbers: Iterator[int], due: Sequence[float]) -> Timed:
    """Sends an event at each of these seconds from now, and waits until all are answered."""
    timed, start, seen = Timed(), time.perf_counter() + 0.1, len(side.slack.log)
    watching = asyncio.create_task(watch(side.slack, timed, seen, len(due)))
    sending = [send(side, next(questions), next(numbers), start + seconds, timed) for seconds in due]
    await asyncio.gather(*sending)
    try:
        await asyncio.wait_for(watching, DRAIN_SECONDS)
    except TimeoutError:
        print(f"  {side.name}: not all were answered within {DRAIN_SECONDS:.0f} s")
    return timed


async def send(side: Side, question: str, number: int, at: float, timed: Timed) -> None:
    """Sends one event when it is due, and notes when it was acknowledged."""
    thread = f"{number}.000100"
    event = mention(question, ts=thread, channel=f"C{number % CHANNELS}")
    await asyncio.sleep(at - time.perf_counter())
    status = await post(side, signed(event_body(event, event_id=f"Ev{number}")))
    timed.due[thread] = at
    timed.acknowledged[thread] = time.perf_counter() - at
    timed.refused += status != httpx.codes.OK


async def post(side: Side, sent: Sent) -> int:
    """Sends a request over a connection of its own; returns the status.

    By hand, as a client of a library takes more of the machine than the server does.
    """
    length = (b"Content-Length", str(len(sent.body)).encode())
    lines = [f"POST {PATH} HTTP/1.1\r\nHost: {side.host}".encode()]
    lines += [name + b": " + value for name, value in (*sent.headers, length, (b"Connection", b"close"))]
    reader, writer = await asyncio.open_connection(side.host, side.port)
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + sent.body)
    status = int((await reader.readline()).split()[1])
    writer.close()
    return status


async def watch(slack: SlackStandIn, timed: Timed, seen: int, wanted: int) -> None:
    """Notes when each thread got its first message, until so many did."""
    first: dict[str, float] = {}
    while len(first) < wanted or len(timed.due) < wanted:
        await asyncio.sleep(LOOK_SECONDS)
        for name, payload in slack.log[seen:]:
            if name == "chat.postMessage":
                first.setdefault(payload["thread_ts"], time.perf_counter())
        seen = len(slack.log)
        timed.answered = {thread: at - timed.due[thread] for thread, at in first.items() if thread in timed.due}


def tell(what: str, side: Side, timed: Timed) -> float:
    """Prints a phase; returns the seconds within which 99 of 100 were acknowledged."""
    acknowledged, answered = list(timed.acknowledged.values()), list(timed.answered.values())
    print(
        f"{what:8}{side.name:11}{len(acknowledged):5} events, {timed.refused} refused; seconds to acknowledge"
        f" {spread(acknowledged)}, to answer {len(answered)} {spread(answered)}",
        flush=True,
    )
    return high(acknowledged)


def spread(values: Sequence[float]) -> str:
    """How long it took in the middle, for 99 of 100, and at most."""
    return f"{median(values):.3f} p99 {high(values):.3f} max {max(values):.3f}"


def high(values: Sequence[float]) -> float:
    """The value that 99 of 100 do not exceed."""
    return quantiles(values, n=100, method="inclusive")[98]


async def compare(index: IndexSettings, copy: IndexSettings, seconds: float, burst: int) -> float:
    """Prints both sides in each phase; returns the slowest p99 of our acknowledgements."""
    lines = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    numbers, slowest = count(1), 0.0
    async with side("reformbot", ours, index) as first, side("Bolt alone", peer, copy) as second:
        phases: list[tuple[str, list[float]]] = [("steady", [n / RATE for n in range(round(seconds * RATE))])]
        phases += [("burst", [0.0] * burst)] * BURSTS
        for one in (first, second):
            await measure(one, cycle(asked), numbers, [n / RATE for n in range(len(asked))])  # warm
        for what, due in phases:
            for one in (first, second):
                reached = tell(what, one, await measure(one, cycle(asked), numbers, due))
                slowest = max(slowest, reached) if one is first else slowest
    return slowest


def main() -> int:
    """Reads the command line, prints the figures, and tells whether acknowledgements came in time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--burst", type=int, default=100)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = IndexSettings(path=Path(folder) / "ours")
        with closing(build_service(index, BotSettings())) as service:
            carry_out(service, Change(files=files_under([SAMPLES / "reports"])))
            index = index.model_copy(update={"models_path": service.index_settings.models_folder})
        copy = index.model_copy(update={"path": Path(shutil.copytree(index.path, Path(folder) / "peer"))})
        slowest = asyncio.run(compare(index, copy, chosen.seconds, chosen.burst))
    print(f"99 of 100 acknowledged within {1000 * slowest:.0f} ms in the slowest phase (asked: {1000 * GOAL:.0f})")
    return int(slowest > GOAL)


if __name__ == "__main__":
    sys.exit(main())
