"""Stages: timed and known within, also where their work is taken piece by piece, in one thread after another."""

import threading
from collections.abc import Generator
from contextvars import copy_context
from time import sleep

import pytest
from opentelemetry import context

from vectorstore.stages import SECONDS, known_by, known_ids, stage, staged


def seconds(name: str) -> tuple[float, float]:
    """How often a stage was gone through, and how long that took."""
    samples = [sample for metric in SECONDS.collect() for sample in metric.samples if sample.labels["stage"] == name]
    found = {sample.name.rpartition("_")[2]: sample.value for sample in samples}
    return found.get("count", 0), found.get("sum", 0)


def test_ids_are_known_within_and_add_up() -> None:
    with known_by(request_id="r"):
        with stage("search", answer_id="a"):
            assert known_ids() == {"request_id": "r", "answer_id": "a"}
        assert known_ids() == {"request_id": "r"}
    assert known_ids() == {}


def pieces() -> Generator[str, None, str]:
    with stage("read"):
        yield_after = known_ids()["answer_id"]
    yield yield_after
    yield known_ids()["answer_id"]
    return "whole"


def test_pieces_are_made_within_their_stage_and_taken_outside_of_it(caplog: pytest.LogCaptureFixture) -> None:
    taken: list[object] = []
    made = staged("write", pieces(), answer_id="a")

    def take() -> None:
        before = context.get_current()
        try:
            taken.append(next(made))
        except StopIteration as end:
            taken.append(end.value)
        assert context.get_current() == before

    for _ in range(3):  # as a web server does, each in a thread and a context of its own
        thread = threading.Thread(target=copy_context().run, args=(take,))
        thread.start()
        thread.join()
    assert taken == ["a", "a", "whole"]
    assert caplog.text == ""


def test_a_stage_does_not_take_the_time_of_who_takes_its_pieces() -> None:
    count, before = seconds("write")
    for _ in staged("write", pieces(), answer_id="a"):
        sleep(0.2)
    assert seconds("write")[0] == count + 1
    assert seconds("write")[1] - before < 0.2


@pytest.mark.parametrize("left", [True, False], ids=["left early", "failing"])
def test_a_stage_that_is_left_or_fails_ends_and_so_does_what_it_is_made_of(left: bool) -> None:
    ended = []

    def endless() -> Generator[int]:
        try:
            yield 1
            raise ValueError
        finally:
            ended.append(known_ids())

    count, _ = seconds("write")
    made = staged("write", endless(), answer_id="a")
    assert next(made) == 1
    if left:
        made.close()
    else:
        with pytest.raises(ValueError, match=r"^$"):
            next(made)
    assert len(ended) == 1
    assert seconds("write")[0] == count + 1
