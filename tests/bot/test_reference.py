"""The reference of the HTTP API tells everything about every endpoint, and its examples are true."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from bot.endpoints.reference import examples
from bot.service import Service
from tests.conftest import api_client

Json = dict[str, Any]
OF_THE_API = {"400", "401", "403", "429", "500", "503", "507"}
OF_A_BODY = {"408", "413"}
NO_JSON = {"GET /metrics", "GET /v1/answers/{answer_id}/text"}


@pytest.fixture(scope="module")
def reference(sample_service: Service) -> Json:
    return dict(api_client(sample_service).get("/openapi.json").json())


def operations(reference: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in reference["paths"].items():
        yield from ((f"{method.upper()} {path}", operation) for method, operation in methods.items())


def content_of(described: Json) -> Json:
    """The JSON of what is sent or answered."""
    return next((each for media, each in described.get("content", {}).items() if media != "text/event-stream"), {})


def answered(operation: Json) -> Json:
    """What an endpoint answers when all goes well."""
    return dict(operation["responses"][min(operation["responses"])])


def test_every_endpoint_says_what_it_does(reference: Json) -> None:
    for name, operation in operations(reference):
        assert len(operation["summary"].split()) > 2, name
        assert operation["description"], name
        assert operation["tags"], name


def test_every_endpoint_says_how_it_may_fail(reference: Json) -> None:
    for name, operation in operations(reference):
        told = set(operation["responses"])
        assert {"400", "500"} <= told, name
        if name.startswith("GET /metrics") or "/v1/" in name:
            assert told >= OF_THE_API, name
            assert {"bearer": []} in operation["security"], name
        if "requestBody" in operation:
            assert told >= OF_A_BODY, name
        if "requestBody" in operation or "parameters" in operation:
            assert told & {"422", "400"}, name
        if "{" in name:
            assert "404" in told, name


def test_every_failure_is_a_problem_or_an_error_of_openai_s(reference: Json) -> None:
    for name, operation in operations(reference):
        openai = name.partition(" ")[2].startswith(("/v1/chat/", "/v1/models"))
        expected = {"application/json": "Failed"} if openai else {"application/problem+json": "Problem"}
        for status, failure in operation["responses"].items():
            if status >= "400" and (name, status) != ("GET /readyz", "503"):
                models = {media: each["schema"]["$ref"].split("/")[-1] for media, each in failure["content"].items()}
                assert models == expected, (name, status)


def test_every_endpoint_has_a_true_example_of_what_is_sent_and_of_what_comes_back(reference: Json) -> None:
    for name, operation in operations(reference):
        sides = [operation.get("requestBody", {}), answered(operation)]
        for content in filter(None, map(content_of, sides)):
            if name not in NO_JSON:
                assert "example" in content, f"{name} lacks an example: give one in bot/endpoints/reference.json"
                schema = content["schema"] | {"components": reference["components"]}
                jsonschema_rs.validate(schema, content["example"])


def test_there_is_no_example_of_what_is_not_there(reference: Json) -> None:
    assert set(examples()) <= {name for name, _ in operations(reference)}
