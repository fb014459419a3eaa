"""HTTP connections that end where their other side stalls: whatever is begun must go on, in so much time.

uvicorn bounds only how long a connection may be idle between two requests:
https://github.com/encode/uvicorn/blob/master/uvicorn/protocols/http/httptools_impl.py
"""

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import cast

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from bot.http.problems import PROBLEM, Refused, told

# As Apache has it for heads and bodies: https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html
HEAD_SECONDS = 20.0  # for a whole head
# For the rest of a body that is answered already, as one that is too large: whoever still sends it sees no answer.
LINGER_SECONDS = 5.0
_MOST_LINGERING = 16 * 1024 * 1024  # bytes in that time
UNREAD_SECONDS = 10.0  # between two looks at how much of a reply has been read
_LEAST_READ = 16 * 1024  # bytes in that time
_LARGEST_HEAD = 64 * 1024  # and as much again for what may follow a body in pieces
_AT_ONCE = struct.pack("ii", 1, 0)  # a linger of no seconds

_LANGUAGE = "en"  # to whoever has not sent a head that would tell its own


class Connection(HttpToolsProtocol):
    """A connection whose other side must send what it has begun, and read what it is answered."""

    _overdue: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _running: RequestResponseCycle | None = None
    _in_head = True
    _head_bytes = 0  # of the head that is coming
    _trailer_bytes = 0
    _lingering_bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Expects a head."""
        super().connection_made(cast(asyncio.Transport, transport))
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expects nothing any more."""
        super().connection_lost(exc)
        if self._running is not None:  # uvicorn tells the last request, which may be waiting for this one
            self._running.disconnected = True
            self._running.message_event.set()
        self._expect_no_more()
        self._stop_looking()

    def data_received(self, data: bytes) -> None:
        """Takes what came, and expects the rest."""
        if self._in_head:
            self._head_bytes += len(data)
        elif self._is_answered():
            self._lingering_bytes += len(data)
        super().data_received(data)
        if self._lingering_bytes > _MOST_LINGERING:
            self.transport.close()
        if self._in_head and self._head_bytes > _LARGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "head_large")
        self._expect_what_is_owed()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._head_bytes = max(self._head_bytes, 1)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Takes a header, and leaves those alone that follow a body."""
        if self._in_head:
            super().on_header(name, value)
            return
        self._trailer_bytes += len(name) + len(value)
        if self._trailer_bytes > _LARGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "head_large")

    def on_headers_complete(self) -> None:
        """A head is there."""
        self._in_head, self._head_bytes = False, 0
        self._expect_no_more()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is there."""
        super().on_message_complete()
        self._in_head, self._head_bytes = True, 0
        self._trailer_bytes = self._lingering_bytes = 0
        if self.cycle.response_complete:  # it was answered before, and uvicorn's timer stopped by what came since
            self._expect_no_more()
            self._unset_keepalive_if_required()
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """A request is answered, perhaps before all of it has come."""
        super().on_response_complete()
        self._expect_what_is_owed()
        if self.transport.get_write_buffer_size():
            self._look_again()

    def pause_writing(self) -> None:
        """More is to be read than the other side reads."""
        super().pause_writing()
        self._look_again()

    def send_400_response(self, _: str) -> None:
        """Refuses what is no request."""
        self._refuse(HTTPStatus.BAD_REQUEST, "request_malformed")

    def _expect_what_is_owed(self) -> None:
        if self._overdue is None and (self._head_bytes if self._in_head else self._is_answered()):
            self._expect()

    def _is_answered(self) -> bool:
        return self._running is None or self._running.response_complete

    def _expect(self) -> None:
        seconds = HEAD_SECONDS if self._in_head else LINGER_SECONDS
        self._overdue = self.loop.call_later(seconds, self._end_overdue)

    def _expect_no_more(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def _end_overdue(self) -> None:
        self._overdue = None
        if not self._is_answered():
            self._expect()  # an answer is on its way, and the head is of the next request
        elif self._in_head:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "head_slow", seconds=round(HEAD_SECONDS))
        else:
            self.transport.close()

    def _look_again(self) -> None:
        self._stop_looking()
        unread = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(UNREAD_SECONDS, self._end_unread, unread)

    def _stop_looking(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _end_unread(self, before: int) -> None:
        unread = self.transport.get_write_buffer_size()
        if unread > max(before - _LEAST_READ, 0):
            self._reset()
        elif unread:
            self._look_again()

    def _reset(self) -> None:
        """Ends the connection with all that was not read, which else the system would keep for minutes."""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.transport.abort()

    def _refuse(self, status: HTTPStatus, name: str, **values: object) -> None:
        if self.transport.is_closing():
            return
        if self._is_answered() or not (self._running and self._running.response_started):
            body = told(Refused(status, name, **values), _LANGUAGE).model_dump_json(exclude_none=True)
            head = (
                f"HTTP/1.1 {status} {status.phrase}\r\ncontent-type: {PROBLEM}\r\n"
                f"content-language: {_LANGUAGE}\r\n"
                f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(f"{head}{body}".encode())
        self.transport.close()
        if self.transport.get_write_buffer_size():
            self._look_again()
