"""Where code is in doubt whether the paragraphs hold the answer, a chat model is asked; code has the last word."""

import threading
import time
from collections.abc import Sequence

import pytest

from bot.found.evidence import verdict
from bot.found.reading import Read
from bot.model.errors import ModelFailedError
from bot.questions.glossary import asked_language
from bot.service import Service
from prompts import NO, NO_ANSWER, YES
from tests.bot.model_server import Behaviour, Reply, by_purpose, refuses, says, silent
from tests.bot.model_service import answered_by, ask, purposes, writing
from vectorstore.candidates import Query
from vectorstore.search import Filters

SURE = "How many common country analyses did the Waterways Programme contribute to in 2020?"
OFF_THE_SUBJECT = "¿Qué país ganó la Copa Mundial de fútbol de 2022?"
# Questions that the reports do not answer; the first that code is in doubt of is taken.
DOUBTFUL = (
    "Comment s’appelle le Directeur exécutif du Programme pour les voies d’eau ?",
    "Which ports were closed in 2021?",
    "What did the Programme pay for fuel?",
    "How many staff members does the Waterways Programme employ in Geneva?",
)


def searched(service: Service, question: str) -> tuple[Query, tuple[Read, ...]]:
    with service.library.reading() as generation:
        assert generation
        query = service.search.prepare(question, asked_language(question))
        found = service.search.find(generation, query, filters=Filters(), limit=5)
        return query, service.reader.read(generation, query, found)


@pytest.fixture(scope="module")
def doubtful(sample_service: Service) -> str:
    """A question that code would answer, in doubt."""
    for question in DOUBTFUL:
        if verdict(*searched(sample_service, question)) == "doubtful":
            return question
    raise AssertionError("Code is sure of all these questions: put others in their place.")


@pytest.fixture(scope="module")
def read(sample_service: Service, doubtful: str) -> tuple[Read, ...]:
    """Paragraphs to judge."""
    return searched(sample_service, doubtful)[1]


def first_words(read: Sequence[Read]) -> Behaviour:
    """Answers with a sentence of the first paragraph as it stands."""
    return says(f"“{read[0].best.text.strip().rstrip('.。')}” [1].")


def test_what_code_is_sure_of_is_not_judged(sample_service: Service) -> None:
    behave = by_purpose(answer=says("It contributed to 19 common country analyses [1]."), judge=says(YES))
    with answered_by(sample_service, behave) as (client, calls):
        assert not ask(client, SURE)["abstained"]
        assert purposes(calls)[0] == "answer"
        assert ask(client, OFF_THE_SUBJECT)["abstained"]
        assert "judge" not in purposes(calls)


def test_where_the_judge_says_no_the_nearest_paragraphs_are_shown(sample_service: Service, doubtful: str) -> None:
    with answered_by(sample_service, by_purpose(judge=says(NO))) as (client, calls):
        answer = ask(client, doubtful)
    assert sorted(purposes(calls)) in (["judge"], ["answer", "judge"])  # what is being written is given up
    assert (answer["abstained"], answer["citations"], len(answer["nearest"])) == (True, [], 3)


def test_where_the_judge_says_yes_the_question_is_answered(sample_service: Service, doubtful: str) -> None:
    _, found = searched(sample_service, doubtful)
    language = asked_language(doubtful)
    with answered_by(sample_service, by_purpose(judge=says(YES), answer=first_words(found))) as (client, calls):
        answer = ask(client, doubtful, language=language)
    assert sorted(purposes(calls)[:2]) == ["answer", "judge"]
    assert len(calls.bodies) <= 3
    assert not answer["abstained"]


def test_the_answer_is_being_written_while_its_paragraphs_are_judged(sample_service: Service, doubtful: str) -> None:
    _, found = searched(sample_service, doubtful)
    is_writing = threading.Event()
    meanwhile = list[bool]()

    def answer(reply: Reply) -> None:
        is_writing.set()
        first_words(found)(reply)

    def judge(reply: Reply) -> None:
        meanwhile.append(is_writing.wait(timeout=10))
        says(YES)(reply)

    with answered_by(sample_service, by_purpose(judge=judge, answer=answer), model_seconds=60) as (client, calls):
        answered = ask(client, doubtful, language=asked_language(doubtful))
    assert meanwhile == [True]
    assert sorted(purposes(calls)) == ["answer", "judge"]
    assert (answered["abstained"], answered["mode"]) == (False, "generative")


