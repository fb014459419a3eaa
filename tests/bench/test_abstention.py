"""The calibration of abstention learns what tells answers from none, and the bot reads what it writes."""

import json
import tomllib
from pathlib import Path
from random import Random

from bench.abstention import BANK, curve, halves, write
from bench.abstention_cases import ANOTHER_SUBJECT, ANSWERABLE, NOT_SAID, TAKEN_AWAY, Asked, Case, cases, not_said
from bench.abstention_fit import fitted
from bot.found.evidence import Calibration, Signs, calibrations
from bot.service import Service


def made_up(count: int) -> list[Case]:
    """Answerable cases stand out by 6, others by 2; what else there is tells nothing."""
    chance = Random(7)
    return [
        Case(
            source=BANK,
            kind=kind,
            asked_in="en",
            found_in="en",
            signs=Signs(mean + chance.gauss(0, 1), *(chance.random() for _ in range(4))),
        )
        for kind, mean in ((ANSWERABLE, 6), (ANOTHER_SUBJECT, 2))
        for _ in range(count)
    ]


def test_few_of_the_answerable_are_refused_and_nearly_all_others() -> None:
    made = made_up(400)
    found = fitted(made)
    refused = {
        kind: sum(found.strength(case.signs, case.pair) < found.enough for case in made if case.kind == kind) / 400
        for kind in (ANSWERABLE, ANOTHER_SUBJECT)
    }
    assert 0.02 <= refused[ANSWERABLE] <= 0.06
    assert refused[ANOTHER_SUBJECT] > 0.97
    assert found.kin < found.enough < found.sure
    [*_, other] = curve("within", made, found)
    assert other.split()[:3] == ["answerable,", "bank", "400"]


def test_what_is_written_is_read_as_it_was(tmp_path: Path) -> None:
    found = {"within": fitted(made_up(50))}
    write(found, tmp_path / "calibration.toml")
    kept = tomllib.loads((tmp_path / "calibration.toml").read_text(encoding="utf-8"))
    assert {name: Calibration(**table) for name, table in kept.items()} == found


def test_the_kept_calibration_has_every_pair_of_languages() -> None:
    kept = calibrations()
    assert {name: bool(each.kin < each.enough < each.sure) for name, each in kept.items()} == {
        "within": True,
        "across": True,
    }
    assert {f"{language}-{language}" for language in ("ar", "en", "es", "fr", "ru", "zh")} == set(
        kept["within"].offsets
    )


def test_a_question_is_also_asked_with_its_paragraph_taken_away(sample_service: Service, tmp_path: Path) -> None:
    lines = tmp_path / "abst_en.jsonl"
    said = {"lang": "en", "text": "Who won the cup?", "impossible": True, "near": ["SAMPLE/2022/3, 5"], "rel": []}
    lines.write_text(json.dumps(said), encoding="utf-8")
    asked = [
        Asked(BANK, "How many meetings did it attend in 2021?", "en", "en", frozenset({"SAMPLE/2022/3, 5"})),
        *not_said(lines, 5),
        Asked("other", "Who won the cup?", "en", "fr"),
    ]
    made = list(cases(sample_service, asked))
    assert [case.kind for case in made] == [ANSWERABLE, TAKEN_AWAY, NOT_SAID, ANOTHER_SUBJECT]
    assert made[0].signs.prominence > made[1].signs.prominence
    assert [len(part) for part in halves(made).values()] == [3, 1]
