"""Asks questions while reports are refreshed in and out: `python -m tests.faults.questions --questions 10000`.

Every answer must cite paragraphs as they stood in documents that its own version of the index held.
"""

import argparse
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx

from tests.faults.asked import Passage, Questions
from tests.faults.folder import Changes, Folder, State, others_in
from tests.faults.server import ROOT, Json, Server, Setup

BANKS = ROOT.parent / "shared" / "eval"
_AT_ONCE = 6
_WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Version:
    """A version of the index: since when it is current, and its documents with what supersedes each."""

    as_of: str
    documents: Mapping[str, str | None]


@dataclass(frozen=True)
class Reply:
    """What came of a question: its status, the answer where there is one, the seconds that it took."""

    question: str
    status: int
    answer: Json
    seconds: float


@dataclass
class Asked:
    """All that was asked and refreshed meanwhile."""

    replies: list[Reply] = field(default_factory=list)
    versions: dict[str, Version] = field(default_factory=dict)
    moved: int = 0  # documents that came into the index or went
    problems: list[str] = field(default_factory=list)


def ask_while_refreshing(setup: Setup, *, questions: int, others: Sequence[Path] = (), seed: int = 1) -> Asked:
    """Asks so many questions, several at a time, while another thread refreshes the folder without a pause."""
    random = Random(seed)
    asked, changes = Asked(), Changes(Random(seed), others)
    folder, server = Folder(setup.scratch / "in", setup.scratch / "shelf"), Server(setup)
    try:
        tides = Tides(server, folder, changes, asked)
        tides.begin()
        banks = sorted(BANKS.glob("*.jsonl")) if BANKS.is_dir() else []
        bodies = Questions(random, list(_passages(server)), banks).bodies(questions)
        over = threading.Event()
        with ThreadPoolExecutor(_AT_ONCE + 1) as pool:
            flowing = pool.submit(tides.flow, over)
            try:
                asked.replies += pool.map(lambda body: _ask(server, body), bodies)
            finally:
                over.set()
            flowing.result()
        asked.problems += _problems(server, asked)
    finally:
        server.kill()
    return asked


class Tides:
    """Refreshes the folder in and out, and notes every version of the index."""

    def __init__(self, server: Server, folder: Folder, changes: Changes, asked: Asked) -> None:
        self._server = server
        self._folder = folder
        self._changes = changes
        self._asked = asked
        self._state: State = {}

    def begin(self) -> None:
        """Takes all in, so that what comes later costs little."""
        self._refresh(self._changes.flood(self._changes.first()))

    def flow(self, over: threading.Event) -> None:
        """Goes on until it is over."""
        while not over.is_set():
            try:
                self._refresh(self._changes.tide(self._state))
            except httpx.TransportError as error:
                self._asked.problems.append(f"A refresh could not be followed: {error!r}")

    def _refresh(self, state: State) -> None:
        self._folder.become(state)
        run = self._server.ended(self._server.begin_refresh(self._folder.root))
        if run["state"] != "done":
            self._asked.problems.append(f"A refresh is {run['state']}: {run['digest']}")
        self._asked.moved += run["new"] + run["changed"] + run["removed"]
        self._state = state
        status = self._server.call("GET", "/v1/status")
        documents = {one["document_id"]: one["superseded_by"] for one in self._server.documents()}
        self._asked.versions[status["index_version"]] = Version(status["as_of"], documents)


def _passages(server: Server) -> Iterator[Passage]:
    for document in server.documents():
        whole = server.call("GET", f"/v1/documents/{document['document_id']}")
        for one in whole["outline"]:
            if one["kind"] == "text":
                yield Passage(one["text"], document["language"])


def _ask(server: Server, body: dict[str, str]) -> Reply:
    started = time.monotonic()
    try:
        response = server.request("POST", "/v1/ask", dict(body))
    except httpx.TransportError as error:
        return Reply(body["question"], 0, {"detail": repr(error)}, time.monotonic() - started)
    return Reply(body["question"], response.status_code, response.json(), time.monotonic() - started)


