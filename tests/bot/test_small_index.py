"""An index of one short report answers what the report says, and nothing else."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.service import Service
from tests.conftest import api_client, ingest

REPORT = """# Report on the harbour pilot

1. The harbour pilot began in 2019 with four ports and a budget of 12 million dollars.

2. The steering group meets every month and is chaired by the harbour master.

3. A second phase will open in June 2026 with nine more ports.
"""


@pytest.fixture
def small(service: Service, tmp_path: Path) -> TestClient:
    path = tmp_path / "harbour.md"
    path.write_text(REPORT, encoding="utf-8")
    ingest(service, path)
    return api_client(service)


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [
        ("How many ports did the harbour pilot begin with?", "1"),
        ("Who chairs the steering group?", "2"),
        ("When will the second phase open?", "3"),
        ("¿Quién preside el grupo directivo?", "2"),
    ],
)
def test_what_the_report_says_is_answered(small: TestClient, question: str, paragraph: str) -> None:
    answer = small.post("/v1/ask", json={"question": question}).json()
    assert not answer["abstained"]
    assert answer["citations"][0]["paragraph"] == paragraph


@pytest.mark.parametrize("question", ["Who won the 1998 football world cup?", "Какая столица Австралии?"])
def test_another_subject_is_declined(small: TestClient, question: str) -> None:
    answer = small.post("/v1/ask", json={"question": question}).json()
    assert (answer["state"], answer["abstained"], answer["nearest"]) == ("off_subject", True, [])
    assert answer["reason"].startswith(("This seems to be about something", "Похоже, вопрос касается темы"))


@pytest.mark.parametrize(
    "question",
    ["How many resident coordinators are there?", "كم عدد الأفرقة القطرية؟", "多少个国家工作队有联合办公楼？"],
)
def test_what_is_asked_of_a_term_of_the_reports_is_never_another_subject(small: TestClient, question: str) -> None:
    answer = small.post("/v1/ask", json={"question": question}).json()
    assert (answer["state"], len(answer["nearest"])) == ("silent", 3)


TITLES = """# Report on the harbours

1. Harbour initiative.

2. In March 2025 the Board launched the harbour initiative, so that every port would report what it does and costs.

3. The steering group meets every month and is chaired by the harbour master.

4. Four ports have cranes of their own; the others rent them from the railways.

5. Pilots are trained for two years at the school of navigation.

The Board of the Harbours,
"""


def test_a_title_that_says_nothing_is_not_quoted(service: Service, tmp_path: Path) -> None:
    (tmp_path / "titles.md").write_text(TITLES, encoding="utf-8")
    ingest(service, tmp_path / "titles.md")
    with api_client(service) as client:
        answer = client.post("/v1/ask", json={"question": "What do the reports say of the harbour initiative?"}).json()
    assert [citation["paragraph"] for citation in answer["citations"]] == ["2"]


RESOLUTIONS = [
    {"document": f"S/RES/{number} (2035)", "symbol": f"S/RES/{number} (2035)", "paragraph": "OP 1", "text": text}
    for number, text in [
        (3301, "Decides to extend the mandate of the Harbour Mission until 31 January 2036;"),
        (3302, "Decides to extend the mandate of the Lake Mission until 17 March 2036;"),
    ]
]


@pytest.mark.parametrize(("number", "date"), [(3301, "31 January 2036"), (3302, "17 March 2036")])
def test_a_resolution_that_is_named_by_its_number_answers(
    service: Service, tmp_path: Path, number: int, date: str
) -> None:
    (tmp_path / "resolutions.jsonl").write_text("\n".join(map(json.dumps, RESOLUTIONS)), encoding="utf-8")
    ingest(service, tmp_path / "resolutions.jsonl")
    with api_client(service) as client:
        answer = client.post("/v1/ask", json={"question": f"Until when does resolution {number} extend it?"}).json()
    assert date in answer["citations"][0]["quote"]


def test_a_term_that_is_asked_for_in_small_letters_is_never_another_subject(small: TestClient) -> None:
    answer = small.post("/v1/ask", json={"question": "what is qcpr"}).json()
    assert (answer["state"], [each["id"] for each in answer["definitions"]]) == ("silent", ["qcpr"])
