"""The sentences of every paragraph are embedded with its passages, each text once, and kept in the catalogue."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from bot.service import Service
from ingest.embedding import Embedder
from tests.conftest import ingest
from vectorstore.catalogue import Catalogue
from vectorstore.models import ModelError
from vectorstore.paragraph import Document, Paragraph, Passage
from vectorstore.sentences import sentences_key, sentences_of
from vectorstore.store import DENSE, SIGNALS

PILOT = "The harbour pilot began in 2019. It had four ports. “Why only four?” asked the master."
SHORT = "The quay was painted."
CHINESE = "港口试点始于2019年。共有四个港口。"


class Counting(Embeddings):
    """A model whose vectors are lengths, which remembers what it embedded, and fails where it is told to."""

    def __init__(self, *, fails_after: int | None = None) -> None:
        self.calls: list[list[str]] = []
        self._fails_after = fails_after

    @property
    def embedded(self) -> list[str]:
        return [text for call in self.calls for text in call]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self._fails_after is not None and len(self.calls) >= self._fails_after:
            raise ModelError("The embedding server cannot be reached: start it.")
        self.calls.append(texts)
        return [[float(len(text)), 1.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError


def document(*texts: str, language: str = "en", name: str = "pilot") -> tuple[Document, tuple[Passage, ...]]:
    """A document of these paragraphs, each its own passage."""
    paragraphs = tuple(Paragraph(text=text, number=str(place + 1)) for place, text in enumerate(texts))
    made = Document(source=name, content_hash=name, title=name, language=language, paragraphs=paragraphs)
    return made, tuple(Passage(made.document_id, place, 0, text) for place, text in enumerate(texts))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")) as opened:
        yield opened


def embedder(catalogue: Catalogue, model: Embeddings, folder: Path) -> Embedder:
    return Embedder(catalogue, {DENSE: model}, folder=folder, pause_seconds=0)


def kept(catalogue: Catalogue, text: str, language: str = "en") -> np.ndarray | None:
    key = sentences_key(text, language)
    return catalogue.vectors.sentences([key]).get(DENSE, {}).get(key)


@pytest.mark.parametrize(("language", "text"), [("en", PILOT), ("en", SHORT), ("zh", CHINESE)])
def test_a_refresh_keeps_what_both_models_make_of_each_sentence(
    service: Service, tmp_path: Path, language: str, text: str
) -> None:
    (tmp_path / f"pilot.{language}.md").write_text(f"# Report\n\n1. {text}\n", encoding="utf-8")
    ingest(service, tmp_path / f"pilot.{language}.md")
    [record] = service.library.records().values()
    paragraphs = [p for p in service.catalogue.paragraphs(record.document_id) if p.number]
    key = sentences_key(paragraphs[0].text, record.language)
    for signal in SIGNALS:
        found = service.catalogue.vectors.sentences([key])[signal][key]
        sentences = [sentence.strip() for sentence in sentences_of(paragraphs[0].text, record.language)]
        assert np.allclose(found, service.models[signal].embed_documents(sentences), atol=1e-3)


def test_a_text_is_embedded_once_as_passage_and_as_only_sentence(catalogue: Catalogue, tmp_path: Path) -> None:
    model = Counting()
    [(passages, _)] = embedder(catalogue, model, tmp_path).embed([document(PILOT, SHORT)])
    assert passages == 2
    expected = [
        PILOT,
        "The harbour pilot began in 2019. It had four ports.",
        "“Why only four?” asked the master.",
        SHORT,
    ]
    assert sorted(model.embedded) == sorted(expected)
    found = kept(catalogue, SHORT)
    assert found is not None
    assert found.tolist() == [[len(SHORT), 1.0]]


def test_what_did_not_change_is_not_embedded_again(catalogue: Catalogue, tmp_path: Path) -> None:
    list(embedder(catalogue, Counting(), tmp_path).embed([document(PILOT, SHORT)]))
    model = Counting()
    batches = list(embedder(catalogue, model, tmp_path).embed([document("A new one.", PILOT, SHORT, name="next")]))
    assert sum(passages for passages, _ in batches) == 1
    assert model.embedded == ["A new one."]


def test_nothing_is_kept_of_the_sentences_of_an_endless_table(catalogue: Catalogue, tmp_path: Path) -> None:
    table = "\n".join(f"Port {number} | {number * 7}" for number in range(1000))
    model = Counting()
    [(passages, _)] = embedder(catalogue, model, tmp_path).embed([document(table, SHORT)])
    assert passages == 2
    assert sorted(model.embedded) == sorted([table, SHORT])
    assert kept(catalogue, table) is None
    assert kept(catalogue, SHORT) is not None


def test_a_long_report_is_embedded_a_part_at_a_time_and_what_is_done_stays(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    report = document(*(f"Berth {number} was dredged. It is {number} metres deep." for number in range(1000)))
    with pytest.raises(ModelError):
        list(embedder(catalogue, Counting(fails_after=3), tmp_path).embed([report]))
    model = Counting()
    batches = list(embedder(catalogue, model, tmp_path).embed([report]))
    assert max(len(call) for call in model.calls) < 300
    assert 500 < sum(passages for passages, _ in batches) < 1000
    assert all(kept(catalogue, paragraph.text) is not None for paragraph in report[0].paragraphs)
