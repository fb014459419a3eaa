"""What was found lately is not searched again, as long as it is the same question of the same reports."""

from dataclasses import replace
from typing import cast

import numpy as np

from vectorstore.asked_lately import RememberingSearch
from vectorstore.candidates import Query
from vectorstore.search import Filters, Found
from vectorstore.store import Generation


class Counting:
    """Finds nothing, and counts how often it is asked."""

    asked = 0

    def prepare(self, text: str, language: str) -> Query:
        return Query(text, language, {"dense": np.ones(3, np.float32)})

    def find(self, generation: Generation, query: Query, *, filters: Filters, limit: int) -> tuple[Found, ...]:
        self.asked += 1
        return ()


class Named:
    """As much of a generation as tells it from others."""

    def __init__(self, generation_id: str) -> None:
        self.generation_id = generation_id


def test_only_the_very_same_search_is_remembered() -> None:
    counting = Counting()
    search = RememberingSearch(counting)
    first, second = (cast("Generation", Named(name)) for name in ("first", "second"))
    query = search.prepare("Who leads?", "en")
    others = (
        replace(query, text="Who led?"),
        replace(query, language="fr"),
        replace(query, vectors={"dense": np.zeros(3, np.float32)}),
    )
    for _ in range(2):
        search.find(first, query, filters=Filters(), limit=5)
        search.find(second, query, filters=Filters(), limit=5)
        search.find(first, query, filters=Filters(audiences=frozenset({"public", "board"})), limit=5)
        search.find(first, query, filters=Filters(), limit=6)
        for other in others:
            search.find(first, other, filters=Filters(), limit=5)
    assert counting.asked == 7
