"""All attacks over bare sockets with short clocks; `make sockets` takes the true ones."""

import pytest

from bot.http import bodies, connections
from bot.service import Service
from tests.bot.served import served
from tests.faults.raw_sockets import attack_all, faults, summary


def test_nobody_holds_the_server_with_what_is_no_question(
    sample_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in (
        (connections, "HEAD_SECONDS"),
        (connections, "LINGER_SECONDS"),
        (connections, "UNREAD_SECONDS"),
        (bodies, "SECONDS"),
    ):
        monkeypatch.setattr(module, name, 1.0)
    with served(sample_service) as port:
        outcomes = attack_all(port)
    assert len(outcomes) >= 40
    assert not faults(outcomes), summary(outcomes)
