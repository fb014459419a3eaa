"""The sentences of what was found are scored with the vectors that ingesting kept of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from bot.found.reading import Read, Reader
from bot.service import Service
from ingest.language import language_of
from tests.conftest import ingest
from vectorstore.search import Filters

QUESTION = "How many ports did the harbour pilot begin with?"
REPORT = """# Report on the harbour pilot

1. Scope of the pilot. The pilot began in 2019. The harbour pilot began with four ports. It has a budget of its own.

2. The steering group meets every month.
"""


class Remembering(Embeddings):
    """A model that remembers which passages it was given."""

    def __init__(self, model: Embeddings) -> None:
        self._model = model
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError


def remembering(service: Service) -> Mapping[str, Remembering]:
    return {signal: Remembering(model) for signal, model in service.models.items()}


def read(service: Service, models: Mapping[str, Embeddings], question: str = QUESTION) -> tuple[Read, ...]:
    with service.library.reading() as generation:
        assert generation
        query = service.search.prepare(question, language_of(question))
        found = service.search.find(generation, query, filters=Filters(), limit=5)
        return Reader(service.catalogue, models, service.verifier.translator).read(generation, query, found)


def test_reading_what_was_ingested_embeds_nothing(service: Service, tmp_path: Path) -> None:
    (tmp_path / "harbour.md").write_text(REPORT, encoding="utf-8")
    ingest(service, tmp_path / "harbour.md")
    models = remembering(service)
    first = read(service, models)[0]
    assert [model.embedded for model in models.values()] == [[], []]
    assert first.found.paragraph.number == "1"
    assert "four ports" in first.best.text
    assert "".join(sentence.text for sentence in first.sentences) == first.found.paragraph.text


def test_kept_vectors_score_as_those_made_anew_do(service: Service, tmp_path: Path) -> None:
    (tmp_path / "harbour.md").write_text(REPORT, encoding="utf-8")
    ingest(service, tmp_path / "harbour.md")
    query = service.search.prepare(QUESTION, "en")
    for sentence in (sentence for one in read(service, service.models) for sentence in one.sentences):
        for signal, told in (("dense", sentence.dense), ("second", sentence.second)):
            [anew] = service.models[signal].embed_documents([sentence.text])
            assert told == pytest.approx(float(query.vectors[signal] @ anew), abs=1e-3)


def test_a_paragraph_too_long_to_be_kept_by_its_sentences_is_read_all_the_same(
    service: Service, tmp_path: Path
) -> None:
    rows = "\n".join(f"| Port {number} | {number * 7} tonnes |" for number in range(300))
    table = f"# Report on tonnage\n\n1. The master counts.\n\n| Port | Tonnage |\n| --- | --- |\n{rows}\n"
    (tmp_path / "tonnage.md").write_text(table, encoding="utf-8")
    ingest(service, tmp_path / "tonnage.md")
    models = remembering(service)
    longest = max(read(service, models), key=lambda one: len(one.sentences))
    assert longest.found.paragraph.kind == "table"
    assert len(longest.sentences) == 300  # the header goes with the first row
    assert all(set(model.embedded) == {each.text.strip() for each in longest.sentences} for model in models.values())


DECISIONS = """# 关于各项决定的报告

1. 理事会根据这些目标于2031年5月4日通过了关于港口业务活动四年度审查的第31/12号决定，希望各港口协调一致。
为了提供进一步指示，理事会在2033年6月6日的第33/40号决定中设立新的协调架构，以便支持港口的一体化工作。

2. 理事会每月开会。
"""


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("When did the Board adopt decision 33/40?", "2033年6月6日"),
        ("When did the Board adopt decision 31/12?", "2031年5月4日"),
        ("Когда Совет принял решение 33/40?", "2033年6月6日"),
        ("理事会哪一天通过了第33/40号决定？", "2033年6月6日"),
    ],
)
def test_of_a_paragraph_the_sentence_is_best_that_names_what_the_question_names(
    service: Service, tmp_path: Path, question: str, date: str
) -> None:
    (tmp_path / "decisions.md").write_text(DECISIONS, encoding="utf-8")
    ingest(service, tmp_path / "decisions.md")
    assert date in read(service, service.models, question)[0].best.text
