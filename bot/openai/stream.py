"""An answer as a stream of chunks in OpenAI's form: https://platform.openai.com/docs/api-reference/chat-streaming"""

import json
import logging
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bot.answer import Answer, Citation, Event, Verified
from bot.openai.schemas import MODEL, ErrorOut, Failed, cited, usage
from bot.openai.text import below, listed
from prompts import phrase

_log = logging.getLogger(__name__)
_STARTED_AGAIN = "---"


@dataclass(frozen=True)
class Chunks:
    """The chunks of one answer; what they tell has been verified, as nothing that was sent can be taken back.

    `language` is that of whoever asks, if anything is to be said beside the answer. `prompt` is what the usage is
    counted of, None where no usage is wanted.
    """

    base_url: str
    language: str
    prompt: Sequence[str] | None
    _id: str = field(default_factory=lambda: f"chatcmpl-{uuid4().hex}")
    _created: int = field(default_factory=lambda: int(time.time()))

    def of(self, events: Iterable[Event]) -> Generator[str]:
        """What is sent while an answer comes about."""
        sent, sources = "", list[Citation]()
        yield self._chunk({"role": "assistant", "content": ""})
        try:
            for event in events:
                match event:
                    case Citation():
                        sources.append(event)
                    case Verified(text) if text.startswith(sent):
                        yield self._chunk({"content": text.removeprefix(sent)})
                        sent = text
                    case Answer():
                        yield from self._end(event, sent, sources)
        except Exception:
            _log.exception("A streamed answer failed")
            failed = Failed(error=ErrorOut(message=phrase("unexpected", self.language), type="server_error"))
            yield _data(failed.model_dump())
        yield "data: [DONE]\n\n"

    def _end(self, answer: Answer, sent: str, sources: Sequence[Citation]) -> Iterator[str]:
        """The rest of the answer, its citations, and the usage."""
        rest = [answer.answer.removeprefix(sent), *below(answer, base_url=self.base_url)]
        if not answer.answer.startswith(sent):
            # The model failed or took back what it said: its numbers are not those of the answer.
            shown = [one for one in sources if f"[{one.marker}]" in sent]
            rest = ["", listed(shown, base_url=self.base_url), _STARTED_AGAIN, *rest]
        text = "\n\n".join(rest)
        yield self._chunk({"content": text})
        yield self._chunk({}, finish="stop", **cited(answer).model_dump())
        if self.prompt is not None:
            yield self._sent(choices=[], usage=usage(self.prompt, sent + text).model_dump())

    def _chunk(self, delta: dict[str, Any], *, finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._sent(choices=[choice], **more, **({} if self.prompt is None else {"usage": None}))

    def _sent(self, **fields: Any) -> str:
        head = {"id": self._id, "object": "chat.completion.chunk", "created": self._created, "model": MODEL}
        return _data(head | fields)


def _data(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n"
