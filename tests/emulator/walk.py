"""Walks through Slack with the bot, against an emulator that others wrote: `python -m tests.emulator.walk`.

A person asks, asks on, clicks, rates and comments; what the bot then shows is read from the emulator, and what it keeps
from its catalogue. It tells what was seen and what the emulator refused. `make emulator` installs the emulator first.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx

from tests.bot.slack.requests import SECRET
from tests.bot.slack.stand_in import BOT_TOKEN
from tests.emulator.emulator import MissedError, emulator
from tests.emulator.person import Person
from tests.emulator.steps import Walk
from tests.emulator.wire import told, wire_to
from tests.faults.server import ROOT, Server, Setup, start


@asynccontextmanager
async def serving(setup: Setup, api_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of `reformbot serve` with the sample reports, until the end of the block."""
    ingesting = start(setup, "ingest", str(ROOT / "samples" / "reports"))
    if await asyncio.to_thread(ingesting.wait):
        raise MissedError(f"the sample reports were not taken in: {setup.told_last()}")
    slack = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api_url}
    server = await asyncio.to_thread(Server, replace(setup, settings=slack))
    try:
        async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
            yield client
    finally:
        await asyncio.to_thread(server.stop)


async def walk(setup: Setup, node: Path, program: Path) -> bool:
    """Takes the steps up to the first miss, and tells what was seen; whether nothing was missed."""
    setup.scratch.mkdir(parents=True, exist_ok=True)
    async with emulator(node, program, setup.scratch) as slack, wire_to(slack.url) as (wire, api_url):
        async with serving(setup, api_url) as bot:
            taken = await _taken(Walk(slack, wire, Person(slack, bot), setup))
        _say("\nWhat the bot called, how often, and what the emulator made of it:")
        for line in told(wire.calls):
            _say(f"  {line}")
    return taken


async def _taken(walk: Walk) -> bool:
    for step in walk.steps():
        name = step.__name__.replace("_", " ")
        try:
            _say(f"✓ {name}: {await step()}")
        except MissedError as error:
            _say(f"✗ {name}: {error}\n{walk.setup.told_last()}")
            return False
    return True


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Walks; exit status 1 when anything was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--node", type=Path, required=True, help="Node 24 or later")
    parser.add_argument("--emulate", type=Path, required=True, help="dist/index.js of the emulator")
    parser.add_argument("--models", type=Path, help="folder of prepared models; else they are prepared first")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reformbot-emulator-") as temporary:
        scratch = Path(temporary)
        setup = Setup(scratch / "index", (arguments.models or scratch / "models").resolve(), scratch)
        return 0 if asyncio.run(walk(setup, arguments.node.resolve(), arguments.emulate.resolve())) else 1


if __name__ == "__main__":
    sys.exit(main())
