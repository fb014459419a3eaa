"""Claims about yes and no: which of them are kept, and which told."""

import pytest

from bot.claims.evidence import Evidence
from bot.verify import Verifier


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        (
            "en",
            "Of 52 proposals, 37 have been approved.",
            "en",
            "Of 52, 37 have been approved, 5 have not been approved.",
        ),
        (
            "ru",
            "Правительство не возражает против миссии, если она не помешает реформам.",
            "en",
            "The Government was open to a mission that should not interfere with the reforms.",
        ),
        ("fr", "Le mécanisme manque toujours de fonds.", "en", "The mechanism remains underfunded."),
        ("zh", "各国不应使用武力。", "en", "States should be refraining from the use of force."),
        ("zh", "反对派团体参加了会谈。", "en", "The opposition groups joined the talks."),
        ("zh", "秘书长不时提出这个问题。", "en", "The Secretary-General raised the question from time to time."),
        ("ar", "تواجه المنظمات غير الربحية صعوبات.", "en", "Non-profit organizations faced difficulties."),
        (
            "ar",
            "نُشرت التقييمات، مركزية كانت أم لا مركزية.",
            "en",
            "The centralized and decentralized evaluations were published.",
        ),
        ("ar", "تكفل الدول ألا تسود ظروف تمييزية.", "en", "States ensure that no discriminatory conditions prevail."),
        (
            "ru",
            "Расходы развивающихся стран, не имеющих выхода к морю, выросли.",
            "en",
            "The expenditure of landlocked developing countries grew.",
        ),
        ("es", "El documento no se deriva del marco.", "en", "The document is not derived from the framework."),
        (
            "ar",
            "عُقد المنتدى عبر الإنترنت بسبب جائحة كوفيد-19.",
            "fr",
            "Le forum a eu lieu en ligne en raison de la COVID-19.",
        ),
        (
            "ru",
            "К началу форума осуществление ни одной из целей не шло по графику.",
            "en",
            "At the outset of the forum, prospects remained bad. No goal was on schedule for implementation.",
        ),
        (
            "es",
            "El centro ayuda a países que carezcan de oficina.",
            "es",
            "El centro ayuda a países que no tengan oficina.",
        ),
        ("ru", "Организации выступили против этой идеи.", "en", "The organizations rejected the idea."),
        ("en", "It missed three meetings.", "fr", "Il n’a pas assisté à trois réunions."),
        ("zh", "大不列颠及北爱尔兰联合王国支持这项计划。", "en", "The United Kingdom supports the plan."),
        (
            "fr",
            "Les dépenses des bureaux n’ont cessé d’augmenter depuis 2020.",
            "en",
            "The expenditure of offices has increased steadily since 2020.",
        ),
    ],
)
def test_what_denies_nothing_is_kept(
    verifier: Verifier, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("kind", "language", "claim", "paragraph_language", "paragraph"),
    [
        ("negation", "fr", "Le Comité a refusé d’examiner le projet.", "en", "The Committee examined the draft."),
        ("negation", "en", "The Programme missed the meeting.", "fr", "Le Programme a assisté à la réunion."),
        (
            "negation",
            "ru",
            "Эти программы не подлежат независимой оценке.",
            "es",
            "Esos programas se someten a una evaluación independiente.",
        ),
        ("negation", "en", "The Programme is not a member.", "en", "The Programme is a member."),
        ("negation", "en", "The Programme has been able to pay.", "en", "The Programme has been unable to pay."),
        ("negation", "en", "The offices have plans.", "en", "The offices lack plans."),
        ("negation", "en", "The extension is no longer pending.", "en", "The extension is still pending."),
        (
            "negation",
            "en",
            "Access had not become easier.",
            "en",
            "Access had become easier; others said that it had not.",
        ),
        (
            "negation",
            "en",
            "The changes that the Assembly requested were enacted.",
            "en",
            "The Assembly requested changes, but they were not enacted.",
        ),
        (
            "negation",
            "ru",
            "Руководство не подвергалось критике за отсутствие плана.",
            "en",
            "The leadership was criticized for lacking a plan.",
        ),
        ("negation", "ar", "الخيارات لا تقتصر على خيارين.", "en", "There were only two options."),
        ("negation", "es", "La capacitación solo abarca a los jueces.", "en", "The training covers not only judges."),
        (
            "negation",
            "fr",
            "Le personnel avait déjà pris ses fonctions.",
            "en",
            "It was held before the staff took up their functions.",
        ),
        (
            "negation",
            "ru",
            "Рекомендация 1 не принята ЮНФПА.",
            "en",
            "Recommendation 1. UNFPA has updated its rules. This recommendation is accepted.",
        ),
    ],
)
def test_the_contrary_is_told(
    verifier: Verifier, *, kind: str, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    found = verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
    assert kind in [problem.kind for problem in found]
