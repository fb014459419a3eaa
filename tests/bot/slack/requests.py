"""Requests as Slack sends them over HTTP, and a thousand that it never would."""

import hashlib
import hmac
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus, urlencode

from tests.bot.slack.stand_in import BOT_USER, PERSON, TEAM

SECRET = "the-signing-secret"
JSON, FORM = b"application/json", b"application/x-www-form-urlencoded"
Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Sent:
    """A request to be sent: `signature` and `timestamp` may be there several times, or not at all."""

    body: bytes
    timestamps: tuple[bytes, ...]
    signatures: tuple[bytes, ...]
    content_types: tuple[bytes, ...] = (JSON,)
    method: str = "POST"
    chunked: bool = False
    retry: int = 0

    @property
    def headers(self) -> Headers:
        named = [
            (b"X-Slack-Request-Timestamp", self.timestamps),
            (b"X-Slack-Signature", self.signatures),
            (b"Content-Type", self.content_types),
            (b"X-Slack-Retry-Num", (str(self.retry).encode(),) if self.retry else ()),
        ]
        return tuple((name, value) for name, values in named for value in values)


def signature(body: bytes, timestamp: bytes, *, secret: str = SECRET, digest: Any = hashlib.sha256) -> bytes:
    """As https://docs.slack.dev/authentication/verifying-requests-from-slack tells it."""
    return b"v0=" + hmac.new(secret.encode(), b"v0:" + timestamp + b":" + body, digest).hexdigest().encode()


def signed(body: bytes, *, timestamp: bytes | None = None, **more: Any) -> Sent:
    """A request that Slack signed, now unless another time is given."""
    at = str(int(time.time())).encode() if timestamp is None else timestamp
    return Sent(body, (at,), (signature(body, at),), **more)


def event_body(event: dict[str, Any], *, event_id: str = "Ev1", **more: Any) -> bytes:
    """An event as the Events API wraps it."""
    wrapped = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": event_id, "event": event}
    return json.dumps(wrapped | more).encode()


def mention(text: str, *, ts: str = "100.1", channel: str = "C1") -> dict[str, Any]:
    return {"type": "app_mention", "user": PERSON, "channel": channel, "ts": ts, "text": f"<@{BOT_USER}> {text}"}


def command_body(command: str, text: str) -> bytes:
    """A slash command."""
    return urlencode(
        {"command": command, "text": text, "team_id": TEAM, "user_id": PERSON, "channel_id": "C1", "trigger_id": "1.2"}
    ).encode()


def interaction_body(payload: dict[str, Any]) -> bytes:
    """A press of a button, a shortcut or a modal."""
    return b"payload=" + quote_plus(json.dumps(payload)).encode()


def forged(count: int, *, marker: str, seed: int = 7) -> Iterator[Sent]:
    """So many requests that must be refused; each body of one that is not authentic holds the marker."""
    chance = random.Random(seed)
    makers: Sequence[Callable[[Sent, random.Random], Sent]] = (*_UNSIGNED, *_MISTIMED, *_MALFORMED, *_OTHERWISE)
    for number in range(count):
        event = mention(f"How much is the levy? {marker} {number}", ts=f"{number}.1")
        right = signed(event_body(event, event_id=f"Ev-forged-{number}"))
        yield makers[number % len(makers)](right, chance)


def _signatures(change: Callable[[Sent, random.Random], Sequence[bytes]]) -> Callable[[Sent, random.Random], Sent]:
    return lambda right, chance: replace(right, signatures=tuple(change(right, chance)))


def _cut(right: Sent, chance: random.Random) -> list[bytes]:
    return [right.signatures[0][: chance.randrange(1, 66)]]


def _one_digit_off(right: Sent, chance: random.Random) -> list[bytes]:
    digits = bytearray(right.signatures[0])
    place = chance.randrange(3, len(digits))
    digits[place] = ord("0") if digits[place] != ord("0") else ord("1")
    return [bytes(digits)]


def _of_other_body(right: Sent, chance: random.Random) -> Sent:
    place = chance.randrange(len(right.body))
    return replace(right, body=right.body[:place] + b" " + right.body[place:])


_UNSIGNED = (
    _signatures(lambda right, _: []),
    _signatures(lambda right, _: [b""]),
    _signatures(lambda right, _: [*right.signatures, *right.signatures]),
    _signatures(lambda right, _: [*right.signatures, b"v0=" + b"0" * 64]),
    _signatures(lambda right, _: [b",".join([*right.signatures, *right.signatures])]),
    _signatures(lambda right, _: [signature(right.body, right.timestamps[0], secret="another")]),
    _signatures(lambda right, _: [signature(right.body, right.timestamps[0], secret="")]),
    _signatures(lambda right, _: [signature(b"", right.timestamps[0])]),
    _signatures(lambda right, _: [signature(right.body, b"1")]),
    _signatures(lambda right, _: [signature(right.body, right.timestamps[0], digest=hashlib.sha1)]),
    _signatures(lambda right, _: [right.signatures[0].upper()]),
    _signatures(lambda right, _: [right.signatures[0].replace(b"v0=", b"v1=")]),
    _signatures(lambda right, _: [right.signatures[0].removeprefix(b"v0=")]),
    _signatures(lambda right, _: [right.signatures[0] + b"00"]),
    _signatures(lambda right, chance: [bytes(chance.choices(range(0x80, 0x100), k=67))]),
    _signatures(lambda right, chance: ["v0=é٣签".encode()]),
    _signatures(lambda right, chance: [b"v0=" + b"f" * chance.randrange(1000, 20_000)]),
    _signatures(_cut),
    _signatures(_one_digit_off),
    _of_other_body,
)


