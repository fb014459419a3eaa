"""Claims that limit what they say: "only", "no longer", "exactly", "fully", "inevitably"."""

import pytest

from bot.claims.evidence import Evidence
from bot.verify import Verifier


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "Only 7 of the 53 offices have been opened.", "en", "Some 7 out of the 53 offices have been opened."),
        ("en", "The office can only be opened if the funds come.", "en", "Opening the office depends on the funds."),
        ("fr", "Seuls les donateurs paient la redevance.", "en", "The levy is paid by donors alone."),
        ("en", "The service is limited to ten ports.", "es", "El servicio no excederá de diez puertos."),
        ("zh", "该服务不再提供。", "en", "The service is no longer provided."),
        ("ru", "Управление насчитывает ровно 40 сотрудников.", "en", "The Office has exactly 40 members of staff."),
        ("es", "La situación era relativamente estable.", "en", "The situation was relatively stable."),
    ],
)
def test_what_the_paragraph_limits_may_be_limited(
    verifier: Verifier, *, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("kind", "language", "claim", "paragraph_language", "paragraph"),
    [
        ("strength", "fr", "Seules les entités paient la redevance.", "fr", "Toutes les entités paient la redevance."),
        ("strength", "en", "Data are the only aspect of the work.", "en", "Data are a key aspect of the work."),
        (
            "strength",
            "ar",
            "هذا هو السبيل الوحيد لصون الموانئ.",
            "en",
            "This is an effective way to maintain the ports.",
        ),
        ("negation", "zh", "该服务已不再提供。", "en", "The service continued to be provided."),
        (
            "negation",
            "es",
            "El Programa dejará de impartir talleres.",
            "en",
            "The Programme will continue its workshops.",
        ),
        ("negation", "en", "The circular is still in force.", "en", "The circular has been superseded."),
        ("strength", "ru", "Управление насчитывает ровно 40 судов.", "en", "The Office has approximately 40 vessels."),
        ("strength", "fr", "La situation était parfaitement stable.", "en", "The situation was relatively stable."),
        ("strength", "en", "Floods inevitably harm the ports.", "es", "Las inundaciones pueden dañar los puertos."),
    ],
)
def test_what_the_paragraph_does_not_limit_is_told(
    verifier: Verifier, *, kind: str, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    found = verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
    assert kind in [problem.kind for problem in found]
