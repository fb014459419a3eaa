"""The reference of the HTTP API, `/openapi.json`: what every endpoint shares is said here, once."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic.json_schema import models_json_schema

from bot.http.problems import PROBLEM
from bot.http.schemas import Problem
from bot.openai.errors import PATHS as OPENAI_PATHS
from bot.openai.schemas import Failed

_Json = dict[str, Any]
_API = ("/v1/", "/metrics")
_REFERENCE = "#/components/schemas/{model}"
# Every status that an endpoint may answer with beside those that are its own.
_ALWAYS = {
    400: "The request is not well formed, or for a host that is not served.",
    500: "Something went wrong here and was logged.",
}
_WITH_INPUT = {422: "The request cannot be carried out as it is; `detail` says why."}
_WITH_BODY = {
    408: "The body did not come in time.",
    413: "The body is larger than the server takes.",
}
_OF_THE_API = {
    401: "A credential is needed.",
    403: "The credential does not allow this.",
    429: "Too many requests: try again after `Retry-After` seconds.",
    503: "The server cannot answer now: try again after `Retry-After` seconds.",
    507: "The disk of the server is full.",
}
# Where the server asks for no key, none is needed: hence the empty one of the two.
_SECURITY: list[_Json] = [{}, {"bearer": []}]
_SCHEMES = {"bearer": {"type": "http", "scheme": "bearer", "description": "A key, where the server asks for one."}}


@cache
def examples() -> Mapping[str, _Json]:
    """An example of each endpoint by its method and path: `request`, where it has a body, and `response`."""
    loaded: Mapping[str, _Json] = json.loads(
        files("bot.endpoints").joinpath("reference.json").read_text(encoding="utf-8")
    )
    return loaded


def complete(schema: _Json) -> None:
    """Makes what FastAPI tells of the API whole: summaries, examples, errors, and how to authenticate."""
    _, models = models_json_schema([(Problem, "serialization"), (Failed, "serialization")], ref_template=_REFERENCE)
    kept = {
        name: each for name, each in schema["components"]["schemas"].items() if not name.endswith("ValidationError")
    }
    schema["components"] = {"schemas": kept | models["$defs"], "securitySchemes": _SCHEMES}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _summarise(operation)
            _tell_errors(operation, path)
            if path.startswith(_API):
                operation["security"] = _SECURITY
            _show(operation, examples().get(f"{method.upper()} {path}", {}))


def _summarise(operation: _Json) -> None:
    """The first sentence of what an endpoint says of itself is its summary."""
    summary, stop, rest = operation.get("description", "").partition(".")
    if stop:
        operation |= {"summary": summary, "description": rest.strip() or f"{summary}."}


def _tell_errors(operation: _Json, path: str) -> None:
    """Tells every error that an endpoint may answer with; one that is no problem stays as the endpoint has it."""
    told = operation["responses"]
    problems = {status: told.pop(status)["description"] for status in list(told) if _is_problem(status, told[status])}
    problems |= {str(status): description for status, description in _errors(operation, path)}
    is_openai = path.startswith(OPENAI_PATHS)
    model, media = (Failed, "application/json") if is_openai else (Problem, PROBLEM)
    content = {media: {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}}
    if is_openai:
        problems.pop("422", None)  # it is 400 there
    for status, description in problems.items():
        told.setdefault(status, {"description": description, "content": content})
    operation["responses"] = dict(sorted(told.items()))


def _is_problem(status: str, response: _Json) -> bool:
    models = ("Problem", "HTTPValidationError")
    return status >= "400" and any(_REFERENCE.format(model=name) in json.dumps(response) for name in models)


def _errors(operation: _Json, path: str) -> Iterator[tuple[int, str]]:
    yield from _ALWAYS.items()
    if "parameters" in operation or "requestBody" in operation:
        yield from _WITH_INPUT.items()
    if "requestBody" in operation:
        yield from _WITH_BODY.items()
    if path.startswith(_API):
        yield from _OF_THE_API.items()


def _show(operation: _Json, example: _Json) -> None:
    """Puts an example to what is sent and to what comes back."""
    if "request" in example:
        [content] = operation["requestBody"]["content"].values()
        content["example"] = example["request"]
    content = operation["responses"][min(operation["responses"])].get("content", {})
    if "response" in example:
        content["application/json"]["example"] = example["response"]
