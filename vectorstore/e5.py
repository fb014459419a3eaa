"""The bundled embedding model, multilingual-e5-small in four bits, run by onnxruntime: no torch, no download."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from langchain_core.embeddings import Embeddings

from vectorstore.e5_onnx import bundled_version, write_onnx, write_tokenizer
from vectorstore.e5_weights import bundled_file, read_weights

MAXIMUM_TOKENS = 512

# More in one run is slower: what passes between the layers leaves the processor's caches.
_TOKENS_AT_ONCE = 1024
_START, _PADDING, _END = 0, 1, 2


class E5Embeddings(Embeddings):
    """Vectors of 384 dimensions and length 1, for passages and for questions; safe to use from several threads.

    `folder` keeps the model as onnxruntime reads it (80 MB), written by whoever comes first, in seconds. Of a text
    the first 512 tokens count. Raises OSError or ValueError when the bundled weights cannot be read or kept.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        self._threads = threads
        self._session, self._tokenizer = _load(folder, threads)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each passage."""
        return self._embed([f"passage: {text}" for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._embed([f"query: {text}"])[0]

    def count_tokens(self, text: str) -> int:
        """How many tokens a passage takes, all told; past 512 they are cut off."""
        return len(self._token_ids([f"passage: {text}"], limit=None)[0])

    def _embed(self, texts: Sequence[str]) -> list[list[float]]:
        vectors: list[list[float]] = [[]] * len(texts)
        token_ids = self._token_ids(texts, limit=MAXIMUM_TOKENS)
        for batch in _batches([len(ids) for ids in token_ids]):
            for index, vector in zip(batch, self._run([token_ids[i] for i in batch]), strict=True):
                vectors[index] = vector
        return vectors

    def _token_ids(self, texts: Sequence[str], *, limit: int | None) -> list[list[int]]:
        # Half of a surrogate pair, which some PDF files give, is no text that could be encoded.
        encoded = [text.encode("utf-8", "replace") for text in texts]
        end = None if limit is None else limit - 2
        return [[_START, *ids[:end], _END] for ids in self._tokenizer.encode(encoded, num_threads=self._threads)]

    def _run(self, batch: Sequence[Sequence[int]]) -> list[list[float]]:
        input_ids = np.full((len(batch), max(map(len, batch))), _PADDING, dtype=np.int64)
        for row, ids in zip(input_ids, batch, strict=True):
            row[: len(ids)] = ids
        mask = (input_ids != _PADDING).astype(np.int64)
        (vectors,) = self._session.run(["embedding"], {"input_ids": input_ids, "attention_mask": mask})
        rows: list[list[float]] = vectors.tolist()
        return rows


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes of texts of about the same length, as many as a run takes, padding counted."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > _TOKENS_AT_ONCE:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _load(folder: Path, threads: int) -> tuple[Any, Any]:
    """The session and the tokenizer; a file that does not load, as a broken-off copy leaves, is written anew."""
    from onnxruntime.capi.onnxruntime_pybind11_state import InvalidArgument, InvalidProtobuf

    model, tokenizer = (folder / f"multilingual-e5-small-{bundled_version()}{ending}" for ending in (".onnx", ".model"))
    _write_missing(model, tokenizer)
    try:
        return _open(model, tokenizer, threads)
    except (InvalidArgument, InvalidProtobuf, RuntimeError):  # sentencepiece raises the last
        model.unlink(missing_ok=True)
        tokenizer.unlink(missing_ok=True)
        _write_missing(model, tokenizer)
        return _open(model, tokenizer, threads)


def _open(model: Path, tokenizer: Path, threads: int) -> tuple[Any, Any]:
    from onnxruntime import InferenceSession, SessionOptions
    from sentencepiece import SentencePieceProcessor

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # no two batches have the same shape
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    return session, SentencePieceProcessor(model_file=str(tokenizer))


def _write_missing(model: Path, tokenizer: Path) -> None:
    """Writes what is not there, one process at a time."""
    if model.exists() and tokenizer.exists():
        return
    model.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(model.with_suffix(".lock")):
        if model.exists() and tokenizer.exists():
            return
        weights = read_weights(bundled_file())
        write_tokenizer(weights, tokenizer)
        write_onnx(weights, model)
