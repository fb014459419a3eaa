"""A client for servers that speak OpenAI's form, which reads so much of a reply and no more."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx2

from bot.model.errors import ModelFailedError

if TYPE_CHECKING:
    from openai import DefaultAsyncHttpxClient  # takes most of a second to import


def bounded_client(most_bytes: int) -> "DefaultAsyncHttpxClient":
    """OpenAI's own client for HTTP, in which a reply that grows longer ends with ModelFailedError.

    Otherwise what comes before the first end of an event is gathered for as long as the model may take.
    """
    from openai import DefaultAsyncHttpxClient

    async def bound(response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Bounded(response.stream, most_bytes)

    return DefaultAsyncHttpxClient(event_hooks={"response": [bound]})


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._stream = stream
        self._most_bytes = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._stream:
            size += len(piece)
            if size > self._most_bytes:
                raise ModelFailedError(f"its reply has more than {self._most_bytes:,} bytes")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
