"""Whether a server that runs for long keeps its size: `python -m bench.soak [--minutes N]`.

`reformbot serve`, a process of its own, mirrors a folder of the sample reports, one of which is changed, added or taken
away every twenty seconds, and is asked five questions a second meanwhile, some of them streamed, some in conversations,
some left by their askers. Its memory, open files and threads, those of its search processes too, are looked at every
ten seconds: between the first third of the time and its end they must stay as they were, memory within 5 per cent.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import count, cycle
from pathlib import Path
from statistics import median

import aiohttp

from bench.served import Server, reformbot
from vectorstore.settings import IndexSettings

SAMPLES = Path(__file__).parent.parent / "samples"
RATE = 5.0  # questions a second
CHANGE_SECONDS, LOOK_SECONDS = 20.0, 10.0
GROWTH = 1.05
LEFT_AFTER_SECONDS = 0.03
_MEBIBYTE = 1024
_TOGETHER = 30  # looks, of which the median counts: threads come and go with the questions at work
_SPREAD = 2  # files or threads by which medians differ that stay the same


@dataclass(frozen=True)
class Look:
    """The size of a server and of the processes that it has started: resident memory in MiB, open files, threads."""

    memory: float
    files: int
    threads: int


def look(pid: int) -> Look:
    """The size of a process and of its children now."""
    sizes = [size for each in (pid, *children(pid)) if (size := size_of(each))]
    return Look(*map(sum, zip(*map(astuple, sizes), strict=True)))


def children(pid: int) -> Sequence[int]:
    """The processes that a process has started: https://man7.org/linux/man-pages/man5/proc_tid_children.5.html"""
    return [int(each) for file in Path(f"/proc/{pid}/task").glob("*/children") for each in file.read_text().split()]


def size_of(pid: int) -> Look | None:
    """The size of one process, if it has not ended: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html"""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        files = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return None
    told = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    return Look(int(told["VmRSS"].split()[0]) / _MEBIBYTE, files, int(told["Threads"])) if "VmRSS" in told else None


async def ask_on(session: aiohttp.ClientSession, server: Server, questions: Iterator[str], end: float) -> int:
    """Asks until the end; how many questions failed."""
    failed, asking = 0, set()

    async def ask(number: int) -> None:
        nonlocal failed
        body = {"question": next(questions), "stream": number % 3 == 0, "conversation_id": f"soak-{number % 7}"}
        async with session.post(f"{server.url}/v1/ask", json=body) as response:
            if number % 10 == 0:
                await asyncio.sleep(LEFT_AFTER_SECONDS)  # and then leaves
                return
            await response.read()
            failed += response.status != 200

    for number in count():
        if time.monotonic() > end:
            break
        asking.add(task := asyncio.create_task(ask(number)))
        task.add_done_callback(asking.discard)
        await asyncio.sleep(1 / RATE)
    await asyncio.gather(*asking)
    return failed


async def change_on(session: aiohttp.ClientSession, server: Server, folder: Path, end: float) -> int:
    """Changes the folder, and refreshes, until the end; how many refreshes did not end well."""
    failed = 0
    report = folder / "soak.md"
    for number in count():
        if time.monotonic() > end:
            return failed
        if number % 5 == 4:
            report.unlink()
        else:
            report.write_text(f"# Soak\n\n1. The soak has changed this report {number} times.\n", encoding="utf-8")
        async with session.post(f"{server.url}/v1/refresh", json={}) as response:
            run = await response.json()
        while (state := await told(session, server, run["run_id"])) == "running":
            await asyncio.sleep(0.5)
        failed += state != "done"
        await asyncio.sleep(CHANGE_SECONDS)
    return failed


async def told(session: aiohttp.ClientSession, server: Server, run_id: str) -> str:
    """The state of a refresh."""
    async with session.get(f"{server.url}/v1/refresh/{run_id}") as response:
        return str((await response.json())["state"])


async def look_on(server: Server, end: float) -> Sequence[Look]:
    """The server's sizes until the end."""
    looks = []
    while time.monotonic() < end:
        await asyncio.sleep(LOOK_SECONDS)
        looks.append(look(server.pid))
        print(f"  {len(looks) * LOOK_SECONDS / 60:5.1f} min  {looks[-1]}", flush=True)
    return looks


async def soak(server: Server, folder: Path, questions: Iterator[str], minutes: float) -> bool:
    """Prints how the size went; whether it stayed."""
    end = time.monotonic() + minutes * 60
    headers = {"Authorization": f"Bearer {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        refused, broken, looks = await asyncio.gather(
            ask_on(session, server, questions, end),
            change_on(session, server, folder, end),
            look_on(server, end),
        )
    third = len(looks) // 3
    before, after = (
        Look(*map(median, zip(*map(astuple, part), strict=True)))
        for part in (looks[third:][:_TOGETHER], looks[-_TOGETHER:])
    )
    growth = after.memory / before.memory
    files, threads = after.files - before.files, after.threads - before.threads
    print(f"memory {growth:.3f} times, {files:+.0f} open files, {threads:+.0f} threads after {minutes:.0f} minutes")
    print(f"{refused} questions and {broken} refreshes failed")
    return growth <= GROWTH and max(files, threads) <= _SPREAD and not refused and not broken


def main() -> int:
    """Prints the figures; 1 where the server grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    given = parser.parse_args()
    rows = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = cycle(json.loads(row)["question"] for row in rows)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "reports"
        shutil.copytree(SAMPLES / "reports", folder)
        index = IndexSettings().model_copy(update={"path": Path(work) / "data"})
        index.path.mkdir()
        with reformbot(index, INDEX_FOLDERS=str(folder), INDEX_REFRESH_MINUTES="0") as server:
            stayed = asyncio.run(soak(server, folder, questions, given.minutes))
    return int(not stayed)


if __name__ == "__main__":
    sys.exit(main())
