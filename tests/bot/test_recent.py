"""Sentences that were embedded lately are not embedded again."""

from langchain_core.embeddings import Embeddings

from bot.found.recent import RecentVectors


class Counting(Embeddings):
    """A model whose vectors are lengths, and which remembers what it embedded."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [[float(len(text))] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError


def test_a_sentence_is_embedded_once_and_each_gets_its_own_row() -> None:
    model = Counting()
    recent = RecentVectors(model)
    assert recent.embed(["one", "three", "one"]).tolist() == [[3.0], [5.0], [3.0]]
    assert recent.embed(["three", "eleven"]).tolist() == [[5.0], [6.0]]
    assert model.embedded == ["one", "three", "eleven"]


def test_what_was_not_read_for_long_is_forgotten() -> None:
    model = Counting()
    recent = RecentVectors(model)
    recent.embed(["first"])
    recent.embed([str(number) for number in range(10_000)])
    recent.embed(["first"])
    assert model.embedded.count("first") == 2
    assert model.embedded.count("9999") == 1
