"""Whether claims stand in their paragraphs, on a table of claims about the sample reports and case by case."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.claims.evidence import Evidence, evidence_of
from bot.service import Service
from bot.verify import Verifier, holds_values, stands_in

# Written by people who did not know how claims are checked; `wrong` is what was changed, null for a right one.
CLAIMS = [
    json.loads(line) for line in (Path(__file__).parent / "claims.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def paragraphs(sample_service: Service) -> dict[tuple[str, str], Evidence]:
    """The numbered paragraphs of the sample reports by the names of their files and their numbers."""
    with sample_service.library.reading() as generation:
        assert generation
        return {
            (Path(record.source).stem, paragraph.number): evidence_of(record, paragraph)
            for record in generation.records.values()
            for paragraph in sample_service.catalogue.paragraphs(record.document_id)
            if paragraph.number
        }


@pytest.fixture(scope="module")
def verifier(sample_service: Service) -> Verifier:
    return sample_service.verifier


def test_wrong_claims_are_caught_and_right_ones_kept(
    verifier: Verifier, paragraphs: dict[tuple[str, str], Evidence]
) -> None:
    claims, missed = Counter[str](), Counter[str]()
    for row in CLAIMS:
        found = verifier.problems(row["claim"], row["language"], [paragraphs[row["source"], row["paragraph"]]])
        kind = row["wrong"] or "right"
        claims[kind] += 1
        missed[kind] += bool(found) is (kind == "right")
    wrong = {kind: count for kind, count in claims.items() if kind != "right"}
    assert claims["right"] >= 250
    assert sum(wrong.values()) >= 300
    assert missed["right"] <= 0.01 * claims["right"], missed
    assert sum(missed[kind] for kind in wrong) <= 0.01 * sum(wrong.values()), missed
    for kind in ("unit", "symbol", "date", "body", "strength"):
        assert missed[kind] <= 0.01 * claims[kind], missed


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "It helped 34 countries.", "zh", "它帮助了三十四个国家。"),
        ("en", "It helped thirty-four countries.", "ar", "ساعد البرنامج ٣٤ بلدا."),
        ("ru", "Программа помогла тридцати четырем странам.", "en", "The Programme helped 34 countries."),
        ("zh", "费用为12亿美元。", "en", "The cost was $1.2 billion."),
        ("fr", "Le coût s’élève à 1,2 milliard de dollars.", "zh", "费用为12亿美元。"),
        ("en", "It was adopted on 21 December 2016.", "zh", "该决议于2016年12月21日通过。"),
        ("ar", "اعتمد القرار في 21 كانون الأول/ديسمبر 2016.", "fr", "La résolution a été adoptée le 21 décembre 2016."),
        ("en", "UNDP is the vice-chair.", "zh", "开发署担任副主席。"),
        ("es", "El PNUD ocupa la vicepresidencia.", "ru", "ПРООН является заместителем председателя."),
        ("en", "Half of the offices report every year.", "fr", "50 % des bureaux font rapport chaque année."),
        ("en", "It met at its seventy-fifth session.", "zh", "大会第七十五届会议举行了会议。"),
        ("es", "El plazo es de 60 días.", "ru", "Срок составляет 60 дней."),
        ("en", "The levy covers 1,200,000 dollars.", "ar", "يغطي الرسم 1.2 مليون دولار."),
    ],
)
def test_values_and_names_are_the_same_in_every_language(
    verifier: Verifier, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("kind", "claim", "paragraph"),
    [
        ("number", "The levy is 2 per cent.", "The levy is 1 per cent."),
        ("number", "The levy is 1 percentage point.", "The levy is 1 per cent."),
        ("number", "It raised $3 million.", "It raised 3 million euros."),
        ("number", "Reports are due within 60 months.", "Reports are due within 60 days."),
        ("number", "The Board meets every month.", "The Board meets every year."),
        ("date", "It was signed on 4 May 2021.", "It was signed on 4 May 2020."),
        ("symbol", "It follows resolution 72/279.", "It follows resolution 71/243."),
        ("symbol", "It follows article 5 of the statute.", "It follows article 6 of the statute."),
        ("body", "The group is chaired by UNICEF.", "The group is chaired by UNDP."),
        ("body", "The Secretary-General chairs the group.", "The Deputy Secretary-General chairs the group."),
        ("body", "The office in Kenya was closed.", "The office in Uganda was closed."),
        ("strength", "The Board decides to raise the levy.", "The Board requests that the levy be raised."),
        ("strength", "Offices should report every year.", "Offices must report every year."),
        ("strength", "The Office completed the survey.", "The Office will complete the survey."),
        ("strength", "At most 25 offices reported.", "At least 25 offices reported."),
        ("strength", "The survey covered 25 offices.", "The survey covered more than 25 offices."),
        ("negation", "The Programme is not a member.", "The Programme is a member."),
        ("negation", "The Programme has been able to pay.", "The Programme has been unable to pay."),
        ("quote", "It says that “the levy is paid by the donors themselves”.", "The levy is paid by all donors."),
        ("absent", "Whales sing at night in winter.", "The levy is paid by all donors."),
    ],
)
def test_one_changed_thing_is_named(verifier: Verifier, kind: str, claim: str, paragraph: str) -> None:
    assert kind in [problem.kind for problem in verifier.problems(claim, "en", [Evidence(paragraph, "en")])]


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "The Secretary-General met the Board.", "en", "I met the Board."),
        ("en", "All five regional collaborative platforms met.", "en", "All five platforms met in the region."),
        ("en", "The Mine Action Service trained staff.", "en", "The United Nations Mine Action Service trained staff."),
        ("zh", "南苏丹特派团与地方当局密切协调。", "en", "UNMISS coordinated closely with local authorities."),
        ("ru", "Школы закрыли в Нигере.", "en", "The schools were closed in the Niger."),
        ("zh", "印度尼西亚政府同意举行谈判。", "en", "The Indonesian Government agreed to hold talks."),
        ("zh", "发展中国家的支出增加了。", "en", "The expenditure of developing countries increased."),
        ("ru", "Г-н Рамалью встретился с Ахмедом.", "en", "Mr. Ramalho met Mr. Ahmed."),
        ("fr", "Les écoles ont été fermées à Djouba.", "en", "The schools were closed in Juba."),
        ("zh", "缔约国大会作出了决定。", "en", "The Conference of the States Parties took a decision."),
    ],
)
def test_names_are_known_however_they_are_said(
    verifier: Verifier, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("language", "claim", "paragraph"),
    [
        ("en", "Mr. Harris thanked the members.", "Mr. Hart thanked the members."),
        ("fr", "Les écoles ont été fermées à Malakal.", "The schools were closed in Bentiu."),
        ("ru", "Школы закрыли на острове Флорес.", "The schools were closed on the island of Ataúro."),
        ("es", "Las escuelas fueron cerradas en Malawi.", "The schools were closed in Zambia."),
        (
            "en",
            "The transition of the services from UNICEF to the Secretariat made savings.",
            "The transition of the services from UNDP to the Secretariat made savings. UNICEF chairs the group.",
        ),
        (
            "en",
            "In Mongolia, the coordinator led the work on guidelines.",
            "In Guatemala, the coordinator led the work on guidelines. In Mongolia, offices were made greener.",
        ),
        (
            "en",
            "The initiative was launched by the General Assembly.",
            "The initiative launched by the Secretary-General follows guidance provided by the General Assembly.",
        ),
    ],
)
def test_another_name_is_told(verifier: Verifier, language: str, claim: str, paragraph: str) -> None:
    assert "body" in [problem.kind for problem in verifier.problems(claim, language, [Evidence(paragraph, "en")])]


def test_whoever_it_is_may_stand_before(verifier: Verifier) -> None:
    paragraph = "UNDP leads the group. The group has rules. It works with UNICEF and meets twice a year."
    assert verifier.problems("UNDP works with UNICEF and meets twice a year.", "en", [Evidence(paragraph, "en")]) == ()


@pytest.mark.parametrize(
    ("claim", "paragraph"),
    [
        ("The two offices were closed.", "Both offices were closed."),
        ("Schools were closed in three countries.", "Schools were closed in Mali, Burkina Faso and the Niger."),
        ("The meetings take three hours.", "These are three-hour meetings."),
        ("Resolution 1514 (15) was recalled.", "Resolution 1514 (XV) was recalled."),
        ("It has 31 offices, nine more than before.", "It has 31 offices, up from 22."),
        ("The share rose by 3 percentage points.", "The share rose from 21 to 24 per cent."),
    ],
)
def test_figures_are_known_however_they_are_said(verifier: Verifier, claim: str, paragraph: str) -> None:
    assert verifier.problems(claim, "en", [Evidence(paragraph, "en")]) == ()


@pytest.mark.parametrize(
    ("kind", "claim", "paragraph"),
    [
        ("number", "Ten per cent of countries are at risk.", "Of the 40 per cent, 10 countries are at risk."),
        ("symbol", "It is in document GEGN.2/2025/77.", "It is in document GEGN.2/2025/71."),
        ("symbol", "It follows paragraph 6.4 of the annex.", "It follows paragraphs 6.10 and 4 of the annex."),
        ("strength", "The office may report the data.", "The office must report which data it may use."),
        ("strength", "The Council takes note of it.", "Noting the aim, the Council urges the sides to agree to it."),
        ("strength", "UNICEF has adopted a plan.", "UNICEF is working towards adopting a plan."),
        ("negation", "The offices have plans.", "The offices lack plans."),
        ("negation", "The extension is no longer pending.", "The extension is still pending."),
        ("negation", "Access had not become easier.", "Access had become easier; others said that it had not."),
    ],
)
def test_what_a_sentence_says_elsewhere_does_not_hide_a_change(
    verifier: Verifier, kind: str, claim: str, paragraph: str
) -> None:
    assert kind in [problem.kind for problem in verifier.problems(claim, "en", [Evidence(paragraph, "en")])]


@pytest.mark.parametrize(
    ("language", "claim", "paragraph"),
    [
        ("en", "Of 52 proposals, 37 have been approved.", "Of 52, 37 have been approved, 5 have not been approved."),
        ("en", "The Council encourages the sides to meet.", "Strongly encouraging the sides to meet,"),
        ("es", "Puede apelarse la decisión.", "The decision can be appealed."),
        ("zh", "秘书长不时提出这个问题。", "The Secretary-General raised the question from time to time."),
        ("fr", "Les entreprises doivent respecter ces droits.", "Businesses need to respect these rights."),
    ],
)
def test_what_comes_to_the_same_is_kept(verifier: Verifier, language: str, claim: str, paragraph: str) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, "en")]) == ()


def test_a_problem_tells_what_the_paragraph_has_instead(verifier: Verifier) -> None:
    [problem] = verifier.problems(
        "It was signed on 4 May 2021.", "en", [Evidence("It was signed on 4 May 2020.", "en")]
    )
    assert (problem.text, problem.found) == ("4 May 2021", ("2020-05-04",))


def test_the_symbol_and_number_of_the_paragraph_itself_are_known(verifier: Verifier) -> None:
    evidence = Evidence("The levy is 1 per cent.", "en", symbol="SAMPLE/2022/3", number="12 (b)")
    assert verifier.problems("Paragraph 12 of SAMPLE/2022/3 sets the levy at 1 per cent.", "en", [evidence]) == ()


def test_a_claim_of_two_facts_takes_two_paragraphs(verifier: Verifier) -> None:
    claim = "The levy is 1 per cent and the fee is 3 per cent."
    levy, fee = Evidence("The levy is 1 per cent.", "en"), Evidence("The fee is 3 per cent.", "en")
    assert verifier.problems(claim, "en", [levy, fee]) == ()
    assert verifier.problems(claim, "en", [levy])


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("the levy is 1 per cent", "In 2019,\nthe levy  is 1 per cent.", True),
        ("在34个国家", "在 34 个国\n家", True),
        ("the levy is 2 per cent", "the levy is 1 per cent", False),
        ("", "anything", False),
    ],
)
def test_a_quote_stands_word_for_word_white_space_aside(quote: str, text: str, *, expected: bool) -> None:
    assert stands_in(quote, text) is expected


@pytest.mark.parametrize(
    ("claim", "text", "language", "expected"),
    [
        ("25 analyses in 34 countries", "完成了涵盖 34个国家的25 项共同国家分析", "zh", True),
        ("Adopted as resolution 71/243 in 2016", "2016 年 12 月 21 日 第 71/243 号决议", "zh", True),
        ("It costs $1,500,000", "Il coûte 1\u202f500\u202f000 dollars", "fr", True),
        ("in 34 countries", "في ٣٤ بلدا", "ar", True),
        ("26 analyses", "25 analyses", "en", False),
        ("resolution 72/243", "resolution 71/243", "en", False),
        ("2.5 per cent", "25 per cent", "en", False),
        ("No figures here", "None here either", "en", True),
    ],
)
def test_every_value_of_a_claim_must_be_in_the_text(claim: str, text: str, language: str, *, expected: bool) -> None:
    assert holds_values(claim, "en", Evidence(text, language)) is expected


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
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
        ("zh", "会员国于二〇一六年作出承诺。", "zh", "2016年，会员国作出承诺。"),
        (
            "ar",
            "عُقد المنتدى عبر الإنترنت بسبب جائحة كوفيد-19.",
            "fr",
            "Le forum a eu lieu en ligne en raison de la COVID-19.",
        ),
        ("ru", "Реформа предусматривает 12,5-процентный налог.", "en", "The reform would impose a 12.5 per cent tax."),
        ("es", "Los dos líderes convinieron en algunos pasos.", "en", "The two leaders agreed to some steps."),
        ("fr", "La réforme devrait supprimer 70 000 emplois.", "en", "The reform is projected to cut 70,000 jobs."),
        ("zh", "委员会设立了小组，把救济同发展衔接起来。", "zh", "委员会设立了小组，将救济与发展结合起来。"),
        (
            "es",
            "El representante dispone de 15 días para decir qué datos puede facilitar.",
            "es",
            "El representante comunicará en un plazo de 15 días qué datos puede facilitar.",
        ),
        ("ru", "Министр Сирии выступил в Совете.", "en", "The Syrian Minister spoke in the Council."),
        ("es", "La aldea de Gayar sigue ocupada.", "en", "The village of Ghajar remains occupied."),
        (
            "en",
            "Two million children, 53 per cent of them girls, are out of school.",
            "en",
            "Two million children –53 per cent of them girls – are out of school.",
        ),
        (
            "en",
            "The Deputy Executive Director chairs the group.",
            "en",
            "The Executive Director set up the group, chaired by his deputy.",
        ),
    ],
)
def test_what_denies_or_changes_nothing_is_kept(
    verifier: Verifier, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("kind", "language", "claim", "paragraph"),
    [
        (
            "negation",
            "en",
            "The changes that the Assembly requested were enacted.",
            "The Assembly requested changes, but they were not enacted.",
        ),
        (
            "negation",
            "ru",
            "Руководство не подвергалось критике за отсутствие плана.",
            "The leadership was criticized for lacking a plan.",
        ),
        ("negation", "ar", "الخيارات لا تقتصر على خيارين.", "There were only two options."),
        ("negation", "es", "La capacitación solo abarca a los jueces.", "The training covers not only judges."),
        (
            "negation",
            "fr",
            "Le personnel avait déjà pris ses fonctions.",
            "It was held before the staff took up their functions.",
        ),
        (
            "number",
            "ru",
            "Взносы правительств сократились на 31 процент.",
            "The contributions of Governments increased by 31 per cent.",
        ),
        ("number", "zh", "集团每年举行三次会议，3月开始。", "The Group meets two times a year, from 3 March."),
        ("number", "ru", "Срок вырос с 51 до 94 дней.", "The time changed from 94 to 51 days."),
        ("number", "en", "It cost 5 million Swiss francs.", "It cost $5 million."),
        ("strength", "ar", "يُطالَب الجانبان بمواصلة العمل.", "Encouraging the two sides to continue working,"),
        ("strength", "fr", "Le Conseil invite le système à agir.", "Also urges the system to act;"),
        (
            "strength",
            "fr",
            "Le Comité a suggéré une révision.",
            "The Committee considered it and requested a revision.",
        ),
        (
            "strength",
            "en",
            "The fund provided a mechanism for the victims.",
            "A fund could provide a mechanism for the victims.",
        ),
        (
            "strength",
            "zh",
            "工作组已将区域中心减至三个。",
            "The working group proposes to reduce the regional centres to three.",
        ),
        ("strength", "en", "The Board approved a sixth post.", "The Board may wish to approve a sixth post."),
        (
            "body",
            "en",
            "The statement had the approval of the resident coordinator.",
            "The resident coordinator receives the statement, approved by the regional centre.",
        ),
        (
            "body",
            "fr",
            "Le 24 mai 1983, il a rencontré le Ministre du Portugal.",
            "In April 1983 he met the Minister of Portugal. On 24 May 1983 he met the Minister of Indonesia.",
        ),
    ],
)
def test_what_turns_a_sentence_is_told(
    verifier: Verifier, kind: str, language: str, claim: str, paragraph: str
) -> None:
    assert kind in [problem.kind for problem in verifier.problems(claim, language, [Evidence(paragraph, "en")])]
