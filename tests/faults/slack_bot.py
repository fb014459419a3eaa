"""The Slack bot in a process that is to be killed: `python -m tests.faults.slack_bot CATALOGUE API_URL`.

Real Bolt, Socket Mode and SQLite; the answers are scripted, so that a start takes a second.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from bot.answer import Answer, Question
from bot.slack.desk import SlackBot
from bot.slack.settings import SlackSettings
from tests.bot.slack.stand_in import APP_TOKEN, BOT_TOKEN
from tests.bot.slack.test_desk import ANSWER, BASE_URL
from tests.faults.server import ROOT
from vectorstore.catalogue import Catalogue

LONG = "At length: "  # what a question begins with whose answer takes PARTS messages
PARTS = 2
_SENTENCES = 400


class Scripted:
    """Answers every question in its own words, after a while."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._random = Random()

    def answer(self, question: Question) -> Answer:
        """An answer that only this question has."""
        time.sleep(self._seconds * self._random.random())
        return replace(ANSWER, answer=answer_to(question.text))


def answer_to(question: str) -> str:
    """What a question is answered."""
    return " ".join([f"This answers {question}."] * (_SENTENCES if question.startswith(LONG) else 1))


def start(catalogue: Path, api_url: str, *, seconds: float, log: Path) -> subprocess.Popen[bytes]:
    """The bot in a process group of its own; an answer takes it up to so many seconds."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", __name__, str(catalogue), api_url, "--seconds", str(seconds)]
    with log.open("ab") as told:
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=told, stderr=told, start_new_session=True)


async def _serve(arguments: argparse.Namespace) -> None:
    catalogue = Catalogue(f"sqlite:///{arguments.catalogue}")
    settings = SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=arguments.api_url)
    await SlackBot(settings, Scripted(arguments.seconds), catalogue, base_url=BASE_URL).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("api_url")
    parser.add_argument("--seconds", type=float, required=True)
    asyncio.run(_serve(parser.parse_args()))
