"""A chat model's stream, read in a thread and ended in time whatever it waits for."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from bot.model.errors import ModelFailedError
from bot.model.limits import Deadline

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel  # takes most of a second to import
    from langchain_core.messages import AIMessageChunk, BaseMessage

_LATE = 0.1  # seconds after which a client is given up that does not let itself be ended


@dataclass(frozen=True)
class Piece:
    """A piece of a reply's text, and why the reply ends there, if it does and the server tells."""

    text: str
    finish: str | None


class Stream:
    """A model's reply, piece by piece as it comes; it is on its way from the start, and to be closed.

    A client's own time limit begins anew with each byte that comes, and a thread that waits for bytes cannot be ended
    from outside; so the client runs in an event loop, where ending a call also closes its connection. `head_start` is
    how many seconds it lets a call pass that was made before it.
    """

    def __init__(
        self,
        model: "BaseChatModel",
        messages: Sequence["BaseMessage"],
        deadline: Deadline,
        *,
        most_characters: int,
        head_start: float = 0,
    ) -> None:
        self._call = _Call(deadline, most_characters, head_start)
        self._reading = asyncio.run_coroutine_threadsafe(self._call.read(model, messages), _loop())

    def __iter__(self) -> Iterator[Piece]:
        """The pieces.

        Raises TimeoutError at the deadline, ModelFailedError when the reply grows too long, and what the provider's
        client raises.
        """
        while (piece := self._call.next_piece()) is not None:
            yield piece

    def close(self) -> None:
        """Ends the call, if it has not ended."""
        self._call.is_over = True
        self._reading.cancel()


class _Call:
    """A reply on its way from the event loop to the thread that asked."""

    def __init__(self, deadline: Deadline, most_characters: int, head_start: float) -> None:
        self.is_over = False
        self._head_start = head_start
        self._deadline = deadline
        self._most_characters = most_characters
        self._told: SimpleQueue[Piece | Exception | None] = SimpleQueue()

    def next_piece(self) -> Piece | None:
        """The next piece, once it is there; None at the end."""
        try:
            item = self._told.get(timeout=self._deadline.left + _LATE)
        except Empty:
            raise TimeoutError from None
        if isinstance(item, Exception):
            raise item
        return item

    async def read(self, model: "BaseChatModel", messages: Sequence["BaseMessage"]) -> None:
        """Tells each piece, and last None or what went wrong."""
        try:
            async with asyncio.timeout(self._deadline.left):
                await self._read(model, messages)
        except Exception as error:
            self._told.put(error)
        else:
            self._told.put(None)

    async def _read(self, model: "BaseChatModel", messages: Sequence["BaseMessage"]) -> None:
        """Tells each piece.

        This never leaves the client's stream by itself, but is ended where the client waits: that closes its connection
        at once, and not when Python comes to collect what was left.
        """
        size, task = 0, asyncio.current_task()
        await asyncio.sleep(self._head_start)
        async for chunk in model.astream(list(messages)):
            if task and (self.is_over or not self._deadline.left):
                task.cancel()  # each time: one gets lost in Python 3.11, https://github.com/python/cpython/issues/86296
                continue
            size += max(len(chunk.text), 1)  # chunks without text are bounded, too
            if size > self._most_characters:
                self._told.put(ModelFailedError(f"its reply is longer than {self._most_characters:,} characters"))
            elif (piece := Piece(chunk.text, _finish(chunk))) != _NOTHING:
                self._told.put(piece)


_NOTHING = Piece("", None)


def _finish(chunk: "AIMessageChunk") -> str | None:
    """Why a reply ended, on its last chunk, as OpenAI's form and others have it."""
    reason = chunk.response_metadata.get("finish_reason") or chunk.response_metadata.get("stop_reason")
    return str(reason) if reason else None


_starting = threading.Lock()


def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of all chat models, until the process ends.

    Clients keep their connections with the loop that opened them, and LangChain shares clients.
    """
    with _starting:
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-model", daemon=True).start()
    return loop
