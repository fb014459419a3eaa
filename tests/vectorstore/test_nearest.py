"""Passages of some documents only are found as if there were no others."""

from pathlib import Path

import pytest

from tests.vectorstore.stock import document, opened, stock, switch, vector
from vectorstore.nearest import nearest
from vectorstore.store import DENSE, Shelf

SHELF = Shelf("en", "public", superseded=False)


@pytest.mark.parametrize("every", [1, 2, 40, 300])
def test_of_any_part_of_the_documents_the_nearest_are_found(tmp_path: Path, every: int) -> None:
    documents = [document(f"{n}", passages=2) for n in range(300)]
    kept = [each.document_id for each in documents[::every]]
    with opened(tmp_path) as library:
        stock(library.catalogue, documents)
        switch(library, documents)
        asked = vector(DENSE, "Berth 7-1 was dredged")
        one_by_one = {key: float(each @ asked) for key, each in library.catalogue.document_vectors(DENSE, kept).items()}
        with library.reading() as generation:
            assert generation
            near = nearest(library.catalogue, generation, SHELF, DENSE, asked, limit=5, within=kept)
    assert len(near) == min(5, len(one_by_one))
    assert list(near.values()) == pytest.approx(sorted(one_by_one.values(), reverse=True)[:5], abs=1e-5)
