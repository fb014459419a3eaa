"""Attacks the server over bare sockets, all at once: `make sockets`.

None may be held for longer than half a minute by a connection that neither asks nor reads, none is answered with a 5xx,
and whoever asks properly is answered meanwhile and afterwards.
"""

import re
import select
import socket
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.bot.served import served
from tests.conftest import SAMPLES, ingest
from tests.faults.api_fuzz import service_of_samples
from tests.faults.attacks import ATTACKS, Attack

LONGEST_HELD = 30.0
_PAUSE = 0.2  # between the pieces of what is sent slowly
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_LENGTH = re.compile(rb"content-length: (\d+)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """What came of an attack: for how long it was held, whether the server ended it, and what it answered."""

    seconds: float
    ended: bool
    statuses: tuple[int, ...]

    def fault(self, attack: Attack) -> str | None:
        """What is wrong with it."""
        if any(status >= 500 for status in self.statuses):
            return f"answered {self.statuses}"
        if self.seconds > LONGEST_HELD or not (self.ended or (self.statuses and not attack.must_end)):
            return f"held for {self.seconds:.0f} s, answered {self.statuses}"
        return None


def attack_all(port: int, *, longest: float = LONGEST_HELD + 5) -> Mapping[str, Outcome]:
    """What came of each attack; somebody asks properly all the while."""
    with ThreadPoolExecutor(len(ATTACKS) + 1) as threads:
        running = {name: threads.submit(_attacked, port, attack, longest) for name, attack in ATTACKS.items()}
        while not all(attack.done() for attack in running.values()):
            assert _is_well(port)
            time.sleep(_PAUSE)
    assert _is_well(port)
    return {name: attack.result() for name, attack in running.items()}


def _is_well(port: int) -> bool:
    return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=LONGEST_HELD, trust_env=False).is_success


def _attacked(port: int, attack: Attack, longest: float) -> Outcome:
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setblocking(False)
        victim = _Victim(connection, attack)
        while time.monotonic() - started < longest and not victim.is_over():
            victim.go_on()
        return Outcome(time.monotonic() - started, victim.ended, victim.statuses)


class _Victim:
    """The server's side of a connection, as far as the attacker sees it."""

    def __init__(self, connection: socket.socket, attack: Attack) -> None:
        self._connection = connection
        self._attack = attack
        self._pieces = attack.pieces()
        self._unsent: bytes | None = b""
        self._next_at = 0.0
        self._read = b""
        self._poll = select.poll()
        self.ended = False

    @property
    def statuses(self) -> tuple[int, ...]:
        """What was answered."""
        return tuple(map(int, _STATUS.findall(self._read)))

    def is_over(self) -> bool:
        """Whether the server has ended the connection, or answered all that there was."""
        return self.ended or (not self._attack.must_end and self._unsent is None and self._is_answered())

    def go_on(self) -> None:
        """Sends and reads what can be sent and read now."""
        may_send = self._unsent is not None and time.monotonic() >= self._next_at
        events = select.POLLRDHUP | (select.POLLOUT if may_send else 0)
        self._poll.register(self._connection, events | (0 if self._attack.never_read else select.POLLIN))
        told = dict(self._poll.poll(_PAUSE * 1000)).get(self._connection.fileno(), 0)
        try:
            if told & select.POLLIN:
                self._receive()
            elif told & (select.POLLHUP | select.POLLERR | select.POLLRDHUP):
                self.ended = True
            if told & select.POLLOUT and may_send:
                self._send()
        except OSError:
            self.ended = True

    def _receive(self) -> None:
        received = self._connection.recv(1 << 16)
        self._read += received
        self.ended = not received

    def _send(self) -> None:
        self._unsent = self._unsent or next(self._pieces, None)
        if self._unsent is None:
            if self._attack.half_closed:
                self._connection.shutdown(socket.SHUT_WR)
            return
        self._unsent = self._unsent[self._connection.send(self._unsent) :]
        self._next_at = time.monotonic() + (_PAUSE if self._attack.slowly else 0)

    def _is_answered(self) -> bool:
        head, blank, body = self._read.partition(b"\r\n\r\n")
        length = _LENGTH.search(head + b"\r\n")
        return bool(blank) and (len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n"))


def summary(outcomes: Mapping[str, Outcome]) -> str:
    """A line for each attack."""
    lines = []
    for name, outcome in outcomes.items():
        fault = outcome.fault(ATTACKS[name])
        answered = ", ".join(map(str, dict.fromkeys(outcome.statuses))) or "nothing"
        lines.append(f"{outcome.seconds:5.1f} s  {answered:12} {name}{f': {fault}' if fault else ''}")
    return "\n".join(lines)


def faults(outcomes: Mapping[str, Outcome]) -> list[str]:
    """The attacks that did harm."""
    return [name for name, outcome in outcomes.items() if outcome.fault(ATTACKS[name])]


def _main() -> None:
    with TemporaryDirectory() as folder:
        service = service_of_samples(Path(folder) / "data")
        ingest(service, SAMPLES)
        with served(service) as port:
            outcomes = attack_all(port)
        service.close()
    sys.stdout.write(f"{summary(outcomes)}\n{len(outcomes)} attacks, {len(faults(outcomes))} did harm\n")
    sys.exit(1 if faults(outcomes) else 0)


if __name__ == "__main__":
    _main()
