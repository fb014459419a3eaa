"""Ratings over HTTP: which are kept, and which refused."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import select

from bot.answers.feedback import LONGEST_COMMENT
from bot.app import create_app
from bot.service import Service
from bot.slack.settings import SlackSettings
from tests.conftest import OWNER, api_client
from vectorstore.tables import RatingRow


def ratings(service: Service, answer_id: str) -> list[tuple[str, str, str | None]]:
    columns = select(RatingRow.person, RatingRow.rating, RatingRow.comment).where(RatingRow.answer_id == answer_id)
    with service.catalogue.begin() as session:
        return [(person, rating, comment) for person, rating, comment in session.execute(columns)]


@pytest.fixture
def asked(client: TestClient) -> dict[str, Any]:
    """An answer, with its conversation."""
    return dict(client.post("/v1/ask", json={"question": "How much is the coordination levy?"}).json())


def test_the_last_rating_of_a_caller_is_kept_until_the_conversation_is_deleted(
    client: TestClient, sample_service: Service, asked: dict[str, Any]
) -> None:
    body = {"answer_id": asked["answer_id"], "rating": "down", "comment": "Wrong paragraph."}
    assert client.post("/v1/feedback", json=body).status_code == 204
    assert ratings(sample_service, asked["answer_id"]) == [("http:anyone", "down", "Wrong paragraph.")]
    assert client.post("/v1/feedback", json={"answer_id": asked["answer_id"], "rating": "up"}).status_code == 204
    assert ratings(sample_service, asked["answer_id"]) == [("http:anyone", "up", None)]
    with api_client(sample_service, owner=True) as owner:
        assert owner.post("/v1/feedback", json=body).status_code == 204
    assert sorted(ratings(sample_service, asked["answer_id"]))[1] == ("http:owner", "down", "Wrong paragraph.")
    assert client.delete(f"/v1/conversations/{asked['conversation_id']}").status_code == 204
    assert ratings(sample_service, asked["answer_id"]) == []


def test_one_rating_is_kept_of_many_at_once(client: TestClient, sample_service: Service, asked: dict[str, Any]) -> None:
    bodies = [{"answer_id": asked["answer_id"], "rating": ("up", "down")[number % 2]} for number in range(30)]
    with ThreadPoolExecutor(8) as pool:
        statuses = pool.map(lambda body: client.post("/v1/feedback", json=body).status_code, bodies)
    assert set(statuses) == {204}
    assert len(ratings(sample_service, asked["answer_id"])) == 1


def test_a_rating_of_an_unknown_answer_is_refused(client: TestClient, sample_service: Service) -> None:
    response = client.post("/v1/feedback", json={"answer_id": "0123", "rating": "up", "comment": None})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert "no answer with this id" in response.json()["detail"]
    assert ratings(sample_service, "0123") == []


UNFIT: dict[str, dict[str, Any]] = {
    "another rating": {"rating": "sideways"},
    "no rating": {"rating": None},
    "a long comment": {"comment": "x" * (LONGEST_COMMENT + 1)},
    "another field": {"stars": 5},
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT.keys())
def test_what_is_no_rating_is_refused(client: TestClient, asked: dict[str, Any], unfit: dict[str, Any]) -> None:
    body = {"answer_id": asked["answer_id"], "rating": "up"} | unfit
    assert client.post("/v1/feedback", json=body).status_code == 422


def test_callers_are_told_apart_by_their_keys(sample_service: Service, asked: dict[str, Any]) -> None:
    keys = {"api_keys": (SecretStr("first"), SecretStr("second"))}
    with_keys = sample_service.bot_settings.model_copy(update=keys)
    service = Service(**{**vars(sample_service), "bot_settings": with_keys})
    app = create_app(service, SlackSettings(), owner_token=OWNER)
    body = {"answer_id": asked["answer_id"], "rating": "up"}
    for key, status in (("first", 204), ("second", 204), ("third", 401)):
        caller = TestClient(app, headers={"Authorization": f"Bearer {key}"})
        assert caller.post("/v1/feedback", json=body).status_code == status
    assert [person for person, *_ in ratings(sample_service, asked["answer_id"])] == ["http:key 1", "http:key 2"]
