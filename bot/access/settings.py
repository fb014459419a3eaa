"""Who may call: keys, the intranet's tokens, and how much each caller may ask."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode

from bot.access.address import is_safe_address
from bot.access.named import Audience, by_name, split
from bot.access.principal import Limits, Scope

Groups = Annotated[tuple[str, ...], Field(min_length=1)]


class AccessSettings(BaseSettings):
    """The part of `BOT_*` that says who may call."""

    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), description="Keys that callers may use, separated by commas."
    )
    oidc_issuer: str | None = Field(
        default=None, description="The issuer (OpenID Connect) whose tokens callers may send: an https address."
    )
    oidc_audience: str | None = Field(default=None, description="What the issuer calls this server in `aud`.")
    oidc_claim: str = Field(default="groups", description="The claim of a token that tells its holder's groups.")
    oidc_scopes: Annotated[Mapping[Scope, Groups], NoDecode] = Field(
        default={}, description="Which groups have which scope; ask is everybody's unless named."
    )
    oidc_audiences: Annotated[Mapping[Audience, Groups], NoDecode] = Field(
        default={}, description="Which groups are of which audience but the public."
    )
    caller_per_minute: int = Field(default=120, ge=1, description="The most questions of one caller in a minute.")
    caller_at_once: int = Field(default=6, ge=1, description="The most questions of one caller at a time.")

    @property
    def caller_limits(self) -> Limits:
        """How much a caller may ask who has no limits of their own."""
        return Limits(self.caller_per_minute, self.caller_at_once)

    @property
    def has_credentials(self) -> bool:
        """Whether there is any that callers may send, but those of the catalogue."""
        return bool(self.api_keys or self.oidc_issuer)

    @field_validator("api_keys", mode="before")
    @classmethod
    def _split(cls, keys: object) -> object:
        return split(keys) if isinstance(keys, str) else keys

    @field_validator("oidc_scopes", "oidc_audiences", mode="before")
    @classmethod
    def _by_name(cls, value: object) -> object:
        return by_name(value)

    @field_validator("oidc_issuer")
    @classmethod
    def _is_safe(cls, issuer: str | None) -> str | None:
        if issuer is not None and not is_safe_address(issuer):
            raise ValueError("BOT_OIDC_ISSUER must be an https address; http is taken on this machine alone.")
        return issuer

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.oidc_issuer is None) != (self.oidc_audience is None):
            raise ValueError(
                "BOT_OIDC_ISSUER and BOT_OIDC_AUDIENCE go together: the issuer's address, and what it calls this "
                "server, without which tokens for any other would be taken. Set both, or neither."
            )
        return self
