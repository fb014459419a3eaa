"""Who may call what: each endpoint of the API beside the scopes of which it takes one."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from bot.access.keys import Keys
from bot.access.principal import SCOPES
from bot.service import Service
from tests.bot.access.callers import caller, guarded
from tests.conftest import OWNER

OWNER_ALONE: set[str] = set()
NEEDED: dict[tuple[str, str], set[str]] = {
    ("POST", "/v1/ask"): {"ask"},
    ("POST", "/v1/search"): {"ask"},
    ("POST", "/v1/verify"): {"ask"},
    ("POST", "/v1/feedback"): {"ask"},
    ("POST", "/v1/chat/completions"): {"ask"},
    ("GET", "/v1/models"): {"ask"},
    ("GET", "/v1/models/{model}"): {"ask"},
    ("GET", "/v1/answers/{answer_id}"): {"ask"},
    ("GET", "/v1/answers/{answer_id}/text"): {"ask"},
    ("GET", "/v1/facets"): {"ask"},
    ("GET", "/v1/works"): {"ask"},
    ("DELETE", "/v1/answers/{answer_id}"): {"operate"},
    ("GET", "/v1/conversations/{conversation_id}"): {"ask"},
    ("DELETE", "/v1/conversations/{conversation_id}"): {"ask"},
    ("GET", "/v1/glossary"): {"ask"},
    ("GET", "/v1/glossary/{term_id}"): {"ask"},
    ("GET", "/v1/documents"): {"ask"},
    ("GET", "/v1/documents/{document_id}"): {"ask"},
    ("GET", "/v1/status"): {"ask"},
    ("GET", "/v1/statistics"): {"operate"},
    ("POST", "/v1/documents"): {"upload"},
    ("DELETE", "/v1/documents/{document_id}"): {"operate"},
    ("POST", "/v1/refresh"): {"operate"},
    ("GET", "/v1/refresh"): {"upload", "operate"},
    ("GET", "/v1/refresh/{run_id}"): {"upload", "operate"},
    ("POST", "/v1/refresh/{run_id}/restore"): {"operate"},
    ("POST", "/v1/refresh/{run_id}/proceed"): {"operate"},
    ("GET", "/v1/failures"): {"upload", "operate"},
    ("POST", "/v1/failures/retry"): {"operate"},
    ("GET", "/v1/keys"): OWNER_ALONE,
    ("POST", "/v1/keys"): OWNER_ALONE,
    ("DELETE", "/v1/keys/{name}"): OWNER_ALONE,
}
# What comes of a request that nothing but its sender speaks for: there is nothing of this name, or it is empty.
LET_IN = {200, 400, 404, 422}


@pytest.fixture(scope="module")
def app_and_keys(sample_service: Service, tmp_path_factory: pytest.TempPathFactory) -> tuple[FastAPI, Keys]:
    folder = tmp_path_factory.mktemp("guarded")
    app, keys = guarded(sample_service, folder, host="0.0.0.0", api_keys=("of-the-settings",))
    return app, keys


@pytest.fixture(scope="module")
def open_app(sample_service: Service, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return guarded(sample_service, tmp_path_factory.mktemp("open"))[0]


@pytest.fixture(scope="module")
def credentials(app_and_keys: tuple[FastAPI, Keys]) -> dict[str, str]:
    """A key of each scope."""
    _, keys = app_and_keys
    return {scope: keys.add(scope, scopes=[scope])[1] for scope in SCOPES}


def called(app: FastAPI, method: str, path: str, credential: str | None = None) -> int:
    named = path.replace("{", "of-").replace("}", "")
    body = {"sources": ["none"]} if path.endswith("/retry") else None
    return caller(app, credential).request(method, named, json=body).status_code


def test_every_endpoint_is_in_the_table(app_and_keys: tuple[FastAPI, Keys]) -> None:
    app, _ = app_and_keys
    paths = app.openapi()["paths"]
    private = {(method.upper(), path) for path in paths if path.startswith("/v1/") for method in paths[path]}
    assert private == NEEDED.keys()


@pytest.mark.parametrize(("endpoint", "needed"), NEEDED.items(), ids=map(" ".join, NEEDED))
def test_an_endpoint_takes_its_scopes_and_no_other(
    app_and_keys: tuple[FastAPI, Keys], credentials: dict[str, str], endpoint: tuple[str, str], needed: set[str]
) -> None:
    app, _ = app_and_keys
    assert called(app, *endpoint) == called(app, *endpoint, "wrong") == 401
    for scope, credential in credentials.items():
        status = called(app, *endpoint, credential)
        assert status in LET_IN if scope in needed else status == 403
    everything = called(app, *endpoint, "of-the-settings")
    assert everything in LET_IN if needed else everything == 403
    assert called(app, *endpoint, OWNER) in LET_IN


def test_what_is_missing_is_named(app_and_keys: tuple[FastAPI, Keys], credentials: dict[str, str]) -> None:
    app, _ = app_and_keys
    refused = caller(app, credentials["ask"]).post("/v1/documents", files={"files": ("a.md", b"1. Words.")})
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert refused.json()["detail"] == "Your key or token lacks the scope upload: ask the operator for it."
    assert refused.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="upload"'


def test_who_is_unknown_is_refused_before_the_body_is_read(app_and_keys: tuple[FastAPI, Keys]) -> None:
    app, _ = app_and_keys

    def body() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert caller(app).post("/v1/documents", content=body(), headers=headers).status_code == 401


def test_pages_and_health_need_no_credential(app_and_keys: tuple[FastAPI, Keys]) -> None:
    app, _ = app_and_keys
    for path in ("/", "/healthz", "/readyz", "/static/style.css"):
        assert caller(app).get(path).status_code == 200


@pytest.mark.parametrize("endpoint", [one for one in NEEDED if NEEDED[one]], ids=" ".join)
def test_on_loopback_without_keys_anyone_may(open_app: FastAPI, endpoint: tuple[str, str]) -> None:
    assert called(open_app, *endpoint) in LET_IN
