"""The benchmark of verification counts what was caught and what was dropped."""

import pytest

from bench.verification import Row, cost, judge, paragraphs_of
from bot.service import Service


def test_wrong_claims_caught_and_right_ones_dropped_are_counted(
    sample_service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    row: Row = {"language": "en", "symbol": "SAMPLE/2022/3", "source": "SAMPLE_2022_3.en", "paragraph": "5"}
    rows: list[Row] = [
        {**row, "claim": "In 2021, it attended 17 of the 20 meetings.", "wrong": None},
        {**row, "claim": "In 2021, it attended 18 of the 20 meetings.", "wrong": "number"},
    ]
    paragraphs = paragraphs_of(sample_service)
    judge(sample_service.verifier, rows, paragraphs)
    cost(sample_service.verifier, rows, paragraphs)
    printed = capsys.readouterr().out
    assert "2 claims: 100.0% of 1 wrong ones caught, 0.0% of 1 right ones dropped" in printed
    assert "ms an answer of 3 claims" in printed
