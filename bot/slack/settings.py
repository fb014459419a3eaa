"""What Slack needs to know before it can be answered."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.access.named import Audience, by_name, split

# Where Slack serves files, by the domain of its API; a stand-in serves its own.
_FILES = {"slack.com": "https://files.slack.com", "slack-gov.com": "https://files.slack-gov.com"}


def _is_channel_id(channel: str) -> str:
    if not re.fullmatch(r"[CDG][A-Z0-9]+", channel):
        raise ValueError("name a channel by its id, such as C0123ABCD: Slack shows it at the foot of its details")
    return channel


def _is_user_id(user: str) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]+", user):
        raise ValueError("name a person by the member id, such as U0123ABCD: Slack shows it in their profile")
    return user


def _is_person_or_group_id(named: str) -> str:
    if not re.fullmatch(r"[UWS][A-Z0-9]+", named):
        raise ValueError(
            "name a person by the member id, such as U0123ABCD, or a user group by its id, such as S0123ABCD: Slack "
            "shows them in the person's profile and in the group's address"
        )
    return named


Channel = Annotated[str, AfterValidator(_is_channel_id)]
User = Annotated[str, AfterValidator(_is_user_id)]
PersonOrGroup = Annotated[str, AfterValidator(_is_person_or_group_id)]
Members = Annotated[tuple[PersonOrGroup, ...], Field(min_length=1)]


class SlackSettings(BaseSettings):
    """Slack's tokens and address, from `SLACK_*` in the environment or a `.env` file; without tokens no Slack.

    The bot token goes with an app-level token (Socket Mode), with a signing secret (HTTP), or with both.
    """

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
    signing_secret: str | None = Field(
        default=None, repr=False, description="Signing secret of the app, for events over HTTP."
    )
    config_token: str | None = Field(
        default=None,
        repr=False,
        description="App configuration token (starts with xoxe.) by which `reformbot slack check` reads the app.",
    )
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

    colleagues: Annotated[tuple[PersonOrGroup, ...], NoDecode] = Field(
        default=(), description="Ids of the people and user groups whom askers may turn to, separated by commas."
    )
    operators: Annotated[tuple[User, ...], NoDecode] = Field(
        default=(),
        description="Ids of the people who see in the app's Home tab what could not be read, and set any channel.",
    )
    audiences: Annotated[Mapping[Audience, Members], NoDecode] = Field(
        default={}, description="Who is of which audience but the public: board=S0123ABCD,U0123ABCD; drafts=U0123ABCD."
    )
    outside: Literal["public", "none"] = Field(
        default="public",
        description="From what people from outside and channels with any are answered: public reports, or none.",
    )

    @property
    def enabled(self) -> bool:
        """Whether Slack is to be answered, one way or the other."""
        return self.bot_token is not None

    @property
    def files_origin(self) -> str:
        """The only scheme, host and port that files are fetched from with the bot's token."""
        api = urlsplit(self.api_url)
        domain = ".".join((api.hostname or "").split(".")[-2:])
        return _FILES.get(domain, f"{api.scheme}://{api.netloc}")

    @field_validator("ingest_channels", "colleagues", "operators", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        return split(value) if isinstance(value, str) else value

    @field_validator("audiences", mode="before")
    @classmethod
    def _by_audience(cls, value: object) -> object:
        return by_name(value)

    @field_validator("api_url")
    @classmethod
    def _is_a_base_address(cls, address: str) -> str:
        if not address.startswith(("http://", "https://")):
            raise ValueError("SLACK_API_URL must start with http:// or https://")
        return address.rstrip("/") + "/"

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        has_way = self.app_token is not None or self.signing_secret is not None
        if self.bot_token is None and has_way:
            half = "SLACK_APP_TOKEN" if self.app_token else "SLACK_SIGNING_SECRET"
            raise ValueError(f"{half} is set but SLACK_BOT_TOKEN is not: set both to answer in Slack, or neither.")
        if self.bot_token is not None and not has_way:
            raise ValueError(
                "SLACK_BOT_TOKEN is set, but no way for Slack's events to come in: set SLACK_APP_TOKEN too for Socket "
                "Mode, or SLACK_SIGNING_SECRET for HTTP."
            )
        return self

    @model_validator(mode="after")
    def _has_each_token_in_its_place(self) -> Self:
        if (self.bot_token or "").startswith("xapp-") or (self.app_token or "").startswith("xoxb-"):
            raise ValueError(
                "SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…) are the wrong way round: swap them."
            )
        return self
