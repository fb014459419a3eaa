"""Names, acronyms, symbols, numbers and dates find their paragraph, in the asker's language and in others."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.conftest import SAMPLES, api_client, ingest
from vectorstore.settings import IndexSettings

HERE = Path(__file__).parent
RIGHT_IN_FIRST_THREE = 0.95


@dataclass(frozen=True)
class Row:
    """A question of the table, and the places that are right, as "symbol#paragraph"."""

    language: str
    kind: str
    question: str
    right: tuple[str, ...]

    def place_in(self, places: list[str]) -> int | None:
        """Where the first right place stands, from 1."""
        any_of = tuple(each.removesuffix("*") for each in self.right if each.endswith("#*"))
        ranks = (n for n, place in enumerate(places, 1) if place in self.right or place.startswith(any_of or ("\n",)))
        return next(ranks, None)


def table() -> tuple[Row, ...]:
    """Every question, in the order of the file."""
    written = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
    return tuple(
        Row(language, kind, question, tuple(right.split(" | ")))
        for language, rows in written.items()
        for kind, question, right in rows
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[Service]:
    """A service with the sample reports and the made-up ones of the table."""
    settings = IndexSettings(path=tmp_path_factory.mktemp("names") / "data", models_path=models_path)
    built = build_service(settings, BotSettings())
    run = ingest(built, SAMPLES, HERE / "names.jsonl")
    assert run.state == "done", run
    assert not run.failed, run
    yield built
    built.close()


def test_names_symbols_numbers_and_dates_find_their_paragraph_among_the_first_three(reports: Service) -> None:
    rows = table()
    with api_client(reports) as client:
        first = {row: places(client, row.question) for row in rows}
    missed = [row for row in rows if row.place_in(first[row]) is None]
    told = "\n".join(f"{row.language} {row.kind}: {row.question} -> {', '.join(first[row])}" for row in missed)
    assert len(rows) - len(missed) >= RIGHT_IN_FIRST_THREE * len(rows), f"{len(missed)} of {len(rows)}:\n{told}"


def places(client: TestClient, question: str) -> list[str]:
    """Where the first three paragraphs found stand, as "symbol#paragraph"."""
    found = client.post("/v1/search", json={"query": question, "limit": 3}).json()["results"]
    return [f"{one['symbol']}#{one['paragraph'] or '-'}" for one in found]


def test_the_table_names_paragraphs_that_are_there_and_spans_six_languages(reports: Service) -> None:
    there = {
        f"{record.symbol}#{paragraph.number or '-'}"
        for record in reports.library.records().values()
        for paragraph in reports.library.catalogue.paragraphs(record.document_id)
    }
    rows = table()
    assert [each for row in rows for each in row.right if not each.endswith("#*") and each not in there] == []
    assert len({row.language for row in rows}) == 6
    assert len(rows) >= 130
