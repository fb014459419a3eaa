"""A chat server in OpenAI's form that quotes what it is given, after a while."""

import asyncio
import json
import re
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from prompts import NO_ANSWER, YES

_FIRST_SENTENCE = re.compile(r'<paragraph marker="\[1\]">\s*(.+?[.。؟!？])(?=\s|$)', re.DOTALL)
_JUDGING = "Do the paragraphs hold the answer?"


def quoting_model(seconds: float) -> Starlette:
    """Answers with the first sentence of the first paragraph, and to whether there is an answer with yes."""

    async def said(prompt: str) -> AsyncIterator[str]:
        await asyncio.sleep(seconds)
        found = _FIRST_SENTENCE.search(prompt)
        text = YES if _JUDGING in prompt else f"{' '.join(found[1].split())[:-1]} [1]." if found else NO_ANSWER
        for word in re.findall(r"\S+\s*", text):
            yield f"data: {json.dumps({'choices': [{'index': 0, 'delta': {'content': word}}]})}\n\n"
        yield 'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'

    async def complete(request: Request) -> StreamingResponse:
        messages = (await request.json())["messages"]
        prompt = "\n".join(message["content"] for message in messages)
        return StreamingResponse(said(prompt), media_type="text/event-stream")

    return Starlette(routes=[Route("/v1/chat/completions", complete, methods=["POST"])])
