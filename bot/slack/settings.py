"""What Slack needs to know before it can be answered."""

import re
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# Where Slack serves files, by the domain of its API; a stand-in serves its own.
_FILES = {"slack.com": "https://files.slack.com", "slack-gov.com": "https://files.slack-gov.com"}


def _is_channel_id(channel: str) -> str:
    if not re.fullmatch(r"[CDG][A-Z0-9]+", channel):
        raise ValueError("name a channel by its id, such as C0123ABCD: Slack shows it at the foot of its details")
    return channel


Channel = Annotated[str, AfterValidator(_is_channel_id)]


class SlackSettings(BaseSettings):
    """Slack's tokens and address, from `SLACK_*` in the environment or a `.env` file; without tokens no Slack."""

    # Errors must not print the tokens that they are about.
    model_config = SettingsConfigDict(
        env_prefix="SLACK_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: str | None = Field(default=None, repr=False, description="Bot token of the app; starts with xoxb-.")
    app_token: str | None = Field(
        default=None, repr=False, description="App-level token for Socket Mode (connections:write); starts with xapp-."
    )
    signing_secret: str | None = Field(default=None, repr=False, description="Signing secret of the app.")
    api_url: str = Field(default="https://slack.com/api/", description="Base address of Slack's API.")
    answer_seconds: float = Field(
        default=28, gt=0, le=600, description="After this many seconds the asker is told that it took too long."
    )
    ingest_channels: Annotated[tuple[Channel, ...], NoDecode] = Field(
        default=(), description="Ids of the channels whose shared files are taken in, separated by commas."
    )
    digest_channel: Channel | None = Field(
        default=None, description="Id of the channel that is told what each refresh changed."
    )

    @property
    def enabled(self) -> bool:
        """True when both tokens are set."""
        return self.bot_token is not None and self.app_token is not None

    @property
    def files_origin(self) -> str:
        """The only scheme, host and port that files are fetched from with the bot's token."""
        api = urlsplit(self.api_url)
        domain = ".".join((api.hostname or "").split(".")[-2:])
        return _FILES.get(domain, f"{api.scheme}://{api.netloc}")

    @field_validator("ingest_channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("api_url")
    @classmethod
    def _is_a_base_address(cls, address: str) -> str:
        if not address.startswith(("http://", "https://")):
            raise ValueError("SLACK_API_URL must start with http:// or https://")
        return address.rstrip("/") + "/"

    @model_validator(mode="after")
    def _has_both_tokens_or_none(self) -> Self:
        if (self.bot_token is None) != (self.app_token is None):
            have, lack = ("BOT", "APP") if self.bot_token else ("APP", "BOT")
            raise ValueError(
                f"SLACK_{have}_TOKEN is set but SLACK_{lack}_TOKEN is not: set both to answer in Slack, or neither."
            )
        if self.enabled and (str(self.bot_token).startswith("xapp-") or str(self.app_token).startswith("xoxb-")):
            raise ValueError(
                "SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…) are the wrong way round: swap them."
            )
        return self
