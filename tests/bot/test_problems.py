"""What the server says of errors, in the language of whoever called."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr, ValidationError
from pydantic_core.core_schema import ErrorType

from bot.endpoints.verify import VerifyRequest
from bot.http.request_schemas import AskRequest, FeedbackRequest, SearchRequest
from bot.openai.schemas import ChatRequest
from bot.service import Service
from bot.settings import BotSettings
from prompts import phrase
from tests.conftest import api_client
from vectorstore.paragraph import LANGUAGES

SCRIPTS = {"ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "zh": r"[\u4e00-\u9fff]"}
OTHERS = sorted(set(LANGUAGES) - {"en"})
UNREADABLE = {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}
# What is refused by each of the layers, and the English of it.
REFUSALS: dict[str, tuple[str, str, dict[str, Any], int, str]] = {
    "an empty question": ("POST", "/v1/ask", {"json": {"question": " "}}, 422, "The question is empty: write"),
    "a long question": ("POST", "/v1/ask", {"json": {"question": "x" * 2001}}, 422, "The question has 2,001"),
    "long words": ("POST", "/v1/search", {"json": {"query": "x" * 2001}}, 422, "at most 2,000 are taken."),
    "a draft of nothing": ("POST", "/v1/verify", {"json": {"draft": "# A"}}, 422, "The draft holds no"),
    "no answer": ("GET", "/v1/answers/x", {}, 404, "There is no answer with this id: it was deleted"),
    "no conversation": ("GET", "/v1/conversations/x", {}, 404, "There is no conversation with this id"),
    "no document": ("GET", "/v1/documents/x", {}, 404, "There is no document with this id."),
    "no indexed document": ("DELETE", "/v1/documents/x", {}, 404, "The index holds no document with this id."),
    "no term": ("GET", "/v1/glossary/x", {}, 404, "The glossary has no term with this id"),
    "no refresh": ("GET", "/v1/refresh/x", {}, 404, "There was no refresh with this id."),
    "no way back": ("POST", "/v1/refresh/x/restore", {}, 404, "There was no refresh with this id that ended well"),
    "nothing watched": ("POST", "/v1/refresh", {}, 422, "No folder is watched: set INDEX_FOLDERS"),
    "no path": ("POST", "/v1/refresh", {"json": {"paths": ["/x"]}}, 422, "There is no file or folder /x."),
    "no failure": ("POST", "/v1/failures/retry", {"json": {"sources": ["x"]}}, 404, "Nothing failed that is called x."),
    "no key": ("DELETE", "/v1/keys/x", {}, 404, "There is no key x: `reformbot keys list` tells them."),
    "no page": ("GET", "/nothing", {}, 404, "There is nothing at this address: /docs lists what there is."),
    "no such method": ("DELETE", "/v1/ask", {}, 405, "This address takes POST."),
    "a large body": ("POST", "/v1/ask", {"content": b" " * 1_100_000}, 413, "The request is larger than"),
    "no form": ("POST", "/v1/documents", UNREADABLE, 400, "The form cannot be read: it is cut short"),
    "an unprintable name": (
        "POST", "/v1/documents", {"files": {"files": ("x" * 1001, b"x")}}, 422, "Each file needs a name of at most"
    ),
    "another host": ("GET", "/v1/status", {"headers": {"Host": "elsewhere"}}, 400, "This host name is not served"),
    "Slack that is not set up": ("POST", "/slack/events", {}, 404, "Slack over HTTP is not set up"),
}  # fmt: skip


ROOT = Path(__file__).parent.parent.parent


def phrases(file: str) -> set[str]:
    return set(tomllib.loads((ROOT / "prompts" / f"{file}.toml").read_text(encoding="utf-8")))


PYDANTIC = {f"wrong_{name}" for name in (*get_args(ErrorType), "string_empty", "list_empty")}


@pytest.fixture(scope="module")
def owner(sample_service: Service) -> Iterator[TestClient]:
    with api_client(sample_service, owner=True) as client:
        yield client


def check(response: Any, language: str, status: int) -> str:
    """That a response is a problem of this status in this language; its sentence."""
    told = response.json()
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.headers["content-language"] == language
    assert response.headers["vary"] == "Accept-Language, Cookie"
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"] == phrase(f"title_{status}", language)
    for text in (told["title"], told["detail"]):
        assert re.search(SCRIPTS.get(language, "[A-Za-z]"), text), text
    return str(told["detail"])


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_told_in_the_language_that_is_wanted(owner: TestClient, name: str) -> None:
    method, path, sent, status, english = REFUSALS[name]
    assert english in check(owner.request(method, path, **sent), "en", status)
    details = set()
    for language in OTHERS:
        headers = {**sent.get("headers", {}), "Accept-Language": f"de, {language};q=0.9, en;q=0.5"}
        details.add(check(owner.request(method, path, **{**sent, "headers": headers}), language, status))
    assert len(details) == len(OTHERS)


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "en"),
        ({"Accept-Language": "de, pt;q=0.5"}, "en"),
        ({"Accept-Language": "fr; q=0.4, ES-mx ; q=0.8, ru;q=0"}, "es"),
        ({"Accept-Language": "zh", "Cookie": "other=1; language=ar"}, "ar"),
        ({"Accept-Language": "zh", "Cookie": "language=xx"}, "zh"),
        ({"Accept-Language": "x" * 10_000 + ", fr"}, "fr"),
    ],
)
def test_what_was_chosen_on_the_page_counts_before_what_the_browser_wants(
    owner: TestClient, headers: dict[str, str], language: str
) -> None:
    check(owner.get("/v1/nothing", headers=headers), language, 404)


def test_numbers_are_grouped_as_each_language_has_it(owner: TestClient) -> None:
    body = {"question": "x" * 12_345}
    said = {
        language: owner.post("/v1/ask", json=body, headers={"Accept-Language": language}).json()["detail"]
        for language in LANGUAGES
    }
    assert all("12,345" in said[language] for language in ("ar", "en", "zh"))
    assert ("12.345" in said["es"], "12\u202f345" in said["fr"], "12\u00a0345" in said["ru"]) == (True, True, True)


def test_who_may_not_call_is_told_so_before_the_body_in_its_language(sample_service: Service) -> None:
    settings = BotSettings(api_keys=(SecretStr("a-key"),))
    with api_client(replace(sample_service, bot_settings=settings)) as client:
        assert check(client.get("/v1/status"), "en", 401) == "Send a key: Authorization: Bearer KEY."
        refused = client.get("/v1/status", headers={"Authorization": "Bearer x", "Accept-Language": "ru"})
        assert check(refused, "ru", 401) == phrase("no_key", "ru")
        other = client.get("/v1/keys", headers={"Authorization": "Bearer a-key", "Accept-Language": "fr"})
        assert check(other, "fr", 403) == phrase("not_owner", "fr")


def test_an_error_in_openai_s_form_is_in_the_language_too(owner: TestClient) -> None:
    body = {"model": "x", "messages": [{"role": "user", "content": "What is the levy?"}]}
    refused = owner.post("/v1/chat/completions", json=body, headers={"Accept-Language": "es"})
    assert (refused.status_code, refused.headers["content-language"]) == (404, "es")
    assert refused.json()["error"]["message"] == phrase("no_model", "es", model="reformbot")


WRONG: dict[str, tuple[type[AskRequest | SearchRequest | FeedbackRequest | VerifyRequest | ChatRequest], Any, str]] = {
    "missing": (AskRequest, {}, "/v1/ask"),
    "text": (AskRequest, {"question": 1}, "/v1/ask"),
    "object": (AskRequest, {"question": "a", "filters": []}, "/v1/ask"),
    "unknown": (AskRequest, {"question": "a", "colour": "red"}, "/v1/ask"),
    "empty": (AskRequest, {"question": "a", "conversation_id": ""}, "/v1/ask"),
    "long": (AskRequest, {"question": "a", "conversation_id": "x" * 201}, "/v1/ask"),
    "date": (AskRequest, {"question": "a", "filters": {"from_date": "x"}}, "/v1/ask"),
    "list": (AskRequest, {"question": "a", "filters": {"symbols": "x"}}, "/v1/ask"),
    "too many": (AskRequest, {"question": "a", "filters": {"symbols": ["x"] * 101}}, "/v1/ask"),
    "languages": (AskRequest, {"question": "a", "filters": {"languages": ["de"]}}, "/v1/ask"),
    "yes or no": (AskRequest, {"question": "a", "stream": "yes"}, "/v1/ask"),
    "too small": (SearchRequest, {"query": "a", "limit": 0}, "/v1/search"),
    "too large": (SearchRequest, {"query": "a", "limit": 101}, "/v1/search"),
    "whole": (SearchRequest, {"query": "a", "limit": 1.5}, "/v1/search"),
    "one of two": (FeedbackRequest, {"answer_id": "a", "rating": "x"}, "/v1/feedback"),
    "comment": (FeedbackRequest, {"answer_id": "a", "rating": "up", "comment": "x" * 3001}, "/v1/feedback"),
    "neither": (VerifyRequest, {}, "/v1/verify"),
    "no document": (VerifyRequest, {"claims": [{"text": "a", "paragraphs": [{"paragraph": "1"}]}]}, "/v1/verify"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_field_is_told_in_each_language_and_in_english_as_ever(
    owner: TestClient, name: str
) -> None:
    model, body, path = WRONG[name]
    with pytest.raises(ValidationError) as raised:
        model.model_validate(body)
    expected = [(".".join(map(str, e["loc"])) or "body", e["msg"]) for e in raised.value.errors()]
    english = owner.post(path, json=body)
    if name not in ("object",):  # which FastAPI tells in words of its own
        assert [(e["field"], e["problem"]) for e in english.json()["errors"]] == expected
    assert check(english, "en", 422) == "; ".join(f"{e['field']}: {e['problem']}" for e in english.json()["errors"])
    for language in OTHERS:
        response = owner.post(path, json=body, headers={"Accept-Language": language})
        check(response, language, 422)
        for error, (field, problem) in zip(response.json()["errors"], expected, strict=True):
            assert error["field"] == field
            assert error["problem"] != problem
            assert error["problem"] != phrase("wrong_value_error", language)
            assert re.search(SCRIPTS.get(language, "[a-z]"), error["problem"])


def test_no_json_no_file_and_a_wrong_page_are_told_too(owner: TestClient) -> None:
    headers = {"Accept-Language": "fr"}
    detail = check(
        owner.post("/v1/ask", content=b"{", headers=headers | {"Content-Type": "application/json"}), "fr", 422
    )
    assert detail.endswith(phrase("wrong_json_invalid", "fr"))
    detail = check(owner.post("/v1/documents", data={"files": "x"}, headers=headers), "fr", 422)
    assert detail == f"files.0 : {phrase('wrong_value_error', 'fr')}"
    detail = check(owner.get("/v1/documents?limit=x", headers=headers), "fr", 422)
    assert detail == f"query.limit : {phrase('wrong_int_parsing', 'fr')}"


def test_each_phrase_is_one_that_code_names_and_the_other_way_round() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    named = set(re.findall(r'(?:Refused\(\s*[\w.]+,|QuestionError\(|_refuse\([\w.]+,)\s*"(\w+)"', code))
    ours = {f"wrong_{name}" for name in re.findall(r'(?:\bwrong\(|\), )"(\w+)"', code)}
    assert {"no_answer", "question_long", "head_large"} <= named
    assert {"wrong_half_character", "wrong_no_tools"} <= ours
    for name in named:
        assert name in phrases("problems"), name
    for name in phrases("problems") | phrases("wrong_fields"):
        assert name.startswith("title_") or f'"{name}"' in code or name in ours or name in PYDANTIC, name
