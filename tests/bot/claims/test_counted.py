"""Claims about what is counted: what figures count in a claim must be what they count in the paragraph."""

import pytest

from bot.claims.evidence import Evidence
from bot.verify import Verifier


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "The plan covers 43 ports in 12 countries.", "fr", "Le plan porte sur 43 ports de 12 pays."),
        ("fr", "Le programme compte 31 bureaux de pays.", "en", "The programme has 31 country offices."),
        ("zh", "31个国家办事处提交了报告。", "en", "Reports came from 31 country offices."),
        ("en", "It trained 812 people in 34 courses.", "ar", "نظم البرنامج ٣٤ دورة تدريبية حضرها ٨١٢ موظفا."),
        ("es", "El estudio abarca 193 Estados Miembros.", "en", "The study covers 193 countries."),
        ("ru", "В семинаре приняли участие 40 женщин-судей.", "en", "The workshop was attended by 40 women judges."),
        (
            "en",
            "Replies came from 118 Governments.",
            "en",
            "The survey of countries drew replies from 118 Governments.",
        ),
    ],
)
def test_what_is_counted_may_be_said_in_other_words(
    verifier: Verifier, *, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "The plan covers 43 cities.", "en", "The plan covers 43 countries."),
        (
            "fr",
            "Le programme a nourri 34 millions de ménages.",
            "fr",
            "Le programme a nourri 34 millions de personnes.",
        ),
        ("es", "Respondieron 118 municipios.", "en", "Replies came from 118 Governments."),
        ("ru", "Фонд закрыл 5 школ.", "ru", "Фонд закрыл 5 складов."),
        ("ar", "شاركت في الدورة ٨١٢ مؤسسة.", "ar", "شارك في الدورة ٨١٢ موظفا."),
        ("zh", "委员会登记了18份报告。", "en", "The Committee registered 18 petitioners."),
        ("en", "The barges carried 2,540 tonnes.", "en", "The barges carried 2,540 passengers."),
        ("en", "The levy is one euro a parcel.", "es", "El gravamen es de un dólar por paquete."),
    ],
)
def test_other_things_of_the_same_number_are_told(
    verifier: Verifier, *, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
