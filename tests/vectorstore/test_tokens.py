"""What counts as the same word in each of the six languages."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from vectorstore.tokens import document_symbols, tokenise


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "coordinators", "Coordinator"),
        ("fr", "résidentes", "résident"),
        ("es", "coordinadores", "coordinadora"),
        ("ru", "координаторов", "координаторы"),
        ("ar", "المنسقين", "المنسقون"),
        ("ar", "إطار", "اطار"),
        ("zh", "驻地协调员", "驻地协调员"),
        ("zh", "２０２１", "2021"),
        ("ar", "٣٤", "34"),
    ],
)
def test_forms_of_a_word_share_a_token(language: str, one: str, other: str) -> None:
    assert set(tokenise(one, language)) & set(tokenise(other, language))


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
@pytest.mark.parametrize("symbol", ["71/243", "A/RES/71/243", "HSP/EB.2021/6", "COVID-19", "1.5"])
def test_symbols_and_numbers_stay_whole(language: str, symbol: str) -> None:
    assert symbol.casefold() in tokenise(f"… {symbol}. …", language)


def test_chinese_is_cut_into_pairs() -> None:
    assert tokenise("人居署与COVID-19", "zh") == ["人居", "居署", "署与", "covid-19"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Что говорит A/RES/71/243 о ДСУ в 2021 году?", {"a/res/71/243"}),
        ("联大哪一天通过了第72/279号决议？", {"72/279"}),
        ("القرار ٧١/٢٤٣", {"71/243"}),
        ("What do HSP/EB.2021/6 and E/2025/61 say?", {"e/2025/61", "hsp/eb.2021/6"}),
        ("In 2021 and/or 2022, 5 per cent.", set()),
    ],
)
def test_document_symbols_are_found_in_every_script(text: str, expected: set[str]) -> None:
    assert document_symbols(text) == expected


def test_text_without_words_has_no_tokens() -> None:
    assert tokenise(" … — !? ", "en") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "coordinating coordinators relational conditions operational frameworks developing analyses "),
        ("ru", "координаторы программы развитие организации рекомендациями учреждений "),
    ],
)
def test_threads_that_tokenise_at_once_do_not_disturb_each_other(language: str, text: str) -> None:
    alone = tokenise(text * 200, language)
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda _: tokenise(text * 200, language), range(60)))
    assert all(tokens == alone for tokens in together)
