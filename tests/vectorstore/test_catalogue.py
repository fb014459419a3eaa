"""The catalogue opens what it made, and says what to do about what it did not."""

import sqlite3
from pathlib import Path

import pytest

from vectorstore.catalogue import Catalogue
from vectorstore.database import CatalogueError


def test_catalogue_of_another_version_is_refused_with_a_way_out(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    Catalogue(address).close()
    Catalogue(address).close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        connection.execute("ALTER TABLE paragraphs DROP COLUMN mark")
    with pytest.raises(CatalogueError, match=r"another version of Reformbot.*ingest the reports again"):
        Catalogue(address)
