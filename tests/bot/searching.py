"""The service with another search in place of its own."""

from dataclasses import replace

from bot.answering import Answering
from bot.service import Service
from vectorstore.reranking import Finder


def searched_by(service: Service, search: Finder) -> Service:
    """The service, answering in quotes from what this search finds."""
    answering = Answering(
        service.library,
        search,
        service.reader,
        service.conversations,
        writer=None,
        verifier=service.verifier,
        model_name=None,
    )
    return replace(service, search=search, answering=answering)
