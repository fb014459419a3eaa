"""Reading a file in a child process with limits, so that no file can take the caller down.

A PDF of two thousand bytes can abort the parser, or make it ask for all the memory there is. The child reads one
file and ends; the parent only reads back plain JSON, and nothing of the parent's environment reaches the child. What
the child writes lies in a folder of its own, which goes with it. (There is no limit on processes: the system counts
them for each user, the caller's among them. The child's whole group is ended with it instead.)
"""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
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
_OPEN_FILES = 256
_SAMPLE = 4000
# What no text has and a database may refuse: control characters, halves of surrogate pairs, non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The child's own clock ends it first; the parent ends one that has stopped that clock.
_GRACE_SECONDS = 5


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: wall-clock seconds, and bytes of memory, of the file, and of what is read.

    `recognition_seconds` are granted beside the others to a file with pages whose text must be recognised, about six
    for each; pages for which they are too few are reported as not read. `written_bytes` are what each file may have
    that is written on the way, such as the picture of a page.
    """

    seconds: int = 120
    recognition_seconds: int = 1800
    memory_bytes: int = 2048 * _MEBIBYTE
    input_bytes: int = 200 * _MEBIBYTE
    output_bytes: int = 32 * _MEBIBYTE  # a report of a thousand pages has 5
    written_bytes: int = 64 * _MEBIBYTE


def read_document(path: Path, *, source: str, content_hash: str, limits: Limits) -> Document:
    """The document in a file, read in a child process of its own.

    The last part of `source` is the file's name, which may give the symbol. Raises ReadingError, with a sentence for
    the operator, when the file cannot be read within the limits.
    """
    _check_size(path, limits)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        status = _run_child(path, Path(source).name, limits, output, complaints)
        document = _answer(output)
        if document is None:
            _log.warning("The process that read %s ended with %s: %s", source, status, _tail(complaints))
            raise ReadingError(_how_it_ended(status, limits), transient=_was_stopped(status))
    sample = "\n".join(paragraph.text[:_SAMPLE] for paragraph in document.paragraphs[:_SAMPLE])
    return replace(document, source=source, content_hash=content_hash, language=language_of(sample))


def _check_size(path: Path, limits: Limits) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        reason = f"The file cannot be opened ({error.strerror}): check its path and permissions."
        raise ReadingError(reason, transient=True) from error
    if size == 0:
        raise ReadingError("The file is empty: export or download it again.")
    if size > limits.input_bytes:
        raise ReadingError(
            f"The file has {size / _MEBIBYTE:.0f} MB, more than the {limits.input_bytes / _MEBIBYTE:.0f} MB allowed: "
            "split it, or raise the limit."
        )


def _run_child(path: Path, name: str, limits: Limits, output: IO[bytes], complaints: IO[bytes]) -> int | None:
    """The child's exit status, or None when its time ran out."""
    task = json.dumps({"name": name, "limits": asdict(limits)})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        child = subprocess.Popen(  # noqa: S603  (our own interpreter and module; the path is one argument)
            [sys.executable, "-m", "ingest.sandbox", str(path.resolve()), task],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=complaints,
            cwd=folder,
            env=_environment(os.environ, folder),
            start_new_session=True,
        )
        try:
            return child.wait(timeout=limits.seconds + limits.recognition_seconds + _GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _kill_group(child)


def _kill_group(child: "subprocess.Popen[bytes]") -> None:
    """Ends the child and whatever it started, also where it has ended and left others behind."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _environment(ours: Mapping[str, str], folder: str) -> dict[str, str]:
    """What the child needs, and none of our tokens; one memory arena, because each reserves address space."""
    kept = {name: ours[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TESSDATA_PREFIX") if name in ours}
    return kept | {
        "TMPDIR": folder,
        "PYTHONPATH": os.pathsep.join([str(_PACKAGES), *filter(None, sys.path)]),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": ours.get("PYTHONDONTWRITEBYTECODE", ""),
        "MALLOC_ARENA_MAX": "2",
        "RAYON_NUM_THREADS": "1",
        "TOKIO_WORKER_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _was_stopped(status: int | None) -> bool:
    return status is None or status in (-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL)


def _how_it_ended(status: int | None, limits: Limits) -> str:
    if _was_stopped(status):
        return (
            f"Reading the file was stopped: it took more than {limits.seconds} seconds or more memory than there is. "
            "It may be damaged or made to harm; save it anew from its application, or split it."
        )
    return (
        "The file makes the parser fail: it is damaged, made to harm, or needs more than the "
        f"{limits.memory_bytes // _MEBIBYTE} MB of memory allowed. Save it anew from its application."
    )


def _answer(output: IO[bytes]) -> Document | None:
    """The document that the child wrote, line by line, or None when it did not come to an end.

    Raises ReadingError with the child's reason where it refused the file.
    """
    output.seek(0)
    try:
        head = json.loads(output.readline())
        if "error" in head:
            raise ReadingError(head["error"])
        paragraphs = tuple(_paragraph(json.loads(line)) for line in output)
    except json.JSONDecodeError:
        return None
    if len(paragraphs) != head.pop("count"):
        return None
    return Document(**{**head, "paragraphs": paragraphs, "report": IngestReport.from_json(head["report"])})


def _paragraph(fields: dict[str, Any]) -> Paragraph:
    return Paragraph(**{**fields, "section": tuple(fields["section"])})


def _tail(complaints: IO[bytes]) -> str:
    end = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, end - 500))
    return complaints.read().decode(errors="replace")


def _limit_ourselves(limits: Limits) -> None:
    import resource  # only Unix has it, and only the child needs it

    from ingest.allowance import limit_time

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, max(limits.written_bytes, limits.output_bytes)),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    limit_time(limits.seconds, for_scans=limits.recognition_seconds)


def _read_here(path: Path, name: str, limits: Limits) -> list[str]:
    """What to print: a line for the document and one for each of its paragraphs, or one with the reason why not."""
    from ingest.reading import read  # the limits stand before a parser is loaded
    from ingest.structure import document_from

    try:
        lines = _lines(document_from(read(path), name=name))
        if sum(map(len, lines)) <= limits.output_bytes:
            return lines
        reason = f"The file holds more than {limits.output_bytes / _MEBIBYTE:.0f} MB of text: split it."
    except ReadingError as error:
        reason = str(error)
    except MemoryError:
        reason = "The file needs more memory than is allowed: split it, or save it anew from its application."
    except RecursionError:
        reason = "The file is nested more deeply than any that is printed: save it anew from its application."
    return [json.dumps({"error": reason})]


def _lines(document: Document) -> list[str]:
    fields = _fit(asdict(document))
    paragraphs = fields.pop("paragraphs")
    head = fields | {"count": len(paragraphs)}
    return [json.dumps(each, ensure_ascii=False) for each in (head, *paragraphs)]


def _fit(value: Any) -> Any:
    """The value without characters that no text has."""
    if isinstance(value, str):
        return _UNFIT.sub("", value)
    if isinstance(value, dict):
        return {name: _fit(each) for name, each in value.items()}
    return [_fit(each) for each in value] if isinstance(value, (list, tuple)) else value


def main(arguments: list[str]) -> None:
    """Reads the file named by the first argument as the second, in JSON, says, and prints the document as JSON."""
    task = json.loads(arguments[1])
    limits = Limits(**task["limits"])
    _limit_ourselves(limits)
    sys.stdout.write("\n".join(_read_here(Path(arguments[0]), task["name"], limits)))
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