def test_what_is_being_written_is_given_up_where_the_judge_says_no(sample_service: Service, doubtful: str) -> None:
    is_writing, given_up = threading.Event(), threading.Event()

    def judge(reply: Reply) -> None:
        is_writing.wait(timeout=10)
        says(NO)(reply)

    def answer(reply: Reply) -> None:
        reply.start()
        is_writing.set()
        try:
            while True:
                reply.chunk("and so on ")
                time.sleep(0.01)
        finally:
            given_up.set()

    with answered_by(sample_service, by_purpose(judge=judge, answer=answer), model_seconds=60) as (client, _):
        assert ask(client, doubtful)["abstained"]
        assert given_up.wait(timeout=30)


def test_a_judge_s_yes_shows_nothing_that_is_not_in_the_reports(sample_service: Service, doubtful: str) -> None:
    behave = by_purpose(judge=says(YES), answer=says("It employs 4,711 people [1]."))
    with answered_by(sample_service, behave) as (client, _):
        assert ask(client, doubtful)["abstained"]


@pytest.mark.parametrize("behave", [refuses(500), says("It may be."), silent], ids=["500", "other words", "silent"])
def test_where_the_judge_fails_code_decides(
    behave: Behaviour, sample_service: Service, doubtful: str, read: Sequence[Read]
) -> None:
    with answered_by(sample_service, by_purpose(judge=behave, answer=first_words(read)), model_seconds=2) as (
        client,
        calls,
    ):
        ask(client, doubtful)
        assert purposes(calls).count("answer") == 1
        assert len(calls.bodies) <= 3


@pytest.mark.parametrize(
    ("said", "holds"), [("YES", True), ("yes.\n", True), ("**NO**", False), (" “No” ", False)]
)  # fmt: skip
def test_a_judgement_is_one_word(said: str, read: Sequence[Read], *, holds: bool) -> None:
    with writing(by_purpose(judge=says(said))) as (writer, calls):
        assert writer.judge("Who chairs it?", read) is holds
    [message] = calls.bodies[0]["messages"]
    assert '<paragraph marker="[1]">' in message["content"]
    assert "Who chairs it?" in message["content"]


@pytest.mark.parametrize("said", ["YES NO", "Yes, paragraph [1] says so.", "да", "1", NO_ANSWER, "YES " * 2000])
def test_anything_else_is_no_judgement(said: str, read: Sequence[Read]) -> None:
    with writing(by_purpose(judge=says(said))) as (writer, _), pytest.raises(ModelFailedError):
        writer.judge("Who chairs it?", read)


def test_the_last_call_is_left_for_the_answer(read: Sequence[Read]) -> None:
    with writing(by_purpose(rewrite=refuses(500), judge=says(YES), answer=first_words(read))) as (writer, calls):
        with pytest.raises(ModelFailedError):
            writer.rewrite("And who chairs it?", ())
        with pytest.raises(ModelFailedError):
            writer.judge("Who chairs it?", read)
        assert "".join(writer.stream("Who chairs it?", read[0].found.record.language, read))
        with pytest.raises(ModelFailedError):
            writer.translate(["Who chairs it?"], "fr")
    assert purposes(calls) == ["rewrite", "rewrite", "answer"]


def test_the_judgement_is_asked_for_first(sample_service: Service, doubtful: str) -> None:
    """Else a server that takes one call at a time writes the answer first, and the judgement runs out of time."""
    _, found = searched(sample_service, doubtful)
    with answered_by(sample_service, by_purpose(judge=says(YES), answer=first_words(found)), model_seconds=60) as (
        client,
        calls,
    ):
        for _ in range(5):
            ask(client, doubtful, language=asked_language(doubtful))
    assert purposes(calls) == ["judge", "answer"] * 5
