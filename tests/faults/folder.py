"""The folder that is refreshed: what lies in it, how it changes from round to round, and what must come of it."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random

from tests.faults.reports import Report, coined

_FOLDERS = ("", "north/", "north/coast/", "süd 南/")
_FEWEST, _MOST = 6, 14  # reports of our own
_SWAPPED = 8  # reports of others that come or go in one round
_FIRST = 0.25  # of the reports of others
_PRESENT = 0.5  # of the reports of others, with every tide
_AMENDED_BYTES = 400_000  # larger ones take too long to read again
_KINDS = (".pdf", ".docx", ".html", ".txt", ".md")


@dataclass(frozen=True)
class Linked:
    """A report by others; one that is amended has bytes after its end that change nothing that is read in it."""

    original: Path
    amended: int = 0


Content = Report | Linked
State = Mapping[str, Content]  # by the path below the folder


def documents_of(state: State) -> Mapping[str, Content]:
    """The documents that an index of this folder holds: each content once, by the first of its paths."""
    first = {content: path for path, content in sorted(state.items(), reverse=True)}
    return {path: content for content, path in first.items()}


def superseding(state: State) -> Mapping[Report, Report]:
    """The reports of which a newer edition is there, with the newest."""
    reports = {content for content in state.values() if isinstance(content, Report)}
    newest = {report.number: report for report in sorted(reports, key=lambda report: report.revision)}
    return {report: newest[report.number] for report in reports if newest[report.number] != report}


def others_in(folder: Path) -> tuple[Path, ...]:
    """The reports in a folder, at any depth."""
    return tuple(path for path in sorted(folder.rglob("*")) if path.suffix in _KINDS and path.name != "README.md")


class Changes:
    """What happens to the folder: reports come, go, move, are copied, edited and superseded; the same for a seed."""

    def __init__(self, random: Random, others: Sequence[Path]) -> None:
        self._random = random
        self._links = {f"others/{number}/{path.name}": Linked(path) for number, path in enumerate(others)}
        self._numbers = count()
        self._marks = map(coined, count())
        self.unreadable: list[str] = []  # reports of others that the program has refused

    def first(self) -> State:
        """What lies in the folder at first: some reports of ours, and some of the others, so that more come later."""
        state: State = {path: linked for path, linked in self._links.items() if self._random.random() < _FIRST}
        for _ in range(_FEWEST):
            state = self._add(state)
        return state

    def readable(self, state: State, failed: Iterable[str]) -> State:
        """The state without those of the others' reports that cannot be read, which do not come back."""
        unreadable = self._links.keys() & set(failed)
        self.unreadable += sorted(unreadable)
        self._links = {path: linked for path, linked in self._links.items() if path not in unreadable}
        return {path: content for path, content in state.items() if path not in unreadable}

    def after(self, state: State) -> State:
        """The folder after one round: something new to read, and something that lies elsewhere or is gone."""
        changes = [self._random.choice([self._add, self._edit, self._supersede])]
        changes += self._random.sample([self._remove, self._move, self._copy, self._edit, self._swap, self._amend], k=2)
        for change in changes:
            state = change(state)
        return state

    def flood(self, state: State) -> State:
        """The folder with all reports of others."""
        return {**state, **self._links}

    def tide(self, state: State) -> State:
        """The folder after a round in which about half of the reports of others go and come."""
        ours = {path: content for path, content in state.items() if isinstance(content, Report)}
        theirs = {path: linked for path, linked in self._links.items() if self._random.random() < _PRESENT}
        return self.after({**ours, **theirs})

    def _add(self, state: State) -> State:
        if len(_reports(state)) > _MOST:
            return self._edit(state)
        marks = tuple(next(self._marks) for _ in range(self._random.randint(1, 3)))
        report = Report(next(self._numbers), marks)
        return {**state, self._path_for(report): report}

    def _remove(self, state: State) -> State:
        if len(_reports(state)) <= _FEWEST:
            return self._edit(state)
        gone = self._random.choice(_reports(state))
        return _without(state, gone)

    def _move(self, state: State) -> State:
        path = self._random.choice(_reports(state))
        report = state[path]
        assert isinstance(report, Report)
        return {**_without(state, path), self._path_for(report): report}

    def _copy(self, state: State) -> State:
        report = state[self._random.choice(_reports(state))]
        assert isinstance(report, Report)
        return {**state, self._path_for(report): report}

    def _edit(self, state: State) -> State:
        before = state[self._random.choice(_reports(state))]
        assert isinstance(before, Report)
        after = before.with_mark(next(self._marks))
        return {path: after if content == before else content for path, content in state.items()}

    def _supersede(self, state: State) -> State:
        before = state[self._random.choice(_reports(state))]
        assert isinstance(before, Report)
        newest = superseding(state).get(before, before)
        after = newest.revised(next(self._marks))
        return {**state, self._path_for(after): after}

    def _swap(self, state: State) -> State:
        """Takes some reports of others out and puts some in."""
        swapped = dict(state)
        for path in self._random.sample(sorted(self._links), k=min(_SWAPPED, len(self._links))):
            if swapped.pop(path, None) is None:
                swapped[path] = self._links[path]
        return swapped

    def _amend(self, state: State) -> State:
        small = [path for path, content in state.items() if isinstance(content, Linked) and _is_small(content)]
        if not small:
            return state
        path = self._random.choice(small)
        linked = state[path]
        assert isinstance(linked, Linked)
        return {**state, path: replace(linked, amended=linked.amended + 1)}

    def _path_for(self, report: Report) -> str:
        word = coined(self._random.randrange(10**9), length=9)
        return f"{self._random.choice(_FOLDERS)}{report.number}-{word}.{report.suffix}"


class Folder:
    """The folder on the disk; every content is written once, so that it has the same bytes wherever it lies."""

    def __init__(self, root: Path, shelf: Path) -> None:
        self.root = root
        self._shelf = shelf
        self._written: dict[Content, Path] = {}
        for folder in (root, shelf):
            folder.mkdir(parents=True, exist_ok=True)

    def become(self, state: State) -> None:
        """Makes the folder hold exactly this."""
        for path in [found for found in self.root.rglob("*") if not found.is_dir()]:
            path.unlink()
        for name, content in state.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Linked) and not content.amended:
                path.symlink_to(content.original)
            else:
                shutil.copyfile(self._file_of(content), path)

    def _file_of(self, content: Content) -> Path:
        if content not in self._written:
            self._written[content] = self._write(content)
        return self._written[content]

    def _write(self, content: Content) -> Path:
        number = len(self._written)
        if isinstance(content, Report):
            path = self._shelf / f"{number}.{content.suffix}"
            content.write(path)
        else:
            path = self._shelf / f"{number}{content.original.suffix}"
            path.write_bytes(content.original.read_bytes() + b"\n%% amended %d\n" % content.amended)
        return path


def _reports(state: State) -> list[str]:
    return [path for path, content in state.items() if isinstance(content, Report)]


def _without(state: State, gone: str) -> State:
    return {path: content for path, content in state.items() if path != gone}


def _is_small(linked: Linked) -> bool:
    return linked.original.suffix == ".pdf" and linked.original.stat().st_size < _AMENDED_BYTES
