"""Conversations over HTTP and in the terminal: told, deleted, expired, and what stays of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from bot.commands.client import call, connect
from bot.operations.folder import CommandError
from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.processes import until
from tests.conftest import api_client, ingest
from tests.ingest.test_sync import REPORT, write
from vectorstore.catalogue import Catalogue
from vectorstore.settings import IndexSettings
from vectorstore.tables import RatingRow, TurnRow, now

FIRST = "How many ports did the harbour pilot begin with?"
FOLLOW_UP = "And what was its budget?"
DAYS = 7


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[Service]:
    """A service with one report, whose conversations expire after a week."""
    folder = tmp_path_factory.mktemp("conversations")
    built = build_service(
        IndexSettings(path=folder / "data", models_path=models_path), BotSettings(conversation_days=DAYS)
    )
    assert ingest(built, write(folder / "in", "harbour.md", REPORT)).state == "done"
    yield built
    built.close()


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with api_client(service) as opened:
        yield opened


def ask(client: TestClient, question: str, conversation_id: str | None = None) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, "conversation_id": conversation_id})
    assert response.status_code == 200, response.text
    return dict(response.json())


def age(catalogue: Catalogue, conversation_id: str, days: int) -> None:
    """Makes what was asked in a conversation so far as old as this."""
    with catalogue.begin() as session:
        asked = update(TurnRow).where(TurnRow.conversation_id == conversation_id)
        session.execute(asked.values(asked_at=now(days_ago=days)))
        session.commit()


def last_query(service: Service, conversation_id: str) -> str:
    """What was searched for, for the last question of a conversation."""
    with service.catalogue.begin() as session:
        of_it = select(TurnRow.query).where(TurnRow.conversation_id == conversation_id)
        return session.scalars(of_it.order_by(TurnRow.turn.desc())).first() or ""


def test_a_conversation_is_told_oldest_first(client: TestClient, service: Service) -> None:
    first = ask(client, FIRST)
    second = ask(client, FOLLOW_UP, first["conversation_id"])
    told = client.get(f"/v1/conversations/{first['conversation_id']}").json()
    assert told["conversation_id"] == first["conversation_id"]
    expected = ("question", "answer_id", "answer", "abstained")
    assert [[turn[name] for name in expected] for turn in told["turns"]] == [
        [answer[name] for name in expected] for answer in (first, second)
    ]
    assert all(turn["asked_at"].endswith("Z") for turn in told["turns"])
    assert last_query(service, first["conversation_id"]) == f"{FIRST} {FOLLOW_UP}"


def test_a_deleted_conversation_and_its_answers_are_gone(client: TestClient, service: Service) -> None:
    kept = ask(client, FIRST)
    answers = [ask(client, FIRST, "mine/1"), ask(client, FOLLOW_UP, "mine/1")]
    deleted = client.delete("/v1/conversations/mine%2F1")
    assert (deleted.status_code, deleted.content) == (204, b"")
    for path in ("conversations/mine%2F1", *(f"answers/{answer['answer_id']}" for answer in answers)):
        gone = client.get(f"/v1/{path}")
        assert (gone.status_code, "deleted" in gone.json()["detail"]) == (404, True)
    assert client.get(f"/v1/answers/{kept['answer_id']}").status_code == 200
    ask(client, FOLLOW_UP, "mine/1")
    assert last_query(service, "mine/1") == FOLLOW_UP


@pytest.mark.parametrize(("name", "status"), [("unknown", 404), ("x" * 201, 422), ("", 422)])
def test_a_conversation_that_is_not_there_is_a_problem(client: TestClient, name: str, status: int) -> None:
    for method in ("GET", "DELETE"):
        response = client.request(method, f"/v1/conversations/{name}")
        assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_an_expired_conversation_is_forgotten_at_once_and_its_answers_stay(
    client: TestClient, service: Service
) -> None:
    first = ask(client, FIRST, "slack:T1:C1:1.0")
    permalink = f"/v1/answers/{first['answer_id']}"
    before = client.get(permalink).content
    age(service.catalogue, "slack:T1:C1:1.0", DAYS - 1)
    ask(client, FOLLOW_UP, "slack:T1:C1:1.0")
    assert last_query(service, "slack:T1:C1:1.0") == f"{FIRST} {FOLLOW_UP}"
    age(service.catalogue, "slack:T1:C1:1.0", DAYS + 1)
    assert client.get("/v1/conversations/slack:T1:C1:1.0").status_code == 404
    ask(client, FOLLOW_UP, "slack:T1:C1:1.0")
    assert last_query(service, "slack:T1:C1:1.0") == FOLLOW_UP
    [turn] = client.get("/v1/conversations/slack:T1:C1:1.0").json()["turns"]
    assert turn["question"] == FOLLOW_UP
    assert client.get(permalink).content == before


def test_an_expired_conversation_leaves_the_catalogue_when_a_server_starts(index_settings: IndexSettings) -> None:
    with connect(index_settings, BotSettings()) as server:
        answers = {name: call(server, "POST", "/v1/ask", {"question": FIRST, "conversation_id": name}) for name in "ab"}
    catalogue = Catalogue(index_settings.catalogue_url)
    age(catalogue, "a", 31)
    with connect(index_settings, BotSettings()) as server:
        until(lambda: conversations_in(catalogue) == {"", "b"})
        for answer in answers.values():
            kept = call(server, "GET", f"/v1/answers/{answer['answer_id']}")
            assert (kept["answer"], kept["conversation_id"]) == (answer["answer"], answer["conversation_id"])
        assert len(call(server, "GET", "/v1/conversations/b")["turns"]) == 1
    catalogue.close()


def test_one_answer_is_deleted_and_its_conversation_goes_on(client: TestClient) -> None:
    first, second = ask(client, FIRST, "c1"), ask(client, FOLLOW_UP, "c1")
    assert client.delete(f"/v1/answers/{first['answer_id']}").status_code == 204
    [turn] = client.get("/v1/conversations/c1").json()["turns"]
    assert turn["answer_id"] == second["answer_id"]
    for method in ("GET", "DELETE"):
        gone = client.request(method, f"/v1/answers/{first['answer_id']}")
        assert (gone.status_code, "it was deleted, or it has expired" in gone.json()["detail"]) == (404, True)


def test_an_expired_answer_leaves_the_catalogue_with_its_ratings_and_still_counts(
    index_settings: IndexSettings,
) -> None:
    bot_settings = BotSettings(answer_days=DAYS)
    with connect(index_settings, bot_settings) as server:
        old, new = (call(server, "POST", "/v1/ask", {"question": FIRST, "conversation_id": name}) for name in "ab")
        for answer in (old, new):
            call(server, "POST", "/v1/feedback", {"answer_id": answer["answer_id"], "rating": "up"})
        catalogue = Catalogue(index_settings.catalogue_url)
        age(catalogue, "a", DAYS + 1)
        with pytest.raises(CommandError, match="it has expired"):
            call(server, "GET", f"/v1/answers/{old['answer_id']}")
    with connect(index_settings, BotSettings()) as server:
        assert call(server, "GET", f"/v1/answers/{old['answer_id']}"), "without a limit all that is there is shown"
    with connect(index_settings, bot_settings) as server:
        until(lambda: conversations_in(catalogue) == {"b"})
        assert answers_rated(catalogue) == {new["answer_id"]}
        assert call(server, "GET", f"/v1/answers/{new['answer_id']}")["answer"] == new["answer"]
        assert call(server, "GET", "/v1/statistics")["days"][-1]["questions"] == 2
    catalogue.close()


def answers_rated(catalogue: Catalogue) -> set[str]:
    with catalogue.begin() as session:
        return set(session.scalars(select(RatingRow.answer_id)))


def conversations_in(catalogue: Catalogue) -> set[str]:
    with catalogue.begin() as session:
        return set(session.scalars(select(TurnRow.conversation_id)))
