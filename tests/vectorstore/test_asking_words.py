"""The words that only ask weigh nothing: what answers a question does not hold them."""

import pytest

from vectorstore.wording.asking_words import without_asking_words

QUESTIONS = {
    "ar": ("كم عدد المكاتب النهرية؟", "عدد المكاتب النهرية؟"),
    "en": ("How many river offices did the Programme open, and when?", "river offices the Programme open, and ?"),
    "es": ("¿Cuántas oficinas fluviales abrió el Programa?", "¿ oficinas fluviales abrió el Programa?"),
    "fr": ("Combien de bureaux le Programme a-t-il ouverts ?", "de bureaux le Programme a- ouverts ?"),
    "ru": ("Сколько речных отделений открыла Программа?", "речных отделений открыла Программа?"),
    "zh": ("水道署设有多少个河流办事处？", "水道署设有 个河流办事处？"),
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_asking_words_are_left_out(language: str) -> None:
    question, left = QUESTIONS[language]
    assert " ".join(without_asking_words(question, language).split()) == left


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Whatever the Whole Programme showed", "en"),
        ("几内亚湾多年期目的", "zh"),
        ("Камень чекана", "ru"),
        ("Le quart", "fr"),
    ],
)
def test_words_that_hold_their_letters_stay(text: str, language: str) -> None:
    assert without_asking_words(text, language) == text
