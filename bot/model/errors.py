"""What went wrong with a chat model, in words of ours, whatever its provider's client raised."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from ingest.fetch_answers import seconds_asked

_BUSY = (408, 429)
_FAILED = 500


class ModelFailedError(Exception):
    """The chat model gave no answer; answer without it.

    The message may be logged: it holds nothing that the server sent, which can repeat the question or a key.
    """


class PassingModelError(ModelFailedError):
    """A failure that may be over soon: ask once more, after `wait_seconds` where the server named them."""

    def __init__(self, message: str, *, wait_seconds: float | None = None) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


@runtime_checkable
class _Response(Protocol):
    """What a server answered, as the clients for HTTP tell it."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


@runtime_checkable
class _Refused(Protocol):
    """An error of a provider's client with what the server answered, as OpenAI's, Anthropic's and others have it."""

    @property
    def response(self) -> object: ...


def translated(error: Exception) -> ModelFailedError:
    """The error as one of ours; as it came where it is one."""
    from langchain_core.exceptions import ModelConnectionError, ModelTimeoutError  # takes most of a second to import

    if isinstance(error, ModelFailedError):
        return error
    if isinstance(error, _Refused) and isinstance(error.response, _Response):
        return _refusal(error.response)
    if isinstance(error, ModelTimeoutError | TimeoutError):
        return PassingModelError("nothing came from it in time")
    if isinstance(error, ModelConnectionError | ConnectionError):
        return PassingModelError("it cannot be reached, or the connection was lost")
    return ModelFailedError(f"its client ended with {type(error).__name__}")


def _refusal(response: _Response) -> ModelFailedError:
    reason = f"its server answered with status {response.status_code}"
    if response.status_code in _BUSY or response.status_code >= _FAILED:
        return PassingModelError(reason, wait_seconds=seconds_asked(response.headers))
    return ModelFailedError(reason)
