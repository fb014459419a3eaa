"""The one way to the chat model: in time, within bounds, asked again once, and left alone while it is down."""

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from bot.model.breaker import Breaker
from bot.model.errors import ModelFailedError, PassingModelError, translated
from bot.model.limits import Allowance, Deadline, ModelLimits
from bot.model.plain import commands, visible
from bot.model.reply import Reply
from bot.model.stream import Stream
from bot.operations.metrics import MODEL_CALLS

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel  # takes most of a second to import
    from langchain_core.messages import BaseMessage

_TRIES = 2
_PAUSE_SECONDS = 0.3  # before the second, where the server names no time
_LONGEST_PAUSE_SECONDS = 5.0  # for a server that asks for more patience than this there is no second
_HEAD_START_SECONDS = 0.05  # in which a request that was made first is first at a server on this machine, too
Pieces = Generator[str, None, Reply]


class ModelCalls:
    """Calls a chat model whose client does not retry by itself; of every question by way of its allowance."""

    def __init__(self, model: "BaseChatModel", limits: ModelLimits, breaker: Breaker) -> None:
        self._model = model
        self._breaker = breaker
        self.limits = limits

    def allowance(self) -> Allowance:
        """What one question may take."""
        return Allowance(self.limits.seconds)

    def begin(
        self,
        messages: Sequence["BaseMessage"],
        allowance: Allowance,
        *,
        share: float = 1,
        spared: int = 0,
        is_second: bool = False,
    ) -> Stream:
        """A reply on its way, for `stream` to go on with, in the same share, or to be closed. Raises ModelFailedError.

        So many calls are spared for what comes after it; where it is second to another, that one is let pass.
        """
        return self._called(messages, allowance, allowance.deadline(share), spared, _HEAD_START_SECONDS * is_second)

    def stream(
        self,
        messages: Sequence["BaseMessage"],
        allowance: Allowance,
        *,
        share: float = 1,
        spared: int = 0,
        begun: Stream | None = None,
    ) -> Pieces:
        """The reply, piece by piece as it comes, and last the whole; in this share of the seconds that are left.

        So many calls are spared for what comes after it. Raises ModelFailedError, also after pieces. What may pass is
        asked again before the first piece, never after. `begun` is the reply to the same, where it is on its way.
        """
        with allowance.spending(share) as deadline:
            retrying = Retrying(
                stop=stop_after_attempt(_TRIES),
                wait=_wait,
                retry=retry_if_exception(lambda error: allowance.calls > spared and self._may_pass(error, deadline)),
                reraise=True,
            )
            on_the_way = [begun] if begun else []

            def first_piece() -> tuple[str, Pieces]:
                pieces = self._pieces(
                    on_the_way.pop() if on_the_way else self._called(messages, allowance, deadline, spared)
                )
                return next(pieces), pieces

            first, rest = retrying(first_piece)
            with closing(rest):
                yield first
                return (yield from rest)

    def whole(self, messages: Sequence["BaseMessage"], allowance: Allowance, *, share: float, spared: int = 0) -> Reply:
        """The reply once all of it is there, as `stream` gets it."""
        pieces = self.stream(messages, allowance, share=share, spared=spared)
        while True:
            try:
                next(pieces)
            except StopIteration as end:
                reply: Reply = end.value
                return reply

    def _may_pass(self, error: BaseException, deadline: Deadline) -> bool:
        """Whether it helps to ask again."""
        if not isinstance(error, PassingModelError) or self._breaker.is_shut:
            return False
        return _pause(error) <= _LONGEST_PAUSE_SECONDS and _pause(error) < deadline.left

    def _called(
        self,
        messages: Sequence["BaseMessage"],
        allowance: Allowance,
        deadline: Deadline,
        spared: int,
        head_start: float = 0,
    ) -> Stream:
        if allowance.calls <= spared:
            raise ModelFailedError("it was asked as often as one question allows")
        if not self._breaker.admits():
            raise ModelFailedError("it failed several times in a row, and is left alone for a while")
        allowance.calls -= 1
        most = self.limits.reply_characters
        return Stream(self._model, messages, deadline, most_characters=most, head_start=head_start)

    def _pieces(self, stream: Stream) -> Pieces:
        """A reply, of which the breaker is told how it ended, unless nobody waited for its end."""
        reply = Reply("", None)
        try:
            with closing(stream):
                for piece in stream:
                    if commands(piece.text):
                        raise ModelFailedError("its reply holds commands to a terminal")
                    text = visible(piece.text)
                    reply = Reply(reply.text + text, piece.finish or reply.finish)
                    if text:
                        yield text
            if not reply.text.strip():
                raise ModelFailedError("its reply is empty")
        except Exception as error:
            self._breaker.failed()
            MODEL_CALLS.labels("failed").inc()
            raise translated(error) from error
        self._breaker.succeeded()
        MODEL_CALLS.labels("succeeded").inc()
        return reply


def _pause(error: PassingModelError) -> float:
    return _PAUSE_SECONDS if error.wait_seconds is None else error.wait_seconds


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return _pause(error) if isinstance(error, PassingModelError) else 0
