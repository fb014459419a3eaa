"""Pages that are pictures of text, read by text recognition.

The recogniser that comes with the package reads Chinese and every language in Latin script. What it cannot read is
handed to the system's tesseract, where that is installed with its data for Arabic or Russian. What neither reads is
said to be unread, never given as text.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import pypdfium2
from PIL import Image

from ingest.allowance import begin_page, take_time_for_scans
from ingest.lines import Page
from ingest.ocr import bundled, tesseract
from ingest.ocr.scanned import Place, page_of, usual_of
from ingest.ocr.seen import Sight
from ingest.ocr.suspects import Scans, is_layered, is_scan
from vectorstore.paragraph import RecognisedPage

_POINTS_AN_INCH = 72
_DOTS_AN_INCH = 200
_MOST_PIXELS = 4000
# Nothing is drawn on a page whose darkest and lightest dots are as alike as this, of 255.
_BLANK_CONTRAST = 40
_SURE = 0.8
_READABLE = 0.6
# A picture with fewer lines is one with words in it, as on a cover, and no page of text.
_FEW_LINES = 3
_LOST_SHARE = 0.05
_LABEL_CHARACTERS = 12
# Of the words that the text behind a scan gives, the share that a fresh look gives too. Scans of the 1980s, whose text
# was recognised long ago, come to 0.67 to 0.79.
_AGREED = 0.9
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def read_scans(document: pypdfium2.PdfDocument, pages: Sequence[Page]) -> Scans:
    """The same pages, those that hold no usable text read by text recognition while there is time for it."""
    layered = [number for number, page in enumerate(pages, 1) if is_layered(page)]
    end = take_time_for_scans()
    looked = {number: _see(document, number) for number in layered[:1]}
    poor = set(layered if any(not _is_true(pages[number - 1], sight) for number, sight in looked.items()) else ())
    scans = [number for number, page in enumerate(pages, 1) if number in poor or is_scan(page)]
    seen = dict(_seen(document, scans, looked, end))
    late = [number for number in scans if number not in seen]
    seen = {number: sight for number, sight in seen.items() if not (pages[number - 1].lines and _is_map(sight))}
    readable = {number: sight for number, sight in seen.items() if sight.confidence >= _READABLE}
    places = {number: Place(pages[number - 1], sight) for number, sight in readable.items()}
    usual = usual_of(list(places.values()))
    return Scans(
        pages=tuple(
            page_of(places[number], usual) if number in places else page for number, page in enumerate(pages, 1)
        ),
        recognised=tuple(RecognisedPage(number, round(sight.confidence, 3)) for number, sight in readable.items()),
        warnings=tuple(_warnings(late, seen)),
    )


def _is_true(page: Page, sight: Sight) -> bool:
    """Whether the text that a scan brings along is that in its picture, as far as the picture can be read."""
    words = _LONG_WORD.findall(" ".join(line.text for line in page.lines))
    seen = set(_LONG_WORD.findall(" ".join(line.text for line in sight.lines)))
    return sight.confidence < _SURE or sum(word in seen for word in words) >= _AGREED * len(words)


def _seen(
    document: pypdfium2.PdfDocument, scans: Sequence[int], looked: Mapping[int, Sight], end: float
) -> Iterator[tuple[int, Sight]]:
    """What is seen on each page, until the time is over that the slowest page so far would take once more.

    `looked` is what was seen on pages before, `end` the moment when the time is over.
    """
    slowest = 0.0
    for number in scans:
        start = time.monotonic()
        if start + slowest > end:
            return
        yield number, looked.get(number) or _see(document, number)
        slowest = max(slowest, time.monotonic() - start)


def _see(document: pypdfium2.PdfDocument, number: int) -> Sight:
    begin_page()
    picture = _picture(document[number - 1])
    levels = [level for level, count in enumerate(picture.histogram()) if count]
    if levels[-1] - levels[0] < _BLANK_CONTRAST:
        return Sight(picture.width, picture.height)
    sight = bundled.see(picture)
    if sight.confidence >= _SURE or not sight.lines:
        return sight
    return max(sight, tesseract.see(picture), key=lambda sight: sight.confidence)


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(_DOTS_AN_INCH / _POINTS_AN_INCH, _MOST_PIXELS / max(page.get_size()))
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture.convert("L")


def _warnings(late: Sequence[int], seen: Mapping[int, Sight]) -> Iterator[str]:
    if late:
        yield (
            f"{_named(late)} not recognised (OCR), because the time allowed was over: split the file, "
            "or raise the limit."
        )
    unread = [number for number, sight in seen.items() if sight.confidence < _READABLE and _holds_text(sight)]
    if unread:
        yield f"{_named(unread)} not read, because the text in the picture cannot be recognised. {_remedy()}"
    partly = [number for number, sight in seen.items() if number not in unread and _lost(sight) > _LOST_SHARE]
    if partly:
        yield f"{_named(partly)} read only in part, because some of the text in the picture cannot be recognised."


def _is_map(sight: Sight) -> bool:
    """Whether what is seen is the names on a map or a chart, and no text in lines."""
    readable = sight.confidence >= _READABLE
    return readable and median(len(line.text) for line in sight.lines) < _LABEL_CHARACTERS


def _holds_text(sight: Sight) -> bool:
    return len(sight.lines) >= _FEW_LINES


def _lost(sight: Sight) -> float:
    """The share of the lines, by their width, that could not be read."""
    width = sum(line.width for line in sight.lines)
    return sum(line.width for line in sight.lines if not line.text) / width if width else 0.0


def _named(pages: Sequence[int]) -> str:
    """ "Page 4 was", "Pages 1-3, 7 were"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    names = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"Pages {names} were" if len(pages) > 1 else f"Page {names} was"


def _remedy() -> str:
    missing = sorted(f"tesseract-ocr-{data}" for data in {*tesseract.DATA.values()} - tesseract.installed())
    if not missing:
        return "Scan it anew, straight and with 200 dots an inch or more."
    return (
        "Scan it anew if it is hard to read. Arabic and Russian need tesseract with its data: "
        f"on Debian or Ubuntu, apt install tesseract-ocr {' '.join(missing)}."
    )
