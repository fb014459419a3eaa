"""Fusion, and what the index finds in and across languages."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.service import Service
from tests.conftest import SAMPLES, ingest
from vectorstore.fusion import fuse, outstanding, standardise
from vectorstore.search import Filters, Found

SCORES = st.dictionaries(st.text(min_size=1, max_size=5), st.floats(-1e3, 1e3), min_size=1, max_size=30)


@given(SCORES)
def test_standardised_scores_keep_their_order_and_have_no_mean(scores: dict[str, float]) -> None:
    standard = standardise(scores)
    assert standard.keys() == scores.keys()
    assert abs(sum(standard.values())) < 1e-3 * len(scores)
    ordered = sorted(scores, key=lambda key: scores[key])
    assert all(standard[a] <= standard[b] for a, b in pairwise(ordered))


def test_fusion_weighs_signals_of_different_scales_alike() -> None:
    signals = {"dense": {"a": 0.80, "b": 0.81, "c": 0.82}, "lexical": {"a": 30.0, "b": 0.0, "c": 0.0}}
    fused = fuse(signals, {"dense": 1.0, "lexical": 2.0})
    assert max(fused, key=lambda key: fused[key]) == "a"


def test_one_score_far_ahead_is_more_outstanding_than_one_of_many() -> None:
    lonely = outstanding({"best": 5.0, **{str(n): 1.0 + n / 100 for n in range(30)}})
    crowded = outstanding({"best": 5.0, **{str(n): 4.0 + n / 100 for n in range(30)}, "low": 0.0})
    assert lonely["best"] > crowded["best"] > crowded["0"]


def find(service: Service, question: str, language: str, limit: int = 5, **filters: object) -> tuple[Found, ...]:
    with service.library.reading() as generation:
        assert generation
        query = service.search.prepare(question, language)
        return service.search.find(generation, query, filters=Filters(**filters), limit=limit)  # type: ignore[arg-type]


def test_each_paragraph_is_found_once_and_best_first(sample_service: Service) -> None:
    found = find(sample_service, "Who chairs the platform?", "en", limit=50)
    places = [(one.record.document_id, one.position) for one in found]
    assert len(places) == len(set(places))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_most_questions_find_their_paragraph_in_a_report_of_another_language(sample_service: Service) -> None:
    languages: dict[str | None, set[str]] = {}
    for record in sample_service.library.records().values():
        languages.setdefault(record.symbol, set()).add(record.language)
    lines = (SAMPLES.parent / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["gold"] and not row.get("after")]
    across = [row for row in rows if row["lang"] not in languages[row["gold"][0]["symbol"]]]
    assert len(across) >= 8
    assert sum(is_found(sample_service, row) for row in across) >= 0.75 * len(across)


def is_found(service: Service, row: dict[str, Any]) -> bool:
    gold = {(each["symbol"], each["paragraph"]) for each in row["gold"]}
    return any((f.record.symbol, f.paragraph.number) in gold for f in find(service, row["question"], row["lang"]))


def test_a_report_in_the_asker_s_language_does_not_crowd_out_the_right_one(sample_service: Service) -> None:
    chinese = [one.record.language for one in find(sample_service, "共同后台办公室节省了多少？", "zh", limit=3)]
    assert set(chinese) != {"zh"}


def test_a_superseded_edition_is_found_only_when_asked_for(sample_service: Service) -> None:
    current = {one.record.symbol for one in find(sample_service, "When does the programme report?", "en", 50)}
    assert "SAMPLE/2021/1" not in current
    everything = find(sample_service, "When does the programme report?", "en", 50, current_only=False)
    assert "SAMPLE/2021/1" in {one.record.symbol for one in everything}


def test_an_audience_that_the_asker_is_not_of_is_never_searched(sample_service: Service) -> None:
    with sample_service.library.reading() as generation:
        assert generation
        query = sample_service.search.prepare("levy", "en")
        of_the_board = Filters(audiences=frozenset({"board"}))
        nothing = sample_service.search.find(generation, query, filters=of_the_board, limit=5)
    assert nothing == ()


def test_all_sample_reports_are_in_the_index(sample_service: Service) -> None:
    assert len(sample_service.library.records()) == len(list(SAMPLES.iterdir()))


def bulk_line(language: str, paragraph: str, text: str, *, symbol: str = "SAMPLE/2024/9") -> str:
    document = f"{symbol}-{language}"
    return json.dumps(
        {"document": document, "symbol": symbol, "language": language, "paragraph": paragraph, "text": text}
    )


def test_a_paragraph_is_shown_in_the_askers_language_though_found_in_another(service: Service, tmp_path: Path) -> None:
    lines = [
        bulk_line("en", "1", "The harbour fund pays for the repair of fishing boats after storms."),
        bulk_line("en", "2", "Schools open at nine in the morning."),
        bulk_line("fr", "1", "Il en est de même ici."),  # which no search finds
        bulk_line("fr", "2", "Les écoles ouvrent à neuf heures du matin."),
    ]
    (tmp_path / "nine.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ingest(service, tmp_path / "nine.jsonl")
    best = find(service, "Quel fonds paie la réparation des bateaux de pêche après les tempêtes ?", "fr")[0]
    assert (best.record.language, best.paragraph.number, best.found_in) == ("fr", "1", "en")
    only = find(service, "Quel fonds paie la réparation des bateaux ?", "fr", languages=("en",))[0]
    assert (only.record.language, only.paragraph.number) == ("en", "1")


def test_a_search_keeps_to_the_documents_of_a_body(service: Service, tmp_path: Path) -> None:
    lines = [
        bulk_line("en", "1", "The Assembly asks for a report on harbours.", symbol="A/99/1"),
        bulk_line("en", "1", "The Council asks for a report on harbours.", symbol="E/2099/1"),
    ]
    (tmp_path / "two.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ingest(service, tmp_path / "two.jsonl")
    found = find(service, "Who asks for a report on harbours?", "en", bodies=("economic and social council",))
    assert [one.record.symbol for one in found] == ["E/2099/1"]
    assert not find(service, "Who asks for a report on harbours?", "en", bodies=("Harbour Board",))
