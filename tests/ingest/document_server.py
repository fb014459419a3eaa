"""A server on this machine that stands in for one of documents: it gives scripted answers and remembers what came."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PDF_TYPE = "application/pdf"
_MOMENT = 0.005  # seconds in which another request at the same time would be seen
Answer = Callable[[BaseHTTPRequestHandler], None]


class DocumentServer:
    """Answers each path with the next of its answers, and with the last of them for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.most_at_once = 0
        self.stopped = Event()
        self._at_once = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def on(self, path: str, *answers: Answer) -> None:
        self.answers[path] = list(answers)

    @contextmanager
    def running(self) -> Iterator["DocumentServer"]:
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        self.requests.append((request.path, dict(request.headers)))
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        time.sleep(_MOMENT)
        self._at_once -= 1  # before the answer, after which the next may come at once
        answers = self.answers.get(request.path, [status(404)])
        (answers.pop(0) if len(answers) > 1 else answers[0])(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.close_connection = True
                server._answer(self)

            def do_CONNECT(self) -> None:  # as a proxy is asked
                self.do_GET()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer with a length that is true; underscores in the names of headers stand for hyphens."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def document(body: bytes = PDF, content_type: str = PDF_TYPE, **headers: str) -> Answer:
    return status(200, body, Content_Type=content_type, **headers)


def redirect(to: str, code: int = 302) -> Answer:
    return status(code, Location=to)


def declaring(length: int, body: bytes) -> Answer:
    """A document whose Content-Length is not its own."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", PDF_TYPE)
        request.send_header("Content-Length", str(length))
        request.end_headers()
        request.wfile.write(body)

    return answer


def until_closed(*pieces: bytes) -> Answer:
    """A document without a length, which ends where the connection does."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", PDF_TYPE)
        request.end_headers()
        try:
            for piece in pieces:
                request.wfile.write(piece)
        except OSError:
            return  # the other side has had enough

    return answer


def stopping(body: bytes, stopped: Event) -> Answer:
    """A document of which the end does not come."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        declaring(len(body) + 1, body)(request)
        stopped.wait(10)

    return answer


def dripping(text: bytes, stopped: Event) -> Answer:
    """An answer, headers and all, that comes a byte at a time."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        try:
            for byte in text:
                request.wfile.write(bytes([byte]))
                if stopped.wait(0.05):
                    return
        except OSError:
            return

    return answer


def silent(seconds: float) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)

    return answer