def _problems(server: Server, asked: Asked) -> Iterator[str]:
    outlines: dict[str, Mapping[str, Json]] = {}
    for reply in asked.replies:
        if reply.status != httpx.codes.OK:
            yield f"{reply.status} to {reply.question!r}: {reply.answer.get('detail')}"
            continue
        version = asked.versions.get(reply.answer["index_version"])
        if version is None or version.as_of != reply.answer["as_of"]:
            yield f"An answer is of a version that was not: {reply.answer['index_version']}, {reply.answer['as_of']}."
            continue
        for citation in (*reply.answer["citations"], *reply.answer["nearest"]):
            document_id = citation["document_id"]
            if document_id not in outlines:
                outlines[document_id] = _outline(server, document_id)
            yield from _wrong_citation(citation, version, outlines[document_id])


def _outline(server: Server, document_id: str) -> Mapping[str, Json]:
    """The paragraphs of a document by their anchors, also where the index no longer holds it."""
    whole = server.call("GET", f"/v1/documents/{document_id}")
    return {one["anchor"]: one for one in whole["outline"]}


def _wrong_citation(citation: Json, version: Version, outline: Mapping[str, Json]) -> Iterator[str]:
    told = f"{citation['label']} ({citation['document_id']})"
    if citation["document_id"] not in version.documents:
        yield f"{told} was not in the index that the answer is from."
    elif citation["superseded_by"] != version.documents[citation["document_id"]]:
        yield f"{told} is told to be superseded by {citation['superseded_by']}, which was not so."
    paragraph = outline.get(citation["url"].partition("#")[2])
    if paragraph is None or paragraph["paragraph"] != citation["paragraph"]:
        yield f"{told} is no paragraph of that document."
    elif _bare(citation["quote"]) not in _bare(paragraph["text"]):
        yield f"{told} does not say {citation['quote']!r}."


def _bare(text: str) -> str:
    return _WHITE_SPACE.sub("", text)


def summary(asked: Asked) -> str:
    """What was asked and answered, how fast, what was refreshed meanwhile, and what was wrong."""
    statuses = Counter(reply.status for reply in asked.replies)
    answers = [reply.answer for reply in asked.replies if reply.status == httpx.codes.OK]
    cited = [one for answer in answers for one in (*answer["citations"], *answer["nearest"])]
    cuts = statistics.quantiles((reply.seconds for reply in asked.replies), n=20)
    used = {answer["index_version"] for answer in answers}
    lines = [
        f"{len(asked.replies)} questions: {', '.join(f'{n} with status {s}' for s, n in statuses.items())}",
        f"{sum(answer['abstained'] for answer in answers)} abstentions, {len(cited)} paragraphs cited or named, "
        f"{sum(one['superseded_by'] is not None for one in cited)} of them superseded",
        f"{len(asked.versions)} versions of the index, answers from {len(used)}; {asked.moved} documents came or went",
        f"p50 {cuts[9]:.3f} s, p95 {cuts[18]:.3f} s",
        f"{len(asked.problems)} problems",
    ]
    return "\n".join([*lines, *asked.problems[:50]])


def main() -> int:
    """Asks as much as wished; exit status 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--reports", type=Path, default=ROOT / "samples" / "reports", help="reports that come and go")
    parser.add_argument("--models", type=Path, help="folder of prepared models; else they are prepared first")
    parser.add_argument("--work", type=Path, help="empty folder to work in, which is kept; else one that is deleted")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reformbot-questions-") as temporary:
        work = (arguments.work or Path(temporary)).resolve()
        setup = Setup(work / "index", (arguments.models or work / "models").resolve(), work)
        others = others_in(arguments.reports.resolve())
        asked = ask_while_refreshing(setup, questions=arguments.questions, others=others, seed=arguments.seed)
    sys.stdout.write(f"{summary(asked)}\n")
    return 1 if asked.problems else 0


if __name__ == "__main__":
    sys.exit(main())
