"""How soon the first word of an answer comes: `python -m bench.first_token [--delay SECONDS] [--rounds N]`.

Beside a chat server that says its first word after so long, called directly by LangChain's client, stands the whole way
of a question over HTTP: its search, the model, and the event with the first piece of text. Both are timed from the
request sent until that piece has come, turn about. The chat server has a process of its own.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import httpx
from fastapi import FastAPI
from starlette.responses import StreamingResponse

from bench.retrieval_engines import carry_out
from bench.served import app_in_a_process
from bot.commands.client import events
from bot.model.chat_model import load_chat_model
from bot.operations.folder import Ownership
from bot.service import build_service
from bot.serving import temporary_server
from bot.settings import BotSettings
from ingest.plan import Change
from ingest.sources import files_under
from vectorstore.settings import IndexSettings

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
QUESTIONS = (
    "How much is the coordination levy?",
    "Who chairs the regional collaborative platform?",
    "Combien de pays ont un plan-cadre de coopération ?",
    "谁主持区域协作平台？",
)
GOAL = 1.2
WORDS = ("The ", "coordination ", "levy ", "is ", "1 ", "per ", "cent ", "[1].")
BETWEEN_WORDS = 0.02  # seconds


def chat_app(delay: float) -> FastAPI:
    """A server in OpenAI's form whose first word comes after so many seconds."""
    app = FastAPI()

    def said() -> Iterator[str]:
        time.sleep(delay)
        for word in WORDS:
            yield f'data: {{"choices": [{{"index": 0, "delta": {{"content": "{word}"}}}}]}}\n\n'
            time.sleep(BETWEEN_WORDS)
        yield 'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'

    @app.post("/v1/chat/completions")
    def complete() -> StreamingResponse:
        return StreamingResponse(said(), media_type="text/event-stream")

    return app


def directly(settings: BotSettings, question: str) -> float:
    """Milliseconds until the model's first word, of LangChain's own client."""
    model = load_chat_model(settings)
    assert model
    list(model.stream("warm"))  # as the other side, which has its connection by now
    started = time.perf_counter()
    for chunk in model.stream(question):
        if chunk.text:
            return (time.perf_counter() - started) * 1000
    raise RuntimeError("The chat server said nothing.")


def by_answer(client: httpx.Client, question: str) -> tuple[float, float]:
    """Milliseconds until the first piece of an answer, and those of its search."""
    started = time.perf_counter()
    first, searched = 0.0, 0.0
    for name, content in events(client, "/v1/ask", {"question": question, "stream": True, "language": "en"}):
        if name == "token" and not first:
            first = (time.perf_counter() - started) * 1000
        if name == "answer":
            searched = content["timings_ms"]["search"]
            if content["mode"] != "generative":
                raise RuntimeError("The chat server was not asked.")
    return first, searched


def measure(settings: BotSettings, client: httpx.Client, rounds: int) -> float:
    """Prints both sides and gives their ratio."""
    for question in QUESTIONS:
        by_answer(client, question)  # warm
    direct, ours, searches = [], [], []
    for number in range(rounds):
        question = f"{QUESTIONS[number % len(QUESTIONS)]} {'?' * (number // len(QUESTIONS))}"  # none asked before
        direct.append(directly(settings, question))
        first, searched = by_answer(client, question)
        ours.append(first)
        searches.append(searched)
    ratio, alone = median(ours) / median(direct), after_search(ours, searches, direct)
    print(f"model alone     {median(direct):7.1f} ms to the first word, median of {rounds}")
    print(f"whole answer    {median(ours):7.1f} ms, of which {median(searches):.1f} ms search")
    print(f"                {ratio:7.2f} times (asked: at most {GOAL}); {alone:.2f} without the search")
    return ratio


def after_search(ours: list[float], searches: list[float], direct: list[float]) -> float:
    """The ratio of what is left when the search of each question is taken off."""
    return median(first - searched for first, searched in zip(ours, searches, strict=True)) / median(direct)


def main() -> int:
    """Reads the command line, prints the figures, and tells whether the first word came in time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.3)
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args()
    os.environ.setdefault("OPENAI_API_KEY", "none")
    with tempfile.TemporaryDirectory() as folder, app_in_a_process(chat_app, chosen.delay) as address:
        index = IndexSettings(path=Path(folder))
        with closing(build_service(index, BotSettings())) as service:
            carry_out(service, Change(files=files_under([SAMPLES])))
        settings = BotSettings(model="openai:bench", model_base_url=f"{address}/v1")
        ownership = Ownership(index.path)
        assert ownership.take()
        with temporary_server(index, settings) as ours:
            headers = {"Authorization": f"Bearer {ours.token}"}
            with httpx.Client(base_url=ours.url, headers=headers, timeout=120) as client:
                ratio = measure(settings, client, chosen.rounds)
        ownership.free()
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
