"""Drafts that staff wrote: taken apart, checked over HTTP."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.claims.drafts import Claim, Place, claims_in
from bot.service import Service
from tests.conftest import api_client, ingest


@pytest.mark.parametrize(
    ("draft", "claims"),
    [
        (
            "The levy is 1 per cent (SAMPLE/2022/3, para. 4). It began in 2019.",
            [
                Claim("The levy is 1 per cent (SAMPLE/2022/3, para. 4).", (Place("4", symbol="SAMPLE/2022/3"),)),
                Claim("It began in 2019."),
            ],
        ),
        (
            "The levy is 1 per cent. (A/80/74, paras. 4 and 12 (b))",
            [
                Claim(
                    "The levy is 1 per cent. (A/80/74, paras. 4 and 12 (b))",
                    (Place("4", symbol="A/80/74"), Place("12 (b)", symbol="A/80/74")),
                )
            ],
        ),
        ("# Funding\n\n- **The levy** is `1` per cent.\n---\n", [Claim("The levy is 1 per cent.")]),
        (
            "根据HSP/EB.2021/6第4段，完成了25项分析。",
            [Claim("根据HSP/EB.2021/6第4段，完成了25项分析。", (Place("4", symbol="HSP/EB.2021/6"),))],
        ),
        (
            "Selon le paragraphe 4 du document SAMPLE/2022/3, le prélèvement est de 1 %.",
            [
                Claim(
                    "Selon le paragraphe 4 du document SAMPLE/2022/3, le prélèvement est de 1 %.",
                    (Place("4", symbol="SAMPLE/2022/3"),),
                )
            ],
        ),
        ("# Only a heading\n\n***", []),
    ],
)
def test_a_draft_is_taken_apart_into_claims_with_what_they_cite(draft: str, claims: list[Claim]) -> None:
    assert claims_in(draft) == tuple(claims)


def checked(client: TestClient, **body: Any) -> Any:
    response = client.post("/v1/verify", json=body)
    assert response.status_code == 200, response.text
    return response.json()["claims"]


CITED = [{"symbol": "SAMPLE/2022/3", "paragraph": "5"}]


def test_a_true_claim_is_supported_by_the_paragraph_that_it_cites(client: TestClient) -> None:
    [claim] = checked(client, claims=[{"text": "It attended 17 of the 20 meetings in 2021.", "paragraphs": CITED}])
    assert (claim["supported"], claim["problems"]) == (True, [])
    assert {citation["label"] for citation in claim["citations"]} == {"SAMPLE/2022/3, para. 5"}
    assert all(citation["verified"] for citation in claim["citations"])


def test_what_differs_is_told_with_what_the_report_has(client: TestClient) -> None:
    [claim] = checked(client, claims=[{"text": "It attended 18 of the 20 meetings in 2020.", "paragraphs": CITED}])
    assert not claim["supported"]
    assert {(problem["kind"], problem["text"]) for problem in claim["problems"]} == {("number", "18"), ("date", "2020")}
    [date] = [problem for problem in claim["problems"] if problem["kind"] == "date"]
    assert date["found"] == ["2021"]


def test_a_claim_without_paragraphs_is_compared_with_those_found(client: TestClient) -> None:
    right, wrong = checked(
        client,
        claims=[
            {"text": "In 2021, the Programme attended 17 of the 20 meetings of the regional platforms."},
            {"text": "In 2021, the Programme attended 19 of the 20 meetings of the regional platforms."},
        ],
    )
    assert right["supported"]
    assert not wrong["supported"]
    assert "SAMPLE/2022/3, para. 5" in {citation["label"] for citation in right["citations"]}


@pytest.mark.parametrize(
    "place", [{"symbol": "NO/2022/3", "paragraph": "5"}, {"symbol": "SAMPLE/2022/3", "paragraph": "99"}]
)
def test_a_paragraph_that_is_not_there_is_told(client: TestClient, place: dict[str, str]) -> None:
    [claim] = checked(client, claims=[{"text": "It attended 17 of the 20 meetings.", "paragraphs": [place]}])
    assert claim["problems"] == [
        {"kind": "absent", "text": f"{place['symbol']}, para. {place['paragraph']}", "found": []}
    ]


def test_a_draft_is_checked_sentence_by_sentence_in_any_language(client: TestClient) -> None:
    draft = "# Note\n\nEn 2021, il a assisté à 17 des 20 réunions (SAMPLE/2022/3, par. 5). The moon is made of cheese."
    first, second = checked(client, draft=draft)
    assert first["supported"], first
    assert second["problems"][0]["kind"] == "absent"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"claims": [], "draft": "  "},
        {"claims": [{"text": "One."}], "draft": "Two."},
        {"claims": [{"text": "One.", "paragraphs": [{"paragraph": "4"}]}]},
        {"claims": [{"text": ""}]},
        {"draft": "It is one. " * 300},
        {"draft": "# Only a heading"},
    ],
)
def test_a_request_that_cannot_be_checked_gets_a_sentence(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post("/v1/verify", json=body)
    assert response.status_code == 422
    assert response.json()["detail"]


def test_nothing_is_supported_by_an_empty_index(service: Service) -> None:
    with api_client(service) as client:
        [claim] = checked(client, claims=[{"text": "The levy is 1 per cent."}])
    assert [problem["kind"] for problem in claim["problems"]] == ["absent"]


def test_a_document_for_others_supports_no_claim(service: Service, tmp_path: Path) -> None:
    line = {"document": "closed", "symbol": "A/1/2", "paragraph": "1", "text": "The quay closes.", "audience": "board"}
    (tmp_path / "one.jsonl").write_text(json.dumps(line), encoding="utf-8")
    ingest(service, tmp_path / "one.jsonl")
    place = {"symbol": "A/1/2", "paragraph": "1"}
    with api_client(service) as client:
        [claim] = checked(client, claims=[{"text": "The quay closes.", "paragraphs": [place]}])
    assert (claim["supported"], claim["citations"]) == (False, [])
