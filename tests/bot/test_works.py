"""Reports as works over HTTP: versions and editions together, found by words, language and status, a page at a time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.service import build_service
from bot.settings import BotSettings
from tests.conftest import api_client, ingest
from vectorstore.settings import IndexSettings

# symbol, language, date and title
REPORTS = [
    ("X/2026/6", "en", "2026-03-01", "Ports of the north"),
    ("X/2026/6/Rev.1", "en", "2026-05-01", "Ports of the north, revised"),
    ("X/2026/6/Rev.1", "fr", "2026-05-01", "Ports du nord"),
    ("X/2025/9", "zh", "2025-04", "征费说明"),
    ("X/2024/2", "es", None, "Tasas"),
]


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[TestClient]:
    """A caller of the API before an index of these reports."""
    folder = tmp_path_factory.mktemp("works")
    service = build_service(IndexSettings(path=folder / "data", models_path=models_path), BotSettings())
    lines = [line for report in REPORTS for line in _lines(*report)]
    (folder / "reports.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    gap = folder / "gap.md"
    gap.write_text("1. It began.\n\n2. It went on.\n\n4. It ended.\n", encoding="utf-8")
    assert ingest(service, folder / "reports.jsonl", gap).new == len(REPORTS) + 1
    with api_client(service) as client:
        yield client
    service.close()


def _lines(symbol: str, language: str, date: str | None, title: str) -> Iterator[Any]:
    for number in ("1", "2"):
        yield {
            "document": f"{symbol}.{language}",
            "symbol": symbol,
            "language": language,
            "date": date,
            "title": title,
            "paragraph": number,
            "text": f"{title}, {number}.",
        }


def symbols(client: TestClient, query: str) -> list[list[str | None]]:
    found = client.get(f"/v1/works?{query}")
    assert found.status_code == 200, found.text
    return [[document["symbol"] for document in work["documents"]] for work in found.json()["works"]]


NORTH = ["X/2026/6/Rev.1", "X/2026/6/Rev.1", "X/2026/6"]


def test_works_come_newest_first_with_current_versions_before_superseded_ones(works: TestClient) -> None:
    found = symbols(works, "")
    assert found[:2] == [NORTH, ["X/2025/9"]]
    assert sorted(found[2:], key=str) == [["X/2024/2"], [None]]
    [north, *_] = works.get("/v1/works").json()["works"]
    told = [(document["language"], document["status"]) for document in north["documents"]]
    assert told == [("en", "current"), ("fr", "current"), ("en", "superseded")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("query=ports+du", [NORTH]),
        ("query=x/2025", [["X/2025/9"]]),
        ("query=征费", [["X/2025/9"]]),
        ("query=ports+levies", []),
        ("language=fr", [NORTH]),
        ("language=fr&status=superseded", []),
        ("language=en&status=superseded", [NORTH]),
        ("flagged=true", [[None]]),
    ],
)
def test_a_work_is_found_by_any_of_its_documents(works: TestClient, query: str, found: list[list[str | None]]) -> None:
    assert symbols(works, query) == found


def test_pages_follow_each_other(works: TestClient) -> None:
    whole = works.get("/v1/works").json()
    assert (len(whole["works"]), whole["total"], whole["next"]) == (4, 4, None)
    seen, after = [], ""
    for _ in range(4):
        page = works.get(f"/v1/works?limit=1{after}").json()
        assert page["total"] == 4
        seen += page["works"]
        after = f"&after={page['next']}"
    assert (seen, page["next"]) == (whole["works"], None)


@pytest.mark.parametrize("query", ["after=nowhere", "status=lost", "limit=0", f"query={'w' * 201}"])
def test_what_cannot_be_is_refused(works: TestClient, query: str) -> None:
    assert works.get(f"/v1/works?{query}").status_code == 422


def test_works_of_another_audience_are_not_told(restricted_service: Any) -> None:
    with api_client(restricted_service) as stranger, api_client(restricted_service, owner=True) as owner:
        assert stranger.get("/v1/works?query=BRD").json()["total"] == 0
        assert owner.get("/v1/works?query=BRD").json()["total"] == 1
