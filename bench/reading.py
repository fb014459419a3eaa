"""Our reader against pypdf and pdfplumber on the same PDFs, in the same run: `python -m bench.reading [FOLDER]`.

Every reader reads every file in a process of its own, so that its peak memory is its own. The peers only take the text
off the pages; ours goes on to numbered paragraphs, tables and footnotes. The readers take turns file by file, so that
a busy machine slows all of them.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

REPORTS = Path(__file__).parent.parent / "samples" / "reports"
MEBIBYTE = 1024 * 1024
LIMIT_SECONDS = 600


def ours(path: Path) -> int:
    """Pages of a file, read to paragraphs by this project."""
    from ingest.reading import read
    from ingest.structure import document_from

    return document_from(read(path), name=path.name).pages or 0


def pypdf(path: Path) -> int:
    """Pages of a file whose text pypdf has taken."""
    from pypdf import PdfReader

    return len([page.extract_text() for page in PdfReader(path).pages])


def pdfplumber(path: Path) -> int:
    """Pages of a file whose text pdfplumber has taken."""
    import pdfplumber as library

    with library.open(path) as document:
        pages = 0
        for page in document.pages:
            page.extract_text()
            page.close()  # it would keep every page in memory
            pages += 1
        return pages


READERS: dict[str, Callable[[Path], int]] = {"ours": ours, "pypdf": pypdf, "pdfplumber": pdfplumber}


@dataclass(frozen=True)
class Cost:
    """What a reader took for one file."""

    pages: int
    cpu_s: float
    peak_bytes: int


def in_a_process(reader: str, path: Path) -> Cost | None:
    """What a reader takes for a file, its imports not counted; None where it fails."""
    command = [sys.executable, "-m", "bench.reading", "--reader", reader, str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT_SECONDS)
    if ended.returncode:
        print(f"{reader} failed on {path.name}: {ended.stderr.strip().splitlines()[-1:]}")
        return None
    pages, cpu_s, peak_bytes = ended.stdout.split()
    return Cost(int(pages), float(cpu_s), int(peak_bytes))


def measure_one(reader: str, path: Path) -> None:
    """Prints pages, CPU seconds and peak bytes of one reading; a first reading of a sample loads what is imported."""
    READERS[reader](min(REPORTS.glob("*.pdf")))
    start = time.process_time()
    pages = READERS[reader](path)
    took = time.process_time() - start
    print(pages, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def compare(paths: Sequence[Path]) -> None:
    """Prints pages per CPU second and the largest peak of memory of each reader."""
    costs: dict[str, list[Cost]] = {reader: [] for reader in READERS}
    for path in paths:
        found = {reader: in_a_process(reader, path) for reader in READERS}
        if all(found.values()):
            for reader, cost in found.items():
                costs[reader] += [cost] if cost else []
    ours_speed = speed(costs["ours"])
    print(f"{len(costs['ours'])} files, {sum(cost.pages for cost in costs['ours'])} pages")
    for reader, each in costs.items():
        peak = max(cost.peak_bytes for cost in each) / MEBIBYTE
        ratio = ours_speed / speed(each)
        print(f"{reader:12} {speed(each):7.1f} pages/cpu-s, ours {ratio:5.2f} times that; peak {peak:5.0f} MB")


def speed(costs: Sequence[Cost]) -> float:
    """Pages per CPU second over all files."""
    return sum(cost.pages for cost in costs) / sum(cost.cpu_s for cost in costs)


def main() -> None:
    """Compares the readers on a folder's PDFs, by default those of the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("place", nargs="?", type=Path, default=REPORTS)
    parser.add_argument("--reader", choices=READERS, help="measure one reader on one file")
    arguments = parser.parse_args()
    if arguments.reader:
        measure_one(arguments.reader, arguments.place)
    else:
        compare(sorted(arguments.place.glob("**/*.pdf")))


if __name__ == "__main__":
    main()
