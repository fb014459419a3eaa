"""A short run of the loop that kills the Slack bot; `make faults` runs a long one, and lets Slack fail."""

import asyncio
from pathlib import Path

from tests.faults.slack_events import kill_over_and_over, summary


def test_each_event_is_answered_once_though_the_bot_is_killed(tmp_path: Path) -> None:
    run = asyncio.run(kill_over_and_over(tmp_path, events=40, kills=1, seconds=1.5))
    assert not run.problems, summary(run)
    assert (run.asked, run.kills) == (40, 1)