def _stamped(stamp: Callable[[random.Random], bytes]) -> Callable[[Sent, random.Random], Sent]:
    """Signed with the right secret, so that nothing but the time is wrong."""
    return lambda right, chance: signed(right.body, timestamp=stamp(chance))


def _seconds_from_now(seconds: float) -> bytes:
    return str(int(time.time() + seconds)).encode()


_MISTIMED = (
    lambda right, _: replace(right, timestamps=()),
    lambda right, _: replace(right, timestamps=right.timestamps * 2),
    lambda right, _: replace(right, timestamps=(b"0", *right.timestamps)),
    _stamped(lambda chance: _seconds_from_now(-chance.randrange(310, 100_000))),
    _stamped(lambda chance: _seconds_from_now(chance.randrange(310, 100_000))),
    _stamped(lambda _: b""),
    _stamped(lambda _: b"now"),
    _stamped(lambda _: b"nan"),
    _stamped(lambda _: b"inf"),
    _stamped(lambda _: b"None"),
    _stamped(lambda _: b"-" + _seconds_from_now(0)),
    _stamped(lambda _: b"+" + _seconds_from_now(0)),
    _stamped(lambda _: _seconds_from_now(0) + b".5"),
    _stamped(lambda _: b"0x" + b"%x" % int(time.time())),
    _stamped(lambda _: b"1_7" + _seconds_from_now(0)[2:]),
    _stamped(lambda _: b"9" * 20),
    _stamped(lambda _: b"9" * 5000),
    _stamped(lambda _: b"1e9"),
    _stamped(lambda _: "".join(chr(0x660 + int(digit)) for digit in str(int(time.time()))).encode()),
    _stamped(lambda chance: bytes(chance.choices(range(0x80, 0x100), k=10))),
)


def _sent(body: bytes | Callable[[bytes], bytes], content_type: bytes = JSON) -> Callable[[Sent, random.Random], Sent]:
    """Signed as it should be, but nothing that Slack sends."""
    return lambda right, _: signed(body if isinstance(body, bytes) else body(right.body), content_types=(content_type,))


_MALFORMED = (
    _sent(b""),
    _sent(b"null"),
    _sent(b"7"),
    _sent(b'"event_callback"'),
    _sent(b"[]"),
    _sent(b"{}"),
    _sent(b"{" * 10),
    _sent(b"[" * 100_000),
    _sent(b'{"a":' * 100_000),
    _sent(b'{"type": ' + b"1" * 5000 + b"}"),
    _sent(lambda body: body[:-3]),
    _sent(lambda body: body + b"}"),
    _sent(lambda body: body.decode().encode("utf-16")),
    _sent(lambda body: b"\xef\xbb\xbf" + body),
    _sent(lambda body: body.replace(b"levy", b"\xff\xfe\xc0")),
    _sent(lambda body: body.replace(b"levy", b"\x00\x01")),
    _sent(b'{"type": 7, "event": {}}'),
    _sent(b'{"type": "event_callback"}'),
    _sent(b'{"type": "event_callback", "event_id": "Ev1", "event": "app_mention"}'),
    _sent(b'{"type": "event_callback", "event_id": "Ev1", "event": [{"type": "app_mention"}]}'),
    _sent(b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": ["app_mention"]}}'),
    _sent(b'{"type": "event_callback", "event_id": {"a": 1}, "event": {"type": "app_mention"}}'),
    _sent(lambda body: body.replace(b'"team_id"', b'"team": 5, "team_id"')),
    _sent(lambda body: body.replace(b'"team_id"', b'"authorizations": {"a": 1}, "team_id"')),
    _sent(lambda body: body.replace(b'"team_id"', b'"authorizations": [7], "team_id"')),
    _sent(lambda body: body.replace(b'"team_id"', b'"user": 7, "team_id"')),
    _sent(b'{"command": ["/reform"]}'),
    _sent(interaction_body({"type": "view_submission"}), FORM),
    _sent(interaction_body({"type": "view_submission", "view": {"callback_id": "a"}}), FORM),
    _sent(interaction_body({"type": "block_actions", "actions": []}), FORM),
    _sent(interaction_body({"type": "block_actions", "actions": {"type": "button"}}), FORM),
    _sent(interaction_body({"type": "message_action", "callback_id": 7}), FORM),
    _sent(interaction_body({"type": "block_suggestion", "action_id": "reports", "value": "levy"}), FORM),
    _sent(b"", FORM),
    _sent(b"text", FORM),
    _sent(b"text=%FF%FE&command=%2Freform%C0", FORM),
    _sent(b"payload=", FORM),
    _sent(b"payload=[]", FORM),
    _sent(b"payload={", FORM),
    _sent(b"&".join(b"a%d=1" % number for number in range(5000)), FORM),
    _sent(lambda body: body, FORM),
    _sent(command_body("/reform", "how much?")),
    _sent(lambda body: body, b"text/plain"),
    _sent(lambda body: body, b"multipart/form-data; boundary=x"),
    _sent(lambda body: body, b""),
    _sent(lambda body: body, b"\xff\xfe"),
    lambda right, _: replace(right, content_types=()),
)

_OTHERWISE = (
    lambda right, _: replace(right, method="PUT"),
    lambda right, _: replace(right, method="DELETE"),
    lambda right, chance: Sent(chance.randbytes(200) + right.body, (), ()),
    lambda right, chance: Sent(right.body, (), (), chunked=True),
    lambda right, chance: replace(right, signatures=(b"v0=",), retry=chance.randrange(1, 4)),
)


def too_large(marker: str, size: int) -> Iterator[Sent]:
    """Bodies over the limit, with and without a length, signed and not."""
    body = marker.encode() + b" " * size
    for sent in (signed(body), Sent(body, (), ())):
        yield sent
        yield replace(sent, chunked=True)
