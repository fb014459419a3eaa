"""Sends what threads make, piece by piece, without any of their work on the event loop."""

from collections.abc import AsyncIterator, Generator

from anyio import CancelScope, to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.responses import StreamingResponse

# A proxy that gathers a stream before passing it on would hide it: https://nginx.org/en/docs/http/ngx_http_proxy_module.html
_UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(pieces: Generator[bytes | str]) -> StreamingResponse:
    """A response of server-sent events, each made in a thread.

    Where its reader leaves, a thread, too, lets go of what they hold.
    """
    return StreamingResponse(_in_threads(pieces), media_type="text/event-stream", headers=_UNBUFFERED)


async def _in_threads(pieces: Generator[bytes | str]) -> AsyncIterator[bytes | str]:
    try:
        async for piece in iterate_in_threadpool(pieces):
            yield piece
    finally:
        with CancelScope(shield=True):
            await to_thread.run_sync(pieces.close)
