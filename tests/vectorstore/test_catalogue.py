"""The catalogue opens what it made, and says what to do about what it did not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.stock import document, stock
from vectorstore.catalogue import Catalogue
from vectorstore.database import CatalogueError


@pytest.mark.parametrize(("table", "column"), [("paragraphs", "mark"), ("vectors", "sentences")])
def test_catalogue_of_another_version_is_refused_with_a_way_out(tmp_path: Path, table: str, column: str) -> None:
    address = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    Catalogue(address).close()
    Catalogue(address).close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    with pytest.raises(CatalogueError, match=r"another version of Reformbot.*ingest the reports again"):
        Catalogue(address)


def test_sentence_vectors_come_back_by_their_keys_however_many_are_asked_for(tmp_path: Path) -> None:
    generator = np.random.default_rng(7)
    matrices = {f"key {n}": generator.uniform(-1, 1, size=(n % 5 + 1, 8)).astype(np.float32) for n in range(1200)}
    with closing(Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")) as catalogue:
        catalogue.vectors.add_sentences("dense", matrices)
        catalogue.vectors.add_passages("dense", {"a passage": [1.0, 0.0]})
        found = catalogue.vectors.sentences([*matrices, "key 3", "unknown", "a passage"])
        assert catalogue.vectors.sentences([]) == {}
    assert found.keys() == {"dense"}
    assert found["dense"].keys() == matrices.keys()
    assert all(np.allclose(found["dense"][key], matrix, atol=1e-3) for key, matrix in matrices.items())


def test_what_is_kept_is_compared_with_a_question_and_of_sentences_the_nearest_counts(tmp_path: Path) -> None:
    generator = np.random.default_rng(7)
    asked = {signal: generator.uniform(-1, 1, size=8).astype(np.float32) for signal in ("dense", "second")}
    matrices = {f"key {n}": generator.uniform(-1, 1, size=(n % 5, 8)).astype(np.float32) for n in range(700)}
    with closing(Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")) as catalogue:
        catalogue.vectors.add_sentences("dense", matrices)
        catalogue.vectors.add_passages("second", {"a passage": matrices["key 4"][0]})
        found = catalogue.vectors.cosines(asked, [*matrices, "a passage", "unknown"])
        assert catalogue.vectors.cosines(asked, []) == {"dense": {}, "second": {}}
    nearest = {key: float((rows @ asked["dense"]).max()) for key, rows in matrices.items() if len(rows)}
    assert found["dense"] == pytest.approx(nearest, abs=3e-3)
    assert found["second"] == {"a passage": pytest.approx(float(matrices["key 4"][0] @ asked["second"]))}


def test_passages_come_back_by_their_ids_however_many_are_asked_for(tmp_path: Path) -> None:
    long, short = document("long", passages=700), document("short", passages=2)
    with closing(Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")) as catalogue:
        stock(catalogue, [long, short])
        ids = [f"{each.document_id}:{n}:0" for each in (long, short) for n in range(len(each.paragraphs))]
        found = catalogue.passages([*ids, f"{short.document_id}:9:0", "unknown:0:0"])
    assert found.keys() == set(ids)
    assert all(
        one.paragraph == each.paragraphs[one.position]
        for each in (long,)
        for one in found.values()
        if one.document_id == each.document_id
    )
