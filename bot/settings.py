"""How the bot answers and serves."""

import os
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from bot.access.address import is_loopback
from bot.access.settings import AccessSettings
from bot.model.limits import ModelLimits

_MOST_SEARCH_PROCESSES = 4  # each takes some 200 MB, and more with a large index


def _search_processes() -> int:
    """One for each core, up to a few; on a single core they would gain nothing."""
    cores = os.cpu_count() or 1
    return min(cores, _MOST_SEARCH_PROCESSES) if cores > 1 else 0


class BotSettings(AccessSettings):
    """The chat model, the address and who may call, from `BOT_*` in the environment or a `.env` file."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    model: str | None = Field(
        default=None, description="LangChain's provider:model, such as openai:gpt-4.1; unset answers in quotes only."
    )
    model_base_url: str | None = Field(
        default=None, description="Base address of an OpenAI-compatible chat server, ending in /v1."
    )
    model_seconds: float = Field(
        default=60, gt=0, le=600, description="The longest that the chat model may take for one question, all told."
    )
    model_input_tokens: int = Field(
        default=6000, ge=1000, le=1_000_000, description="The most tokens that are sent to the chat model at a time."
    )
    model_reply_tokens: int = Field(
        default=4000,
        ge=100,
        le=100_000,
        description="The most tokens of a reply, with those that a model takes to reason.",
    )
    host: str = Field(default="127.0.0.1", description="Address to serve on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to serve on.")
    base_url: str | None = Field(
        default=None, description="Address that readers reach the server by, for links; host and port unless set."
    )
    # Two cores answer about twenty questions a second in quotes, so that the last in line waits for under two seconds.
    questions_at_once: int = Field(default=12, ge=1, le=1000, description="The most questions that are at work.")
    questions_waiting: int = Field(default=16, ge=0, le=10_000, description="The most questions that wait in line.")
    questions_wait_seconds: float = Field(default=5, gt=0, le=600, description="The longest that a question waits.")
    search_processes: int = Field(
        default_factory=_search_processes,
        ge=0,
        le=64,
        description="Processes that search, beside the server's own; one for each core, up to four, unless set.",
    )
    conversation_days: int = Field(
        default=30, ge=1, le=3650, description="Days after its last question when a conversation is forgotten."
    )
    answer_days: int | None = Field(
        default=None,
        ge=1,
        le=3650,
        description="Days after which an answer is forgotten; it is kept for ever unless set.",
    )
    log_format: Literal["text", "json"] | None = Field(
        default=None, description="How the log is written: in words on a terminal and as JSON elsewhere unless set."
    )
    upload_bytes: int = Field(default=200 * 1024 * 1024, ge=1, description="The largest upload in bytes.")

    @property
    def model_limits(self) -> ModelLimits:
        """How much of the chat model one question may take."""
        return ModelLimits(self.model_seconds, self.model_input_tokens, self.model_reply_tokens)

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    @property
    def public_url(self) -> str:
        """The address that links start with, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.base_url or f"http://{host}:{self.port}").rstrip("/")
