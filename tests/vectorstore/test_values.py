"""What a question asks for by figure, date, symbol or place, and how passages hold it."""

import pytest

from vectorstore.values import asked_in, names_document, place_tokens, symbol_tokens, value_tokens


@pytest.mark.parametrize(
    ("question", "language", "passage", "written_in"),
    [
        ("1,2 milliard de dollars", "fr", "a total of $1.2 billion", "en"),
        ("7,3 млрд долл. США", "ru", "$7,300 million", "en"),
        ("12亿美元", "zh", "1.200 millones de dólares", "es"),
        ("3 250 soldats", "fr", "3,250 soldiers", "en"),
        ("٧٠٦ مدارس", "ar", "706 schools", "en"),
        ("34 equipos", "es", "thirty-four teams", "en"),
        ("21 December 2016", "en", "2016年12月21日", "zh"),
        ("30 حزيران/يونيه 2038", "ar", "30 июня 2038 года", "ru"),
        ("June 2038", "en", "le 30 juin 2038", "fr"),
    ],
)
def test_a_figure_or_date_is_the_same_in_every_language(
    question: str, language: str, passage: str, written_in: str
) -> None:
    values = asked_in(question, language).values
    assert len(values) == 1
    assert set(values) <= set(value_tokens(passage, written_in))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What does operative paragraph 4 of A/RES/75/233 say?", "en"),
        ("大会第75/233号决议第4段", "zh"),
        ("О чем говорится в пункте 4 резолюции 75/233?", "ru"),
        ("párrafo 4 de la resolución 75/233", "es"),
        ("الفقرة ٤ من القرار ٧٥/٢٣٣", "ar"),
    ],
)
def test_a_place_is_asked_for_by_symbol_and_number(question: str, language: str) -> None:
    values = set(asked_in(question, language).values)
    assert values & place_tokens("A/RES/75/233", "OP 4")
    assert values & symbol_tokens("A/RES/75/233")
    assert not values & place_tokens("A/RES/75/233", "OP 5")
    assert not values & place_tokens("A/RES/75/233", "PP 4")


def test_a_paragraph_of_no_named_document_is_no_place() -> None:
    assert set(asked_in("What does paragraph 4 say about 12 teams?", "en").values) >= {"12"}
    assert not any("para-" in value for value in asked_in("What does paragraph 4 say?", "en").values)


def test_what_has_no_number_has_no_place() -> None:
    assert place_tokens("A/80/74", None) == place_tokens(None, "4") == frozenset()


def test_a_resolution_of_the_security_council_is_known_by_its_number_unless_that_may_be_a_year() -> None:
    assert symbol_tokens("S/RES/2771 (2025)") == {"s/res/2771", "2771"}
    assert symbol_tokens("S/RES/2025 (2011)") == {"s/res/2025"}
    assert names_document(asked_in("Que décide la résolution 2771 (2025) ?", "fr").values, "S/RES/2771 (2025)")
    assert names_document(asked_in("第2771(2025)号决议说了什么？", "zh").values, "S/RES/2771 (2025)")
    assert not names_document(asked_in("What was decided in 2025?", "en").values, "S/RES/2025 (2011)")
