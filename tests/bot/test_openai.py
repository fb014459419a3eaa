"""The OpenAI form, asked by OpenAI's own client and by LangChain's."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_openai import ChatOpenAI
from openai import APIError, AsyncOpenAI, AuthenticationError, BadRequestError, NotFoundError, OpenAI
from pydantic import SecretStr

from bot.model.breaker import Breaker
from bot.service import Service
from bot.settings import BotSettings
from prompts import NO_ANSWER, phrase
from tests.bot.model_server import Behaviour, says
from tests.bot.model_service import served_model
from tests.bot.served import served
from tests.bot.test_model_failures import written_by
from tests.conftest import api_client

QUESTION = "How much is the coordination levy?"
UNKNOWN = "How many unicorns live on the Moon?"
FOLLOWED, FOLLOW_UP = "Which organ decided on the coordination levy?", "And how much is it?"
SAID = "The coordination levy is 1 per cent [1]. The levy is 1 per cent of contributions [1]."
KEY = "a-key"


@pytest.fixture(scope="module")
def base_url(sample_service: Service) -> Iterator[str]:
    with served(sample_service) as port:
        yield f"http://127.0.0.1:{port}/v1"


@pytest.fixture(scope="module")
def client(base_url: str) -> Iterator[OpenAI]:
    with opened(base_url) as client:
        yield client


@pytest.fixture(scope="module")
def langchain(base_url: str) -> ChatOpenAI:
    return ChatOpenAI(model="reformbot", base_url=base_url, api_key=SecretStr(KEY), max_retries=0)


def opened(base_url: str, key: str = KEY) -> OpenAI:
    return OpenAI(base_url=base_url, api_key=key, max_retries=0)


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def ask(client: OpenAI, *messages: dict[str, Any] | str, **more: Any) -> Any:
    said = [user(each) if isinstance(each, str) else each for each in messages]
    return client.chat.completions.create(**{"model": "reformbot", "messages": said} | more)


def text_of(completion: Any) -> str:
    return str(completion.choices[0].message.content)


def said(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


def streamed(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def written(service: Service, behave: Behaviour, **more: Any) -> list[str]:
    """The pieces of a streamed answer that a chat model writes."""
    with (
        served_model(behave) as (model, limits, _),
        served(written_by(service, model, limits, Breaker())) as port,
        opened(f"http://127.0.0.1:{port}/v1") as client,
    ):
        chunks = list(ask(client, QUESTION, stream=True, **more))
    return [chunk.choices[0].delta.content for chunk in chunks if chunk.choices[0].delta.content]


def test_an_answer_ends_with_its_numbered_citations_and_has_them_as_a_field(client: OpenAI) -> None:
    completion = ask(client, QUESTION)
    text = text_of(completion)
    assert completion.choices[0].finish_reason == "stop"
    assert not completion.abstained
    for citation in completion.citations:
        assert f"“{citation['quote']}” [{citation['marker']}]" in text
        assert f"\n[{citation['marker']}] {citation['label']}: http://127.0.0.1:8000{citation['url']}\n" in text
    assert text.rstrip().splitlines()[-1].startswith("As of ")


def test_an_answer_is_kept_like_any_other(client: OpenAI, sample_service: Service) -> None:
    completion = ask(client, QUESTION)
    kept = api_client(sample_service).get(f"/v1/answers/{completion.answer_id}").json()
    assert text_of(completion).startswith(kept["answer"])


def test_tokens_are_counted(client: OpenAI) -> None:
    usage = ask(client, QUESTION).usage
    assert 5 < usage.prompt_tokens < 20 < usage.completion_tokens
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert ask(client, FOLLOWED, said("The Assembly."), FOLLOW_UP).usage.prompt_tokens > usage.prompt_tokens


def test_an_abstention_says_why(client: OpenAI) -> None:
    completion = ask(client, UNKNOWN)
    assert (completion.abstained, completion.citations) == (True, [])
    assert text_of(completion).startswith(phrase("off_subject", "en"))


def test_an_abstention_says_what_is_near(sample_service: Service) -> None:
    told = "".join(written(sample_service, says(NO_ANSWER)))
    assert told.startswith(f"{phrase('silent', 'en')}\n\nNearest paragraphs:\n- SAMPLE/")


def test_a_follow_up_is_understood_from_the_messages_before_it(client: OpenAI) -> None:
    alone = ask(client, FOLLOW_UP)
    followed = ask(client, FOLLOWED, said(text_of(ask(client, FOLLOWED))), FOLLOW_UP)
    assert "levy" not in text_of(alone)
    assert "levy" in text_of(followed)


def test_this_report_is_the_one_that_the_last_answer_cites(client: OpenAI) -> None:
    completion = ask(client, "What does SAMPLE/RES/2022/1 decide on the proceeds of the levy?")
    [cited] = {citation["document_id"] for citation in completion.citations}
    followed = ask(client, QUESTION, said(text_of(completion)), "How much is the levy in this report?")
    assert {citation["document_id"] for citation in followed.citations} == {cited}


def test_what_the_system_says_and_how_words_are_chosen_change_nothing(client: OpenAI) -> None:
    rules = {"role": "system", "content": "Answer in French and cite nothing."}
    parts = {"role": "user", "content": [{"type": "text", "text": QUESTION}]}
    told = ask(client, rules, parts, temperature=0.3, max_tokens=5, user="somebody", seed=7, extra_body={"top_k": 3})
    assert text_of(told) == text_of(ask(client, QUESTION))


def test_the_filters_and_the_language_of_ask_are_taken(client: OpenAI) -> None:
    more = {"filters": {"symbols": ["SAMPLE/RES/2022/1"]}, "language": "fr"}
    completion = ask(client, QUESTION, extra_body=more)
    assert {citation["symbol"] for citation in completion.citations} == {"SAMPLE/RES/2022/1"}
    assert text_of(completion).startswith(phrase("says", "fr"))


def test_a_stream_tells_the_same(client: OpenAI) -> None:
    chunks = list(ask(client, QUESTION, stream=True))
    assert {chunk.object for chunk in chunks} == {"chat.completion.chunk"}
    assert len({chunk.id for chunk in chunks}) == 1
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks[-2:]] == [None, "stop"]
    whole = ask(client, QUESTION)
    assert streamed(chunks) == text_of(whole)
    assert chunks[-1].citations == whole.citations


def test_a_stream_ends_with_its_usage_where_it_is_wanted(client: OpenAI) -> None:
    chunks = list(ask(client, QUESTION, stream=True, stream_options={"include_usage": True}))
    assert [chunk.usage for chunk in chunks[:-1]] == [None] * (len(chunks) - 1)
    assert (chunks[-1].choices, chunks[-1].usage) == ([], ask(client, QUESTION).usage)


def test_a_chat_model_s_sentences_are_streamed_once_they_are_verified(sample_service: Service) -> None:
    false = " The coordination levy is 12 per cent [1]."
    first, *rest = written(sample_service, says(SAID + false + " It is 1 per cent [1]."))
    assert first.startswith("The coordination levy is 1 per cent")
    assert rest
    assert "12 per cent" not in first + "".join(rest)
    assert f"{first}{''.join(rest)}".count("The coordination levy is 1 per cent") == 1


def test_what_was_streamed_before_the_model_failed_keeps_its_own_citations(sample_service: Service) -> None:
    def behave(reply: Any) -> None:
        reply.start(Content_Length="100000")
        reply.chunk(SAID + " The Assembly decided on the levy [1].")

    text = "".join(written(sample_service, behave))
    begun, _, rest = text.partition("\n\n---\n\n")
    assert begun.startswith("The coordination levy is 1 per cent")
    assert "\n[1] SAMPLE/" in begun
    assert rest.startswith(phrase("model_failed", "en"))
    assert "\n[1] SAMPLE/" in rest


def test_models_are_listed(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["reformbot"]
    assert client.models.retrieve("reformbot").id == "reformbot"
    with pytest.raises(NotFoundError, match="use reformbot") as caught:
        client.models.retrieve("gpt-4.1")
    assert caught.value.code == "model_not_found"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "n": ({"n": 2}, "n: only one answer"),
    "tools": ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools: no tools"),
    "response_format": ({"response_format": {"type": "json_object"}}, "response_format: answers are text"),
    "messages": ({"messages": [said("Hello")]}, "messages: none is of the user"),
    "messages.0.content": (
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}]},
        "text",
    ),
    "filters.colour": ({"extra_body": {"filters": {"colour": "red"}}}, "colour"),
    "question": ({"messages": [user(" ")]}, "The question is empty"),
    "stream": ({"messages": [user("x" * 3000)], "stream": True}, "at most 2,000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_with_a_sentence(client: OpenAI, name: str) -> None:
    wrong, told = REFUSED[name]
    with pytest.raises(BadRequestError, match=told) as caught:
        ask(client, QUESTION, **wrong)
    assert caught.value.type == "invalid_request_error"
    assert caught.value.param is None or caught.value.param.startswith(name.split(".", maxsplit=1)[0])


def test_an_unknown_model_is_refused(client: OpenAI) -> None:
    with pytest.raises(NotFoundError) as caught:
        ask(client, QUESTION, model="gpt-4.1")
    assert caught.value.code == "model_not_found"


def test_a_wrong_key_is_told_in_the_client_s_own_way(sample_service: Service) -> None:
    settings = BotSettings(api_keys=(SecretStr(KEY),))
    with served(Service(**{**vars(sample_service), "bot_settings": settings})) as port:
        base_url = f"http://127.0.0.1:{port}/v1"
        with opened(base_url, "another") as client, pytest.raises(AuthenticationError, match="the operator") as caught:
            ask(client, QUESTION)
        with opened(base_url) as client:
            assert ask(client, QUESTION).citations
    assert caught.value.code == "invalid_api_key"
    assert caught.value.response.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_a_stream_that_fails_says_so(sample_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("a secret inside")

    monkeypatch.setattr(sample_service.conversations, "add", fails)
    with (
        served(sample_service) as port,
        opened(f"http://127.0.0.1:{port}/v1") as client,
        pytest.raises(APIError, match="Something went wrong here"),
    ):
        list(ask(client, QUESTION, stream=True))


def test_the_async_client_is_answered_and_streamed_to(base_url: str) -> None:
    async def asked() -> tuple[str, str]:
        async with AsyncOpenAI(base_url=base_url, api_key=KEY, max_retries=0) as client:
            messages: Any = [user(QUESTION)]
            whole = await client.chat.completions.create(model="reformbot", messages=messages)
            chunks = await client.chat.completions.create(model="reformbot", messages=messages, stream=True)
            return text_of(whole), streamed([chunk async for chunk in chunks])

    whole, in_chunks = asyncio.run(asked())
    assert whole == in_chunks
    assert "[1]" in whole


def test_langchain_is_answered_in_a_conversation(langchain: ChatOpenAI) -> None:
    first = langchain.invoke(FOLLOWED)
    followed = langchain.invoke([HumanMessage(FOLLOWED), AIMessage(first.content), HumanMessage(FOLLOW_UP)])
    assert "levy" in str(followed.content)
    assert followed.usage_metadata
    assert followed.usage_metadata["output_tokens"] > 20


def test_langchain_is_streamed_to(langchain: ChatOpenAI) -> None:
    pieces = list(langchain.stream(QUESTION))
    assert "".join(str(piece.content) for piece in pieces) == langchain.invoke(QUESTION).content
