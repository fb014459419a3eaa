"""What the server does when many ask at a time: `python -m bench.load [--passages N] [--seconds N]`.

`reformbot serve`, a process of its own, has an index of fifty thousand made-up paragraphs (`bench.search` says of what)
and a chat model that takes 300 ms a reply. First fifty clients ask twenty questions a second between them, each at its
time however long answers take: some four hundred different questions, again and again, as colleagues ask after the same
report; then a hundred ask without any pause; then, ten seconds later, the fifty again; last the fifty with questions of
which hardly any has been asked before, for which nothing is at hand. Beside it stands what the tutorials give, FastAPI
around LangChain's Chroma and client, asked by a hundred without pause as well. Clients and model run on the same
machine, and what they and the server take of its processors is told.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, cycle
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

import aiohttp

from bench.load_model import quoting_model
from bench.load_peer import plain_app
from bench.search import SAMPLES, composing, made_up, our_side, plain_side, sample_sentences
from bench.served import app_in_a_process, reformbot
from vectorstore.models import load_embeddings
from vectorstore.sentence_encoder import sentence_encoder
from vectorstore.settings import IndexSettings

MODEL_SECONDS = 0.3
RATE, CLIENTS, CROWD = 20.0, 50, 100  # questions a second; clients; clients without pause
ADMITTED_SECONDS, CROWDED_SECONDS, REFUSED_SECONDS = 0.8, 1.6, 0.2  # 95 of 100
ERRORS = 0.001
REST_SECONDS = 10.0
REFUSED = (429, 503)
OK = 200


@dataclass(frozen=True)
class Reply:
    """What came of one question: its status, 0 where the connection failed, and the seconds since it was due."""

    status: int
    seconds: float
    mode: str = ""


Ask = Callable[[str, float], Awaitable[Reply]]


def asker(session: aiohttp.ClientSession, url: str, token: str = "") -> Ask:
    """Asks a server."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def ask(question: str, due: float) -> Reply:
        try:
            async with session.post(url, json={"question": question}, headers=headers) as response:
                body = await response.read()
                seconds = time.perf_counter() - due
                return Reply(response.status, seconds, json.loads(body).get("mode", ""))
        except aiohttp.ClientError:
            return Reply(0, time.perf_counter() - due)

    return ask


async def in_turn(ask: Ask, questions: Iterator[str], seconds: float) -> Sequence[Reply]:
    """Fifty clients that each ask at their times."""
    start = time.perf_counter()

    async def client(number: int) -> list[Reply]:
        replies = []
        for turn in range(int(seconds * RATE / CLIENTS)):
            due = start + (turn * CLIENTS + number) / RATE
            await asyncio.sleep(due - time.perf_counter())
            replies.append(await ask(next(questions), due))
        return replies

    return list(chain.from_iterable(await asyncio.gather(*map(client, range(CLIENTS)))))


async def without_pause(ask: Ask, questions: Iterator[str], seconds: float) -> Sequence[Reply]:
    """A hundred clients that ask again as soon as they are answered or refused."""
    end = time.perf_counter() + seconds

    async def client() -> list[Reply]:
        replies = []
        while (now := time.perf_counter()) < end:
            replies.append(await ask(next(questions), now))
        return replies

    return list(chain.from_iterable(await asyncio.gather(*(client() for _ in range(CROWD)))))


def told(name: str, replies: Sequence[Reply], seconds: float) -> Mapping[str, float]:
    """Prints what came of one phase; the seconds of 95 of 100 answers and refusals, and the share of errors."""
    answered = [reply.seconds for reply in replies if reply.status == OK]
    refused = [reply.seconds for reply in replies if reply.status in REFUSED]
    errors = (len(replies) - len(answered) - len(refused)) / len(replies)
    modes = Counter(reply.mode for reply in replies if reply.status == OK)
    print(f"{name}: {len(replies)} questions in {seconds:.0f} s, errors {errors:.2%}, {dict(modes)}")
    for what, taken in (("answered", answered), ("refused", refused)):
        if len(taken) > 1:
            cuts = quantiles(taken, n=100)
            rate = len(taken) / seconds
            print(f"  {what:9} {rate:8.1f} a second, p50 {cuts[49]:.3f} p95 {cuts[94]:.3f} p99 {cuts[98]:.3f} s")
    return {"answered": _p95(answered), "refused": _p95(refused), "errors": errors}


