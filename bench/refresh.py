"""What refreshes cost beside the first ingest, ours and plain LangChain's: `python -m bench.refresh [FOLDER]`.

Both index the same copy of a folder with the same embedding model, in turns: at first, unchanged, with a paragraph
inserted at the top of one report, and with one report moved. The peer is what the tutorials say: every file loaded to
text, packed into chunks of 1,000 characters, and `index()` of langchain_core with a record manager and full clean-up.
It reads no numbered paragraphs, tables, footnotes or scans, so that its first ingest is less work than ours. The edited
report is a Markdown file of the paragraphs of a middling PDF of the folder.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.indexing import InMemoryRecordManager, index
from langchain_core.vectorstores import InMemoryVectorStore

from bench.retrieval_engines import carry_out
from bot.service import Service, build_service
from bot.settings import BotSettings
from ingest.plan import Change
from ingest.sandbox import Limits, read_document
from ingest.sources import files_under
from vectorstore.settings import IndexSettings
from vectorstore.store import DENSE

REPORTS = Path(__file__).parent.parent / "samples" / "reports"
GOAL = 20.0  # times faster than the first ingest when nothing has changed
EDITED, MOVED = "edited.md", "moved"
CHUNK = 1000
INSERTED = "This paragraph was inserted above all others, so that what follows stands in other places than before."
KINDS = (".pdf", ".docx", ".html", ".txt", ".md")


@dataclass(frozen=True)
class Cost:
    """What one refresh took: wall-clock and CPU seconds, those of child processes among them, and texts embedded."""

    wall_s: float
    cpu_s: float
    embedded: int


@dataclass(frozen=True)
class Pair:
    """The same step of both, one right after the other."""

    step: str
    ours: Cost
    plain: Cost


class Peer:
    """The plain pipeline: an in-memory vector store and record manager of langchain_core."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._store = InMemoryVectorStore(embeddings)
        self._records = InMemoryRecordManager("bench")
        self._records.create_schema()

    def refresh(self, folder: Path) -> None:
        """Makes its index mirror the folder."""
        chunks = [
            Document(page_content=chunk, metadata={"source": str(file.path)})
            for file in files_under([folder])
            for chunk in packed(text_of(file.path))
        ]
        index(chunks, self._records, self._store, cleanup="full", source_id_key="source", key_encoder="sha256")


def text_of(path: Path) -> str:
    """The text of a file, with an empty line between paragraphs or pages."""
    if path.suffix == ".pdf":
        return _pdf_text(path)
    if path.suffix == ".docx":
        import docx

        return "\n\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    if path.suffix == ".html":
        from lxml import html

        return "\n\n".join(html.fromstring(path.read_bytes()).itertext())
    return path.read_text(encoding="utf-8")


def _pdf_text(path: Path) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n\n".join(page.extract_text() for page in PdfReader(path).pages)
    except PyPdfError as error:
        print(f"not read by the peer: {path.name}: {error}")
        return ""


def packed(text: str) -> Iterator[str]:
    """Chunks of whole lines, as many as go into 1,000 characters; a longer line is cut."""
    chunk = ""
    for line in text.split("\n"):
        for piece in [line[at : at + CHUNK] for at in range(0, len(line), CHUNK)]:
            if len(chunk) + len(piece) >= CHUNK:
                yield chunk
                chunk = ""
            chunk += f"{piece}\n"
    if chunk.strip():
        yield chunk


def our_refresh(service: Service, folder: Path) -> None:
    """Makes our index mirror the folder."""
    change = Change(files=files_under([folder]), mirrored=(str(folder.resolve()),), force=True)
    carry_out(service, change)


def measured(model: Embeddings, refresh: Callable[[Path], None], folder: Path) -> Cost:
    """What a refresh takes; the embedding model counts what it is given."""
    with patch.object(model, "embed_documents", wraps=model.embed_documents) as embed:
        wall, cpu = time.perf_counter(), _cpu_seconds()
        refresh(folder)
        wall, cpu = time.perf_counter() - wall, _cpu_seconds() - cpu
    return Cost(wall, cpu, sum(len(call.args[0]) for call in embed.call_args_list))


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def prepare(reports: Path, folder: Path) -> None:
    """Copies the reports, one of them as Markdown that can be edited, and another that can be moved."""
    paths = sorted((path for path in reports.rglob("*") if path.suffix in KINDS), key=lambda path: path.stat().st_size)
    editable = [path for path in paths if path.suffix == ".pdf"] or paths
    middle = editable[len(editable) // 2]
    for number, path in enumerate(each for each in paths if each != middle):
        (folder / str(number)).mkdir(parents=True)
        shutil.copy(path, folder / str(number))
    document = read_document(middle, source=middle.name, content_hash="", limits=Limits())
    numbered = (f"{one.number}. {one.text}" if one.number else one.text for one in document.paragraphs)
    (folder / EDITED).write_text("\n\n".join([f"# {document.title}", *numbered]), encoding="utf-8")


def insert(folder: Path) -> None:
    """Puts a paragraph under the title of the report that can be edited."""
    path = folder / EDITED
    title, rest = path.read_text(encoding="utf-8").split("\n\n", 1)
    path.write_text(f"{title}\n\n{INSERTED}\n\n{rest}", encoding="utf-8")


def move(folder: Path) -> None:
    """Moves the largest of the other reports into another folder."""
    last = max(folder.iterdir(), key=lambda path: int(path.name) if path.is_dir() else -1)
    last.rename(folder / MOVED)


STEPS: dict[str, Callable[[Path], None]] = {
    "first ingest": lambda _: None,
    "unchanged": lambda _: None,
    "a paragraph inserted": insert,
    "a report moved": move,
}


def compare(reports: Path, work: Path) -> list[Pair]:
    """Refreshes both after each step."""
    folder = work / "reports"
    prepare(reports, folder)
    settings = IndexSettings(path=work / "index")
    with closing(build_service(settings, BotSettings())) as service:
        model, pairs = service.models[DENSE], []
        peer = Peer(model)
        for step, change in STEPS.items():
            change(folder)
            ours = measured(model, lambda at: our_refresh(service, at), folder)
            pairs.append(Pair(step, ours, measured(model, peer.refresh, folder)))
    return pairs


def report(pairs: list[Pair]) -> bool:
    """Prints each step beside the first ingest; whether an unchanged and a moved report cost what they may."""
    first, unchanged, _, moved = pairs
    for pair in pairs:
        print(f"{pair.step}")
        for name, cost, whole in (("ours", pair.ours, first.ours), ("plain", pair.plain, first.plain)):
            share = f"1/{whole.wall_s / cost.wall_s:.0f} of the first"
            print(f"  {name:6} {cost.wall_s:8.2f} s {cost.cpu_s:8.2f} cpu-s {cost.embedded:6} embedded   {share}")
        print(f"  ours is {pair.plain.wall_s / pair.ours.wall_s:.1f} times as fast")
    faster = first.ours.wall_s / unchanged.ours.wall_s
    print(f"ratio {faster:.1f}: an unchanged folder against its first ingest (goal {GOAL:.0f})", flush=True)
    return faster >= GOAL and not unchanged.ours.embedded and not moved.ours.embedded


def main() -> int:
    """Compares on a folder's reports, by default the samples; exit status 1 when an unchanged folder costs too much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=REPORTS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reformbot-bench-") as work:
        return 0 if report(compare(arguments.folder.resolve(), Path(work).resolve())) else 1


if __name__ == "__main__":
    sys.exit(main())
