"""Ordinals and shares, bounds, measures, and words of strength, in the six languages."""

import pytest

from vectorstore.wording.bounds import bound_of
from vectorstore.wording.counts import counts_in
from vectorstore.wording.denials import negations_in
from vectorstore.wording.figures import figures_in
from vectorstore.wording.letters import may_be_one, sounds_of
from vectorstore.wording.measures import rates_in, unit_after
from vectorstore.wording.mentions import mentions_in
from vectorstore.wording.ordinals import ordinals_in, shares_in
from vectorstore.wording.strengths import strengths_in, to_come_in


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "at its seventy-fifth session, the second since the twentieth anniversary", ["75", "2", "20"]),
        ("fr", "à sa soixante-quinzième session, la vingt et unième, puis la quatre-vingt-unième", ["75", "21", "81"]),
        ("es", "en su septuagésimo quinto período de sesiones y la vigésima reunión", ["75", "20"]),
        ("ru", "на семьдесят пятой сессии и третьей встрече", ["75", "3"]),
        ("ar", "في دورتها الخامسة والسبعين وفي الجلسة الخامسة عشرة", ["75", "15"]),
        ("zh", "第七十五届会议，倒数第二次", ["75"]),
    ],
)
def test_ordinals_are_numbers(language: str, text: str, numbers: list[str]) -> None:
    assert [number for _, _, number in ordinals_in(text, language)] == numbers


@pytest.mark.parametrize(
    ("language", "text", "shares"),
    [
        ("en", "half of the staff, two-thirds of the offices, a quarter of them", {"50%", "2/3", "25%"}),
        ("en", "in the first half of the year", set()),
        ("fr", "la moitié du personnel et les deux tiers des bureaux", {"50%", "2/3"}),
        ("es", "la mitad del personal y dos terceras partes de las oficinas", {"50%", "2/3"}),
        ("ru", "половина сотрудников и две трети стран", {"50%", "2/3"}),
        ("ar", "نصف البلدان وثلثي المكاتب", {"50%", "2/3"}),
        ("zh", "半数工作人员，三分之二的办事处，百分之二十", {"50%", "2/3"}),
    ],
)
def test_shares_are_told_in_words(language: str, text: str, shares: set[str]) -> None:
    assert {share for _, _, share in shares_in(text, language)} == shares


@pytest.mark.parametrize(
    ("language", "text", "bounds"),
    [
        (
            "en",
            "at least 25 countries, no more than 40 posts, 50 offices or more, 60 staff",
            "floor ceiling floor None",
        ),
        ("fr", "au moins 25 pays, 40 pays au maximum, 60 pays", "floor ceiling None"),
        ("es", "más de 25 países, no más de 30 puestos, 60 oficinas", "floor ceiling None"),
        ("ru", "не менее чем в 25 странах, не более 30 мест, 60 стран", "floor ceiling None"),
        ("ar", "ما لا يقل عن 25 بلدا، 40 بلدا على الأقل، لا يزيد عن 50 بلدا", "floor floor ceiling"),
        ("zh", "至少25个国家，不超过30个员额，40多个办事处，60个国家", "floor ceiling floor None"),
    ],
)
def test_a_figure_may_be_a_floor_or_a_ceiling(language: str, text: str, bounds: str) -> None:
    found = [bound_of(text, mention.start, mention.end, language) for mention in mentions_in(text, language)]
    assert " ".join(map(str, found)) == bounds


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "60 days", "days"),
        ("en", "5-year plan", "years"),
        ("fr", "60 jours", "days"),
        ("es", "60 meses", "months"),
        ("ru", "60 дней", "days"),
        ("ar", "60 يوما", "days"),
        ("zh", "60个月", "months"),
        ("en", "60 offices", None),
    ],
)
def test_a_number_may_have_a_unit(language: str, text: str, unit: str | None) -> None:
    end = len(text) - len(text.lstrip("0123456789"))
    assert unit_after(text, end, language) == unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Board meets every year."),
        ("fr", "Le Conseil se réunit chaque année."),
        ("es", "La Junta se reúne cada año."),
        ("ru", "Совет собирается ежегодно."),
        ("ar", "يجتمع المجلس كل سنة."),
        ("zh", "理事会每年开会。"),
    ],
)
def test_how_often_is_told(language: str, text: str) -> None:
    assert [rate for rate, _ in rates_in(text, language)] == ["yearly"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "one hundred and eleven allegations", "111"),
        ("en", "$3.4m", "3400000$"),
        ("fr", "9 millions d’euros", "9000000€"),
        ("ar", "12 مليونا و 500 ألف دولار", "12500000$"),
        ("ar", "615 000 دولار", "615000$"),
        ("zh", "百分之六点七", "6.7%"),
        ("ru", "сто одиннадцать стран", "111"),
        ("es", "doscientos cincuenta y tres países", "253"),
    ],
)
def test_numbers_in_parts_are_one(language: str, text: str, value: str) -> None:
    assert [found for _, _, found in figures_in(text.replace("’", "'"), language)] == [value]


@pytest.mark.parametrize(
    ("language", "text", "strengths", "denials"),
    [
        ("en", "The Board takes due note of it and may not act.", ["notes", "must"], 1),
        ("fr", "Le Conseil souhaitera peut-être en prendre note.", ["may", "notes"], 0),
        ("es", "La Junta tal vez desee tomar nota y no podrá actuar.", ["may", "notes", "must"], 1),
        ("ru", "Совет предлагает принять настоящий доклад к сведению.", ["proposes", "notes"], 0),
        ("ar", "قد يرغب المجلس في أن يقرر ذلك.", ["may", "decides"], 0),
        ("zh", "理事会敦促各国，并表示注意到报告，不得拖延。", ["urges", "notes", "must"], 1),
    ],
)
def test_words_of_strength_and_denial_are_found(language: str, text: str, strengths: list[str], denials: int) -> None:
    assert [said.strengths[0] for said in strengths_in(text, language)] == strengths
    assert len(list(negations_in(text, language))) == denials


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Both offices", "en", {"2"}),
        ("les deux bureaux", "fr", {"2"}),
        ("resolution 2625 (XXV)", "en", {"25"}),
        ("in Mali, Burkina Faso and the Niger", "en", {"3"}),
        ("(a) one; (b) two; (c) three; (d) four", "en", {"4"}),
        ("One office", "en", set()),
    ],
)
def test_numbers_are_said_without_words_of_number(text: str, language: str, expected: set[str]) -> None:
    assert set(counts_in(text, language)) == expected


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Рамалью", "Ramalho", True),
        ("Джуба", "Juba", True),
        ("Торрихос", "Torrijos", True),
        ("حمدان", "Hamdan", True),
        ("Флорес", "Los", False),
        ("Харт", "Pyla", False),
    ],
)
def test_names_are_compared_across_scripts(name: str, other: str, *, expected: bool) -> None:
    assert may_be_one(sounds_of(name), sounds_of(other)) is expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Not only that, but no doubt more", "en", 0),
        ("It did not come", "en", 1),
        ("最不发达国家不断增长", "zh", 0),
        ("他们不参加", "zh", 1),
        ("لا يزال يعمل", "ar", 0),
        ("не только это", "ru", 0),
        ("los Territorios no autónomos", "es", 0),
    ],
)
def test_some_words_that_say_no_deny_nothing(text: str, language: str, expected: int) -> None:
    assert len(list(negations_in(text, language))) == expected


def test_what_is_under_way_is_still_to_come() -> None:
    [(start, end)] = to_come_in("The Office is working towards a plan.", "en")
    assert "The Office is working towards a plan."[start:end] == "is working"
