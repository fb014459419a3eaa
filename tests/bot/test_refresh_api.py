"""Refreshes over HTTP: what may be asked, and what is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.service import Service
from tests.conftest import api_client, ingest
from tests.ingest.test_sync import REPORT, write


@pytest.fixture
def owner(service: Service) -> Iterator[TestClient]:
    with api_client(service, owner=True) as client:
        yield client


def refreshed(client: TestClient, service: Service, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    started = client.post(path, json=body)
    assert started.status_code == 202, started.text
    service.worker.wait()
    run: dict[str, Any] = client.get(f"/v1/refresh/{started.json()['run_id']}").json()
    return run


def test_without_a_watched_folder_a_refresh_says_what_to_set(owner: TestClient) -> None:
    answer = owner.post("/v1/refresh")
    assert answer.status_code == 422
    assert "INDEX_FOLDERS" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{"paths": ["/etc"]}, {"check": [{"question": "How many?", "gold": []}]}])
def test_only_the_owner_names_files_and_questions(service: Service, body: dict[str, Any]) -> None:
    with api_client(service) as client:
        assert client.post("/v1/refresh", json=body).status_code == 403


def test_a_pattern_that_is_none_is_refused(owner: TestClient) -> None:
    body = {"check": [{"question": "How many?", "gold": [], "must_re": ["("]}]}
    answer = owner.post("/v1/refresh", json=body)
    assert answer.status_code == 422
    assert "regular expression" in answer.json()["detail"]


def test_a_run_tells_its_steps_and_a_list_of_runs_does_not(owner: TestClient, service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    run = refreshed(owner, service, "/v1/refresh", {"paths": [str(path)]})
    assert [(step["change"], step["source"]) for step in run["steps"]] == [("new", str(path))]
    assert (run["paragraphs"], run["passages"], run["passages_embedded"]) == (4, 4, 4)
    assert run["passages_per_second"] > 0
    assert "steps" not in owner.get("/v1/refresh").json()["runs"][0]


def test_a_digest_cites_what_changed_in_both_editions(owner: TestClient, service: Service, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", "HSP_EB.2031_6.en.md", REPORT).parent
    refreshed(owner, service, "/v1/refresh", {"paths": [str(folder)]})
    write(folder, "HSP_EB.2031_6_Rev.1.en.md", REPORT.replace("four ports", "seven ports").replace("June", "July"))
    run = refreshed(owner, service, "/v1/refresh", {"paths": [str(folder)]})
    assert "HSP/EB.2031/6/Rev.1, para. 1" in run["digest"]
    assert "HSP/EB.2031/6, para. 1" in run["digest"]
    [edition] = run["editions"]
    changed = {value["after"]: value["before"] for change in edition["changes"] for value in change["values"]}
    assert any("July 2026" in after and "June 2026" in before for after, before in changed.items())


def test_a_digest_is_told_in_the_language_that_is_asked_for(
    owner: TestClient, service: Service, tmp_path: Path
) -> None:
    folder = write(tmp_path / "in", "HSP_EB.2031_6.en.md", REPORT).parent
    refreshed(owner, service, "/v1/refresh", {"paths": [str(folder)]})
    write(folder, "HSP_EB.2031_6_Rev.1.en.md", REPORT.replace("four ports", "seven ports"))
    write(folder, "empty.md", " ")
    run = refreshed(owner, service, "/v1/refresh", {"paths": [str(folder)]})
    french = owner.get(f"/v1/refresh/{run['run_id']}?language=fr").json()["digest"].splitlines()
    assert french[0] == "nouveaux : 1, échecs : 1 ; inchangés : 1."
    assert french[1].startswith("Échec : ")
    assert "HSP/EB.2031/6/Rev.1 (en) remplace HSP/EB.2031/6 (en) :" in french
    assert any("« seven ports" in line and "au lieu de « four ports" in line for line in french)
    english = owner.get(f"/v1/refresh/{run['run_id']}?language=en").json()["digest"]
    assert english == run["digest"]
    assert owner.get(f"/v1/refresh/{run['run_id']}?language=de").status_code == 422


def test_going_back_to_a_refresh_that_never_was_is_refused(owner: TestClient) -> None:
    assert owner.post("/v1/refresh/nothing/restore").status_code == 404


def test_restoring_can_be_planned_and_done(owner: TestClient, service: Service, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", "one.md", REPORT).parent
    first = refreshed(owner, service, "/v1/refresh", {"paths": [str(folder)]})
    write(folder, "two.md", REPORT.replace("harbour", "airport"))
    refreshed(owner, service, "/v1/refresh", {"paths": [str(folder)]})
    way_back = f"/v1/refresh/{first['run_id']}/restore"
    planned = refreshed(owner, service, way_back, {"dry_run": True})
    assert [step["change"] for step in planned["steps"]] == ["removed"]
    assert len(service.library.records()) == 2
    done = refreshed(owner, service, way_back)
    assert (done["restored"], done["removed"]) == (first["run_id"], 1)
    assert len(service.library.records()) == 1


def test_failures_are_listed_and_tried_again(owner: TestClient, service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "empty.txt", " ")
    refreshed(owner, service, "/v1/refresh", {"paths": [str(path)]})
    [failed] = owner.get("/v1/failures").json()["failures"]
    assert (failed["source"], failed["again_at"]) == (str(path), None)
    assert owner.post("/v1/failures/retry", json={"sources": ["other"]}).status_code == 404
    path.write_text("1. The pilot began in 2019.", encoding="utf-8")
    assert refreshed(owner, service, "/v1/failures/retry")["new"] == 1
    assert owner.get("/v1/failures").json() == {"failures": []}


def test_the_same_upload_again_is_unchanged(owner: TestClient, service: Service) -> None:
    for expected in ("new", "unchanged"):
        started = owner.post("/v1/documents", files={"files": ("report.md", REPORT.encode())})
        service.worker.wait()
        assert owner.get(f"/v1/refresh/{started.json()['run_id']}").json()[expected] == 1
    assert len(list((service.index_settings.path / "uploads").iterdir())) == 1


def test_the_history_is_told_a_page_at_a_time(service: Service, tmp_path: Path) -> None:
    made = [ingest(service, write(tmp_path, f"{n}.md", f"{n}. A pier.")).run_id for n in (1, 2, 3)]
    with api_client(service, owner=True) as client:
        first = client.get("/v1/refresh", params={"limit": 2}).json()
        second = client.get("/v1/refresh", params={"limit": 2, "after": first["next"]}).json()
    assert [run["run_id"] for run in first["runs"] + second["runs"]] == made[::-1]
    assert (first["next"], second["next"]) == (made[1], None)
