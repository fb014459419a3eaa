"""Claims about figures, dates and symbols: which of them are kept, and which told."""

import pytest

from bot.claims.evidence import Evidence
from bot.verify import Verifier, holds_values


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
        ("en", "Half of the offices report every year.", "fr", "50 % des bureaux font rapport chaque année."),
        ("en", "It met at its seventy-fifth session.", "zh", "大会第七十五届会议举行了会议。"),
        ("es", "El plazo es de 60 días.", "ru", "Срок составляет 60 дней."),
        ("en", "The levy covers 1,200,000 dollars.", "ar", "يغطي الرسم 1.2 مليون دولار."),
        ("en", "The two offices were closed.", "en", "Both offices were closed."),
        (
            "en",
            "Schools were closed in three countries.",
            "en",
            "Schools were closed in Mali, Burkina Faso and the Niger.",
        ),
        ("en", "The meetings take three hours.", "en", "These are three-hour meetings."),
        ("en", "Resolution 1514 (15) was recalled.", "en", "Resolution 1514 (XV) was recalled."),
        ("en", "It has 31 offices, nine more than before.", "en", "It has 31 offices, up from 22."),
        ("en", "The share rose by 3 percentage points.", "en", "The share rose from 21 to 24 per cent."),
        ("zh", "会员国于二〇一六年作出承诺。", "zh", "2016年，会员国作出承诺。"),
        ("ru", "Реформа предусматривает 12,5-процентный налог.", "en", "The reform would impose a 12.5 per cent tax."),
        (
            "en",
            "Two million children, 53 per cent of them girls, are out of school.",
            "en",
            "Two million children –53 per cent of them girls – are out of school.",
        ),
        (
            "zh",
            "2024年7月举行了演示，同年9月又举行了会议。",
            "en",
            "Demonstrations were held in July 2024, and meetings in September 2024.",
        ),
        ("fr", "Il gère cent quarante ports.", "ar", "يدير البرنامج ١٤٠ ميناء."),
        ("ar", "يدير البرنامج مئة وأربعين ميناء.", "en", "The programme runs 140 ports."),
        ("es", "La consignación es de 179.074.200 dólares.", "en", "The appropriation is $179,074,200."),
        ("en", "It took 20 years.", "en", "It took two decades."),
        ("ru", "Договор восходит к началу 1960-х годов.", "fr", "Le traité remonte au début des années 60."),
        ("ru", "Это было в октябре 2013 года.", "ru", "Это было между октябрем 2013 года и маем 2014 года."),
        ("ar", "يعمل الموظفون من منازلهم يومين في الأسبوع.", "en", "Staff members work from home two days a week."),
        ("en", "It was tried in two ports, Alpha and Beta.", "en", "It was tried in Alpha and Beta."),
        ("en", "More than 6,500 supervisors took part.", "en", "The 6,500+ supervisors took part."),
        ("ru", "Регистрация прошла в два этапа.", "en", "It was a two-phase registration."),
        ("fr", "Le rapport porte sur le VIH/sida.", "en", "The report is about HIV and AIDS."),
        ("es", "Más del 20 % de las oficinas informaron.", "en", "Over 20 per cent of the offices reported."),
        (
            "ar",
            "حددت الخطة أولويات السنوات الخمس القادمة.",
            "en",
            "The plan set the priorities of the coming five years.",
        ),
        (
            "zh",
            "方案为实现千年发展目标作出了贡献。",
            "en",
            "The Programme contributed to the Millennium Development Goals.",
        ),
        ("fr", "Elle appuie la solution des deux États.", "en", "It supports the two-State solution."),
        ("en", "Six in ten of the staff are women.", "en", "Of the staff 60 per cent are women."),
        ("es", "Uno de cada cinco empleados se jubila.", "en", "Of the staff 20 per cent retire."),
        ("en", "Experts arrive within three days.", "fr", "Les experts arrivent dans un délai de 72 heures."),
        ("en", "The share is higher than three years earlier.", "en", "The share is higher in 2024 than in 2021."),
        (
            "fr",
            "Le coût a augmenté de 45 000 dollars.",
            "en",
            "The cost rose from $615,000 to $660,000.",
        ),
        ("zh", "该比例远高于上年的13%。", "en", "The share is substantially higher than the 13 per cent of last year."),
    ],
)
def test_values_are_known_however_they_are_said(
    verifier: Verifier, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("kind", "language", "claim", "paragraph_language", "paragraph"),
    [
        ("number", "en", "The levy is 2 per cent.", "en", "The levy is 1 per cent."),
        ("number", "en", "The levy is 1 percentage point.", "en", "The levy is 1 per cent."),
        ("number", "en", "It raised $3 million.", "en", "It raised 3 million euros."),
        ("number", "en", "Reports are due within 60 months.", "en", "Reports are due within 60 days."),
        ("number", "en", "The Board meets every month.", "en", "The Board meets every year."),
        ("date", "en", "It was signed on 4 May 2021.", "en", "It was signed on 4 May 2020."),
        ("symbol", "en", "It follows resolution 72/279.", "en", "It follows resolution 71/243."),
        ("symbol", "en", "It follows article 5 of the statute.", "en", "It follows article 6 of the statute."),
        (
            "number",
            "en",
            "Ten per cent of countries are at risk.",
            "en",
            "Of the 40 per cent, 10 countries are at risk.",
        ),
        ("symbol", "en", "It is in document GEGN.2/2025/77.", "en", "It is in document GEGN.2/2025/71."),
        (
            "symbol",
            "en",
            "It follows paragraph 6.4 of the annex.",
            "en",
            "It follows paragraphs 6.10 and 4 of the annex.",
        ),
        (
            "number",
            "ru",
            "Взносы правительств сократились на 31 процент.",
            "en",
            "The contributions of Governments increased by 31 per cent.",
        ),
        ("number", "zh", "集团每年举行三次会议，3月开始。", "en", "The Group meets two times a year, from 3 March."),
        ("number", "ru", "Срок вырос с 51 до 94 дней.", "en", "The time changed from 94 to 51 days."),
        ("number", "en", "It cost 5 million Swiss francs.", "en", "It cost $5 million."),
        ("date", "ar", "سيجتمع الفريق مرة أخرى في حزيران/يونيه.", "en", "The group will meet again in May."),
        ("date", "en", "The group met again in September.", "en", "The group met again in October."),
        ("number", "en", "Answers are due within 10 calendar days.", "en", "Answers are due within 10 working days."),
        ("number", "en", "It takes a twelve-fold rise.", "en", "It takes a twenty-fold rise."),
        ("symbol", "fr", "Il s’agit du chapitre XII de la Charte.", "en", "This is in chapter XI of the Charter."),
        ("number", "en", "It took three decades.", "en", "It took 20 years."),
        ("date", "fr", "Cela remonte aux années 70.", "en", "It goes back to the 1960s."),
    ],
)
def test_a_changed_value_is_told(
    verifier: Verifier, *, kind: str, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    found = verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
    assert kind in [problem.kind for problem in found]


def test_the_symbol_and_number_of_the_paragraph_itself_are_known(verifier: Verifier) -> None:
    evidence = Evidence("The levy is 1 per cent.", "en", symbol="SAMPLE/2022/3", number="12 (b)")
    assert verifier.problems("Paragraph 12 of SAMPLE/2022/3 sets the levy at 1 per cent.", "en", [evidence]) == ()


def test_a_claim_of_two_facts_takes_two_paragraphs(verifier: Verifier) -> None:
    claim = "The levy is 1 per cent and the fee is 3 per cent."
    levy, fee = Evidence("The levy is 1 per cent.", "en"), Evidence("The fee is 3 per cent.", "en")
    assert verifier.problems(claim, "en", [levy, fee]) == ()
    assert verifier.problems(claim, "en", [levy])


def test_a_problem_tells_what_the_paragraph_has_instead(verifier: Verifier) -> None:
    [problem] = verifier.problems(
        "It was signed on 4 May 2021.", "en", [Evidence("It was signed on 4 May 2020.", "en")]
    )
    assert (problem.text, problem.found) == ("4 May 2021", ("2020-05-04",))


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
