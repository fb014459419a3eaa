"""What somebody may send to a port who does not mean to ask anything: heads, bodies, and whole connections."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, repeat

Pieces = Iterator[bytes]
_JSON = "Content-Type: application/json\r\n"
_FORM = "Content-Type: multipart/form-data; boundary=b\r\n"
_QUESTION = json.dumps({"question": "How much is the coordination levy?"}).encode()


@dataclass(frozen=True)
class Attack:
    """What is sent, the pieces one by one; `slowly` with a pause after each.

    One that is `never_read` leaves the reply where it is, `half_closed` ends its own side when all is sent. Where the
    server `must_end` the connection, a reply alone will not do.
    """

    pieces: Callable[[], Pieces]
    slowly: bool = False
    never_read: bool = False
    half_closed: bool = False
    must_end: bool = False


def _head(path: str, headers: str = "", *, method: str = "GET", version: str = "HTTP/1.1") -> bytes:
    return f"{method} {path} {version}\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()


def _post(body: bytes, headers: str = _JSON, *, path: str = "/v1/ask", length: int | str | None = None) -> bytes:
    size = len(body) if length is None else length
    return _head(path, f"{headers}Content-Length: {size}\r\n", method="POST") + body


def _chunked(path: str = "/v1/ask", headers: str = _JSON) -> bytes:
    return _head(path, f"{headers}Transfer-Encoding: chunked\r\n", method="POST")


def _once(*sent: bytes) -> Attack:
    return Attack(lambda: iter(sent))


def _drip(begun: bytes, then: bytes = b"a") -> Attack:
    """Begun at once, and the rest a piece at a time, for ever."""
    return Attack(lambda: chain([begun], repeat(then)), slowly=True, must_end=True)


def _flood(begun: bytes, then: bytes) -> Attack:
    """As much as the server takes, for ever."""
    return Attack(lambda: chain([begun], repeat(then)), must_end=True)


def _parts(count: int) -> bytes:
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nword\r\n'
    return part * count + b"--b--\r\n"


_HEADS = {
    "nothing at all": Attack(lambda: iter(()), must_end=True),
    "a slow request line": _drip(b"GET /"),
    "slow headers": _drip(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X-A: b\r\n"),
    "line ends and no request": _drip(b"\r\n", b"\r\n"),
    "headers without end": _flood(b"GET / HTTP/1.1\r\n", b"X-A: b\r\n" * 100),
    "a header without end": _flood(b"GET / HTTP/1.1\r\nX-A: ", b"b" * 1000),
    "an address without end": _flood(b"GET /", b"b" * 1000),
    "100,000 headers": _once(_head("/", "X-A: b\r\n" * 100_000)),
    "a large header": _once(_head("/healthz", f"X-A: {'b' * 60_000}\r\n")),
    "a large query": _once(_head(f"/healthz?q={'b' * 60_000}")),
    "a null in a header": _once(_head("/", "X-A: \0\r\n")),
    "a header without colon": _once(_head("/", "nonsense\r\n")),
    "a folded header": _once(_head("/", "X-A: b\r\n c\r\n")),
    "bare line feeds": _once(_head("/").replace(b"\r\n", b"\n")),
    "no host": _once(b"GET / HTTP/1.1\r\n\r\n"),
    "two hosts": _once(_head("/", "Host: elsewhere.example\r\n")),
    "TLS": _once(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500)),
    "HTTP/2": _once(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(50)),
    "HTTP/0.9": _once(b"GET /\r\n\r\n"),
    "HTTP/9.9": _once(_head("/", version="HTTP/9.9")),
    "an unknown method": _once(_head("/v1/ask", method="BREW")),
    "a tunnel": _once(b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
    "an address of elsewhere": _once(_head("http://elsewhere.example/v1/status")),
    "no address": _once(_head("*", method="OPTIONS")),
    "a null in the address": _once(_head("/v1/answers/%00")),
    "an address in no encoding": _once(_head("/documents/%ff%fe?a=%ff")),
    "a way out of the files": _once(_head("/static/..%2f..%2f..%2f..%2fetc/passwd")),
}
_BODIES = {
    "a slow body": _drip(_post(b"", length=100_000)),
    "a slow upload": _drip(_post(b"", _FORM, path="/v1/documents", length=150_000_000)),
    "no body": Attack(lambda: iter([_post(b"", length=10)]), must_end=True),
    "a body that waits to be wanted": Attack(
        lambda: iter([_post(b"", f"{_JSON}Expect: 100-continue\r\n", length=10)]), must_end=True
    ),
    "a body of what takes none": _drip(_head("/healthz", "Content-Length: 100000\r\n")),
    "chunks without end": _flood(_chunked(), b"400\r\n" + b"a" * 1024 + b"\r\n"),
    "slow chunks without end": _drip(_chunked(), b"1\r\na\r\n"),
    "a chunk without end": _flood(_chunked() + b"FFFFFFFFFFFFFFFF\r\n", b"a" * 1024),
    "a chunk of no length": _once(_chunked() + b"-1\r\na\r\n"),
    "trailers without end": _flood(_chunked() + b"0\r\n", b"X-A: b\r\n" * 100),
    "two framings": _once(_post(b"0\r\n\r\n", f"{_JSON}Transfer-Encoding: chunked\r\n")),
    "two lengths": _once(_post(_QUESTION, f"{_JSON}Content-Length: 5\r\n")),
    "a negative length": _once(_post(b"", length=-5)),
    "a length beyond all": _once(_post(b"", length="9" * 30)),
    "more than its length": _once(_post(_QUESTION, length=10)),
    "a bomb of gzip": _once(_post(gzip.compress(bytes(100_000_000)), f"{_JSON}Content-Encoding: gzip\r\n")),
    "100,000 keys": _once(_post(json.dumps({f"{n}": 0 for n in range(100_000)}).encode()[:-1] + b"}")),
    "90,000 short keys": _once(_post(b"{" + b",".join(b'"%x":0' % n for n in range(90_000)) + b"}")),
    "JSON 100,000 deep": _once(_post(b'{"question":' + b"[" * 100_000 + b"]" * 100_000 + b"}")),
    "a number of 100,000 digits": _once(_post(b'{"query":"a","limit":' + b"9" * 100_000 + b"}", path="/v1/search")),
    "no number": _once(_post(b'{"query":"a","limit":NaN}', path="/v1/search")),
    "UTF-16": _once(_post(_QUESTION.decode().encode("utf-16"))),
    "no encoding": _once(_post(b'{"question":"\xff\xfe\xc0\x80"}')),
    "half a character": _once(_post(rb'{"question":"\ud800 \u0000 how much is the levy?"}')),
    "10,000 files": _once(_post(_parts(10_000), _FORM, path="/v1/documents")),
    "parts without boundary": _once(_post(_parts(1), "Content-Type: multipart/form-data\r\n", path="/v1/documents")),
    "a part without end": _once(_post(b"--b\r\nContent-Disposition: form", _FORM, path="/v1/documents")),
}
_CONNECTIONS = {
    "half closed after the head": Attack(
        lambda: iter([_post(b"", length=10)]), half_closed=True, must_end=True
    ),
    "half closed after the request": Attack(lambda: iter([_post(_QUESTION)]), half_closed=True),
    "a thousand requests in a row": _once(_head("/healthz") * 1000 + _head("/healthz", "Connection: close\r\n")),
    "a request and then nonsense": _once(_head("/healthz") + b"\0" * 100),
    "replies that nobody reads": Attack(
        lambda: iter([_head("/openapi.json") * 400]), never_read=True, must_end=True
    ),
    "a stream that nobody reads": Attack(
        lambda: iter([_post(_QUESTION, f"{_JSON}Accept: text/event-stream\r\nConnection: close\r\n")]),
        never_read=True,
        must_end=True,
    ),
    "an upgrade to WebSocket": _once(
        _head("/v1/ask", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: YQ==\r\n")
    ),
    "an upgrade to HTTP/2": _once(
        _head("/healthz", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n")
    ),
    "an upgrade and then drops": _drip(_head("/healthz", "Connection: Upgrade\r\nUpgrade: websocket\r\n")),
}  # fmt: skip
ATTACKS: Mapping[str, Attack] = _HEADS | _BODIES | _CONNECTIONS
