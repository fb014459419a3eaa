"""Claims about how strongly something is said: which of them are kept, and which told."""

import pytest

from bot.claims.evidence import Evidence
from bot.verify import Verifier


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("zh", "委员会将在日内瓦开会。", "fr", "Le Comité siège à Genève."),
        ("en", "The Council encourages the sides to meet.", "en", "Strongly encouraging the sides to meet,"),
        ("es", "Puede apelarse la decisión.", "en", "The decision can be appealed."),
        ("fr", "Les entreprises doivent respecter ces droits.", "en", "Businesses need to respect these rights."),
        ("es", "Los dos líderes convinieron en algunos pasos.", "en", "The two leaders agreed to some steps."),
        ("fr", "La réforme devrait supprimer 70 000 emplois.", "en", "The reform is projected to cut 70,000 jobs."),
        ("zh", "委员会设立了小组，把救济同发展衔接起来。", "zh", "委员会设立了小组，将救济与发展结合起来。"),
        (
            "es",
            "El representante dispone de 15 días para decir qué datos puede facilitar.",
            "es",
            "El representante comunicará en un plazo de 15 días qué datos puede facilitar.",
        ),
        (
            "en",
            "The Board is invited to consider approving a sixth post.",
            "fr",
            "Le Conseil souhaitera peut-être prendre note du rapport et approuver un sixième poste.",
        ),
        ("zh", "方案应会员国请求提供支持。", "en", "The Programme gives support upon the request of Member States."),
        ("es", "Insto al Programa a que actúe.", "en", "I urge the Programme to act."),
        (
            "en",
            "The Ministry published the plan in August.",
            "fr",
            "Le Ministère a publié en août le plan, qui sera réexaminé chaque année.",
        ),
        (
            "ar",
            "بدأ تقييم الاستراتيجية في عام 2024.",
            "en",
            "The evaluation of the strategy was launched in 2024. It will cover the strategy from 2019.",
        ),
    ],
)
def test_what_comes_to_the_same_is_kept(
    verifier: Verifier, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("kind", "language", "claim", "paragraph_language", "paragraph"),
    [
        ("strength", "en", "The Board decides to raise the levy.", "en", "The Board requests that the levy be raised."),
        ("strength", "en", "Offices should report every year.", "en", "Offices must report every year."),
        ("strength", "en", "The Office completed the survey.", "en", "The Office will complete the survey."),
        ("strength", "en", "At most 25 offices reported.", "en", "At least 25 offices reported."),
        ("strength", "en", "The survey covered 25 offices.", "en", "The survey covered more than 25 offices."),
        ("strength", "en", "The office may report the data.", "en", "The office must report which data it may use."),
        (
            "strength",
            "en",
            "The Council takes note of it.",
            "en",
            "Noting the aim, the Council urges the sides to agree to it.",
        ),
        ("strength", "en", "UNICEF has adopted a plan.", "en", "UNICEF is working towards adopting a plan."),
        ("strength", "ar", "يُطالَب الجانبان بمواصلة العمل.", "en", "Encouraging the two sides to continue working,"),
        ("strength", "fr", "Le Conseil invite le système à agir.", "en", "Also urges the system to act;"),
        (
            "strength",
            "fr",
            "Le Comité a suggéré une révision.",
            "en",
            "The Committee considered it and requested a revision.",
        ),
        (
            "strength",
            "en",
            "The fund provided a mechanism for the victims.",
            "en",
            "A fund could provide a mechanism for the victims.",
        ),
        (
            "strength",
            "zh",
            "工作组已将区域中心减至三个。",
            "en",
            "The working group proposes to reduce the regional centres to three.",
        ),
        ("strength", "en", "The Board approved a sixth post.", "en", "The Board may wish to approve a sixth post."),
        (
            "strength",
            "fr",
            "Les bureaux doivent faire rapport chaque année.",
            "fr",
            "Les bureaux devraient faire rapport chaque année.",
        ),
        (
            "strength",
            "es",
            "El Consejo toma nota de la labor de los Estados Miembros.",
            "en",
            "Calls for the work of Member States to be strengthened.",
        ),
        (
            "strength",
            "fr",
            "Le Conseil autorise le Programme à poursuivre cet examen.",
            "en",
            "Requests the Programme to continue this examination.",
        ),
        (
            "strength",
            "ru",
            "Программа завершила выполнение согласованных рекомендаций.",
            "en",
            "The Programme will implement the agreed recommendations.",
        ),
        ("strength", "fr", "Le Conseil prend note du rapport.", "en", "The Council welcomes the report."),
        (
            "strength",
            "ru",
            "В тексте утверждается доклад о портах.",
            "en",
            "The text takes note of the report on ports.",
        ),
        ("strength", "ar", "تحيط الوثيقة علما بعمل البرنامج.", "en", "The Council urges the Programme to work."),
        ("strength", "zh", "我们已经采取了限制措施。", "en", "We committed to adopting restrictive measures."),
        (
            "strength",
            "fr",
            "Les bureaux doivent résoudre ce différend.",
            "en",
            "The offices can resolve this dispute, to work together.",
        ),
    ],
)
def test_more_or_less_is_told(
    verifier: Verifier, *, kind: str, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    found = verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
    assert kind in [problem.kind for problem in found]
