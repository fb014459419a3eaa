"""Looks at every part of a set-up."""

from collections.abc import Iterator

from bot.doctor.access import access
from bot.doctor.finding import Finding
from bot.doctor.library import library, opened_catalogue
from bot.doctor.models import chat_model, loaded_embeddings, reranker
from bot.doctor.surroundings import recognition, server, slack, sources, traces
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from vectorstore.settings import IndexSettings


def examined(index: IndexSettings, bot: BotSettings, in_slack: SlackSettings) -> Iterator[Finding]:
    """What is right, what is wrong and what to do, part by part; nothing is changed."""
    embeddings, found = loaded_embeddings(index)
    yield found
    yield from reranker(index)
    yield chat_model(bot)
    catalogue, found = opened_catalogue(index)
    yield found
    if catalogue:
        yield from library(catalogue, index, embeddings)
    yield from sources(index)
    yield recognition()
    yield from access(bot, catalogue)
    yield from slack(in_slack, bot)
    yield traces()
    yield server(index)
    if catalogue:
        catalogue.close()
