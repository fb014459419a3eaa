"""Claims with a word that excludes the one of their sentence: opposites, and other things of the same kind."""

import pytest

from bot.claims.evidence import Evidence
from bot.verify import Verifier


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "The Board praised the draft plan.", "en", "The Board criticized the draft plan."),
        ("es", "La Junta rechazó el plan de trabajo.", "en", "The Board approved the workplan."),
        ("ar", "رفض المجلس خطة العمل المشتركة.", "en", "The Board supported the joint workplan."),
        ("zh", "2022年核心捐款有所下降。", "en", "Core contributions increased in 2022."),
        ("ru", "Оценка отложена на год.", "en", "The evaluation was accelerated by a year."),
        (
            "fr",
            "La contribution est facultative pour le bureau.",
            "en",
            "The contribution is mandatory for the office.",
        ),
        ("en", "The forum was held after the annual session.", "en", "The forum was held before the annual session."),
        ("zh", "论坛在年度会议之后举行。", "zh", "论坛在年度会议之前举行。"),
    ],
)
def test_the_opposite_is_told(
    verifier: Verifier, *, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    found = verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
    assert "negation" in [problem.kind for problem in found]


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("ar", "أُغلقت المدارس في شمال غرب البلد.", "en", "Schools were closed in the north-east of the country."),
        (
            "es",
            "El Programa es observador en el grupo de protección.",
            "fr",
            "Il est observateur au groupe de la nutrition.",
        ),
        ("ru", "Данные представлены в разбивке по возрасту.", "en", "The data are disaggregated by sex."),
        ("zh", "该国遭受了地震。", "en", "The country was hit by floods."),
        ("fr", "Le rapport répond à la résolution 2021/7.", "en", "The report responds to decision 2021/7."),
        ("en", "Six journalists were trained in the spring.", "en", "Six teachers were trained in the spring."),
    ],
)
def test_another_thing_of_the_kind_is_told(
    verifier: Verifier, *, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    found = verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
    assert "body" in [problem.kind for problem in found]


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "Costs fell in 2021.", "en", "Costs rose in 2020, but in 2021 they fell."),
        ("en", "The staff arrived before the session.", "en", "The session was held after the staff had arrived."),
        ("es", "Las mujeres y los niños recibieron ayuda.", "en", "Women, children and older persons received help."),
        ("en", "The office in the north was closed.", "fr", "Le bureau du nord a été fermé, celui du sud agrandi."),
    ],
)
def test_what_says_the_same_is_kept(
    verifier: Verifier, *, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()
