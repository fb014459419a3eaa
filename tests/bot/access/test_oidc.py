"""Tokens of an issuer: who they let in, to what, and that no forged, foreign or outdated one does."""

import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import serialize_compact
from joserfc.util import urlsafe_b64encode
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from bot.service import Service
from bot.settings import BotSettings
from tests.bot.access.callers import caller, guarded
from tests.bot.access.issuer import AUDIENCE, StandInIssuer
from tests.bot.processes import until
from tests.bot.restricted import BOARD, SECRETS

CONFIGURATION = ".well-known/openid-configuration"


@pytest.fixture
def issuer() -> Iterator[StandInIssuer]:
    with StandInIssuer().running() as running:
        yield running


@pytest.fixture
def app(sample_service: Service, issuer: StandInIssuer, tmp_path: Path) -> FastAPI:
    return trusting(sample_service, issuer, tmp_path)


def trusting(service: Service, issuer: StandInIssuer, folder: Path, **settings: Any) -> FastAPI:
    app, _ = guarded(service, folder, host="0.0.0.0", oidc_issuer=issuer.address, oidc_audience=AUDIENCE, **settings)
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """One event loop for all requests of a test, as a server has."""
    with caller(app) as opened:
        yield opened


def status(client: TestClient, token: str, path: str = "/v1/status") -> int:
    return client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_lets_its_holder_ask(client: TestClient, issuer: StandInIssuer) -> None:
    assert status(client, issuer.token()) == 200
    assert status(client, issuer.token(aud=["other", AUDIENCE])) == 200
    assert issuer.asked == [CONFIGURATION, "keys"]
    assert status(client, issuer.token(), "/v1/failures") == 403


def test_an_rsa_key_is_as_good(client: TestClient, issuer: StandInIssuer) -> None:
    issuer.rotate(RSAKey.generate_key(2048, auto_kid=True))
    assert status(client, issuer.token(header={"x-vendor": "1"})) == 200


def part(content: object) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode()


