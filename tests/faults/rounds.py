"""Rounds of change, refresh, kill and look."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.faults.checks import Checks, sentences, snapshot
from tests.faults.contents import copied, wrong_contents
from tests.faults.folder import Changes, Folder, Linked, State
from tests.faults.killing import TOLD, Kill, Killer, Pace
from tests.faults.server import Json, Server, Setup

# In turn, so that a short loop has seen them all.
KINDS = ("start-up", "switch", "commands", "anywhere", "switch", "anywhere", "switch", "anywhere", "anywhere")
_GENERATIONS = 3  # folders that may lie there after a start: the current, the one before, one that is being made
_GONE = 10  # marks of the past that must not be found
_OTHERS = 5  # marks that a round did not touch and runs of long ago, looked at nevertheless
_SHORTER, _LONGER = 0.85, 1.05
_DONE_ANEW = ("new", "changed", "moved", "removed", "passages_embedded")


@dataclass(frozen=True)
class Round:
    """One round: where its kills fell, whether the index was then as before or as after, and what was wrong."""

    number: int
    kind: str
    phases: tuple[str, ...]
    outcome: str
    ready_seconds: float
    documents: int
    problems: tuple[str, ...]


class Loop:
    """One index and one folder through all rounds."""

    def __init__(self, setup: Setup, folder: Folder, changes: Changes, random: Random, *, look_every: int) -> None:
        self._look_every = look_every  # rounds; to look into the folder of the index takes seconds
        self._setup = setup
        self._folder = folder
        self._changes = changes
        self._random = random
        self._killer = Killer(setup, folder.root, random)
        self._pace = Pace(0, 0, 0)
        self._state: State = {}
        self._documents: list[Json] = []
        self._links: dict[Linked, str] = {}  # the documents that the reports of others turned out to be
        self._told: dict[str, Json] = {}  # refreshes that were acknowledged
        self._interrupted: set[str] = set()  # refreshes that were not
        self._gone: dict[str, str] = {}
        self._number = 0
        self._server = Server(setup)

    def close(self) -> None:
        """Ends the server."""
        self._server.kill()

    def begin(self) -> Round:
        """Takes the folder in, and again after a change, to learn how long that takes; nothing is killed yet."""
        problems = list(self._refreshed(self._changes.first()))
        after = self._changes.after(self._state)
        self._folder.become(after)
        self._pace, run = self._killer.pace(self._server)
        return self._ended("begin", (), "after", [*problems, *self._wrong_after(run, after)])

    def round(self) -> Round:
        """One round. Raises ServerError where the program cannot go on."""
        self._number += 1
        kind = KINDS[(self._number - 1) % len(KINDS)]
        after = self._changes.after(self._state)
        self._folder.become(after)
        kills = self._kill(kind)
        self._pace = adapted(self._pace, kind, kills[0].phase)
        self._server = Server(self._setup)
        outcome, problems = self._look(kills, after)
        problems += self._refreshed(after, is_there=outcome == "after")
        return self._ended(kind, tuple(kill.phase for kill in kills), outcome, problems)

    def end(self) -> Round:
        """Looks at all that was ever acknowledged, and into the index once more."""
        refused = ", ".join(self._changes.unreadable)
        outcome = f"left out because it was refused: {refused}" if refused else "nothing was refused"
        return self._ended("end", (), outcome, [*self._wrong_runs(self._told), *self._wrong_folder()])

    def _ended(self, kind: str, phases: tuple[str, ...], outcome: str, problems: Iterable[str]) -> Round:
        ready, documents = self._server.ready_seconds, len(self._documents)
        return Round(self._number, kind, phases, outcome, ready, documents, tuple(problems))

    def _kill(self, kind: str) -> list[Kill]:
        if kind == "commands":
            self._server.stop()
            return [self._killer.in_a_command(self._pace, at_the_switch=switch) for switch in (False, True)]
        if kind == "switch":
            return [self._killer.at_the_switch(self._server, self._pace)]
        first = self._killer.at_any_moment(self._server, self._pace)
        starts = 2 if kind == "start-up" else 0
        return [first, *(self._killer.in_a_start(self._pace) for _ in range(starts))]

    def _look(self, kills: list[Kill], after: State) -> tuple[str, list[str]]:
        """Whether the index is as before or as after, and what is wrong."""
        documents = self._server.documents()
        problems = ["The index had to be rebuilt before it was ready."] if self._server.was_unready else []
        outcome = "before" if snapshot(documents) == snapshot(self._documents) else "after"
        new = self._new_runs()
        held = self._state if outcome == "before" else self._readable(after, new)
        problems += self._wrong_index(documents, held, after)
        acknowledged = [kill.acknowledged for kill in kills if kill.acknowledged]
        problems += _wrong_states([run["state"] for run in new], outcome)
        self._told |= {run["run_id"]: run for run in acknowledged}
        problems += self._wrong_runs(self._some(self._told))
        if self._number % self._look_every == 0:
            problems += self._wrong_folder()
        for run in acknowledged:
            if run["state"] != "done" or outcome != "after":
                problems.append(f"{run['run_id']} had ended as {run['state']}, and the index is as {outcome} it.")
        self._documents = documents
        return outcome, problems

    def _refreshed(self, after: State, *, is_there: bool = False) -> Iterator[str]:
        """Refreshes to the end; what is wrong then. Where all of it `is_there`, nothing must be done again."""
        was = snapshot(self._documents)
        self._folder.become(after)
        run = self._server.ended(self._server.begin_refresh(self._folder.root))
        yield from self._wrong_after(run, after)
        if is_there and (any(run[name] for name in _DONE_ANEW) or snapshot(self._documents) != was):
            yield f"The refresh after a kill that came too late changed something: {run['digest']}"

    def _wrong_after(self, run: Json, after: State) -> Iterator[str]:
        """What is wrong after a refresh that came to its end; the state is then that of the folder."""
        after = self._readable(after, [run])
        if run["state"] != "done":
            yield f"The refresh {run['run_id']} is {run['state']}: {run['digest']}"
        self._documents = self._server.documents()
        yield from self._wrong_index(self._documents, after, after)
        self._told[run["run_id"]] = run
        gone = {mark: words for mark, words in sentences(self._state).items() if mark not in sentences(after)}
        self._gone = dict(list({**self._gone, **gone}.items())[-_GONE:])
        self._state = after

    def _wrong_index(self, documents: list[Json], held: State, after: State) -> Iterator[str]:
        checks = Checks(self._server, self._folder.root, self._links)
        yield from checks.wrong(documents, held)
        yield from checks.wrong_search(held, self._marks(after))

    def _marks(self, after: State) -> Mapping[str, str]:
        """The marks that this round brings and takes, some that it does not touch, and some that went before."""
        old, new = sentences(self._state), sentences(after)
        kept = {mark: old[mark] for mark in self._some(old.keys() & new.keys())}
        return {**self._gone, **dict(old.items() ^ new.items()), **kept}

    def _some(self, names: Iterable[str]) -> list[str]:
        found = sorted(names)
        return self._random.sample(found, k=min(_OTHERS, len(found)))

    def _new_runs(self) -> list[Json]:
        """The refreshes that this round's kills ended, or that had ended before them."""
        runs = self._server.call("GET", "/v1/refresh")["runs"]
        new = [run for run in runs if run["run_id"] not in self._told and run["run_id"] not in self._interrupted]
        self._interrupted.update(run["run_id"] for run in new)
        return new

    def _readable(self, state: State, runs: Iterable[Json]) -> State:
        """The state without those of the others' reports that these refreshes could not read."""
        failed = [Path(failure["source"]) for run in runs for failure in run["failed"]]
        return self._changes.readable(state, [str(path.relative_to(self._folder.root)) for path in failed])

    def _wrong_runs(self, run_ids: Iterable[str]) -> Iterator[str]:
        """The acknowledged refreshes that are not there any more as they were told."""
        for run_id in run_ids:
            kept = self._server.call("GET", f"/v1/refresh/{run_id}")
            if kept != self._told[run_id]:
                yield f"The refresh {run_id} was acknowledged as {self._told[run_id]} and is {kept}."

    def _wrong_folder(self) -> Iterator[str]:
        """What is wrong on the disk."""
        yield from wrong_contents(copied(self._setup.index, self._setup.scratch / "copy", generation=True))
        generations = [path.name for path in (self._setup.index / "generations").iterdir()]
        if len(generations) > _GENERATIONS:
            yield f"{len(generations)} generations pile up: {sorted(generations)}."


def adapted(pace: Pace, kind: str, phase: str) -> Pace:
    """Shorter where a kill came too late, longer where it did not: so about a quarter fall after the end."""
    factor = _SHORTER if phase == TOLD else _LONGER
    if kind == "switch":
        return replace(pace, writing=pace.writing * factor)
    return pace if kind == "commands" else replace(pace, refresh=pace.refresh * factor)


def _wrong_states(states: list[str], outcome: str) -> Iterator[str]:
    """What refreshes that were killed say of themselves must be what the index says."""
    if set(states) - {"done", "failed"} or ("done" in states) != (outcome == "after"):
        yield f"After the kill the refreshes are {states}, and the index is as {outcome} them."
