"""A short run of the loop that kills refreshes; `make faults` runs a long one."""

from pathlib import Path

from tests.faults.kills import run_kills, summary
from tests.faults.rounds import KINDS
from tests.faults.server import Setup
from vectorstore.models import load_embeddings
from vectorstore.settings import IndexSettings

ROUNDS = 3  # with a kill of each kind, six in all


def test_nothing_is_lost_when_refreshes_are_killed_at_any_moment(tmp_path: Path, models_path: Path) -> None:
    load_embeddings(IndexSettings(path=tmp_path, models_path=models_path))  # prepared once, so that starts are quick
    # Searches in the server itself: the start of other processes would take longer than all that is killed.
    setup = Setup(tmp_path / "index", models_path, tmp_path, {"BOT_SEARCH_PROCESSES": "0"})
    rounds = run_kills(setup, enough=lambda rounds: len(rounds) > ROUNDS, tell=print, look_every=ROUNDS + 1)
    assert not [problem for each in rounds for problem in each.problems], summary(rounds)
    assert [each.kind for each in rounds] == ["begin", *KINDS[:ROUNDS], "end"]
