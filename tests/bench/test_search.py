"""The benchmark of searches in small and large indexes."""

from collections import Counter
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

import bench.search
from bench.search import Composed, made_up, main, sample_sentences
from vectorstore.search import Filters
from vectorstore.sentence_encoder import SentenceEncoder


def test_made_up_paragraphs_are_in_six_languages_and_unlike_each_other() -> None:
    lines = list(made_up(600, sample_sentences()))
    assert Counter(line["language"] for line in lines) == dict.fromkeys(("ar", "en", "es", "fr", "ru", "zh"), 100)
    assert len({line["text"] for line in lines}) == len({(line["symbol"], line["paragraph"]) for line in lines}) == 600


def test_a_made_up_vector_is_of_length_one_and_always_the_same() -> None:
    made = Composed(SentenceEncoder(), ["The fund grew.", "The levy fell."])
    one, other, again = (np.array(made.embed_documents([text])[0]) for text in ("one", "other", "one"))
    assert np.linalg.norm(one) == pytest.approx(1)
    assert (one == again).all()
    assert one @ other < 0.99


def test_the_command_compares_both_sides_at_both_sizes(
    models_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INDEX_MODELS_PATH", str(models_path))
    some = {language: sentences[:3] for language, sentences in sample_sentences().items()}
    with patch.multiple(bench.search, ROUNDS=1, FILTERS={"no filter": Filters()}, sample_sentences=lambda: some):
        assert main(["--sizes", "60", "120", "--most", "2"]) in (0, 1)
    _, ours, plain = capsys.readouterr().out.splitlines()
    assert ours.startswith("ours, no filter")
    assert plain.startswith("plain")
    assert ours.endswith("times")
