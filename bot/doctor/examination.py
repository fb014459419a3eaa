"""Looks at every part of a set-up."""

from collections.abc import Iterator

from bot.doctor.finding import Finding
from bot.doctor.library import library
from bot.doctor.models import chat_model, loaded_embeddings, reranker
from bot.doctor.surroundings import address, recognition, server, slack, sources, traces
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from vectorstore.settings import IndexSettings


def examined(index: IndexSettings, bot: BotSettings, in_slack: SlackSettings) -> Iterator[Finding]:
    """What is right, what is wrong and what to do, part by part; nothing is changed."""
    embeddings, found = loaded_embeddings(index)
    yield found
    yield from reranker(index)
    yield chat_model(bot)
    yield from library(index, embeddings)
    yield from sources(index)
    yield recognition()
    yield from address(bot)
    yield from slack(in_slack, bot)
    yield traces()
    yield server(index)
