"""Reading a file in a child process with limits, so that no file can take the caller down.

A PDF of two thousand bytes can abort the parser, or make it ask for all the memory there is. The child reads one
file and ends; the parent only reads back plain JSON, and nothing of the parent's environment reaches the child.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from ingest.blocks import ReadingError
from ingest.language import language_of
from vectorstore.paragraph import Document, IngestReport, Paragraph

__all__ = ["Limits", "ReadingError", "read_document"]

_log = logging.getLogger(__name__)
_PACKAGES = Path(__file__).resolve().parent.parent
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: wall-clock seconds, and bytes of memory, of the file, and of what is read."""

    seconds: int = 120
    memory_bytes: int = 2048 * _MEBIBYTE
    input_bytes: int = 200 * _MEBIBYTE
    output_bytes: int = 64 * _MEBIBYTE


def read_document(path: Path, *, source: str, content_hash: str, limits: Limits) -> Document:
    """The document in a file, read in a child process of its own.

    Raises ReadingError, with a sentence for the operator, when the file cannot be read within the limits.
    """
    _check_size(path, limits)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        status = _run_child(path, limits, output, complaints)
        answer = _answer(output)
        if answer is None:
            _log.warning("The process that read %s ended with %s: %s", source, status, _tail(complaints))
            raise ReadingError(_how_it_ended(status, limits))
    if "error" in answer:
        raise ReadingError(answer["error"])
    document = _document(answer)
    language = language_of("\n".join(paragraph.text for paragraph in document.paragraphs))
    return replace(document, source=source, content_hash=content_hash, language=language)


def _check_size(path: Path, limits: Limits) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ReadingError(f"The file cannot be opened ({error.strerror}): check its path and permissions.") from error
    if size == 0:
        raise ReadingError("The file is empty: export or download it again.")
    if size > limits.input_bytes:
        raise ReadingError(
            f"The file has {size / _MEBIBYTE:.0f} MB, more than the {limits.input_bytes / _MEBIBYTE:.0f} MB allowed: "
            "split it, or raise the limit."
        )


def _run_child(path: Path, limits: Limits, output: IO[bytes], complaints: IO[bytes]) -> int | None:
    """The child's exit status, or None when its time ran out."""
    command = [sys.executable, "-m", "ingest.sandbox", str(path.resolve()), json.dumps(asdict(limits))]
    child = subprocess.Popen(  # noqa: S603  (our own interpreter and module; the path is one argument)
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=complaints,
        env=_environment(os.environ),
        start_new_session=True,
    )
    try:
        return child.wait(timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _kill_group(child)


def _kill_group(child: "subprocess.Popen[bytes]") -> None:
    """Ends the child and whatever it started."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What the child needs, and none of our tokens; one memory arena, because each reserves address space."""
    kept = {name: ours[name] for name in ("PATH", "LANG", "TMPDIR", "SYSTEMROOT") if name in ours}
    return kept | {
        "PYTHONPATH": os.pathsep.join([str(_PACKAGES), *filter(None, sys.path)]),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": ours.get("PYTHONDONTWRITEBYTECODE", ""),
        "MALLOC_ARENA_MAX": "2",
        "RAYON_NUM_THREADS": "1",
        "TOKIO_WORKER_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _how_it_ended(status: int | None, limits: Limits) -> str:
    if status is None or status in (-signal.SIGXCPU, -signal.SIGKILL):
        return (
            f"Reading the file was stopped: it took more than {limits.seconds} seconds or more memory than there is. "
            "It may be damaged or made to harm; save it anew from its application, or split it."
        )
    return (
        "The file makes the parser fail: it is damaged, made to harm, or needs more than the "
        f"{limits.memory_bytes // _MEBIBYTE} MB of memory allowed. Save it anew from its application."
    )


def _answer(output: IO[bytes]) -> dict[str, Any] | None:
    """What the child wrote, or None when it did not come to an end."""
    output.seek(0)
    try:
        return dict(json.load(output))
    except ValueError:
        return None


def _tail(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read()[-500:].decode(errors="replace")


def _document(answer: dict[str, Any]) -> Document:
    paragraphs = tuple(Paragraph(**{**each, "section": tuple(each["section"])}) for each in answer["paragraphs"])
    return Document(**{**answer, "paragraphs": paragraphs, "report": IngestReport.from_json(answer["report"])})


def _limit_ourselves(limits: Limits) -> None:
    import resource  # only Unix has it, and only the child needs it

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _read_here(path: Path) -> dict[str, Any]:
    from ingest.reading import read  # the limits stand before a parser is loaded
    from ingest.structure import document_from

    try:
        return asdict(document_from(read(path), name=path.name))
    except ReadingError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "The file needs more memory than is allowed: split it, or save it anew from its application."}


def main(arguments: list[str]) -> None:
    """Reads the file named by the first argument within the limits of the second, and prints the document as JSON."""
    _limit_ourselves(Limits(**json.loads(arguments[1])))
    answer = json.dumps(_read_here(Path(arguments[0])), ensure_ascii=False)
    sys.stdout.write(answer)
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
