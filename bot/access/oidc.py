"""The intranet's tokens (OpenID Connect): who a token says its holder is, once its signature and claims hold."""

import json
from collections.abc import Mapping
from typing import Any

from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry, decode
from joserfc.util import urlsafe_b64decode

from bot.access.issuer import Issuer
from bot.access.principal import EVERYBODY, Principal, Scope
from bot.access.settings import AccessSettings

# Only of key pairs: with a shared secret, the public key that everybody knows could pass for one.
# https://www.rfc-editor.org/rfc/rfc8725#section-3.1
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_LEEWAY_SECONDS = 30
_LONGEST_NAME = 255  # https://openid.net/specs/openid-connect-core-1_0.html#IDToken


class TokenError(Exception):
    """A token is not good; the phrase of that name says why, as far as its sender may know."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Tokens:
    """Reads the tokens of the issuer that the settings name."""

    def __init__(self, settings: AccessSettings) -> None:
        assert settings.oidc_issuer
        self._settings = settings
        self._issuer = Issuer(settings.oidc_issuer)
        self._claims = JWTClaimsRegistry(
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": settings.oidc_issuer},
            aud={"essential": True, "value": settings.oidc_audience or ""},
            exp={"essential": True},
            sub={"essential": True},
        )

    async def principal(self, token: str) -> Principal:
        """The holder of a token. Raises TokenError, or IssuerDownError."""
        keys = await self._issuer.keys(_key_id(token))
        try:
            registry = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
            claims = decode(token, keys, registry=registry).claims
            self._claims.validate(claims)
        except ExpiredTokenError as error:
            raise TokenError("token_expired") from error
        except _NO_TOKEN as error:
            raise TokenError("token_unfit") from error
        return self._holder(claims)

    def _holder(self, claims: Mapping[str, Any]) -> Principal:
        name = claims["sub"]
        if len(name) > _LONGEST_NAME or not name.isprintable():
            raise TokenError("token_unfit")
        groups = _groups(claims.get(self._settings.oidc_claim))
        scopes: set[Scope] = set() if "ask" in self._settings.oidc_scopes else {"ask"}
        scopes |= {scope for scope, those in self._settings.oidc_scopes.items() if groups.intersection(those)}
        audiences = {name for name, those in self._settings.oidc_audiences.items() if groups.intersection(those)}
        return Principal(
            f"person:{name}", frozenset(scopes), EVERYBODY | audiences, limits=self._settings.caller_limits
        )


_NO_TOKEN = (JoseError, ValueError, TypeError, RecursionError)


def _key_id(token: str) -> object:
    """What the token calls the key that it is signed with, by which nothing is decided but which keys are needed."""
    try:
        return json.loads(urlsafe_b64decode(token.partition(".")[0].encode()))["kid"]
    except (*_NO_TOKEN, LookupError):
        return None


def _groups(claim: object) -> frozenset[str]:
    """The groups that a claim lists, in an array or, as scopes are, between spaces."""
    listed = claim.split() if isinstance(claim, str) else claim
    return frozenset(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else frozenset()
