"""The chat model that the settings name."""

from typing import TYPE_CHECKING, Any, cast

from bot.model.bounded import bounded_client
from bot.settings import BotSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel  # takes most of a second to import


_CONNECT_SECONDS = 5.0


class ChatModelError(RuntimeError):
    """The chat model cannot be used; the message says what to mend."""


def load_chat_model(settings: BotSettings) -> "BaseChatModel | None":
    """LangChain's chat model, or None where the settings name none. Raises ChatModelError."""
    if settings.model is None:
        return None
    from langchain.chat_models import init_chat_model

    try:
        return cast("BaseChatModel", init_chat_model(settings.model, **_options(settings)))
    except ImportError as error:
        raise ChatModelError(f"BOT_MODEL={settings.model} needs a package that is not installed: {error}") from error
    except Exception as error:  # each provider's package has errors of its own for a missing key or a wrong name
        raise ChatModelError(
            f"BOT_MODEL={settings.model} cannot be loaded: {str(error).rstrip('.')}. It takes provider:model, such as "
            "openai:gpt-4.1, and the provider's key in the environment."
        ) from error


def _options(settings: BotSettings) -> dict[str, Any]:
    # bot/model/calls.py makes calls again, so that they are counted, and nothing else does.
    options: dict[str, Any] = {"temperature": 0, "timeout": settings.model_seconds, "max_retries": 0}
    if not settings.model_base_url:
        return options | {"max_tokens": settings.model_reply_tokens}
    # Servers that speak OpenAI's form mostly lack its newer Responses API, and know max_tokens by its older name only,
    # which LangChain would change: https://platform.openai.com/docs/api-reference/chat/create#chat-create-max_tokens
    return options | {
        "base_url": settings.model_base_url,
        "use_responses_api": False,
        "stream_usage": True,
        "http_async_client": bounded_client(settings.model_limits.reply_bytes),
        "extra_body": {"max_tokens": settings.model_reply_tokens},
        "timeout": (min(_CONNECT_SECONDS, settings.model_seconds), settings.model_seconds),
    }
