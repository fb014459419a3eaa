"""The figures and dates that a text names, whatever they look like, and the numbers that are neither."""

import pytest

from vectorstore.wording.mentions import mentions_in


def values(text: str, language: str) -> list[str]:
    return [mention.value for mention in mentions_in(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It cost $1.2 million, or 25 per cent more.", ["1200000$", "25%"]),
        ("en", "Some 12,000 people, 12 000 tons and US$25 billion.", ["12000", "12000", "25000000000$"]),
        ("en", "A rise of 3 percentage points, to -5 per cent.", ["3points", "-5%"]),
        ("en", "Twenty-five ports, two hundred boats, at 10:30.", ["25", "200", "10:30"]),
        ("en", "One in three ports, a third (1/3) of all.", ["3", "1/3"]),
        ("fr", "Il a coûté 1,2 million de dollars et 25 % de plus.", ["1200000$", "25%"]),
        ("fr", "Soixante et onze ports, vingt-cinq quais, dix-neuf bacs.", ["71", "25", "19"]),
        ("es", "12.000 personas, 1,5 millones de dólares.", ["12000", "1500000$"]),
        ("es", "3.000 millones de euros, treinta y dos puertos.", ["3000000000€", "32"]),
        ("ru", "12 000 человек, 1,5 млн долл. США, двадцать пять стран.", ["12000", "1500000$", "25"]),
        ("ru", "В 2016 году 2016 работников.", ["2016", "2016"]),
        ("ar", "000 12 شخص و 25 في المائة و 1.5 مليون دولار.", ["12000", "25%", "1500000$"]),
        ("ar", "١٢ بلدا وخمسة وعشرون مرفأ وخمسة عشر مركبا.", ["12", "25", "15"]),
        ("zh", "共有1.2亿美元，占百分之二十五，200多万人，十二个国家。", ["120000000$", "25%", "2000000", "12"]),
        ("zh", "２５ 个港口，3个百分点。", ["25", "3points"]),
    ],
)
def test_a_figure_has_one_value_however_it_is_written(language: str, text: str, expected: list[str]) -> None:
    assert values(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "From 31 March 2021 to April 2022, and in 2023.", ["2021-03-31", "2022-04", "2023"]),
        ("en", "On March 31, 2021, and again by 15 September.", ["2021-03-31", "--09-15"]),
        (
            "en",
            "From 12 to 14 May 2021, as in 2017-2020 and 2017/18.",
            ["2021-05-12/14", "2017", "2020", "2017", "2018"],
        ),
        ("en", "On 2021-03-31, or 31.03.2021.", ["2021-03-31", "2021-03-31"]),
        ("fr", "Le 1er mars 2021, puis en août 2022.", ["2021-03-01", "2022-08"]),
        ("es", "El 31 de marzo de 2021 y en agosto de 2022.", ["2021-03-31", "2022-08"]),
        ("ru", "31 марта 2021 года и в августе 2022 года.", ["2021-03-31", "2022-08"]),
        ("ar", "في 31 آذار/مارس 2021 وفي عام 2022.", ["2021-03-31", "2022"]),
        ("zh", "2021年3月31日至2022年8月，2017-2020年。", ["2021-03-31", "2022-08", "2017", "2020"]),
    ],
)
def test_a_date_is_told_as_far_as_it_is_given(language: str, text: str, expected: list[str]) -> None:
    found = mentions_in(text, language)
    assert {mention.kind for mention in found} == {"date"}
    assert [mention.value for mention in found] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "See paras. 12 (b), 13 and 14, tables 2-4 and annex 3 of A/80/74."),
        ("en", "Resolutions 71/243, 1325 (2000) and 2020/15, target 11.2, Goal 5, rule 3."),
        ("en", "COVID-19, some P-4 posts, version 3.1.2."),
        ("en", "As was agreed,3 the ports stay open.4 It may be so."),
        ("fr", "Voir le paragraphe 12, l’article 5 et la résolution 71/243."),
        ("es", "Véanse el párrafo 12, el artículo 5 y la resolución 71/243."),
        ("ru", "См. пункт 12, статью 5 и резолюцию 71/243."),
        ("ar", "انظر الفقرة 12 والمادة 5 والقرار 71/243."),
        ("zh", "见第12段、第5条和第71/243号决议，以及第七十六届会议。"),
    ],
)
def test_numbers_that_name_or_point_at_something_are_no_figures(language: str, text: str) -> None:
    assert values(text, language) == []


def test_a_number_after_a_paragraphs_number_is_a_figure() -> None:
    assert values("As told in paragraph 12, 25 ports were closed.", "en") == ["25"]


def test_a_mention_stands_where_it_says() -> None:
    text = "费用为１.２亿美元，截至2021年3月31日。"
    assert [text[mention.start : mention.end] for mention in mentions_in(text, "zh")] == [
        "１.２亿美元",
        "2021年3月31日",
    ]
