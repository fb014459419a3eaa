"""Slack over HTTP: signed requests over real connections in, acknowledged and handled; all others refused unread."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.datastructures import Headers

from bot.app import create_app
from bot.http.problems import PROBLEM, add_problem_handlers
from bot.service import Service
from bot.slack.http import LARGEST_BODY, PATH, slack_router
from bot.slack.settings import SlackSettings
from bot.slack.signature import SIGNATURE, TIMESTAMP, SignatureError, check_signature
from prompts import phrase
from tests.bot.slack.requests import (
    FORM,
    JSON,
    SECRET,
    Sent,
    command_body,
    event_body,
    forged,
    interaction_body,
    mention,
    signature,
    signed,
    too_large,
)
from tests.bot.slack.stand_in import BOT_TOKEN, PERSON, TEAM, SlackStandIn, slack_stand_in
from tests.conftest import OWNER

MARKER = "not-for-the-log"
FORGED = 1000
QUESTION = "How much did the Programme pay as its share of the cost-sharing arrangement?"
SETTINGS = SlackSettings(bot_token=BOT_TOKEN, signing_secret=SECRET)

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app that is served over real connections until the end of the block."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="on"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits for 40 ms
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            assert not serving.done()
            await asyncio.sleep(0.01)
        host, port = listener.getsockname()
        try:
            async with httpx.AsyncClient(base_url=f"http://{host}:{port}", timeout=20) as client:
                yield client
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[tuple[SlackStandIn, httpx.AsyncClient]]:
    """The whole server with the sample reports, set up for HTTP alone, and a stand-in for Slack."""
    async with slack_stand_in() as slack:
        settings = SETTINGS.model_copy(update={"api_url": slack.api_url})
        async with served(create_app(service, settings, owner_token=OWNER)) as client:
            yield slack, client


def routed(app: AsyncApp | None, settings: SlackSettings = SETTINGS) -> FastAPI:
    """The route alone, before a Bolt app of the test's own."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        yield {"slack": app}

    api = FastAPI(lifespan=lifespan)
    add_problem_handlers(api)
    api.include_router(slack_router(settings))
    return api


def bolt_app() -> AsyncApp:
    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=BOT_TOKEN)

    return AsyncApp(authorize=authorize, signing_secret="")


async def send(client: httpx.AsyncClient, sent: Sent) -> httpx.Response:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(sent.body), 65_536):
            yield sent.body[start : start + 65_536]

    content = pieces() if sent.chunked else sent.body
    return await client.request(sent.method, PATH, headers=list(sent.headers), content=content)


