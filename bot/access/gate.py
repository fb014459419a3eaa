"""Lets callers in: the one place that turns a credential into a principal, and asks whether it may."""

import asyncio
from collections.abc import AsyncIterator
from secrets import compare_digest

from fastapi import Request
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.access.issuer import IssuerDownError
from bot.access.keys import Keys, digest, today
from bot.access.oidc import TokenError, Tokens
from bot.access.principal import ANYONE, EVERY_SCOPE, OWNER, Principal
from bot.http.admission import Admission
from bot.http.problems import Refused, problem
from bot.settings import BotSettings

_RETRY_SECONDS = "10"
_KNOWN = "reformbot.principal"  # in a request's scope, once it is known who sends it


class Gate:
    """Lets in who sends the owner's token, a key or a token of the issuer; or anyone, where the server is open.

    Its methods are for `Depends`. They raise Refused: 401 without a good credential, 403 where it is not for
    this, and 503 where that cannot be told now.
    """

    def __init__(self, settings: BotSettings, keys: Keys, *, owner_token: str) -> None:
        self.admission = Admission(
            at_once=settings.questions_at_once,
            waiting=settings.questions_waiting,
            seconds=settings.questions_wait_seconds,
        )
        self._settings = settings
        self._keys = keys
        self._tokens = Tokens(settings) if settings.oidc_issuer else None
        # These have no limits of their own: behind one of them may stand a whole organisation.
        named = ((f"key {number}", key) for number, key in enumerate(settings.api_keys, start=1))
        self._fixed = {digest(key.get_secret_value()): Principal(name, EVERY_SCOPE) for name, key in named}
        self._fixed[digest(owner_token)] = OWNER

    @property
    def is_open(self) -> bool:
        """Whether nobody needs a credential: on this machine alone, and where none was ever given out."""
        return self._settings.on_loopback and not (self._settings.has_credentials or self._keys.any_made)

    async def ask(self, request: Request) -> Principal:
        """Somebody who may ask, and read."""
        return await self._with_scope(request, "ask")

    async def upload(self, request: Request) -> Principal:
        """Somebody who may take reports in."""
        return await self._with_scope(request, "upload")

    async def operate(self, request: Request) -> Principal:
        """Somebody who may refresh, remove, go back, and see the figures."""
        return await self._with_scope(request, "operate")

    async def upload_or_operate(self, request: Request) -> Principal:
        """Somebody who may see what came of refreshes."""
        return await self._with_scope(request, "upload", "operate")

    async def owner(self, request: Request) -> Principal:
        """The owner of the index folder."""
        principal = await self.principal(request)
        if not principal.owner:
            raise Refused(403, "not_owner")
        return principal

    async def question(self, request: Request) -> AsyncIterator[Principal]:
        """Somebody who may ask, and who has a place among those at work until the last byte of the response is sent."""
        principal = await self.ask(request)
        async with self.admission.place(principal, request.receive):
            yield principal

    async def principal(self, connection: HTTPConnection) -> Principal:
        """Who calls."""
        if _KNOWN not in connection.scope:
            connection.scope[_KNOWN] = await self._identified(connection.headers.get("authorization", ""))
        known: Principal = connection.scope[_KNOWN]
        return known

    async def _with_scope(self, request: Request, *scopes: str) -> Principal:
        principal = await self.principal(request)
        if not principal.scopes.intersection(scopes):
            name = "scope_missing" if len(scopes) == 1 else "scopes_missing"
            headers = {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{" ".join(scopes)}"'}
            raise Refused(403, name, headers, one=scopes[0], other=scopes[-1])
        return principal

    async def _identified(self, header: str) -> Principal:
        scheme, _, credential = header.partition(" ")
        if scheme.lower() == "bearer" and (found := await self._holder(credential.strip())):
            return found
        if self.is_open:
            return ANYONE
        raise _unauthorised("no_key" if credential else "no_credential")

    async def _holder(self, credential: str) -> Principal | None:
        """Whoever has this credential, where it is one."""
        sent = digest(credential)
        # Each is compared, and in constant time, so that the time taken does not tell which one is near.
        if matches := [principal for kept, principal in self._fixed.items() if compare_digest(kept, sent)]:
            return matches[0]
        if key := self._keys.find(credential):
            if key.last_used != today():
                asyncio.get_running_loop().run_in_executor(None, self._keys.note_use, key.name)
            return key.principal(self._settings.caller_limits)
        if self._tokens is None or credential.count(".") != _DOTS_OF_A_TOKEN:
            return None
        return await self._of_token(self._tokens, credential)

    async def _of_token(self, tokens: Tokens, credential: str) -> Principal:
        try:
            return await tokens.principal(credential)
        except TokenError as error:
            raise _unauthorised(error.name) from error
        except IssuerDownError as error:
            raise Refused(503, "no_issuer", {"Retry-After": _RETRY_SECONDS}) from error


_DOTS_OF_A_TOKEN = 2  # https://www.rfc-editor.org/rfc/rfc7515#section-3.1


def _unauthorised(name: str) -> Refused:
    # https://www.rfc-editor.org/rfc/rfc6750#section-3
    return Refused(
        401, name, {"WWW-Authenticate": "Bearer" if name == "no_credential" else 'Bearer error="invalid_token"'}
    )


class KnownBeforeTheBody:
    """ASGI middleware: refuses who is unknown before anything of the body is read, which may be a large upload."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] == "http" and scope["path"].startswith(_PRIVATE):
            try:
                await self._gate.principal(HTTPConnection(scope))
            except Refused as error:
                await problem(scope, error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


_PRIVATE = "/v1/"
