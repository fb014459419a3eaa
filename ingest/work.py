"""A refresh under way: how far it has come, and which documents the next index will hold."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ingest.plan import Change, Place, Places, Step, steps_between
from ingest.runs import Failure, Run
from vectorstore.store import Records

Progress = Callable[[Run], None]


class Work:
    """Keeps the run's numbers, and the place of each document in the index to come."""

    def __init__(self, run: Run, live: Records, progress: Progress) -> None:
        self.run = run
        self.before: Places = {
            source: Place(record.document_id, origin)
            for record in live.values()
            for source, origin in record.sources.items()
        }
        self._after: dict[str, Place] = dict(self.before)
        self._live = frozenset(live)
        self._contents = {
            (source, record.content_hash): record.document_id for record in live.values() for source in record.sources
        }
        self._progress = progress
        self._origins: set[str] = set()
        self._placed: dict[str, str] = {}
        self._clock = _Clock()

    def live_id(self, source: str, content_hash: str) -> str | None:
        """The document that the index holds under this source, where it has this content."""
        return self._contents.get((source, content_hash))

    def found(self, path: Path) -> None:
        """Notes that a file is there, whether or not it can be read."""
        self._origins.add(str(path))

    def is_placed(self, source: str) -> bool:
        """Whether this run has met a document of this source."""
        return source in self._placed

    def place(self, source: str, document_id: str, origin: str) -> None:
        """Gives a document its place in the next index."""
        was = self.before.get(source)
        again = self._placed.get(source) == document_id
        self._placed[source] = document_id
        self._after[source] = Place(document_id, origin)
        if again or (was and was.document_id == document_id):
            change = "unchanged"
        else:
            change = "moved" if document_id in self._live else "changed" if was else "new"
        self.report(**{change: getattr(self.run, change) + 1})

    def fail(self, source: str, reason: str) -> None:
        """Notes a source that cannot be read."""
        self.report(failed=(*self.run.failed, Failure(source, reason)))

    def begin_reading(self, sizes: Iterable[int]) -> None:
        """Notes how many bytes there are to read, from which the time left is told."""
        self._clock = _Clock(sum(sizes))

    def end_file(self, size: int = 0) -> None:
        """Notes that a file is done."""
        self._clock.end_file(size)
        self.report(files_done=self.run.files_done + 1, seconds_left=self._clock.seconds_left(self.run.passages))

    def read(self, paragraphs: int, passages: int, *, size: float) -> None:
        """Notes what was read, and how many bytes of its file it comes to."""
        self._clock.part += size
        self.report(paragraphs=self.run.paragraphs + paragraphs, passages=self.run.passages + passages)

    def embedded(self, passages: int, seconds: float) -> None:
        """Notes what was embedded, and how long it took."""
        self._clock.embedding += seconds
        self._clock.embedded += passages
        total = self.run.passages_embedded + passages
        rate = round(total / self._clock.embedding, 1) if total and self._clock.embedding else None
        left = self._clock.seconds_left(self.run.passages)
        self.report(passages_embedded=total, passages_per_second=rate, seconds_left=left)

    def end_batch(self) -> None:
        """Notes that all that was read so far is embedded, by now or long since."""
        self._clock.embedded = self.run.passages

    def end_reading(self) -> None:
        """Notes that nothing is left to read or to embed; how long the rest takes is not known."""
        self.report(seconds_left=None)

    def restore(self, sources: Mapping[str, Mapping[str, str]]) -> None:
        """Takes an earlier index, given by the sources of each document, in place of the one there is."""
        self._after = {
            source: Place(document_id, origin)
            for document_id, origins in sources.items()
            for source, origin in origins.items()
        }

    def take_out(self, change: Change) -> None:
        """Takes out what the change removes, and what a mirrored folder has no more."""
        for source, place in list(self._after.items()):
            is_meant = place.document_id in change.removed or (source, place.document_id) in change.departed
            if is_meant or self._is_gone(source, place, change.mirrored):
                del self._after[source]

    def _is_gone(self, source: str, place: Place, mirrored: Iterable[str]) -> bool:
        """Whether a mirrored folder has the file no more, or the file the document."""
        if not any(Path(place.origin).is_relative_to(folder) for folder in mirrored):
            return False
        failed = {failure.source for failure in self.run.failed}
        known = source in self._placed or bool(failed & {source, place.origin})
        return place.origin not in self._origins or not known

    def departed(self) -> frozenset[tuple[str, str]]:
        """The sources that the next index lacks, each with its document."""
        left = self.before.keys() - self._after.keys()
        return frozenset((source, self.before[source].document_id) for source in left)

    def steps(self) -> tuple[Step, ...]:
        """What the refresh comes to."""
        return steps_between(self.before, self._after)

    @property
    def changes(self) -> bool:
        """Whether the next index differs from this one."""
        return self._after != self.before

    def sources(self) -> Mapping[str, Mapping[str, str]]:
        """The documents of the next index by their ids, with the sources of each and where they came from."""
        held: dict[str, dict[str, str]] = {}
        for source, place in self._after.items():
            held.setdefault(place.document_id, {})[source] = place.origin
        return held

    def counted(self) -> Run:
        """The run with the numbers that its steps come to, whatever was noted on the way."""
        steps = self.steps()
        counts = Counter(step.change for step in steps)
        return replace(
            self.run,
            new=counts["new"],
            changed=counts["changed"],
            moved=counts["moved"],
            removed=counts["removed"],
            steps=steps,
        )

    def report(self, **changes: object) -> None:
        """Notes and tells how far the run has come."""
        self.run = replace(self.run, **changes)  # type: ignore[arg-type]  # the names are Run's
        self._progress(self.run)


class _Clock:
    """Tells the time left from how long it took so far to read a byte and to embed a passage."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.part = 0.0  # of the file that is being read
        self.embedded = 0  # passages, with those that were known
        self.embedding = 0.0
        self._files = 0
        self._started = time.monotonic()

    def end_file(self, size: int) -> None:
        """Notes that a file of so many bytes is done."""
        self._files += size
        self.part = 0.0

    def seconds_left(self, passages: int) -> float | None:
        """Given how many passages were read so far; None before any of them is embedded."""
        done = self._files + self.part
        if not (done and self.embedded):
            return None
        unread = max(0.0, self.total - done) / done
        reading = time.monotonic() - self._started - self.embedding
        unembedded = passages * (1 + unread) - self.embedded
        return round(reading * unread + self.embedding / self.embedded * unembedded, 1)
