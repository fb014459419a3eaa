"""The JSON of the OpenAI form: https://platform.openai.com/docs/api-reference/chat"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from bot.answer import Answer
from bot.http.request_schemas import FiltersIn, Language, Sound
from bot.http.schemas import CitationOut
from bot.http.wrong_fields import wrong
from vectorstore.sentence_encoder import sentence_encoder

MODEL = "reformbot"
_MOST_MESSAGES = 2000
# What would ask for another kind of answer, with the values that do not, and what is said of any other.
_ONLY: Mapping[str, tuple[tuple[object, ...], str]] = {
    "n": ((None, 1), "one_answer"),
    "tools": ((None, []), "no_tools"),
    "tool_choice": ((None, "none", "auto"), "no_tools"),
    "functions": ((None, []), "no_functions"),
    "function_call": ((None, "none", "auto"), "no_functions"),
    "response_format": ((None, {"type": "text"}), "text_not_json"),
    "modalities": ((None, ["text"]), "text_only"),
    "audio": ((None,), "text_only"),
    "logprobs": ((None, False), "no_probabilities"),
}


def _only(name: str) -> Any:
    allowed: Any = list(_ONLY[name][0])
    return Field(default=None, json_schema_extra={"enum": allowed})


class TextPart(Sound):
    """A part of a message; only text is read."""

    type: Literal["text"]
    text: str


class Message(Sound):
    """Something that was said. What the system says changes nothing: this bot has its own rules."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """All of its text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(Sound):
    """What a stream also tells."""

    include_usage: bool | None = None


class ChatRequest(Sound):
    """A conversation that ends with a question; parameters that only steer a model's wording are ignored.

    `filters` and `language` are those of `POST /v1/ask`.
    """

    model: str = Field(examples=[MODEL], max_length=200)
    messages: Annotated[list[Message], Field(min_length=1, max_length=_MOST_MESSAGES)] = Field(
        examples=[[{"role": "user", "content": "How much is the coordination levy?"}]]
    )
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    filters: FiltersIn = FiltersIn()
    language: Literal["auto"] | Language = "auto"
    n: Any = _only("n")
    tools: Any = _only("tools")
    tool_choice: Any = _only("tool_choice")
    functions: Any = _only("functions")
    function_call: Any = _only("function_call")
    response_format: Any = _only("response_format")
    modalities: Any = _only("modalities")
    audio: Any = _only("audio")
    logprobs: Any = _only("logprobs")

    @field_validator(*_ONLY)
    @classmethod
    def _asks_for_one_text(cls, value: object, info: ValidationInfo) -> object:
        allowed, why = _ONLY[info.field_name or ""]
        if not any(value == one and isinstance(value, type(one)) for one in allowed):  # 1 is no True
            raise wrong(why)
        return value

    @field_validator("messages")
    @classmethod
    def _asks_something(cls, messages: list[Message]) -> list[Message]:
        if all(message.role != "user" for message in messages):
            raise wrong("no_question")
        return messages

    def said(self) -> list[tuple[str, str]]:
        """What the user said, each with the last that was answered to it; the last is the question."""
        said: list[tuple[str, str]] = []
        for message in self.messages:
            if message.role == "user":
                said.append((message.text, ""))
            elif message.role == "assistant" and said:
                said[-1] = (said[-1][0], message.text)
        return said


class Usage(BaseModel):
    """Tokens of the conversation and of the answer, as the embedding model counts them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Said(BaseModel):
    """The answer as text, its citations as a numbered list at the end; an abstention says why."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: Said
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Cited(BaseModel):
    """What this form adds to OpenAI's; `answer_id` is that of `/v1/answers/{answer_id}` and `/v1/feedback`."""

    answer_id: str
    abstained: bool
    citations: list[CitationOut]


def cited(answer: Answer) -> Cited:
    """What this form adds, of an answer."""
    shown = [CitationOut(**asdict(one)) for one in answer.citations]
    return Cited(answer_id=answer.answer_id, abstained=answer.abstained, citations=shown)


def usage(prompt: Iterable[str], completion: str) -> Usage:
    """The tokens of what was said and of what is answered."""
    count = sentence_encoder().count_tokens
    asked, answered = sum(map(count, prompt)), count(completion)
    return Usage(prompt_tokens=asked, completion_tokens=answered, total_tokens=asked + answered)


class ChatCompletion(Cited):
    """A whole answer."""

    id: str = Field(examples=["chatcmpl-6f1c"])
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage


class ModelOut(BaseModel):
    """A model by its name."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "reformbot"


class ModelsOut(BaseModel):
    """The models, of which there is one."""

    object: Literal["list"] = "list"
    data: list[ModelOut]


class ErrorOut(BaseModel):
    """What went wrong, as OpenAI's clients show it."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class Failed(BaseModel):
    """An error in OpenAI's form."""

    error: ErrorOut
