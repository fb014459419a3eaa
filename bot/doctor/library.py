"""Whether the catalogue and the index are there, whole, and made with the model of the settings."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from langchain_core.embeddings import Embeddings

from bot.doctor.finding import Finding
from ingest.failures import failures
from vectorstore.catalogue import Catalogue
from vectorstore.database import CatalogueError
from vectorstore.disk import RESERVE
from vectorstore.fingerprint import IndexDamagedError, check_fingerprint, size_told
from vectorstore.library import EMBEDDING_MODEL, GENERATIONS
from vectorstore.models import model_fingerprint
from vectorstore.settings import IndexSettings

_TAKE_IN = "Take reports in: reformbot ingest FOLDER."


def opened_catalogue(settings: IndexSettings) -> tuple[Catalogue | None, Finding]:
    """The catalogue, where it opens, and whether it does; to be closed by whoever asked."""
    if not settings.path.is_dir():
        return None, Finding("catalogue", "warning", f"There is no folder {settings.path} yet.", _TAKE_IN)
    try:
        catalogue = Catalogue(settings.catalogue_url)
    except CatalogueError as error:
        return None, Finding("catalogue", "problem", "It cannot be used.", str(error))
    return catalogue, Finding("catalogue", "ok", f"It opens ({catalogue.engine.dialect.name}).")


def library(catalogue: Catalogue, settings: IndexSettings, embeddings: Embeddings | None) -> Iterator[Finding]:
    """The index, the room for the next, and what could not be read."""
    yield from _model(catalogue, settings, embeddings)
    yield from _index(catalogue, settings.path)
    yield from _failed(catalogue)


def _model(catalogue: Catalogue, settings: IndexSettings, embeddings: Embeddings | None) -> Iterator[Finding]:
    kept = catalogue.fact(EMBEDDING_MODEL) if catalogue.vectors.has_any() else None
    if kept and embeddings and kept != model_fingerprint(settings, embeddings):
        remedy = "Set INDEX_EMBEDDING_MODEL back, or INDEX_PATH to a new folder, and ingest the reports there."
        yield Finding("index", "problem", f"It was made with another embedding model, {kept}.", remedy)


def _index(catalogue: Catalogue, path: Path) -> Iterator[Finding]:
    current = catalogue.current_generation
    if current is None:
        yield Finding("index", "warning", "Nothing has been taken in yet.", _TAKE_IN)
        return
    kept = catalogue.generation(current)
    try:
        check_fingerprint(path / GENERATIONS / current, kept.fingerprint)
    except IndexDamagedError as error:
        remedy = "Start reformbot serve again: it rebuilds the index from the catalogue."
        yield Finding("index", "problem", str(error), remedy)
    else:
        documents = len(catalogue.documents(current))
        text = f"{documents} documents as of {kept.made_at}; every byte is as it was written."
        yield Finding("index", "ok", text)
    yield _room(path, size_told(kept.fingerprint))


def _room(path: Path, size: int) -> Finding:
    """Whether the next index has room beside this one, of which it begins as a copy."""
    free = shutil.disk_usage(path).free
    text = f"{free / 1e9:,.1f} GB are free; the index takes {size / 1e9:,.1f}."
    if free < RESERVE:
        return Finding("disk", "problem", text, f"Make room on the disk of {path}: nothing can be kept any more.")
    if free < size + RESERVE:
        return Finding(
            "disk", "warning", text, f"Make room on the disk of {path}: the next refresh needs as much again."
        )
    return Finding("disk", "ok", text)


def _failed(catalogue: Catalogue) -> Iterator[Finding]:
    if failed := failures(catalogue):
        text = f"{len(failed)} of the sources could not be read."
        yield Finding("sources", "warning", text, "reformbot status --failed says which and why.")
