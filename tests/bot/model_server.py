"""A chat server in OpenAI's form that misbehaves as told, and remembers when it was called."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]
_STREAM = "text/event-stream"


@dataclass
class Calls:
    """The calls that the server got: when, what was asked, and how many it still writes to."""

    url: str
    behave: "Behaviour"
    times: list[float] = field(default_factory=list)
    bodies: list[Json] = field(default_factory=list)
    open: int = 0


class Reply(BaseHTTPRequestHandler):
    """One reply being written."""

    protocol_version = "HTTP/1.1"
    server: "_Server"
    body: Json

    def do_POST(self) -> None:
        calls = self.server.calls
        calls.times.append(time.monotonic())
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        calls.bodies.append(self.body)
        calls.open += 1
        try:
            with suppress(OSError):  # the caller has left
                calls.behave(self)
        finally:
            calls.open -= 1
            self.close_connection = True

    def start(self, status: int = 200, kind: str = _STREAM, **headers: str) -> None:
        """Sends the head, which says that the connection ends with the reply: a caller that reuses it would fail."""
        self.send_response(status)
        self.send_header("Connection", "close")
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, text: str) -> None:
        """Sends a piece of the body at once."""
        self.wfile.write(text.encode())
        self.wfile.flush()

    def chunk(self, text: str, finish: str | None = None) -> None:
        """Sends a piece of a reply in OpenAI's form."""
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
        self.send(f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


Behaviour = Callable[[Reply], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    calls: Calls

    def handle_error(self, request: object, client_address: object) -> None:
        """Callers leave in the middle; that is no error here."""


@contextmanager
def model_server(behave: Behaviour) -> Iterator[Calls]:
    """The server, within the block."""
    server = _Server(("127.0.0.1", 0), Reply)
    server.calls = Calls(f"http://127.0.0.1:{server.server_address[1]}/v1", behave)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.calls
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def says(text: str, finish: str | None = "stop", *, size: int = 12) -> Behaviour:
    """Says a text in pieces."""

    def behave(reply: Reply) -> None:
        reply.start()
        for start in range(0, len(text), size):
            reply.chunk(text[start : start + size])
        if finish:
            reply.chunk("", finish)
        reply.send("data: [DONE]\n\n")

    return behave


def refuses(status: int, body: str = '{"error": {"message": "no"}}', **headers: str) -> Behaviour:
    """Answers with a status."""
    kind = "text/html" if body.startswith("<") else "application/json"

    def behave(reply: Reply) -> None:
        reply.start(status, kind, Content_Length=str(len(body)), **headers)
        reply.send(body)

    return behave


def sends(body: str) -> Behaviour:
    """Sends this where events are expected."""

    def behave(reply: Reply) -> None:
        reply.start()
        reply.send(body)

    return behave


def purpose_of(body: Json) -> str:
    """What a call is for: "answer", "rewrite", "judge" or "translate", by the opening of its prompt."""
    return _PURPOSES[" ".join(body["messages"][0]["content"].split()[:2])]


_PURPOSES = {"You answer": "answer", "You rewrite": "rewrite", "You decide": "judge", "You translate": "translate"}


def by_purpose(**behaviours: Behaviour) -> Behaviour:
    """Behaves so by what a call is for; what is not told is refused."""

    def behave(reply: Reply) -> None:
        behaviours.get(purpose_of(reply.body), refuses(400))(reply)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Behaves so from call to call, the last for good."""
    left = list(behaviours)

    def behave(reply: Reply) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(reply)

    return behave


def for_ever(piece: Callable[[Reply], None], *, pause: float = 0.0) -> Behaviour:
    """Sends the same again and again, until the caller leaves or the test would be stuck."""

    def behave(reply: Reply) -> None:
        reply.start()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            piece(reply)
            time.sleep(pause)

    return behave


def silent(reply: Reply) -> None:
    """Never answers, until the caller leaves."""
    reply.connection.settimeout(20)
    reply.connection.recv(1)


def silent_after_head(reply: Reply) -> None:
    """Begins to answer and says nothing."""
    reply.start()
    silent(reply)


def resets(reply: Reply) -> None:
    """Ends the connection without a word."""
    reply.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    reply.connection.close()


def breaks_off(reply: Reply) -> None:
    """Says half of a reply whose length it has told."""
    reply.start(Content_Length="100000")
    reply.chunk("The coordination levy is 1 per")
