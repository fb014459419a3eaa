"""The second look at what was found: order, scores, evidence, and what happens when the model fails."""

import logging
from collections import defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest
from langchain_core.cross_encoders import BaseCrossEncoder

from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.searching import searched_by
from tests.conftest import api_client
from vectorstore.models import ModelError
from vectorstore.reranking import RERANKED, RerankedSearch, load_reranker, reordered
from vectorstore.search import Filters, Found
from vectorstore.settings import IndexSettings

QUESTION = "How much is the coordination levy?"


class ScriptedCrossEncoder(BaseCrossEncoder):
    """Scores as it is told to and remembers what it was asked; an exception is raised."""

    def __init__(self, judge: Callable[[int, str], float] | Exception) -> None:
        self.judge = judge
        self.asked: list[list[tuple[str, str]]] = []

    def score(self, text_pairs: list[tuple[str, str]]) -> list[float]:
        self.asked.append(text_pairs)
        if isinstance(self.judge, Exception):
            raise self.judge
        return [self.judge(place, passage) for place, (_, passage) in enumerate(text_pairs)]


def backwards(place: int, _: str) -> float:
    return float(place)


def reranked(service: Service, model: BaseCrossEncoder) -> Service:
    """The service as it is where the settings name this reranker."""
    return searched_by(service, RerankedSearch(service.search, model))


def find(service: Service, question: str = QUESTION, *, limit: int = 5) -> tuple[Found, ...]:
    with service.library.reading() as generation:
        assert generation
        query = service.search.prepare(question, "en")
        return service.search.find(generation, query, filters=Filters(), limit=limit)


def places(found: tuple[Found, ...]) -> list[tuple[str, int]]:
    return [(one.record.document_id, one.position) for one in found]


def test_results_come_in_the_order_of_the_cross_encoder(sample_service: Service) -> None:
    first = find(sample_service, limit=RERANKED)

    second = find(reranked(sample_service, ScriptedCrossEncoder(backwards)))

    assert places(second) == places(first)[::-1][:5]


def test_the_cross_encoder_reads_the_question_with_each_of_the_first_passages(sample_service: Service) -> None:
    model = ScriptedCrossEncoder(backwards)

    find(reranked(sample_service, model), limit=3)

    assert model.asked == [[(QUESTION, one.passage) for one in find(sample_service, limit=RERANKED)]]


def test_results_after_those_read_again_keep_their_place(sample_service: Service) -> None:
    first = places(find(sample_service, limit=RERANKED + 10))

    second = places(find(reranked(sample_service, ScriptedCrossEncoder(backwards)), limit=RERANKED + 10))

    assert second == first[:RERANKED][::-1] + first[RERANKED:]


def test_equal_scores_leave_the_results_as_they_were(sample_service: Service) -> None:
    model = ScriptedCrossEncoder(lambda place, passage: 0.5)
    assert places(find(reranked(sample_service, model))) == places(find(sample_service))


def test_scores_fall_with_the_rank_and_are_those_of_the_first_search(sample_service: Service) -> None:
    first = find(sample_service, limit=RERANKED)
    second = find(reranked(sample_service, ScriptedCrossEncoder(backwards)), limit=RERANKED)

    assert [one.score for one in second] == [one.score for one in first]
    assert {one.paragraph.text: (one.coverage, one.exact) for one in second} == {
        one.paragraph.text: (one.coverage, one.exact) for one in first
    }


def test_the_best_of_each_language_stands_out_as_far_as_its_best_did_before(sample_service: Service) -> None:
    first = find(sample_service, limit=RERANKED)
    assert len({one.record.language for one in first}) > 1

    second = reordered(first, list(range(len(first))))

    assert best_prominence(second) == best_prominence(first)


def best_prominence(found: tuple[Found, ...]) -> dict[str, list[tuple[float, int]]]:
    by_language = defaultdict(list)
    for one in sorted(found, key=lambda one: -one.prominence):
        by_language[one.record.language].append((one.prominence, one.rivals))
    return by_language


def test_an_answer_quotes_the_paragraph_that_the_cross_encoder_puts_first(sample_service: Service) -> None:
    first, *others = find(sample_service, limit=RERANKED)
    wanted = next(one for one in others if one.found_in == first.found_in)
    model = ScriptedCrossEncoder(lambda _, passage: float(passage == wanted.passage))

    with api_client(reranked(sample_service, model)) as client:
        answer = client.post("/v1/ask", json={"question": QUESTION}).json()
        results = client.post("/v1/search", json={"query": QUESTION, "limit": 3}).json()["results"]

    assert not answer["abstained"]
    assert answer["citations"][0]["paragraph"] == wanted.paragraph.number
    assert results[0]["text"] == wanted.paragraph.text
    assert [one["score"] for one in results] == sorted((one["score"] for one in results), reverse=True)


def test_a_cross_encoder_that_likes_everything_does_not_make_the_reports_answer(sample_service: Service) -> None:
    question = {"question": "Which spices go into a good curry?"}
    with api_client(sample_service) as plain:
        assert plain.post("/v1/ask", json=question).json()["abstained"]

    with api_client(reranked(sample_service, ScriptedCrossEncoder(lambda place, _: 99.0 - place))) as client:
        assert client.post("/v1/ask", json=question).json()["abstained"]


FAILURES: dict[str, Any] = {
    "an error": ConnectionError("the device is gone"),
    "no number": lambda place, passage: float("nan"),
    "several scores a pair": lambda place, passage: [0.1, 0.9],
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_cross_encoder_that_fails_costs_no_answer(sample_service: Service, name: str) -> None:
    with api_client(sample_service) as plain:
        expected = plain.post("/v1/ask", json={"question": QUESTION}).json()["answer"]

    with api_client(reranked(sample_service, ScriptedCrossEncoder(FAILURES[name]))) as client:
        answer = client.post("/v1/ask", json={"question": QUESTION})

    assert answer.status_code == 200
    assert answer.json()["answer"] == expected


def test_that_it_fails_is_logged_once_until_it_works_again(
    sample_service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    model = ScriptedCrossEncoder(ConnectionError("the device is gone"))
    service = reranked(sample_service, model)
    with caplog.at_level(logging.WARNING):
        find(service), find(service)
        assert [record.message for record in caplog.records] == [FAILS]
        model.judge = backwards
        find(service)
        model.judge = ConnectionError("gone again")
        find(service)
    assert [record.message for record in caplog.records] == [FAILS, FAILS]
    assert QUESTION not in caplog.text


FAILS = "The reranker fails: results keep their first order until it works again"


def test_none_is_loaded_unless_the_settings_name_one() -> None:
    assert load_reranker(IndexSettings()) is None


@pytest.mark.skipif(find_spec("sentence_transformers") is not None, reason="the extra is installed here")
def test_without_the_extra_the_start_says_what_to_install(index_settings: IndexSettings) -> None:
    settings = index_settings.model_copy(update={"reranker": "cross-encoder/some-model"})
    with pytest.raises(ModelError, match=r"cross-encoder/some-model.*pip install 'reformbot\[sentence-transformers\]'"):
        build_service(settings, BotSettings())
