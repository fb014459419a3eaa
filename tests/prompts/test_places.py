"""Names of places: in six languages, without ordinary words among them."""

import pytest

from prompts.places import peoples, places


def test_every_place_has_a_name_in_each_language() -> None:
    assert len(places()) > 300
    for place in places():
        assert set(place) == {"ar", "en", "es", "fr", "ru", "zh"}


def test_states_are_known_as_united_nations_documents_print_them() -> None:
    by_english = {name: place for place in places() for name in place["en"]}
    assert "刚果民主共和国" in by_english["Democratic Republic of the Congo"]["zh"]
    assert "Сирийская Арабская Республика" in by_english["Syria"]["ru"]
    assert by_english["Nairobi"]["ar"] == ["نيروبي"]
    assert "Timor-Leste" in by_english["East Timor"]["en"]
    assert by_english["Balkans"]["zh"] == ["巴尔干"]


def test_ordinary_words_are_no_places() -> None:
    names = {name for place in places() for names in place.values() for name in names}
    assert names.isdisjoint({"مالي", "Того", "Reunión"})


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru"])
def test_each_people_is_that_of_a_place(language: str) -> None:
    names = {name for place in places() for name in place[language]}
    assert names.issuperset(peoples(language))
