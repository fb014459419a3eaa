"""Whether each model loads and does its work."""

import time
from collections.abc import Iterator

from langchain_core.embeddings import Embeddings

from bot.doctor.finding import Finding
from bot.model.breaker import Breaker
from bot.model.calls import ModelCalls
from bot.model.chat_model import ChatModelError, load_chat_model
from bot.model.errors import ModelFailedError
from bot.settings import BotSettings
from vectorstore.models import ModelError, load_embeddings
from vectorstore.reranking import load_reranker
from vectorstore.settings import IndexSettings

_TRIAL = "Who chairs the board?"
_ASKED = "Reply with the word yes, and nothing else."


def loaded_embeddings(settings: IndexSettings) -> tuple[Embeddings | None, Finding]:
    """The embedding model, where it works, and whether it does."""
    part, name = "embedding model", settings.embedding_model
    try:
        embeddings = load_embeddings(settings)
        started = time.perf_counter()
        embeddings.embed_query(_TRIAL)
    except ModelError as error:
        return None, Finding(part, "problem", f"{name} cannot be used.", str(error))
    milliseconds = (time.perf_counter() - started) * 1000
    return embeddings, Finding(part, "ok", f"{name} embeds a question in {milliseconds:.0f} ms.")


def reranker(settings: IndexSettings) -> Iterator[Finding]:
    """The reranker, if there is to be one."""
    if settings.reranker is None:
        return
    try:
        load_reranker(settings)
    except ModelError as error:
        yield Finding("reranker", "problem", f"{settings.reranker} cannot be used.", str(error))
    else:
        yield Finding("reranker", "ok", f"{settings.reranker} scores a pair of texts.")


def chat_model(settings: BotSettings) -> Finding:
    """The chat model, by one call that asks for a word."""
    from langchain_core.messages import HumanMessage

    part = "chat model"
    try:
        model = load_chat_model(settings)
    except ChatModelError as error:
        return Finding(part, "problem", f"{settings.model} cannot be loaded.", str(error))
    if model is None:
        return Finding(part, "ok", "BOT_MODEL is not set: answers are in quotes.")
    calls, started = ModelCalls(model, settings.model_limits, Breaker()), time.perf_counter()
    try:
        calls.whole([HumanMessage(_ASKED)], calls.allowance(), share=1)
    except ModelFailedError as error:
        remedy = "See that it runs, and that BOT_MODEL, BOT_MODEL_BASE_URL and the provider's key are right."
        return Finding(part, "problem", f"{settings.model} does not answer: {error}.", remedy)
    return Finding(part, "ok", f"{settings.model} answered in {time.perf_counter() - started:.1f} s.")