def public_key_as_a_secret(issuer: StandInIssuer) -> str:
    signed = f"{part({'alg': 'HS256', 'kid': issuer.keys[0].kid})}.{part(issuer.claims())}"
    signature = hmac.digest(issuer.keys[0].as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{urlsafe_b64encode(signature).decode()}"


def under_a_listed_name(issuer: StandInIssuer) -> str:
    _, claims, signature = issuer.token().split(".")
    return f"{part({'alg': 'ES256', 'kid': ['a']})}.{claims}.{signature}"


def of_any_content(issuer: StandInIssuer, payload: bytes) -> str:
    return serialize_compact({"alg": "ES256", "kid": issuer.keys[0].kid}, payload, issuer.keys[0])


FORGED: dict[str, Callable[[StandInIssuer], str]] = {
    "no signature": lambda one: f"{part({'alg': 'none', 'kid': one.keys[0].kid})}.{part(one.claims())}.",
    "signature cut off": lambda one: one.token().rpartition(".")[0] + ".",
    "the public key as a shared secret": public_key_as_a_secret,
    "another key by the name of the right one": lambda one: one.token(
        ECKey.generate_key("P-256", {"kid": one.keys[0].kid or ""})
    ),
    "another key of its own name": lambda one: one.token(ECKey.generate_key("P-256", auto_kid=True)),
    "a key that it brings along": lambda one: one.token(
        key := ECKey.generate_key("P-256", auto_kid=True), {"jwk": key.as_dict(private=False)}
    ),
    "another algorithm than its key's": lambda one: one.token().replace(
        one.token().split(".")[0], part({"alg": "RS256", "kid": one.keys[0].kid})
    ),
    "other claims under its signature": lambda one: ".".join(
        [one.token().split(".")[0], part(one.claims(sub="eve")), one.token().split(".")[2]]
    ),
    "an extension that must be understood": lambda one: one.token(header={"crit": ["b64"], "b64": False}),
    "another issuer": lambda one: one.token(iss="https://other.example"),
    "no issuer": lambda one: one.token(iss=None),
    "another audience": lambda one: one.token(aud="other"),
    "the audience as a part": lambda one: one.token(aud=f"{AUDIENCE}-other"),
    "no audience": lambda one: one.token(aud=None),
    "an empty audience": lambda one: one.token(aud=[]),
    "expired": lambda one: one.token(exp=one.claims()["exp"] - 3600),
    "no expiry": lambda one: one.token(exp=None),
    "an expiry that is no number": lambda one: one.token(exp="tomorrow"),
    "an endless expiry": lambda one: one.token(exp=float("inf")),
    "not yet": lambda one: one.token(nbf=one.claims()["exp"] + 3600),
    "issued in the future": lambda one: one.token(iat=one.claims()["exp"] + 3600),
    "no subject": lambda one: one.token(sub=None),
    "an empty subject": lambda one: one.token(sub=""),
    "a subject of two lines": lambda one: one.token(sub="ada\n1"),
    "a long subject": lambda one: one.token(sub="a" * 300),
    "a subject that is a list": lambda one: one.token(sub=["ada"]),
    "a key's name that is a list": under_a_listed_name,
    "claims that are a list": lambda one: of_any_content(one, b"[1]"),
    "claims that are no JSON": lambda one: of_any_content(one, b"{"),
    "claims that are deep": lambda one: of_any_content(one, b"[" * 40_000),
    "a head that is no object": lambda one: f"{part([1])}.{part(one.claims())}.eA",
    "a head that is deep": lambda _: f"{urlsafe_b64encode(b'[' * 30_000).decode()}.e30.eA",
    "points alone": lambda _: "..",
    "no base64": lambda _: "ä.ö.ü".encode().decode("latin-1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def trusted(
    sample_service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, StandInIssuer]]:
    """A client and the issuer whose keys its server has."""
    with StandInIssuer().running() as issuer:
        app = trusting(sample_service, issuer, tmp_path_factory.mktemp("trusted"))
        with caller(app) as client:
            assert status(client, issuer.token()) == 200
            yield client, issuer


@pytest.mark.parametrize("name", FORGED)
def test_a_token_that_is_not_good_lets_nobody_in(trusted: tuple[TestClient, StandInIssuer], name: str) -> None:
    client, issuer = trusted
    token = FORGED[name](issuer)
    refused = client.get("/v1/status", headers=[(b"Authorization", f"Bearer {token}".encode("latin-1"))])
    assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert status(client, issuer.token()) == 200


def test_a_clock_that_is_a_little_off_is_no_reason(client: TestClient, issuer: StandInIssuer) -> None:
    seconds = issuer.claims()["iat"]
    assert status(client, issuer.token(iat=seconds + 10, nbf=seconds + 10, exp=seconds + 20)) == 200
    assert status(client, issuer.token(exp=seconds - 10)) == 200


# The issuer's keys


def test_a_key_that_was_given_up_counts_no_more_once_its_successor_is_seen(
    client: TestClient, issuer: StandInIssuer
) -> None:
    before = issuer.token()
    assert status(client, before) == 200
    issuer.rotate()
    assert status(client, issuer.token()) == 200
    assert status(client, before) == 401


def test_a_key_that_was_given_up_counts_no_more_after_a_while(client: TestClient, issuer: StandInIssuer) -> None:
    before = issuer.token()
    assert status(client, before) == 200
    issuer.rotate()
    with patch("bot.access.issuer._FRESH_SECONDS", -1):
        until(lambda: status(client, before) == 401)


def test_forged_keys_do_not_make_it_hammer_the_issuer(client: TestClient, issuer: StandInIssuer) -> None:
    assert status(client, issuer.token()) == 200
    for _ in range(50):
        assert status(client, issuer.token(ECKey.generate_key("P-256", auto_kid=True))) == 401
    assert issuer.asked.count("keys") == 6
    assert status(client, issuer.token()) == 200


def test_an_issuer_that_is_down_is_told_and_keys_that_are_kept_go_on(client: TestClient, issuer: StandInIssuer) -> None:
    issuer.is_down = True
    refused = client.get("/v1/status", headers={"Authorization": f"Bearer {issuer.token()}"})
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
    assert "issuer of tokens is out of reach" in refused.json()["detail"]
    issuer.is_down = False
    assert status(client, issuer.token()) == 200
    issuer.is_down = True
    with patch("bot.access.issuer._FRESH_SECONDS", -1):
        asked = len(issuer.asked)
        assert status(client, issuer.token()) == 200
        until(lambda: len(issuer.asked) > asked)
    assert status(client, issuer.token()) == 200


def test_keys_are_let_in_while_the_issuer_is_down(
    sample_service: Service, issuer: StandInIssuer, tmp_path: Path
) -> None:
    issuer.is_down = True
    app = trusting(sample_service, issuer, tmp_path, api_keys=("a.b.c",))
    assert status(caller(app), "a.b.c") == 200
    assert status(caller(app), "a.b") == 401


WRONG: dict[str, dict[str, Any]] = {
    "another issuer": {CONFIGURATION: {"issuer": "https://other.example", "jwks_uri": "https://other.example/keys"}},
    "no keys' address": {CONFIGURATION: {}},
    "an address that is a number": {CONFIGURATION: {"issuer": "", "jwks_uri": 1}},
    "a list": {CONFIGURATION: [1]},
    "words": {CONFIGURATION: Response("Welcome")},
    "a deep answer": {CONFIGURATION: Response("[" * 100_000)},
    "a way elsewhere": {CONFIGURATION: RedirectResponse("/elsewhere")},
    "too much": {CONFIGURATION: Response(b"x" * 2_000_000)},
    "no keys": {"keys": {"keys": []}},
    "keys that are none": {"keys": {"keys": ["a", 1]}},
    "keys that are broken": {"keys": {"keys": [{"kty": "RSA", "n": "a"}, {"kty": "EC", "crv": "P-0"}]}},
    "a shared secret": {"keys": {"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "1"}]}},
}


@pytest.mark.parametrize("name", WRONG)
def test_an_issuer_that_says_what_it_should_not_is_as_good_as_down(
    client: TestClient, issuer: StandInIssuer, name: str
) -> None:
    issuer.said = WRONG[name]
    assert status(client, issuer.token()) == 503
    issuer.said = {}
    assert status(client, issuer.token()) == 200


def test_keys_are_not_fetched_where_anybody_could_change_them(client: TestClient, issuer: StandInIssuer) -> None:
    issuer.said = {CONFIGURATION: {"issuer": issuer.address, "jwks_uri": "http://192.0.2.1/keys"}}
    assert status(client, issuer.token()) == 503
    assert issuer.asked == [CONFIGURATION]


def test_keys_of_other_kinds_stand_beside_those_that_verify(client: TestClient, issuer: StandInIssuer) -> None:
    others = [{"kty": "AKP", "kid": "q"}, {"kty": "oct", "k": "c2VjcmV0"}, {"kty": "RSA", "use": "enc", "n": "a"}]
    issuer.said = {"keys": {"keys": [*others, issuer.keys[0].as_dict(private=False)]}}
    assert status(client, issuer.token()) == 200


# Groups


def test_groups_have_scopes_and_audiences(restricted_service: Service, issuer: StandInIssuer, tmp_path: Path) -> None:
    settings = {
        "oidc_scopes": "ask=staff,editors; operate=it-desk",
        "oidc_audiences": f"{BOARD}=board-staff",
        "oidc_claim": "roles",
    }
    app = trusting(restricted_service, issuer, tmp_path, **settings)
    with caller(app) as client:
        for roles, expected in (
            (None, (403, 403)),
            (["other"], (403, 403)),
            ("editors it-desk", (200, 200)),
            (["staff"], (200, 403)),
            (["it-desk", 1, None], (403, 200)),
            ({"staff": True}, (403, 403)),
        ):
            token = issuer.token(roles=roles)
            assert (status(client, token), status(client, token, "/v1/failures")) == expected, roles
        for roles, may in ((["staff", "board-staff"], True), (["staff", "board"], False)):
            headers = {"Authorization": f"Bearer {issuer.token(roles=roles)}"}
            assert (SECRETS[0] in client.get("/v1/documents", headers=headers).text) is may


def test_conversations_are_of_each_person(client: TestClient, issuer: StandInIssuer) -> None:
    ada, eve = ({"Authorization": f"Bearer {issuer.token(sub=name)}"} for name in ("ada", "eve"))
    begun = client.post("/v1/ask", json={"question": "What is the levy?"}, headers=ada).json()
    there = f"/v1/conversations/{begun['conversation_id']}"
    assert [client.get(there, headers=who).status_code for who in (ada, eve)] == [200, 404]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"BOT_OIDC_ISSUER": "https://login.example"}, "BOT_OIDC_AUDIENCE"),
        ({"BOT_OIDC_AUDIENCE": "reports"}, "BOT_OIDC_ISSUER"),
        ({"BOT_OIDC_ISSUER": "http://login.example", "BOT_OIDC_AUDIENCE": "reports"}, "https"),
        ({"BOT_OIDC_ISSUER": "login.example", "BOT_OIDC_AUDIENCE": "reports"}, "https"),
        ({"BOT_OIDC_SCOPES": "all=staff"}, "operate"),
        ({"BOT_OIDC_SCOPES": "operate="}, "oidc_scopes"),
        ({"BOT_OIDC_AUDIENCES": "public=staff"}, "audience"),
    ],
)
def test_settings_that_cannot_work_are_refused(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], named: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=named):
        BotSettings()