def _p95(taken: Sequence[float]) -> float:
    return quantiles(taken, n=100)[94] if len(taken) > 1 else 0.0


def hardly_asked_before(sentences: Sequence[str]) -> Iterator[str]:
    """Sentences as questions, each without one of its words or, in Chinese, characters."""
    random = Random(2)
    while True:
        sentence = random.choice(sentences).rstrip(".。")
        space = " " if " " in sentence else ""
        words = sentence.split() if space else list(sentence)
        words.pop(random.randrange(len(words)))
        yield f"{space.join(words)}?"


async def measure(ours: Ask, plain: Ask, questions: Iterator[str], new: Iterator[str], seconds: float) -> bool:
    """Prints all phases; whether every bar is met."""
    crowd_seconds = seconds / 3
    await in_turn(ours, questions, min(seconds, 20))  # warm
    calm = told("fifty clients", await in_turn(ours, questions, seconds), seconds)
    crowded = told("a hundred without pause", await without_pause(ours, questions, crowd_seconds), crowd_seconds)
    await asyncio.sleep(REST_SECONDS)
    after = told("fifty clients again", await in_turn(ours, questions, crowd_seconds), crowd_seconds)
    told("fifty clients, new questions", await in_turn(ours, new, crowd_seconds), crowd_seconds)
    await without_pause(plain, questions, 5)
    peer = told("plain, a hundred", await without_pause(plain, questions, crowd_seconds), crowd_seconds)
    print(f"ours under a hundred, beside plain: {crowded['answered'] / peer['answered']:.2f} times as long")
    return (
        max(calm["answered"], after["answered"]) <= ADMITTED_SECONDS
        and max(calm["errors"], crowded["errors"], after["errors"]) <= ERRORS
        and crowded["answered"] <= CROWDED_SECONDS
        and crowded["refused"] <= REFUSED_SECONDS
    )


async def asked(ours: Any, plain: str, questions: Iterator[str], new: Iterator[str], seconds: float) -> bool:
    """As `measure`, over HTTP."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        sides = asker(session, f"{ours.url}/v1/ask", ours.token), asker(session, f"{plain}/ask")
        return await measure(*sides, questions, new, seconds)


def make_indexes(work: Path, settings: IndexSettings, passages: int) -> None:
    """Both indexes, in folders of `work`."""
    model, second, sentences = load_embeddings(settings), sentence_encoder(), sample_sentences()
    lines = list(made_up(passages, sentences))
    everything = [sentence for each in sentences.values() for sentence in each]
    with ExitStack() as stack, composing(everything, model, second):
        our_side(work, settings, lines, stack)
        plain_side(work / "plain", model, lines, stack)


def main() -> int:
    """Prints the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=180, help="of the first phase; the others take a third of it")
    given = parser.parse_args()
    os.environ.setdefault("OPENAI_API_KEY", "none")
    rows = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    sentences = [one for each in sample_sentences().values() for one in each]
    questions = cycle([*(json.loads(row)["question"] for row in rows), *(f"{one.rstrip('.。')}?" for one in sentences)])
    settings = IndexSettings()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        work = Path(folder)
        make_indexes(work, settings, given.passages)
        model = stack.enter_context(app_in_a_process(quoting_model, MODEL_SECONDS))
        index = settings.model_copy(update={"path": work / "ours"})
        ours = stack.enter_context(reformbot(index, BOT_MODEL="openai:bench", BOT_MODEL_BASE_URL=f"{model}/v1"))
        plain = stack.enter_context(app_in_a_process(plain_app, str(work / "plain"), f"{model}/v1"))
        is_met = asyncio.run(asked(ours, plain, questions, hardly_asked_before(sentences), given.seconds))
    return int(not is_met)


if __name__ == "__main__":
    sys.exit(main())
