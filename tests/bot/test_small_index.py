"""An index of one short report answers what the report says, and nothing else."""

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
