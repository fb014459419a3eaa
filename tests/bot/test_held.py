"""Refreshes that were held, and are gone on with: what they were to bring is not lost to them."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.service import Service, build_service
from bot.settings import BotSettings
from ingest.gate import Golden
from ingest.plan import Change
from ingest.runs import Run
from ingest.worker import RefreshWorker
from tests.conftest import api_client
from tests.ingest.test_sync import REPORT, write
from vectorstore.settings import IndexSettings

PORTS: dict[str, Any] = {
    "question": "How many ports did the harbour pilot begin with?",
    "gold": [],
    "paragraphs": ["1"],
    "must_re": ["four ports"],
}
CHANGED = REPORT.replace("four ports", "some ports")


@dataclass
class Checking:
    """A worker by whom every change is checked with a golden question."""

    worker: RefreshWorker

    def submit(self, change: Change) -> Run:
        golden = Golden("ports", PORTS["question"], ((None, "1"),), (("fourports",),))
        return self.worker.submit(replace(change, golden=(golden,)))


def outcome(client: TestClient, service: Service, response: Any) -> dict[str, Any]:
    assert response.status_code == 202, response.text
    service.worker.wait()
    run: dict[str, Any] = client.get(f"/v1/refresh/{response.json()['run_id']}").json()
    return run


def texts(client: TestClient) -> list[str]:
    found = client.post("/v1/search", json={"query": "harbour pilot ports", "limit": 20}).json()["results"]
    return [each["text"] for each in found]


def upload(client: TestClient, text: str) -> Any:
    return client.post("/v1/documents", files={"files": ("harbour.md", text.encode())})


def test_an_upload_that_was_held_is_taken_in_when_it_is_gone_on_with(index_settings: IndexSettings) -> None:
    service = build_service(index_settings, BotSettings())
    checking: Any = Checking(service.worker)
    with api_client(service) as client, api_client(replace(service, worker=checking)) as checked:
        assert outcome(client, service, upload(client, REPORT))["state"] == "done"
        held = outcome(client, service, upload(checked, CHANGED))
        assert (held["state"], len(held["problems"])) == ("held", 1)
        assert f"reformbot proceed {held['run_id']}" in held["digest"]
        assert any("four ports" in text for text in texts(client))
    service.close()
    again = build_service(index_settings, BotSettings())  # what was held outlives the process
    with api_client(again) as client:
        done = outcome(client, again, client.post(f"/v1/refresh/{held['run_id']}/proceed"))
        assert (done["state"], done["changed"], done["failed"]) == ("done", 1, [])
        assert any("some ports" in text for text in texts(client))
        assert not any("four ports" in text for text in texts(client))
        repeated = outcome(client, again, client.post(f"/v1/refresh/{held['run_id']}/proceed"))
        assert (repeated["state"], repeated["changed"], repeated["unchanged"]) == ("done", 0, 1)
    again.close()


def test_files_that_were_named_are_taken_in_when_their_refresh_is_gone_on_with(
    service: Service, tmp_path: Path
) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    with api_client(service, owner=True) as owner:
        outcome(owner, service, owner.post("/v1/refresh", json={"paths": [str(path)]}))
        write(tmp_path / "in", "harbour.md", CHANGED)
        held = outcome(owner, service, owner.post("/v1/refresh", json={"paths": [str(path)], "check": [PORTS]}))
        assert held["state"] == "held"
        done = outcome(owner, service, owner.post(f"/v1/refresh/{held['run_id']}/proceed"))
        assert (done["state"], done["changed"]) == ("done", 1)


def bulk(*numbers: int) -> str:
    lines = [{"document": f"port-{n}", "text": f"Port {n} opened in 20{n}0."} for n in numbers]
    return "\n".join(map(json.dumps, lines))


def test_what_was_told_to_go_goes_and_what_came_meanwhile_stays(service: Service, tmp_path: Path) -> None:
    ports = write(tmp_path / "in", "ports.jsonl", bulk(*range(8)))
    mirror = {"paths": [str(ports.parent)], "replace_folder": True}
    with api_client(service, owner=True) as owner:
        outcome(owner, service, owner.post("/v1/refresh", json=mirror))
        write(tmp_path / "in", "ports.jsonl", bulk(0, 9))
        held = outcome(owner, service, owner.post("/v1/refresh", json=mirror))
        assert (held["state"], held["removed"]) == ("held", 7)
        more = write(tmp_path / "in", "more.md", REPORT)
        outcome(owner, service, owner.post("/v1/refresh", json={"paths": [str(more)]}))
        done = outcome(owner, service, owner.post(f"/v1/refresh/{held['run_id']}/proceed"))
        assert (done["state"], done["removed"]) == ("done", 7)
        listed = owner.get("/v1/documents").json()["documents"]
        assert {each["source"] for each in listed} == {"port-0", "port-9", str(more)}


@pytest.mark.parametrize(("run_id", "status"), [("nothing", 404), ("done", 409)])
def test_only_what_was_held_is_gone_on_with(service: Service, run_id: str, status: int) -> None:
    with api_client(service) as client:
        done = outcome(client, service, upload(client, REPORT))
        response = client.post(f"/v1/refresh/{run_id.replace('done', done['run_id'])}/proceed")
        assert response.status_code == status
