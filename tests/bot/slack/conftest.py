"""What the tests of Slack have in common."""

import pytest

from bot.slack import desk


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def posts_follow_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in a channel are posted without a second between them."""
    monkeypatch.setattr(desk, "SECONDS_BETWEEN", 0)
