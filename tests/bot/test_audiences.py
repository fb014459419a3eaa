"""Reports that are not for everybody: whoever may not read one is told nothing of it, in whatever way they ask."""

from dataclasses import replace

import pytest

from bot.answer import Answer, Question
from bot.service import Service
from tests.bot.restricted import ASKED, BOARD, PUBLIC_ANSWER, SECRETS, leaks
from tests.conftest import api_client
from vectorstore.paragraph import PUBLIC
from vectorstore.search import Filters

OF_THE_BOARD = Filters(audiences=frozenset({PUBLIC, BOARD}))


@pytest.fixture
def service(restricted_service: Service) -> Service:
    """With a report for the board alone."""
    return restricted_service


def asked(service: Service, text: str, *, of_the_board: bool = False, conversation_id: str | None = None) -> Answer:
    filters = OF_THE_BOARD if of_the_board else Filters()
    return service.answering.answer(Question(text, conversation_id=conversation_id, filters=filters))


def test_the_board_is_answered_from_its_report_and_the_answer_says_whom_it_is_for(service: Service) -> None:
    answer = asked(service, "Who is to lead the lighthouse reserve?", of_the_board=True)
    assert SECRETS[3] in answer.answer
    assert answer.audiences == (BOARD,)
    assert answer.is_open_to(OF_THE_BOARD.audiences)
    assert not answer.is_open_to(Filters().audiences)


@pytest.mark.parametrize(
    "question",
    [
        ASKED,
        "Who is to lead the lighthouse reserve?",
        f"What does {SECRETS[0]} say?",
        f"What does para. 1 of {SECRETS[0]} say?",
        f"What did {SECRETS[0]} say as of 2025?",
        f"Compare the lighthouse reserve in SAMPLE/HBR/1 and {SECRETS[0]}.",
        "Which sums does the lighthouse reserve have?",
    ],
)
def test_everybody_else_is_told_nothing_of_it(service: Service, question: str) -> None:
    answer = asked(service, question)
    own_words = {secret for secret in SECRETS if secret in question}
    assert set(leaks(answer)) <= own_words
    assert answer.audiences == ()
    assert SECRETS[0] not in {citation.symbol for citation in answer.shown}


def test_a_follow_up_of_somebody_else_leans_on_nothing_of_it(service: Service) -> None:
    begun = asked(service, "Who is to lead the lighthouse reserve?", of_the_board=True, conversation_id="c1")
    other = asked(service, "And what does this report say of it?", conversation_id="c1")
    again = asked(service, "And what does this report say of it?", of_the_board=True, conversation_id="c1")
    assert leaks(begun)
    assert leaks(other) == []
    assert other.audiences == ()
    assert again.audiences == (BOARD,)


def test_that_there_is_a_newer_one_changes_nothing_for_everybody_else(service: Service) -> None:
    as_of = "How much was the lighthouse reserve as of 2026?"
    assert "2026" in asked(service, as_of, of_the_board=True).answer
    assert "2026" not in asked(service, as_of).answer


def test_what_leans_on_an_answer_from_it_is_for_its_readers_alone(service: Service) -> None:
    asked(service, "Who is to lead the lighthouse reserve?", of_the_board=True, conversation_id="c3")
    public_report = replace(OF_THE_BOARD, symbols=("SAMPLE/HBR/1",))
    leaning = service.answering.answer(Question("And how much is it?", conversation_id="c3", filters=public_report))
    alone = service.answering.answer(Question(ASKED, conversation_id="c3", filters=public_report))
    assert (leaning.audiences, alone.audiences) == ((BOARD,), ())


def test_its_answers_are_kept_for_the_owner_alone(service: Service) -> None:
    told = asked(service, "Who is to lead the lighthouse reserve?", of_the_board=True, conversation_id="c2")
    open_to_all = asked(service, ASKED, conversation_id="c2")
    assert PUBLIC_ANSWER in open_to_all.answer
    with api_client(service) as anyone, api_client(service, owner=True) as owner:
        assert anyone.get(f"/v1/answers/{told.answer_id}").status_code == 404
        assert owner.get(f"/v1/answers/{told.answer_id}").status_code == 200
        [turn] = anyone.get("/v1/conversations/c2").json()["turns"]
        assert turn["answer_id"] == open_to_all.answer_id
        assert len(owner.get("/v1/conversations/c2").json()["turns"]) == 2


def test_nobody_asks_for_it_over_http(service: Service) -> None:
    claim = f"{SECRETS[3]} is to lead the lighthouse reserve."
    with api_client(service) as anyone:
        named = anyone.post("/v1/ask", json={"question": ASKED, "filters": {"audiences": [BOARD]}})
        assert named.status_code == 422
        assert leaks(anyone.post("/v1/search", json={"query": "lighthouse reserve", "limit": 50}).json()) == []
        [checked] = anyone.post("/v1/verify", json={"claims": [{"text": claim}]}).json()["claims"]
    assert not checked["supported"]
    assert leaks(checked["citations"]) == []


def test_the_digest_of_a_refresh_tells_nothing_of_it(service: Service) -> None:
    with api_client(service) as anyone:
        [run] = anyone.get("/v1/refresh").json()["runs"]
    assert "SAMPLE/HBR/1" in run["digest"]
    assert leaks(run["digest"]) == []


def test_a_question_keeps_to_the_works_that_it_is_asked_of(service: Service) -> None:
    [harbour] = [record for record in service.library.records().values() if record.symbol == "SAMPLE/HBR/1"]
    only = Filters(works=frozenset({harbour.work_id}), audiences=OF_THE_BOARD.audiences)
    assert leaks(service.answering.answer(Question(ASKED, filters=only))) == []
    nothing = service.answering.answer(Question(ASKED, filters=Filters(works=frozenset({"another"}))))
    assert nothing.abstained
