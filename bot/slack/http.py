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
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.http.problems import Refused
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
            raise Refused(HTTPStatus.UNAUTHORIZED, error.name) from error
        return await _delivered(request.state.slack, _payload(request, body), request)

    return router


def _secret(settings: SlackSettings) -> str:
    if settings.signing_secret is None:
        raise Refused(HTTPStatus.NOT_FOUND, "slack_not_set_up")
    return settings.signing_secret


async def _body(request: Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.body()
    except TimeoutError as error:
        # Else the server would go on reading what nobody waits for.
        raise Refused(
            HTTPStatus.REQUEST_TIMEOUT, "slack_slow", {"Connection": "close"}, seconds=round(BODY_SECONDS)
        ) from error
    except ClientDisconnect as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "slack_broken_off") from error


def _payload(request: Request, body: bytes) -> dict[str, Any]:
    """What Slack says in a body of either type."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in (_JSON, _FORM):
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "slack_other_type", json=_JSON, form=_FORM)
    try:
        payload = json.loads(body.decode()) if content_type == _JSON else _form(body.decode())
        return well_formed(payload)
    except (ValueError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "slack_malformed") from error


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
        raise Refused(HTTPStatus.BAD_REQUEST, "slack_malformed") from error
    return _response(await app.async_dispatch(delivery))


def _response(answered: "BoltResponse") -> Response:
    if answered.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "slack_not_taken")
    if answered.status >= HTTPStatus.BAD_REQUEST:
        raise Refused(answered.status, "slack_unknown")
    return Response(answered.body, answered.status, media_type=answered.headers["content-type"][0])
