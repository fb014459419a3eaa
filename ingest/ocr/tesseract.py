"""Text recognition by the tesseract of the system, where it is installed: for the scripts the bundled one lacks."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from statistics import median

from PIL import Image

from ingest.ocr.seen import Seen, Sight

# The data that tesseract needs for a script, as its own packages are named.
DATA = {"Arabic": "ara", "Cyrillic": "rus"}
# Symbols and numbers of sections in Latin letters stand in Russian text, and are read with English beside it. Beside
# Arabic it takes Arabic words for English ones: 3.8 % of the characters are wrong then, 2.3 % without.
_BESIDE = {"rus": "eng"}
# The numbers of sections that are read in Cyrillic all the same.
_ROMAN = {"Т": "I", "П": "II", "Ш": "III", "ТУ": "IV", "У": "V", "УТ": "VI", "УП": "VII", "УШ": "VIII", "Х": "X"}
_CYRILLIC_ROMAN = re.compile(rf"^({'|'.join(sorted(_ROMAN, key=len, reverse=True))})(?=\.\s+[А-Я])")
# The box of a word is as high as its letters; that of a line, which Seen has, has white around them.
_LINE_SHARE = 1.4
_LARGE = 1.7
_SECONDS = 60
_WORD = "5"
_SCRIPT = re.compile(r"^Script: (\w+)", re.MULTILINE)
_TURN = re.compile(r"^Rotate: (\d+)", re.MULTILINE)
_TURNS = {
    90: Image.Transpose.ROTATE_270,  # tesseract counts clockwise, the library the other way
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def see(picture: Image.Image) -> Sight:
    """The lines of a picture in Arabic or Cyrillic script, turned upright; none where tesseract or its data lack."""
    picture = picture.convert("L")
    found = _run(picture, "--psm", "0") if "osd" in installed() else ""
    turn, script = _TURN.search(found), _SCRIPT.search(found)
    if turn and int(turn[1]) in _TURNS:
        picture = picture.transpose(_TURNS[int(turn[1])])
    wanted = [DATA[script[1]]] if script and script[1] in DATA else list(DATA.values())
    sights = [_read(picture, data) for data in wanted if data in installed()]
    return max(sights, key=lambda sight: sight.confidence, default=Sight(picture.width, picture.height))


@cache
def installed() -> frozenset[str]:
    """The language data of the tesseract on the PATH; empty without one."""
    return frozenset(_printed("--list-langs").split()[1:])


def _read(picture: Image.Image, data: str) -> Sight:
    beside = _BESIDE.get(data)
    table = _run(picture, "-l", f"{data}+{beside}" if beside in installed() else data, "tsv")
    words = [row for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE) if _is_word(row)]
    lines = groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    return Sight(picture.width, picture.height, _evened([_line(list(each)) for _, each in lines]))


def _evened(lines: Sequence[Seen]) -> tuple[Seen, ...]:
    """The lines, of one height those that may be set in one size: words differ by half with the letters in them."""
    usual = median([line.height for line in lines] or [0.0])
    return tuple(line if line.height > _LARGE * usual else replace(line, height=usual) for line in lines)


def _is_word(row: dict[str, str]) -> bool:
    return row["level"] == _WORD and bool((row["text"] or "").strip())


def _line(words: Sequence[Mapping[str, str]]) -> Seen:
    boxes = [[float(word[name]) for name in ("left", "top", "width", "height")] for word in words]
    left, right = min(box[0] for box in boxes), max(box[0] + box[2] for box in boxes)
    letters = sum(len(word["text"]) for word in words)
    text = " ".join(word["text"] for word in words)
    return Seen(
        text=_CYRILLIC_ROMAN.sub(lambda found: _ROMAN[found[1]], text),
        x=(left + right) / 2,
        y=median(top + height / 2 for _, top, _, height in boxes),
        width=right - left,
        height=_LINE_SHARE * median(height for _, _, _, height in boxes),
        confidence=sum(max(0.0, float(word["conf"])) * len(word["text"]) for word in words) / letters / 100,
    )


def _run(picture: Image.Image, *arguments: str) -> str:
    """What tesseract prints for a picture; nothing when it fails, which it does where it finds no text."""
    image = io.BytesIO()
    picture.save(image, "PNG")
    return _printed("stdin", "stdout", *arguments, given=image.getvalue())


def _printed(*arguments: str, given: bytes = b"") -> str:
    """What tesseract prints; nothing where it is not installed or takes too long."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  (no argument comes from a document)
            [program, *arguments],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace")
