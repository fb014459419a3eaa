"""Whether a request comes from Slack: https://docs.slack.dev/authentication/verifying-requests-from-slack"""

import hashlib
import hmac
import re

from starlette.datastructures import Headers

from prompts import phrase

TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"

_VERSION = b"v0"
_SECONDS = 5 * 60
_WHOLE_SECONDS = re.compile(rb"[0-9]{1,12}")

NOT_SIGNED, NOT_NOW = "slack_not_signed", "slack_not_now"


class SignatureError(Exception):
    """A request is not to be taken for one that Slack sends now; the phrase of that name says what to do."""

    def __init__(self, name: str) -> None:
        super().__init__(phrase(name, "en"))
        self.name = name


def sign(body: bytes, *, timestamp: bytes, secret: str) -> bytes:
    """The signature of a body that Slack sends at that time."""
    signed = b":".join((_VERSION, timestamp, body))
    return _VERSION + b"=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest().encode()


def check_signature(headers: Headers, body: bytes, *, secret: str, now: float) -> None:
    """Returns when Slack signed exactly this body, within five minutes of `now`; else raises SignatureError."""
    timestamp, signature = _only(headers, TIMESTAMP), _only(headers, SIGNATURE)
    if not hmac.compare_digest(sign(body, timestamp=timestamp, secret=secret), signature):
        raise SignatureError(NOT_SIGNED)
    if not (_WHOLE_SECONDS.fullmatch(timestamp) and abs(now - int(timestamp)) <= _SECONDS):
        raise SignatureError(NOT_NOW)


def _only(headers: Headers, name: str) -> bytes:
    """The value of a header that must be there once, as it was sent."""
    values = headers.getlist(name)
    if len(values) != 1:
        raise SignatureError(NOT_SIGNED)
    return values[0].encode("latin-1")
