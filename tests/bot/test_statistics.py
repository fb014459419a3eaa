"""How the bot was used, day by day, over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.conftest import api_client
from vectorstore.settings import IndexSettings
from vectorstore.tables import OutcomeRow, now

ASKED = {
    "How much is the coordination levy?": "answered",
    "Who pays the coordination levy?": "answered",
    "What is the boiling point of lead?": "off_subject",
}


@pytest.fixture
def service(tmp_path: Path, models_path: Path, sample_index: Path) -> Iterator[Service]:
    """A service of which nothing was asked yet."""
    path = copytree(sample_index, tmp_path / "data")
    built = build_service(IndexSettings(path=path, models_path=models_path), BotSettings())
    yield built
    built.close()


def ask(client: TestClient, question: str) -> dict[str, Any]:
    return dict(client.post("/v1/ask", json={"question": question}).json())


def days(client: TestClient, count: int = 30) -> list[dict[str, Any]]:
    response = client.get("/v1/statistics", params={"days": count})
    assert response.status_code == 200, response.text
    return list(response.json()["days"])


def age(service: Service, answer_id: str, days: int) -> None:
    with service.catalogue.begin() as session:
        session.execute(update(OutcomeRow).where(OutcomeRow.answer_id == answer_id).values(asked_at=now(days_ago=days)))
        session.commit()


def test_every_day_tells_its_questions_thumbs_and_latency(service: Service) -> None:
    today = datetime.now(UTC).date()
    with api_client(service) as client:
        assert [day["questions"] for day in days(client)] == [0] * 30
        answers = [ask(client, question) for question in ASKED]
        assert [answer["state"] for answer in answers] == list(ASKED.values())
        for answer, rating in zip(answers, ("up", "up", "down"), strict=True):
            client.post("/v1/feedback", json={"answer_id": answer["answer_id"], "rating": rating})
        age(service, answers[0]["answer_id"], days=2)
        told = days(client, 3)
    took = [sum(answer["timings_ms"].values()) for answer in answers]
    assert [day["date"] for day in told] == [str(today - timedelta(days=ago)) for ago in (2, 1, 0)]
    none = {"questions": 0, "answered": 0, "silent": 0, "off_subject": 0, "up": 0, "down": 0}
    first, nothing, last = ({key: value for key, value in day.items() if key != "date"} for day in told)
    alone = pytest.approx(took[0], abs=0.1)
    assert first == none | {"questions": 1, "answered": 1, "p50_ms": alone, "p95_ms": alone}
    assert nothing == none | {"p50_ms": None, "p95_ms": None}
    assert last == none | {"questions": 2, "answered": 1, "off_subject": 1, "up": 2, "down": 1} | {
        "p50_ms": pytest.approx(sum(took[1:]) / 2, abs=0.2),
        "p95_ms": pytest.approx(min(took[1:]) + 0.95 * abs(took[1] - took[2]), abs=0.2),
    }


def test_what_was_asked_is_told_after_a_restart_until_it_is_deleted(
    service: Service, index_settings: IndexSettings
) -> None:
    with api_client(service) as client:
        kept, deleted = (ask(client, question) for question in list(ASKED)[:2])
    service.close()
    again = build_service(index_settings, BotSettings())
    with api_client(again) as client:
        assert days(client, 1)[0]["questions"] == 2
        client.delete(f"/v1/conversations/{deleted['conversation_id']}")
        assert days(client, 1)[0]["questions"] == 1
        assert client.get(f"/v1/answers/{kept['answer_id']}").status_code == 200
    again.close()


@pytest.mark.parametrize("count", [0, 367, "many"])
def test_only_so_many_days_are_told(client: TestClient, count: object) -> None:
    response = client.get("/v1/statistics", params={"days": str(count)})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
