"""The chat model that the settings name."""

from typing import TYPE_CHECKING, Any, cast

from bot.settings import BotSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel  # takes most of a second to import


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
    options: dict[str, Any] = {"temperature": 0, "timeout": settings.model_seconds, "max_retries": 1}
    if settings.model_base_url:
        # Servers that speak OpenAI's form mostly lack its newer Responses API.
        options |= {"base_url": settings.model_base_url, "use_responses_api": False, "stream_usage": True}
    return options
