"""Whether claims stand in their paragraphs, on a table of claims about the sample reports; single cases: `claims`."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.claims.evidence import Evidence, evidence_of
from bot.service import Service
from bot.verify import Verifier, stands_in

# Written by people who did not know how claims are checked; `wrong` is what was changed, null for a right one.
CLAIMS = [
    json.loads(line) for line in (Path(__file__).parent / "claims.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def paragraphs(sample_service: Service) -> dict[tuple[str, str], Evidence]:
    """The numbered paragraphs of the sample reports by the names of their files and their numbers."""
    with sample_service.library.reading() as generation:
        assert generation
        return {
            (Path(record.source).stem, paragraph.number): evidence_of(record, paragraph)
            for record in generation.records.values()
            for paragraph in sample_service.catalogue.paragraphs(record.document_id)
            if paragraph.number
        }


@pytest.fixture(scope="module")
def verifier(sample_service: Service) -> Verifier:
    return sample_service.verifier


def test_wrong_claims_are_caught_and_right_ones_kept(
    verifier: Verifier, paragraphs: dict[tuple[str, str], Evidence]
) -> None:
    claims, missed = Counter[str](), Counter[str]()
    for row in CLAIMS:
        found = verifier.problems(row["claim"], row["language"], [paragraphs[row["source"], row["paragraph"]]])
        kind = row["wrong"] or "right"
        claims[kind] += 1
        missed[kind] += bool(found) is (kind == "right")
    wrong = {kind: count for kind, count in claims.items() if kind != "right"}
    assert claims["right"] >= 250
    assert sum(wrong.values()) >= 300
    assert missed["right"] <= 0.01 * claims["right"], missed
    assert sum(missed[kind] for kind in wrong) <= 0.01 * sum(wrong.values()), missed
    for kind in ("unit", "symbol", "date", "body", "strength"):
        assert missed[kind] <= 0.01 * claims[kind], missed


@pytest.mark.parametrize(
    ("kind", "claim", "paragraph"),
    [
        ("quote", "It says that “the levy is paid by the donors themselves”.", "The levy is paid by all donors."),
        ("absent", "Whales sing at night in winter.", "The levy is paid by all donors."),
    ],
)
def test_what_the_paragraph_does_not_say_is_told(verifier: Verifier, kind: str, claim: str, paragraph: str) -> None:
    assert kind in [problem.kind for problem in verifier.problems(claim, "en", [Evidence(paragraph, "en")])]


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("the levy is 1 per cent", "In 2019,\nthe levy  is 1 per cent.", True),
        ("在34个国家", "在 34 个国\n家", True),
        ("the levy is 2 per cent", "the levy is 1 per cent", False),
        ("", "anything", False),
    ],
)
def test_a_quote_stands_word_for_word_white_space_aside(quote: str, text: str, *, expected: bool) -> None:
    assert stands_in(quote, text) is expected
