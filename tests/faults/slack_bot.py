"""The Slack bot in a process that is to be killed: `python -m tests.faults.slack_bot CATALOGUE API_URL`.

Real Bolt, Socket Mode and SQLite; the answers are scripted, so that a start takes a second.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from bot.answer import Event, Question, Status, Token, Verified
from bot.conversation import Conversations
from bot.slack.desk import SlackBot
from bot.slack.questions import progress
from bot.slack.questions.ways import Streamed, Updated
from bot.slack.settings import SlackSettings
from tests.bot.slack.stand_in import APP_TOKEN, BOT_TOKEN
from tests.bot.slack.test_desk import ANSWER, BASE_URL
from tests.faults.server import ROOT
from vectorstore.catalogue import Catalogue

LONG = "At length: "  # what a question begins with whose answer takes PARTS messages
PARTS = 2
UNVERIFIED = "Nobody has verified this."
_SENTENCES = 400


class Scripted:
    """Answers every question in its own words, after a while in which it tells of them, verified and not."""

    def __init__(self, seconds: float, *, least: float) -> None:
        self._seconds = seconds
        self._least = least
        self._random = Random()

    def events(self, question: Question) -> Iterator[Event]:
        """An answer that only this question has."""
        text, pause = answer_to(question.text), self._seconds / 3 * max(self._least, self._random.random() ** 3)
        for event in (Status("Searching …"), Token(UNVERIFIED), Verified(text[: text.index("?") + 2])):
            yield event
            time.sleep(pause)
        yield replace(ANSWER, answer=text)


def answer_to(question: str) -> str:
    """What a question is answered."""
    return " ".join([f"This answers {question}."] * (_SENTENCES if question.startswith(LONG) else 1))


def start(
    catalogue: Path,
    api_url: str,
    *,
    seconds: float,
    least: float = 0,
    log: Path,
    worth: float = progress.WORTH_SECONDS,
) -> subprocess.Popen[bytes]:
    """The bot in a process group of its own; an answer takes it up to so many seconds, and `least` of them.

    How far one is, it shows after `worth` seconds, and as often.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", __name__, str(catalogue), api_url]
    command += ["--seconds", str(seconds), "--least", str(least), "--worth", str(worth)]
    with log.open("ab") as told:
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=told, stderr=told, start_new_session=True)


_PATIENT_SECONDS = 600


async def _serve(arguments: argparse.Namespace) -> None:
    catalogue = Catalogue(f"sqlite:///{arguments.catalogue}")
    # Hundreds are asked at once, and each is to have its answer, not the reason why it came too late.
    settings = SlackSettings(
        bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=arguments.api_url, answer_seconds=_PATIENT_SECONDS
    )
    answers, conversations = Scripted(arguments.seconds, least=arguments.least), Conversations(catalogue, days=1)
    await SlackBot(settings, answers, catalogue, conversations, base_url=BASE_URL).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("api_url")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--least", type=float, required=True, help="share of the seconds")
    parser.add_argument("--worth", type=float, required=True)
    chosen = parser.parse_args()
    progress.WORTH_SECONDS = Streamed.every_seconds = Updated.every_seconds = chosen.worth
    asyncio.run(_serve(chosen))
