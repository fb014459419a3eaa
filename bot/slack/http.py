"""Slack over HTTP: one address for events, interactions and slash commands, each signed by Slack.

Bolt's own adapter reads bodies of any size, fails on odd headers before it has checked the signature, and writes what
it refuses into the log. So nothing gets to Bolt here before it is known to come from Slack, and to be well formed.
"""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.http.problems import problem
from bot.slack.payload import well_formed
from bot.slack.settings import SlackSettings
from bot.slack.signature import SignatureError, check_signature

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.response import BoltResponse

LOGGER = logging.getLogger(__name__)

PATH = "/slack/events"
LARGEST_BODY = 1_000_000  # bytes; the largest that Slack sends, a view with its state, has a fourth of it
BODY_SECONDS = 3.0  # after which Slack itself gives up: https://docs.slack.dev/apis/events-api/#responding
_MOST_FIELDS = 100  # of a form; a slash command has about fifteen
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_RETRY_HEADERS = ("x-slack-retry-num", "x-slack-retry-reason")

NOT_SET_UP = "Slack over HTTP is not set up: set SLACK_SIGNING_SECRET."
BROKEN_OFF = "The request broke off before its end: send it again."
TOO_SLOW = f"The body did not come within {BODY_SECONDS:.0f} seconds: send it again."
OTHER_TYPE = f"Slack sends {_JSON} or {_FORM}: this is neither."
MALFORMED = "The body is none that Slack sends: it cannot be read, or lacks what tells its kind."
UNKNOWN = "This bot does nothing with requests of this kind: compare the app in Slack with slack-manifest.yaml."
NOT_TAKEN = "The request could not be taken just now: send it again."


def slack_router(settings: SlackSettings) -> APIRouter:
    """The route that Slack calls; an app that includes it has its Bolt app in `request.state.slack`."""
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    async def look() -> Response:
        """Slack looks now and then: https://docs.slack.dev/interactivity/implementing-slash-commands"""
        _secret(settings)
        return Response()

    @router.post(PATH, max_body_size=LARGEST_BODY)
    async def deliver(request: Request) -> Response:
        secret = _secret(settings)
        body = await _body(request)
        try:
            check_signature(request.headers, body, secret=secret, now=time.time())
        except SignatureError as error:
            LOGGER.info("A request to %s was refused. %s", PATH, error)
            raise HTTPException(HTTPStatus.UNAUTHORIZED, str(error)) from error
        return await _delivered(request.state.slack, _payload(request, body), request)

    return router


def _secret(settings: SlackSettings) -> str:
    if settings.signing_secret is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, NOT_SET_UP)
    return settings.signing_secret


async def _body(request: Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.body()
    except TimeoutError as error:
        # Else the server would go on reading what nobody waits for.
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, TOO_SLOW, headers={"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, BROKEN_OFF) from error


def _payload(request: Request, body: bytes) -> dict[str, Any]:
    """What Slack says in a body of either type."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in (_JSON, _FORM):
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, OTHER_TYPE)
    try:
        payload = json.loads(body.decode()) if content_type == _JSON else _form(body.decode())
        return well_formed(payload)
    except (ValueError, RecursionError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, MALFORMED) from error


def _form(text: str) -> Any:
    """The fields of a slash command, or the object that an interaction sends in one field."""
    pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_MOST_FIELDS)
    fields = dict(pairs)
    return json.loads(fields["payload"]) if "payload" in fields else fields


async def _delivered(app: "AsyncApp", payload: dict[str, Any], request: Request) -> Response:
    """What the app answers to a payload, handed to it as if it had come over Socket Mode."""
    from slack_bolt.async_app import AsyncBoltRequest  # a second to import

    headers: dict[str, str | Sequence[str]] = {
        name: request.headers[name] for name in _RETRY_HEADERS if name in request.headers
    }
    try:
        delivery = AsyncBoltRequest(mode="socket_mode", body=payload, headers=headers)
    except (AttributeError, LookupError, TypeError) as error:
        # Bolt looks for who and where at once, and expects Slack's own forms of them.
        raise HTTPException(HTTPStatus.BAD_REQUEST, MALFORMED) from error
    return _response(await app.async_dispatch(delivery))


def _response(answered: "BoltResponse") -> Response:
    if answered.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, NOT_TAKEN)
    if answered.status >= HTTPStatus.BAD_REQUEST:
        return problem(answered.status, UNKNOWN)
    return Response(answered.body, answered.status, media_type=answered.headers["content-type"][0])
