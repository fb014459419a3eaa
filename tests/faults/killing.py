"""Ways to kill a refresh: at any moment, around the switch, as a command, and the start that follows."""

import json
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx

from ingest.runs import recent_runs
from tests.faults.contents import catalogue_of, copied
from tests.faults.server import Json, Server, ServerError, Setup, kill, start

_LOOK_SECONDS = 0.0005  # between two looks for the folder of a new generation
_LONGEST_SECONDS = 3600
_KILLED = -9
START_UP = "start-up"  # the phase of a kill before there was a refresh
TOLD = "told"  # the phase of a kill that came after the refresh had said that it had ended


@dataclass(frozen=True)
class Kill:
    """What the killed process was at, and the refresh that it had told to have ended, if any."""

    phase: str
    acknowledged: Json | None = None


@dataclass(frozen=True)
class Pace:
    """Seconds that a start, a refresh, and the last part of it, which writes a generation, take undisturbed."""

    start: float
    refresh: float
    writing: float


class Killer:
    """Refreshes a folder and kills whoever does it, at moments that the seed chooses."""

    def __init__(self, setup: Setup, root: Path, random: Random) -> None:
        self._setup = setup
        self._root = root
        self._random = random
        self._generations = setup.index / "generations"

    def pace(self, server: Server) -> tuple[Pace, Json]:
        """How long a refresh takes that nobody disturbs, and what came of it."""
        seen, times = self._seen(), [time.monotonic()]

        def look(_: Json) -> None:
            if len(times) == 1 and self._seen() - seen:
                times.append(time.monotonic())

        run = server.ended(server.begin_refresh(self._root), look=look)
        ended = time.monotonic()
        return Pace(server.ready_seconds, ended - times[0], ended - times[-1]), run

    def at_any_moment(self, server: Server, pace: Pace) -> Kill:
        """Kills the server a while after a refresh was asked for."""
        killing = threading.Timer(self._random.uniform(0, pace.refresh), server.kill)
        return self._refresh_until_killed(server, killing)

    def at_the_switch(self, server: Server, pace: Pace) -> Kill:
        """Kills the server while it writes the new generation, makes it the current one, or tells so."""
        delay, seen, asked = self._random.uniform(0, pace.writing), self._seen(), time.monotonic()

        def await_and_kill() -> None:
            self._await_generation(seen, while_true=lambda: time.monotonic() < asked + _LONGEST_SECONDS)
            time.sleep(delay)
            server.kill()

        return self._refresh_until_killed(server, threading.Thread(target=await_and_kill))

    def in_a_command(self, pace: Pace, *, at_the_switch: bool) -> Kill:
        """Kills `reformbot ingest`, which does the refresh where no server runs."""
        seen, runs = self._seen(), self._runs()
        arguments = ("ingest", str(self._root), "--replace-folder", "--force", "--json")
        process = start(self._setup, *arguments, stdout=subprocess.PIPE)
        if at_the_switch:
            self._await_generation(seen, while_true=lambda: process.poll() is None)
        longest = pace.writing if at_the_switch else pace.start + pace.refresh
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=self._random.uniform(0, longest))
        kill(process)
        told, _ = process.communicate()
        if process.returncode != _KILLED and not told:
            raise ServerError(f"The command ended with {process.returncode}: {self._setup.told_last()}")
        run = None if process.returncode == _KILLED else json.loads(told)
        has_begun = bool(self._runs() - runs)
        return Kill(self._phase(seen, "working" if has_begun else START_UP, run), run)

    def in_a_start(self, pace: Pace) -> Kill:
        """Kills a server that starts."""
        process = start(self._setup, "serve")
        time.sleep(self._random.uniform(0, pace.start))
        kill(process)
        return Kill(START_UP)

    def _refresh_until_killed(self, server: Server, killing: threading.Thread) -> Kill:
        seen, phase, run = self._seen(), "asked", None

        def look(run: Json) -> None:
            nonlocal phase
            phase = "reading" if run["files_done"] < run["files"] or not run["files"] else "embedding"

        killing.start()
        with suppress(httpx.TransportError):
            run = server.ended(server.begin_refresh(self._root), look=look)
        killing.join()
        return Kill(self._phase(seen, phase, run), run)

    def _phase(self, seen: frozenset[str], phase: str, run: Json | None) -> str:
        """What the dead was at: as the disk tells, and where that does not tell, as it said last."""
        if run:
            return TOLD
        with closing(catalogue_of(self._copied())) as catalogue:
            current = catalogue.current_generation
        if current and current not in seen:
            return "switched"
        return "writing" if self._seen() - seen else phase

    def _runs(self) -> set[str]:
        with closing(catalogue_of(self._copied())) as catalogue:
            return {run.run_id for run in recent_runs(catalogue, 1)}

    def _copied(self) -> Path:
        return copied(self._setup.index, self._setup.scratch / "catalogue", generation=False)

    def _seen(self) -> frozenset[str]:
        return (
            frozenset(path.name for path in self._generations.iterdir()) if self._generations.exists() else frozenset()
        )

    def _await_generation(self, seen: frozenset[str], *, while_true: Callable[[], bool]) -> None:
        while not self._seen() - seen and while_true():
            time.sleep(_LOOK_SECONDS)
