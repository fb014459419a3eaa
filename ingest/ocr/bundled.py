"""Text recognition that comes with the package: the PP-OCR models that rapidocr carries, for Chinese and Latin script.

Nothing is downloaded: the models are named by their path inside the package.
"""

import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ingest.ocr.seen import Seen, Sight

# Lines are found in a smaller picture than they are read in: it takes a third of the time, and finds the same ones.
_FIND_SCALE = 0.6
_PROBES = 5
# Letters for each square of the line's height: 1 and more in Chinese, 2 and more in Latin script, one for ten in
# scripts that the model does not know, of which it reads the stops and the digits.
_FEWEST_LETTERS = 0.5
_SURE = 0.8
# Lines that are upside down, or in a script that the model does not know, come to less.
_HOPELESS = 0.6


def see(picture: Image.Image) -> Sight:
    """The lines of a picture, whichever way it is turned; those whose script is unknown have no text.

    Where even the longest lines cannot be read, only those are looked at.
    """
    picture = picture.convert("RGB")
    boxes = _found(picture)
    if sum(_size(box)[1] > _size(box)[0] for box in boxes) > len(boxes) / 2:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
        boxes = _found(picture)
    sight = _read_all(picture, boxes)
    if sight.confidence >= _SURE or not boxes:
        return sight
    turned = picture.transpose(Image.Transpose.ROTATE_180)
    return max(sight, _read_all(turned, _found(turned)), key=lambda sight: sight.confidence)


def _read_all(picture: Image.Image, boxes: list[Any]) -> Sight:
    """What is in the boxes, or in the longest of them alone, if those cannot be read."""
    boxes = sorted(boxes, key=lambda box: -_size(box)[0])
    longest = Sight(picture.width, picture.height, tuple(_read(picture, box) for box in boxes[:_PROBES]))
    if longest.confidence < _HOPELESS:
        return longest
    return replace(longest, lines=longest.lines + tuple(_read(picture, box) for box in boxes[_PROBES:]))


def _found(picture: Image.Image) -> list[Any]:
    """The corners of each line, clockwise from the upper left."""
    small = picture.resize((max(1, round(picture.width * _FIND_SCALE)), max(1, round(picture.height * _FIND_SCALE))))
    boxes = _engine()(np.asarray(small), use_det=True, use_rec=False).boxes
    return [] if boxes is None else [np.asarray(box) / _FIND_SCALE for box in boxes]


def _size(box: Any) -> tuple[float, float]:
    upper_left, upper_right, lower_right, lower_left = box
    width = max(math.dist(upper_left, upper_right), math.dist(lower_left, lower_right))
    return width, max(math.dist(upper_left, lower_left), math.dist(upper_right, lower_right))


def _read(picture: Image.Image, box: Any) -> Seen:
    width, height = _size(box)
    upper_left, upper_right, lower_right, lower_left = box
    corners = (*upper_left, *lower_left, *lower_right, *upper_right)
    size = (max(1, round(width)), max(1, round(height)))
    strip = picture.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    result = _engine()(np.asarray(strip), use_det=False, use_rec=True)
    text, confidence = (result.txts[0].strip(), float(result.scores[0])) if result.txts else ("", 0.0)
    if len("".join(text.split())) * height < _FEWEST_LETTERS * width:
        text, confidence = "", 0.0
    x, y = (float(middle) for middle in np.mean(box, axis=0))
    angle = math.atan2(upper_right[1] - upper_left[1], upper_right[0] - upper_left[0])
    return Seen(text=text, x=x, y=y, width=width, height=height, confidence=confidence, angle=angle)


@cache
def _engine() -> Any:
    """The engine with one thread, and without its filters: what is doubtful is judged here, and not dropped."""
    import rapidocr  # a second to load, and only scans need it

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.max_side_len": 4000,
            "Global.use_cls": False,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