async def test_a_thousand_forged_or_malformed_requests_are_refused_unhandled_and_unlogged(
    sample_service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(sample_service) as (slack, client):
        responses = [await send(client, sent) for sent in forged(FORGED, marker=MARKER)]
        responses += [await send(client, sent) for sent in too_large(MARKER, LARGEST_BODY)]
        assert slack.log == []
        logged = caplog.text
        right = signed(event_body(mention(QUESTION, ts="999.9"), event_id="Ev-right"))
        assert (await send(client, right)).status_code == 200
        await slack.until_posted()
    assert [post["thread_ts"] for post in slack.posts] == ["999.9"]
    statuses = [response.status_code for response in responses]
    assert len(statuses) > FORGED
    assert set(statuses) == {400, 401, 405, 413, 415}
    assert {response.headers["content-type"] for response in responses} == {PROBLEM}
    assert all(response.json()["detail"] for response in responses)
    assert all(MARKER not in response.text for response in responses)
    assert MARKER not in logged


NOT_HTTP = {
    "no length": b"",
    "a length that is no number": b"Content-Length: many\r\n",
    "a negative length": b"Content-Length: -5\r\n",
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n",
    "another encoding": b"Transfer-Encoding: gzip\r\n",
    "a control character": b"X-Slack-Signature: v0=\x00\x01\r\n",
    "a header without a colon": b"X-Slack-Signature\r\n",
    "a folded header": b"X-Slack-Signature: v0=\r\n 00\r\n",
    "a chunk without a size": b"Transfer-Encoding: chunked\r\n",
    "a very long header": b"X-Slack-Signature: " + b"0" * 1_000_000 + b"\r\n",
}


@pytest.mark.parametrize("header", NOT_HTTP.values(), ids=NOT_HTTP.keys())
async def test_what_is_hardly_http_is_refused_too(header: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with served(routed(None)) as client:
        reply = await raw(client, b"Host: here\r\n" + header + b"\r\n" + MARKER.encode())
    assert reply.startswith(b"HTTP/1.1 4") or reply == b""
    assert MARKER not in caplog.text


async def raw(client: httpx.AsyncClient, rest: bytes) -> bytes:
    """What is answered to a request of these bytes before the connection ends, or within a while."""
    reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    try:
        writer.write(f"POST {PATH} HTTP/1.1\r\n".encode() + rest)
        writer.write_eof()
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


ENDLESS = {
    "much at a time": (b"1000\r\n" + b" " * 0x1000 + b"\r\n", 0.0, b"HTTP/1.1 413"),
    "little at a time": (b"1\r\n \r\n", 0.1, b"HTTP/1.1 408"),
    "nothing": (b"", 0.1, b"HTTP/1.1 408"),
}


@pytest.mark.parametrize(("piece", "pause", "status"), ENDLESS.values(), ids=ENDLESS.keys())
async def test_a_body_that_never_ends_is_given_up(piece: bytes, pause: float, status: bytes) -> None:
    async def write(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    async with served(routed(None)) as client:
        assert client.base_url.port
        reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        writing = asyncio.create_task(write(writer))
        async with asyncio.timeout(10):
            line = await reader.readline()
        writing.cancel()
        writer.close()
    assert line.startswith(status)


async def test_the_address_is_verified_when_slack_asks() -> None:
    async with served(routed(bolt_app())) as client:
        response = await send(client, signed(b'{"type": "url_verification", "challenge": "3eZbrw1a"}'))
        looked = await client.get(PATH)
    assert (response.status_code, response.json()) == (200, {"challenge": "3eZbrw1a"})
    assert looked.status_code == 200


async def test_a_mention_is_acknowledged_at_once_and_answered_in_its_thread(sample_service: Service) -> None:
    async with running(sample_service) as (slack, client):
        response = await send(client, signed(event_body(mention(QUESTION))))
        (post,) = await slack.until_posted()
    assert (response.status_code, response.content) == (200, b"")
    assert (post["channel"], post["thread_ts"]) == ("C1", "100.1")
    assert "SAMPLE/2021/1/Rev.1, para. 11" in str(post["blocks"])


async def test_a_repeated_delivery_is_answered_when_it_is_the_first_that_comes(sample_service: Service) -> None:
    async with running(sample_service) as (slack, client):
        body = event_body(mention(QUESTION, ts="150.1"), event_id="Ev150")
        for retry in (1, 2, 3):
            assert (await send(client, signed(body, retry=retry))).status_code == 200
        await send(client, signed(event_body(mention(QUESTION, ts="200.1"), event_id="Ev200")))
        await slack.until_posted(2)
    assert sorted(post["thread_ts"] for post in slack.posts) == ["150.1", "200.1"]


async def test_commands_and_interactions_reach_the_app_and_get_its_acknowledgement() -> None:
    app, seen = bolt_app(), []

    @app.command("/reform")
    async def answer(ack: AsyncAck, command: dict[str, Any]) -> None:
        seen.append(command["text"])
        await ack({"response_type": "ephemeral", "text": "Looking …"})

    @app.action("useful")
    async def note(ack: AsyncAck, action: dict[str, Any]) -> None:
        seen.append(action["value"])
        await ack()

    @app.view("comment")
    async def keep(ack: AsyncAck, view: dict[str, Any]) -> None:
        seen.append(view["private_metadata"])
        await ack(response_action="errors", errors={"comment": "Too long."})

    user = {"user": {"id": PERSON}, "team": {"id": TEAM}}
    press = {"type": "block_actions", "actions": [{"type": "button", "action_id": "useful", "value": "Ça & là"}]} | user
    view = {
        "type": "view_submission",
        "view": {"type": "modal", "callback_id": "comment", "private_metadata": "m"},
    } | user
    async with served(routed(app)) as client:
        bodies = (command_body("/reform", "How many? 多少？"), interaction_body(press), interaction_body(view))
        form = (FORM + b"; charset=utf-8",)
        responses = [await send(client, signed(body, content_types=form)) for body in bodies]
    assert seen == ["How many? 多少？", "Ça & là", "m"]
    assert [response.status_code for response in responses] == [200, 200, 200]
    assert responses[0].json() == {"response_type": "ephemeral", "text": "Looking …"}
    assert responses[1].content == b""
    assert responses[2].json() == {"response_action": "errors", "errors": {"comment": "Too long."}}


async def test_a_command_is_kept_and_answered_to_its_asker_alone(sample_service: Service) -> None:
    async with running(sample_service) as (slack, client):
        response = await send(client, signed(command_body("/reform", QUESTION), content_types=(FORM,)))
        broken = await send(client, signed(b"command=%2Freform&text=How+many%3F", content_types=(FORM,)))
        await slack.until(lambda: slack.calls("chat.postEphemeral"), "an answer")
        [shown] = slack.calls("chat.postEphemeral")
    assert (response.status_code, response.content, broken.status_code) == (200, b"", 400)
    assert (shown["channel"], shown["user"]) == ("C1", PERSON)


async def test_what_the_app_has_no_use_for_is_told_and_what_it_cannot_keep_is_asked_for_again() -> None:
    app = bolt_app()

    @app.command("/known")
    async def answer(ack: AsyncAck) -> None:
        await ack()

    @app.middleware
    async def fail(body: dict[str, Any], next: Callable[[], Any]) -> None:
        if body["text"] == "fail":
            raise RuntimeError
        await next()

    async with served(routed(app)) as client:
        responses = [
            await send(client, signed(command_body(command, text), content_types=(FORM,)))
            for command, text in (("/unknown", "a"), ("/known", "fail"))
        ]
    told = [(response.status_code, response.json()["detail"]) for response in responses]
    assert told == [(404, phrase("slack_unknown", "en")), (503, phrase("slack_not_taken", "en"))]


async def test_without_a_secret_the_route_says_what_to_set() -> None:
    async with served(routed(None, SlackSettings())) as client:
        responses = [await send(client, signed(event_body(mention(QUESTION)))), await client.get(PATH)]
    assert {(response.status_code, response.json()["detail"]) for response in responses} == {
        (404, phrase("slack_not_set_up", "en"))
    }


async def test_slack_may_call_by_a_public_name_and_nobody_else(sample_service: Service) -> None:
    public = {"Host": "reform.example"}
    async with running(sample_service) as (_, client):
        challenge = signed(b'{"type": "url_verification", "challenge": "c"}')
        ours = await client.post(
            PATH, headers=[*challenge.headers, (b"Host", b"reform.example")], content=challenge.body
        )
        others = await client.get("/v1/status", headers=public)
    assert (ours.status_code, others.status_code) == (200, 400)


# The example of https://docs.slack.dev/authentication/verifying-requests-from-slack
EXAMPLE = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)


async def test_slack_s_own_example_is_authentic() -> None:
    headers = Headers(
        {TIMESTAMP: "1531420618", SIGNATURE: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"}
    )
    check_signature(headers, EXAMPLE, secret="8f742231b10e8888abcd99yyyzzz85a5", now=1531420618)


@pytest.mark.parametrize("seconds", [300, -300])
async def test_a_signature_holds_for_five_minutes(seconds: int) -> None:
    headers = Headers({TIMESTAMP: "1531420618", SIGNATURE: signature(JSON, b"1531420618").decode()})
    check_signature(headers, JSON, secret=SECRET, now=1531420618 + seconds)
    with pytest.raises(SignatureError, match=phrase("slack_not_now", "en")):
        check_signature(headers, JSON, secret=SECRET, now=1531420618 + seconds * 1.004)
